
package org.senoscope.tensorflow;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.CellForest;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.TrainingSettings.Classifier;
import org.senoscope.core.phenotype.crop.CropMorphology;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * Models that call cells, as they lie on disk: a TensorFlow SavedModel
 * ({@code saved_model.pb}, {@code variables/}) whose input {@code values} are
 * {@code cells x features} anchored readings, NaN where not measured, and whose
 * output {@code probabilities} are calibrated; beside it {@code model.json}
 * ({@link PhenotypeCard}), {@code training.json} ({@link TrainingReport}),
 * {@code density.json} ({@link CellDensity}) and, where a forest answers, alone
 * or with the network, {@code forest.json.gz} ({@link CellForest}).
 */
public final class PhenotypeModels {

	/** The card, as of every model. */
	static final String CARD = "model.json";
	static final String REPORT = "training.json";
	static final String DENSITY = "density.json";
	/** Trees are many numbers, so they are packed (gzip). */
	static final String FOREST = "forest.json.gz";

	/** Reads newer cards too, whose further keys it does not know. */
	static final ObjectMapper JSON = new ObjectMapper().configure(
		DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false).enable(
			SerializationFeature.INDENT_OUTPUT);

	private PhenotypeModels() {}

	/**
	 * Opens a model.
	 *
	 * @param folder its folder
	 * @return the model, to be closed
	 * @throws UserException if it is none, if a file in it is not the one its
	 *           card lists, or if TensorFlow cannot be used here
	 */
	public static PhenotypeModel open(final Path folder) {
		return open(folder, 0);
	}

	/**
	 * Opens a model that calls another share of the cells than it was trained
	 * for.
	 *
	 * @param folder its folder
	 * @param coverage share of its calls of each class that are kept; 0: as
	 *          trained
	 * @return the model, to be closed
	 * @throws UserException as above
	 */
	public static PhenotypeModel open(final Path folder, final double coverage) {
		return open(folder, coverage, null);
	}

	/**
	 * Opens the network of a model, whatever answers for the model.
	 *
	 * @param folder its folder
	 * @throws UserException as above
	 */
	public static PhenotypeModel network(final Path folder) {
		return open(folder, 0, Classifier.NETWORK);
	}

	private static PhenotypeModel open(final Path folder, final double coverage,
		final Classifier wanted)
	{
		final PhenotypeCard card = card(folder);
		final Classifier classifier = wanted == null ? card.classifier() : wanted;
		card.files().forEach((name, sha256) -> {
			if (!PhenotypeCard.sha256(folder.resolve(name)).equals(sha256))
				throw new UserException(folder + ": its " + name +
					" is not the one that was trained (SHA-256 differs from " + CARD +
					"); get the model again");
		});
		final double kept = coverage > 0 ? coverage : card.settings().coverage();
		final CellDensity density = read(folder, DENSITY, CellDensity.class);
		try {
			if (classifier == Classifier.FOREST) return new ForestModel(card, density,
				read(folder, FOREST, CellForest.class), null, kept);
			final SavedNetwork saved = backend().open(folder);
			if (card.sees().equals(PhenotypeCard.CROPS)) return new CropModel(card,
				density, saved, kept);
			final NetworkModel network = new NetworkModel(card, density, saved, kept);
			return classifier == Classifier.NETWORK ? network : new ForestModel(card,
				density, read(folder, FOREST, CellForest.class), network, kept);
		}
		catch (final IllegalArgumentException refused) {
			throw new UserException(UserException.Kind.INPUT, folder + ": " + refused
				.getMessage() + "; get the model again", refused);
		}
	}

	/**
	 * Returns the card of a model.
	 *
	 * @throws UserException if there is none or it is not that of a phenotype
	 *           model
	 */
	public static PhenotypeCard card(final Path folder) {
		if (!Files.isRegularFile(folder.resolve(CARD))) throw new UserException(
			folder + ": there is no " + CARD +
				" in it; give the folder that senoscope train wrote");
		final PhenotypeCard card = read(folder, CARD, PhenotypeCard.class);
		if (!PhenotypeCard.TASK.equals(card.task()) || card.scaling() == null ||
			card.calibration() == null || card.classes() == null || card
				.files() == null || card.classifier() != Classifier.NETWORK && card
					.answerCalibration() == null) throw new UserException(folder +
						": its " + CARD + " is not that of a phenotype model (task " + card
							.task() + "); give the folder that senoscope train wrote");
		return card;
	}

	/**
	 * Trains a model. Deterministic: the same cells, settings and version give
	 * the same model.
	 *
	 * @param cells with labels; all features are learned from
	 * @param settings how
	 * @param out folder to write, complete or not at all; an earlier model there
	 *          is replaced
	 * @param progress is told what is going on
	 * @param cancellation checked between steps
	 * @return how well it does
	 * @throws UserException if the cells cannot be learned from, the folder
	 *           cannot be written, or TensorFlow cannot be used here
	 */
	public static TrainingReport train(final CellFeatures cells,
		final TrainingSettings settings, final Path out, final Progress progress,
		final Cancellation cancellation)
	{
		return new PhenotypeTraining(backend(), null, settings, progress,
			cancellation).train(cells, null, out);
	}

	/**
	 * Trains a model whose final network is calibrated by cells of slides of
	 * their own, rather than by cross-validation, whose networks have learned
	 * from fewer cells.
	 *
	 * @param kept labelled cells of which nothing is learned
	 * @throws UserException as above
	 */
	public static TrainingReport train(final CellFeatures cells,
		final CellFeatures kept, final TrainingSettings settings, final Path out,
		final Progress progress, final Cancellation cancellation)
	{
		return new PhenotypeTraining(backend(), null, settings, progress,
			cancellation).train(cells, kept, out);
	}

	/**
	 * Trains a model on the crops of nuclei, in the same way.
	 *
	 * @param cells with labels; the features are those of
	 *          {@link CropMorphology#NAMES}, which the network is compared with
	 * @param crops {@code cells x NucleusCrop.SIZE}
	 * @throws UserException as above
	 */
	public static TrainingReport trainCrops(final CellFeatures cells,
		final float[] crops, final TrainingSettings settings, final Path out,
		final Progress progress, final Cancellation cancellation)
	{
		return new PhenotypeTraining(backend(), crops, settings, progress,
			cancellation).train(cells, null, out);
	}

	static TensorFlowBackend backend() {
		try {
			return IsolatedTensorFlow.load();
		}
		catch (final TensorFlowUnavailableException e) {
			throw new UserException(UserException.Kind.INPUT, e.getMessage(), e);
		}
	}

	private static <T> T read(final Path folder, final String name,
		final Class<T> type)
	{
		try (InputStream file = new BufferedInputStream(Files.newInputStream(folder
			.resolve(name)));
				InputStream in = name.endsWith(".gz") ? new GZIPInputStream(file)
					: file)
		{
			return JSON.readValue(in, type);
		}
		catch (final JsonProcessingException broken) {
			throw new UserException(UserException.Kind.INPUT, folder + ": its " +
				name + " is not that of a phenotype model (" + broken
					.getOriginalMessage() +
				"); give the folder that senoscope train wrote", broken);
		}
		catch (final IOException unreadable) {
			throw new UserException(UserException.Kind.INPUT, folder + ": its " +
				name + " cannot be read (" + unreadable.getMessage() + ")", unreadable);
		}
	}
}
