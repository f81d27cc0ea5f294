
package org.senoscope.core.protocol;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The keys of one settings record, found by reflection, with the way to read
 * and to replace their values.
 *
 * @param <R> the settings record
 */
final class SettingsShape<R extends Record> {

	private final Class<R> recordType;
	private final List<ProtocolKey> keys = new ArrayList<>();
	private final Map<String, ProtocolKey> byMacroKey = new LinkedHashMap<>();
	private final Map<String, String> sections = new LinkedHashMap<>();

	SettingsShape(final Class<R> recordType, final R defaults) {
		this.recordType = recordType;
		for (final RecordComponent c : recordType.getRecordComponents()) {
			final Section section = c.getAnnotation(Section.class);
			if (section == null) {
				addKey("", c, defaults);
				continue;
			}
			final String name = snakeCase(c.getName());
			sections.put(name, section.meaning());
			final Record inner = (Record) read(c, defaults);
			for (final RecordComponent ic : c.getType().getRecordComponents())
				addKey(name, ic, inner);
		}
	}

	private void addKey(final String section, final RecordComponent c,
		final Record defaults)
	{
		final Key key = c.getAnnotation(Key.class);
		if (key == null) return;
		final Class<?> t = c.getType();
		final ProtocolKey.Type type;
		if (t == String.class) type = ProtocolKey.Type.TEXT;
		else if (t == double.class) type = ProtocolKey.Type.NUMBER;
		else if (t == int.class) type = ProtocolKey.Type.INTEGER;
		else if (t == boolean.class) type = ProtocolKey.Type.FLAG;
		else if (t.isEnum()) type = ProtocolKey.Type.CHOICE;
		else throw new IllegalStateException(c + ": no type of a key");
		final List<String> choices = type == ProtocolKey.Type.CHOICE ? Arrays
			.stream(t.getEnumConstants()).map(e -> ProtocolKey.word((Enum<?>) e))
			.toList() : List.of();
		final ProtocolKey k = new ProtocolKey(section, keyName(c), type, read(c,
			defaults), key.unit(), key.min(), key.max(), choices, key.meaning(), key
				.label(), key.file(), t);
		if (byMacroKey.put(k.macroKey(), k) != null)
			throw new IllegalStateException("two keys are called " + k.macroKey());
		keys.add(k);
	}

	/** Returns the keys in the order of the record. */
	List<ProtocolKey> keys() {
		return List.copyOf(keys);
	}

	/** Returns the meanings of the sections by name, in order. */
	Map<String, String> sections() {
		return sections;
	}

	/** Returns the key of a macro key, or null. */
	ProtocolKey find(final String macroKey) {
		return byMacroKey.get(macroKey);
	}

	/** Returns the value of a key. */
	Object value(final R settings, final ProtocolKey key) {
		Record holder = settings;
		for (final RecordComponent c : recordType.getRecordComponents())
			if (!key.section().isEmpty() && c.isAnnotationPresent(Section.class) &&
				snakeCase(c.getName()).equals(key.section())) holder = (Record) read(c,
					settings);
		for (final RecordComponent c : holder.getClass().getRecordComponents())
			if (c.isAnnotationPresent(Key.class) && keyName(c).equals(key.name()))
				return read(c, holder);
		throw new IllegalArgumentException("no key " + key.path() + " in " +
			recordType.getSimpleName());
	}

	/** Returns the settings with some values replaced. */
	R with(final R settings, final Map<ProtocolKey, Object> values) {
		return with(settings, values, Map.of());
	}

	/**
	 * Returns the settings with some values replaced, and with some components
	 * that are no keys (name, description).
	 */
	R with(final R settings, final Map<ProtocolKey, Object> values,
		final Map<String, Object> components)
	{
		return recordType.cast(rebuild(settings, "", values, components));
	}

	private static Record rebuild(final Record record, final String section,
		final Map<ProtocolKey, Object> values,
		final Map<String, Object> plainComponents)
	{
		final RecordComponent[] components = record.getClass()
			.getRecordComponents();
		final Object[] arguments = new Object[components.length];
		final Class<?>[] types = new Class<?>[components.length];
		for (int i = 0; i < components.length; i++) {
			final RecordComponent c = components[i];
			types[i] = c.getType();
			arguments[i] = read(c, record);
			if (c.isAnnotationPresent(Section.class)) arguments[i] = rebuild(
				(Record) arguments[i], snakeCase(c.getName()), values, Map.of());
			else if (c.isAnnotationPresent(Key.class)) arguments[i] = replaced(values,
				section, keyName(c), arguments[i]);
			else arguments[i] = plainComponents.getOrDefault(c.getName(),
				arguments[i]);
		}
		try {
			return record.getClass().getDeclaredConstructor(types).newInstance(
				arguments);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException("cannot build " + record.getClass(), e);
		}
	}

	private static Object replaced(final Map<ProtocolKey, Object> values,
		final String section, final String name, final Object present)
	{
		for (final Map.Entry<ProtocolKey, Object> e : values.entrySet())
			if (e.getKey().section().equals(section) && e.getKey().name().equals(
				name)) return e.getValue();
		return present;
	}

	private static Object read(final RecordComponent c, final Record record) {
		try {
			return c.getAccessor().invoke(record);
		}
		catch (final IllegalAccessException | InvocationTargetException e) {
			throw new IllegalStateException("cannot read " + c, e);
		}
	}

	private static String keyName(final RecordComponent c) {
		final String given = c.getAnnotation(Key.class).name();
		return given.isEmpty() ? snakeCase(c.getName()) : given;
	}

	static String snakeCase(final String camelCase) {
		return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}
}
