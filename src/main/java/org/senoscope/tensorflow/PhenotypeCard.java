
package org.senoscope.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.Abstention;
import org.senoscope.core.phenotype.Calibration;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.TrainingSettings.Classifier;
import org.senoscope.core.phenotype.ValueScaling;

/**
 * The card of a phenotype model, {@code model.json}: what it is, what it was
 * trained on, how good it is, and all that is needed beside the network to use
 * it.
 *
 * @param task {@link #TASK}
 * @param name of the model
 * @param description what it was trained on, in words
 * @param calibrationNote how far its probabilities hold, in words
 * @param sees what the network sees of a cell: {@link #READINGS} or
 *          {@link #CROPS}
 * @param classes in the order of the network's outputs
 * @param scaling how readings become the network's input
 * @param calibration what the network's outputs have in them already
 * @param certainty of older cards: least certainty of any call
 * @param abstention how certain calls have to be
 * @param classifier what answers: the network, the forest beside it, or both
 * @param answerCalibration where the forest answers, alone or with the network:
 *          what turns its log-odds, or the mean of both, into probabilities
 * @param settings how it was trained
 * @param scores out of fold: network, forest, rules
 * @param notes what a user should know
 * @param files SHA-256 of the other files
 */
public record PhenotypeCard(String task, String name, String description,
		String calibrationNote, String sees, List<String> classes,
		ValueScaling scaling, Calibration calibration, Float certainty,
		Abstention abstention, Classifier classifier, Calibration answerCalibration,
		TrainingSettings settings, List<MethodScores> scores, List<String> notes,
		Map<String, String> files) {

	/** The network sees the readings of a table. */
	public static final String READINGS = "readings";

	/** The network sees pictures of single nuclei. */
	public static final String CROPS = "crops";

	/** Older cards are of readings, and have one certainty for all calls. */
	public PhenotypeCard {
		if (sees == null) sees = READINGS;
		if (classifier == null) classifier = Classifier.NETWORK;
		if (abstention == null && classes != null) abstention = Abstention.constant(
			classes.size(), certainty == null ? 0 : certainty);
	}

	/** What a phenotype model is for. */
	public static final String TASK = "cell-phenotype";

	/** Returns the SHA-256 of a file, in hexadecimal; empty if it is missing. */
	static String sha256(final Path file) {
		if (!Files.isRegularFile(file)) return "";
		try (InputStream in = Files.newInputStream(file);
				DigestInputStream digest = new DigestInputStream(in, MessageDigest
					.getInstance("SHA-256")))
		{
			digest.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(digest.getMessageDigest().digest());
		}
		catch (final IOException | NoSuchAlgorithmException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": cannot be read (" + e.getMessage() + ")", e);
		}
	}
}
