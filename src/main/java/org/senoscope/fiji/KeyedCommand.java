
package org.senoscope.fiji;

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

import org.scijava.ItemVisibility;
import org.scijava.app.StatusService;
import org.scijava.command.DynamicCommand;
import org.scijava.module.MutableModuleItem;
import org.scijava.plugin.Parameter;
import org.senoscope.core.run.Cancellation;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;

/**
 * What all commands with settings have in common in Fiji. Labels, defaults,
 * choices and which rows the dialog shows come from the {@link CommandKey}s of
 * the command when it is initialised, so that the catalogue stays the only
 * definition; a test compares names and types.
 * <p>
 * With the options of a macro the fields are not used at all: the option string
 * is read word for word, because SciJava and ImageJ pass over misspelt keys,
 * mistake the tail of one key for another and make 0 of what is no number.
 */
@SuppressWarnings("unused")
abstract class KeyedCommand extends DynamicCommand {

	private static final String ABOUT = "about";

	private final Door door;

	@Parameter(required = false)
	private StatusService statusService;

	@Parameter(required = false, persist = false,
		visibility = ItemVisibility.MESSAGE)
	private String about;

	KeyedCommand(final Door door) {
		this.door = door;
	}

	/**
	 * Prepares the dialog: shows the rows that the command asks for and settles
	 * all others. Under a macro everything is settled, so that no dialog opens
	 * and no value of an earlier run comes in.
	 */
	protected final void initialise() {
		final boolean macro = Macro.getOptions() != null;
		for (final CommandKey key : door.keys()) {
			final boolean given = isInputResolved(key.name());
			final boolean ask = !macro && !given && door.asks(key);
			describe(key, ask);
			// SciJava itself has put 0 where the field said nothing.
			if (!given) setInput(key.name(), key.defaultValue());
			if (!ask) resolveInput(key.name());
		}
		about = door.help() + " Empty means: found automatically.";
		if (macro) resolveInput(ABOUT);
	}

	private void describe(final CommandKey key, final boolean ask) {
		final MutableModuleItem<Object> item = item(key);
		item.setLabel(key.label());
		item.setDescription(key.meaning());
		item.setDefaultValue(key.defaultValue());
		if (!key.choices().isEmpty()) item.setChoices(new ArrayList<>(key
			.choices()));
		item.setVisibility(ask ? ItemVisibility.NORMAL : ItemVisibility.INVISIBLE);
	}

	@SuppressWarnings("unchecked")
	private MutableModuleItem<Object> item(final CommandKey key) {
		return (MutableModuleItem<Object>) getInfo().getMutableInput(key.name(), key
			.fieldType());
	}

	@Override
	public final void run() {
		final String options = Macro.getOptions();
		final boolean screen = !GraphicsEnvironment.isHeadless();
		IJ.resetEscape();
		final Cancellation cancellation = new Cancellation();
		final CommandRun run = new CommandRun(door, new StatusProgress(
			cancellation), cancellation, screen && !Interpreter.isBatchMode());
		final String error = options == null ? run.run(settings()) : run.run(
			options);
		forgetDefaults();
		if (error == null) return;
		if (options == null || !screen) cancel(error);
		else {
			// A reason opens a box that would hold up a macro at every bad image.
			IJ.log(error);
			cancel(null);
		}
	}

	/** Returns what the fields say beyond the defaults, by macro key. */
	private Map<String, String> settings() {
		final Map<String, String> settings = new LinkedHashMap<>();
		for (final CommandKey key : door.keys()) {
			final String text = key.text(getInput(key.name()));
			if (!text.equals(key.defaultText())) settings.put(key.name(), text);
		}
		return settings;
	}

	/** The macro recorder writes down every field that is not null. */
	private void forgetDefaults() {
		setInput(ABOUT, null);
		for (final CommandKey key : door.keys())
			if (key.text(getInput(key.name())).equals(key.defaultText())) setInput(key
				.name(), null);
	}

	/** Progress in Fiji's status bar; Cancel or the Escape key stops the run. */
	private final class StatusProgress extends ThrottledProgress {

		StatusProgress(final Cancellation cancellation) {
			super(cancellation);
		}

		@Override
		void show(final String line, final int part, final int parts) {
			if (statusService != null) statusService.showStatus(part, parts,
				"Senoscope: " + line);
		}

		@Override
		boolean stopWanted() {
			return isCanceled() || IJ.escapePressed();
		}
	}
}
