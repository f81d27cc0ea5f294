
package org.senoscope.app;

import java.nio.file.Path;
import java.util.List;

import org.senoscope.core.phenotype.TrainingReport;

/**
 * What became of a training.
 *
 * @param model folder of the model
 * @param features columns that it learnt from
 * @param report how well it does on cells it had not seen
 * @param notes what was done to the table, a sentence each
 */
public record TrainOutcome(Path model, List<String> features,
		TrainingReport report, List<String> notes) {
}
