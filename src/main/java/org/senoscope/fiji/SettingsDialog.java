
package org.senoscope.fiji;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Color;
import java.awt.Font;
import java.awt.TextField;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;

import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

/**
 * Asks in plain ImageJ for what a command needs, until the answers can be used.
 * Rows, defaults and choices are those of the command's keys.
 */
final class SettingsDialog {

	private static final int TEXT_COLUMNS = 12;
	private static final int FILE_COLUMNS = 28;
	private static final Color ERROR_COLOUR = new Color(0xb00020);

	private final Door door;
	private final List<CommandKey> rows;
	private Map<String, String> answers = Map.of();
	private String problem = "";

	SettingsDialog(final Door door) {
		this.door = door;
		this.rows = door.keys().stream().filter(door::asks).toList();
	}

	/**
	 * Asks, beginning with the answers of the last time.
	 *
	 * @return what differs from the defaults, by macro key, recorded where the
	 *         macro recorder is open; null if the user cancelled
	 */
	Map<String, String> ask() {
		while (true) {
			final GenericDialog dialog = build();
			dialog.showDialog();
			if (dialog.wasCanceled()) return null;
			answers = read(dialog);
			try {
				door.check(answers);
				record(answers);
				return answers;
			}
			catch (final UserException e) {
				problem = e.getMessage();
			}
		}
	}

	/** Shows in the next dialog why the answers would not do. */
	void refuse(final String why) {
		problem = why;
	}

	private GenericDialog build() {
		final GenericDialog dialog = new GenericDialog(door.label());
		dialog.addMessage(door.help() +
			" An empty field means: found automatically.");
		for (final CommandKey row : rows) {
			final String value = answers.getOrDefault(row.name(), row.defaultText());
			if (row.name().equals(CommandKey.OUTPUT_DIR.name())) dialog
				.addDirectoryField(row.label(), value, FILE_COLUMNS);
			else if (row.file()) dialog.addFileField(row.label(), value,
				FILE_COLUMNS);
			else if (!row.choices().isEmpty()) dialog.addChoice(row.label(), row
				.choices().toArray(String[]::new), value);
			else if (row.fieldType() == Boolean.class) dialog.addCheckbox(row.label(),
				Boolean.parseBoolean(value));
			else dialog.addStringField(row.label(), value, TEXT_COLUMNS);
		}
		if (!problem.isEmpty()) dialog.addMessage(wrapped(problem), new Font(
			Font.SANS_SERIF, Font.BOLD, 12), ERROR_COLOUR);
		dialog.setOKLabel("Run");
		return dialog;
	}

	/**
	 * Reads the rows from their components: GenericDialog's own getters would
	 * record keys made of the labels, which Fiji does not know.
	 */
	private Map<String, String> read(final GenericDialog dialog) {
		final Map<String, String> given = new LinkedHashMap<>();
		int texts = 0;
		int choices = 0;
		int checks = 0;
		for (final CommandKey row : rows) {
			final String value;
			if (!row.choices().isEmpty()) value = ((Choice) dialog.getChoices().get(
				choices++)).getSelectedItem();
			else if (row.fieldType() == Boolean.class) value = Boolean.toString(
				((Checkbox) dialog.getCheckboxes().get(checks++)).getState());
			else value = ((TextField) dialog.getStringFields().get(texts++)).getText()
				.strip();
			if (!value.equals(row.defaultText())) given.put(row.name(), row.file()
				? withoutTrailingSeparator(value) : value);
		}
		return given;
	}

	/** ImageJ's folder chooser appends a separator; Fiji's does not. */
	private static String withoutTrailingSeparator(final String path) {
		return new File(path).getPath();
	}

	private static void record(final Map<String, String> answers) {
		if (!Recorder.record) return;
		Recorder.resetCommandOptions();
		// Top-level keys stand first, so that none is the tail of one before it,
		// which the recorder would take for a duplicate.
		answers.forEach(Recorder::recordOption);
	}

	private static String wrapped(final String text) {
		return text.replaceAll("(.{1,80})(?: +|$)", "$1\n").strip();
	}
}
