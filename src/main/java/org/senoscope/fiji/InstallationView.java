
package org.senoscope.fiji;

import java.awt.GraphicsEnvironment;
import java.util.List;

import org.senoscope.app.Doctor;

import ij.IJ;
import ij.measure.ResultsTable;

/** What the installation lacks, as a table and in the log. */
final class InstallationView {

	/** Label of the command in the menu. */
	static final String LABEL = "Check Senoscope Installation";

	private InstallationView() {}

	/** Tries everything out and shows what was found. */
	static void show() {
		IJ.showStatus("Senoscope: trying out everything it needs");
		final List<Doctor.Check> checks = Doctor.run();
		final ResultsTable table = new ResultsTable();
		for (final Doctor.Check check : checks) {
			final String state = check.ok() ? "works" : "MISSING";
			IJ.log("Senoscope: " + check.name() + ": " + state + ". " + check
				.detail());
			table.incrementCounter();
			table.addValue("Part", check.name());
			table.addValue("State", state);
			table.addValue("Detail", check.detail());
		}
		if (!GraphicsEnvironment.isHeadless()) table.show("Senoscope installation");
		IJ.showStatus("");
	}
}
