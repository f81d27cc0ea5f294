
package org.senoscope.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.senoscope.core.UserException;
import org.senoscope.core.gate.GateFinder;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingReport.FeatureWeight;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.HistogramScale;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.validation.LabelFolderValidation;

/**
 * {@code ./build scores-crops}: what a network of crops learns from real
 * nuclei. Dividing cells (phospho-histone H3 in a second channel) are to be
 * told by the nuclear dye alone, on the one field of
 * {@code fields-cellprofiler} that has both.
 */
public final class CropScores {

	private static final String FIELD =
		"fields-cellprofiler/ExamplePercentPositive/AS_09125_050116030001_D03f00";

	/** HT29 cells at 20x; the file does not say. */
	private static final double PIXEL_UM = 0.65;

	private CropScores() {}

	/**
	 * Prints the table.
	 *
	 * @param arguments the folder that holds {@code fields-cellprofiler}
	 */
	public static void main(final String[] arguments) throws IOException {
		final Path data = Path.of(arguments.length == 0 ? "../shared/data"
			: arguments[0]);
		final Path work = Files.createTempDirectory("senoscope-crops");
		try {
			run(data, work);
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
		finally {
			try (Stream<Path> files = Files.walk(work)) {
				files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile()
					.delete());
			}
		}
	}

	private static void run(final Path data, final Path work) throws IOException {
		final Path images = Files.createDirectories(work.resolve("images"));
		final Path field = images.resolve("field.tif"), dye = data.resolve(FIELD +
			"d0.tif"), marker = data.resolve(FIELD + "d1.tif");
		if (!Files.exists(dye)) throw new UserException(dye +
			": is not there; give the folder that holds fields-cellprofiler");
		Files.copy(dye, field);
		SlideJob.run(new SlideRequest(field, null, ProtocolOverrides.apply(
			BuiltInProtocols.load("nuclei-fluorescence"), Map.of("pixel_size", Double
				.toString(PIXEL_UM))), RunOptions.DEFAULTS, work.resolve("results"),
			"field", List.of()), Progress.SILENT, new Cancellation());
		final Path table = work.resolve("cells.csv");
		final int[] counts = label(work.resolve("results"), marker, table);
		System.out.printf(Locale.ROOT,
			"%d nuclei, %d with phospho-H3 (mean of the nucleus above Otsu's threshold of the nuclei)%n%n",
			counts[0], counts[1]);
		final TrainingReport report = TrainJob.run(table, work.resolve("model"),
			TrainingSettings.KEYS.read(Map.of("label", "state", "members", "3",
				"crop_images", images.toString(), "crop_labels", work.resolve("results")
					.toString(), "crop_pixel_size", Double.toString(PIXEL_UM))),
			Progress.SILENT, new Cancellation()).report();
		System.out.printf(Locale.ROOT, "%-10s %9s %9s %9s %9s%n", "", "balanced",
			"macro F1", "ROC AUC", "ECE");
		for (final MethodScores m : report.methods())
			System.out.printf(Locale.ROOT, "%-10s %9.3f %9.3f %9.3f %9.3f%n", m
				.method(), m.balancedAccuracy(), m.macroF1(), m.rocAuc(), m
					.calibrationError());
		for (final FeatureWeight w : report.featureWeights())
			System.out.printf(Locale.ROOT, "without %-18s AUC falls by %.3f%n", w
				.feature(), w.aucLoss());
		System.out.println(report.folds() +
			" folds, cells of one field drawn singly: optimistic");
	}

	/** Writes the table with labels; returns nuclei and labelled ones. */
	private static int[] label(final Path results, final Path marker,
		final Path table) throws IOException
	{
		final LabelFolderValidation.Labels labels = LabelFolderValidation.read(
			LabelFolderValidation.files(results).get("field"));
		final float[] signal = new float[labels.values().length];
		try (PixelSource source = ImageSources.open(marker, OpenOptions.DEFAULTS)) {
			source.readChannel(0, 0, source.info().bounds(), signal);
		}
		int highest = 0;
		for (final int label : labels.values())
			highest = Math.max(highest, label);
		final double[] sums = new double[highest + 1];
		final int[] pixels = new int[highest + 1];
		for (int i = 0; i < signal.length; i++) {
			sums[labels.values()[i]] += signal[i];
			pixels[labels.values()[i]]++;
		}
		final double cut = otsu(sums, pixels);
		final StringBuilder rows = new StringBuilder("image,cell_id,state\n");
		final int[] counts = new int[2];
		for (int k = 1; k <= highest; k++) {
			if (pixels[k] == 0) continue;
			final boolean positive = sums[k] / pixels[k] > cut;
			counts[0]++;
			if (positive) counts[1]++;
			rows.append("field.tif,").append(k).append(positive ? ",dividing\n"
				: ",interphase\n");
		}
		Files.writeString(table, rows);
		return counts;
	}

	/** Otsu's threshold of the means, in bins of a quarter of a grey level. */
	private static double otsu(final double[] sums, final int[] pixels) {
		final HistogramScale scale = new HistogramScale(0, 0.25, 1024, 0);
		final long[] counts = new long[scale.bins()];
		for (int k = 1; k < sums.length; k++)
			if (pixels[k] > 0) counts[scale.bin(sums[k] / pixels[k])]++;
		return GateFinder.find(GateMethod.OTSU, Double.NaN, GateSettings.DEFAULTS,
			GateReadings.of(scale.histogram(counts)), new ArrayList<>()).value();
	}
}
