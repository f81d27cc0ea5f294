/**
 * What a cell is called from its readings: the cells as a classifier sees them,
 * values made comparable between slides, calibrated probabilities, abstention,
 * cells unlike any seen in training, and how well all of it was shown to work.
 * The network itself lives in {@code org.senoscope.tensorflow}:
 * {@code PhenotypeModels.open(Path)} reads a model's folder, and
 * {@code PhenotypeModels.train(CellFeatures, TrainingSettings, Path, Progress,
 * Cancellation)} writes one.
 */

package org.senoscope.core.phenotype;
