
package org.senoscope.core.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;

/**
 * The keys of a settings record that stands for itself, beside protocols:
 * flags, macro keys and dialog fields are made from them as from those of a
 * protocol.
 *
 * @param <R> the settings record
 */
public final class SettingsKeys<R extends Record> {

	private final SettingsShape<R> shape;
	private final R defaults;

	/**
	 * Reads the keys.
	 *
	 * @param recordType record whose components carry {@link Key} or
	 *          {@link Section}
	 * @param defaults what holds where nothing is said
	 */
	public SettingsKeys(final Class<R> recordType, final R defaults) {
		shape = new SettingsShape<>(recordType, defaults);
		this.defaults = defaults;
	}

	/** Returns the keys in the order of the record. */
	public List<ProtocolKey> keys() {
		return shape.keys();
	}

	/** Returns the meanings of the sections by name, in order. */
	public Map<String, String> sections() {
		return shape.sections();
	}

	/** Returns the key of a path, macro key or flag, or null. */
	public ProtocolKey find(final String spelled) {
		return shape.find(ProtocolKeys.macroKey(spelled));
	}

	/**
	 * Reads settings.
	 *
	 * @param texts values as text by key, however spelled
	 * @throws UserException naming all unknown keys and bad values in one line
	 */
	public R read(final Map<String, String> texts) {
		final List<String> problems = new ArrayList<>();
		final Map<ProtocolKey, Object> values = new LinkedHashMap<>();
		texts.forEach((spelled, text) -> {
			final ProtocolKey key = find(spelled);
			if (key == null) {
				problems.add(ProtocolKeys.unknown(spelled, keys()));
				return;
			}
			try {
				values.put(key, key.parse(text));
			}
			catch (final IllegalArgumentException e) {
				problems.add(spelled + ": " + e.getMessage());
			}
		});
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		return shape.with(defaults, values);
	}
}
