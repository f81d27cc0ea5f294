
package org.senoscope.app;

import java.nio.file.Path;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.simulation.CellSimulation;
import org.senoscope.core.phenotype.simulation.MarkerProfiles;
import org.senoscope.core.phenotype.simulation.SimulationSettings;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.tensorflow.PhenotypeModels;

/**
 * Trains the shipped panel model on simulated slides.
 */
public final class PanelTraining {

	/** Name of the shipped model. */
	public static final String NAME = "phenotype-panel";

	private PanelTraining() {}

	/**
	 * Trains.
	 *
	 * @param arguments folder of the model to write
	 */
	public static void main(final String[] arguments) {
		if (arguments.length != 1) {
			System.err.println("give the folder of the model to write");
			System.exit(2);
		}
		try {
			final TrainingReport report = PhenotypeModels.train(CellSimulation.run(
				MarkerProfiles.of(EvidenceDefinition.builtIn()),
				SimulationSettings.DEFAULTS.size(400, 150)).features(),
				TrainingSettings.DEFAULTS, Path.of(arguments[0]), Progress.SILENT,
				new Cancellation());
			System.out.println(report);
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}
}
