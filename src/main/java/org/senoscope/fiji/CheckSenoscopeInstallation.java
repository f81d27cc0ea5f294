
package org.senoscope.fiji;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/** Tries out everything that the commands need and shows what is missing. */
@Plugin(type = Command.class, headless = true,
	menuPath = "Plugins>Senoscope>Check Senoscope Installation")
public final class CheckSenoscopeInstallation implements Command {

	@Override
	public void run() {
		InstallationView.show();
	}
}
