
package org.senoscope.fiji;

import java.awt.GraphicsEnvironment;
import java.util.Map;

import org.senoscope.core.run.Cancellation;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;

/**
 * The commands in plain ImageJ, which has no SciJava: {@code plugins.config}
 * names this class under the labels that Fiji shows, with the label as
 * argument. Holds no SciJava type, so that it loads without SciJava. In Fiji
 * the SciJava command of the same label wins; if this class is called there all
 * the same, it does the same.
 */
public final class PlainImageJPlugIn implements PlugIn {

	/**
	 * Runs a command: with the options of the macro that called it, else after a
	 * dialog.
	 *
	 * @param label label of the command
	 */
	@Override
	public void run(final String label) {
		if (label.equals(InstallationView.LABEL)) {
			InstallationView.show();
			return;
		}
		final Door door = Door.of(label).orElseThrow();
		final String options = Macro.getOptions();
		final boolean headless = GraphicsEnvironment.isHeadless();
		if (options == null && !headless) {
			final SettingsDialog dialog = new SettingsDialog(door);
			for (Map<String, String> answers = dialog
				.ask(); answers != null; answers = dialog.ask())
			{
				final Cancellation cancellation = new Cancellation();
				final String error = commandRun(door, cancellation).run(answers);
				if (error == null) break;
				dialog.refuse(error);
			}
		}
		else {
			// No dialog box on an error: a macro goes on to the next image.
			final String error = commandRun(door, new Cancellation()).run(
				options == null ? "" : options);
			if (error != null && !headless) IJ.log(error);
		}
		IJ.showProgress(1.0);
		IJ.showStatus("");
	}

	private static CommandRun commandRun(final Door door,
		final Cancellation cancellation)
	{
		IJ.resetEscape();
		return new CommandRun(door, new ImageJProgress(cancellation), cancellation,
			!GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode());
	}
}
