
package org.senoscope.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.crop.CropMorphology;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * Models that call cells, as they lie on disk: a TensorFlow SavedModel
 * ({@code saved_model.pb}, {@code variables/}) whose input {@code values} are
 * {@code cells x features} anchored readings, NaN where not measured, and whose
 * output {@code probabilities} are calibrated; beside it {@code model.json}
 * ({@link PhenotypeCard}), {@code training.json} ({@link TrainingReport}) and
 * {@code density.json} ({@link CellDensity}).
 */
public final class PhenotypeModels {

	/** The card, as of every model. */
	static final String CARD = "model.json";
	static final String REPORT = "training.json";
	static final String DENSITY = "density.json";

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
		final PhenotypeCard card = card(folder);
		card.files().forEach((name, sha256) -> {
			if (!PhenotypeCard.sha256(folder.resolve(name)).equals(sha256))
				throw new UserException(folder + ": its " + name +
					" is not the one that was trained (SHA-256 differs from " + CARD +
					"); get the model again");
		});
		final double kept = coverage > 0 ? coverage : card.settings().coverage();
		final CellDensity density = read(folder, DENSITY, CellDensity.class);
		try {
			final SavedNetwork network = backend().open(folder);
			return card.sees().equals(PhenotypeCard.CROPS) ? new CropModel(card,
				density, network, kept) : new NetworkModel(card, density, network,
					kept);
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
				.files() == null) throw new UserException(folder + ": its " + CARD +
					" is not that of a phenotype model (task " + card.task() +
					"); give the folder that senoscope train wrote");
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
		try {
			return JSON.readValue(folder.resolve(name).toFile(), type);
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
