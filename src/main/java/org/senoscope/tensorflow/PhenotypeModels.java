
package org.senoscope.tensorflow;

import java.nio.file.Path;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/** Opens and trains classifiers of cells. */
public final class PhenotypeModels {

	private PhenotypeModels() {}

	/**
	 * Opens a model.
	 *
	 * @throws UserException if it cannot be used
	 */
	public static PhenotypeModel open(final Path folder) {
		throw new UserException(folder +
			": networks that call cells are not built yet; use the model evidence");
	}

	/**
	 * Trains a model.
	 *
	 * @throws UserException if it cannot be trained
	 */
	public static TrainingReport train(final CellFeatures cells,
		final TrainingSettings settings, final Path folder, final Progress progress,
		final Cancellation cancellation)
	{
		throw new UserException(folder +
			": networks that call cells are not built yet");
	}
}
