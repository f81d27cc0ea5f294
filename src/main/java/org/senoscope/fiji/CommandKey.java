
package org.senoscope.fiji;

import java.io.File;
import java.math.BigDecimal;
import java.util.List;

import org.senoscope.core.protocol.ProtocolKey;

/**
 * One key of a command: a macro key, which is also the name of the command's
 * field and of the dialog's row. Made from the catalogue of protocol keys, so
 * that nothing of it is written down twice.
 *
 * @param name macro key
 * @param label label in dialogs, with the unit
 * @param meaning one sentence
 * @param fieldType type of the command's field; a number that may be left open
 *          is a text, empty where open
 * @param defaultText value where nothing is said, as macros write it
 * @param choices words allowed, in order; empty: no choice
 * @param file whether the value is a file or folder
 */
record CommandKey(String name, String label, String meaning, Class<?> fieldType,
		String defaultText, List<String> choices, boolean file) {

	/** The image, where it is not the active one. */
	static final CommandKey INPUT_FILE = new CommandKey("input_file",
		"Image file (empty = active image)",
		"Image or slide to analyse; empty: the active image, with its selection.",
		File.class, "", List.of(), true);

	/** The folder that receives the results. */
	static final CommandKey OUTPUT_DIR = new CommandKey("output_dir",
		"Output folder",
		"Folder that receives a folder of results named after the image.",
		File.class, "", List.of(), true);

	/** The protocol, where the command itself is for any. */
	static final CommandKey PROTOCOL = new CommandKey("protocol",
		"Protocol (name or file)",
		"Protocol file (YAML), or name of a built-in one. Required.", String.class,
		"", List.of(), false);

	/** Makes a command's key of a key of the catalogue. */
	static CommandKey of(final ProtocolKey key, final String defaultText) {
		return new CommandKey(key.macroKey(), key.label().isEmpty() ? key.macroKey()
			: key.label(), key.meaning(), fieldType(key), defaultText, key.choices(),
			key.file());
	}

	private static Class<?> fieldType(final ProtocolKey key) {
		return switch (key.type()) {
			case TEXT -> key.file() ? File.class : String.class;
			case CHOICE -> String.class;
			case FLAG -> Boolean.class;
			case INTEGER -> Integer.class;
			case NUMBER -> key.mayBeOpen() ? String.class : Double.class;
		};
	}

	/** Returns whether this is where to read from or write to. */
	boolean isPlace() {
		return this == INPUT_FILE || this == OUTPUT_DIR;
	}

	/** Returns the default in the type of the field, null where it is empty. */
	Object defaultValue() {
		if (fieldType == Boolean.class) return Boolean.valueOf(defaultText);
		if (fieldType == Integer.class) return Integer.valueOf(defaultText);
		if (fieldType == Double.class) return Double.valueOf(defaultText);
		if (fieldType == File.class) return defaultText.isEmpty() ? null : new File(
			defaultText);
		return defaultText;
	}

	/** Returns the value of a field as macros write it; null: the default. */
	String text(final Object value) {
		if (value == null) return defaultText;
		if (value instanceof File file) return file.getPath();
		if (value instanceof Double number && Double.isFinite(number))
			return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
		return value.toString();
	}
}
