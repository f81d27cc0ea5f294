
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * From pictures, label images and a table to a model and called cells: spotted
 * and even nuclei of the same total, on pictures of very different exposure.
 */
class CropJobsTest {

	private static final int SIDE = 240, NUCLEI = 25;

	@TempDir
	static Path folder;

	private static TrainOutcome trained;

	@BeforeAll
	static void train() throws IOException {
		final StringBuilder table = new StringBuilder(
			"image,cell_id,state,field\n");
		for (int n = 0; n < 6; n++)
			draw("p" + n, n, table);
		// a cell that the label image has not
		table.append("p0.png,99,even,p0\n");
		Files.writeString(folder.resolve("cells.csv"), table);
		trained = TrainJob.run(folder.resolve("cells.csv"), folder.resolve("model"),
			TrainingSettings.KEYS.read(keys(Map.of("label", "state", "group", "field",
				"members", "2", "folds", "3", "epochs", "15"))), Progress.SILENT,
			new Cancellation());
	}

	/** 25 discs of radius 8 px, 0.8 µm a pixel, five spots in every second. */
	private static void draw(final String name, final int seed,
		final StringBuilder table) throws IOException
	{
		final Random random = new Random(seed);
		final int[] signal = new int[SIDE * SIDE], labels = new int[SIDE * SIDE];
		final double gain = 1000 * Math.pow(3, seed % 3), floor = 200 * seed;
		for (int k = 0; k < NUCLEI; k++) {
			final int cx = 24 + 48 * (k % 5), cy = 24 + 48 * (k / 5);
			final boolean spotted = k % 2 == 0;
			final double[] sx = new double[5], sy = new double[5];
			for (int s = 0; s < 5; s++) {
				sx[s] = cx + 4.5 * Math.cos(s * 1.256 + seed);
				sy[s] = cy + 4.5 * Math.sin(s * 1.256 + seed);
			}
			for (int y = cy - 9; y <= cy + 9; y++)
				for (int x = cx - 9; x <= cx + 9; x++) {
					if (Math.hypot(x - cx, y - cy) > 8) continue;
					labels[y * SIDE + x] = k + 1;
					double v = spotted ? 0.7 : 1;
					for (int s = 0; s < 5 && spotted; s++)
						v += Math.exp(-((x - sx[s]) * (x - sx[s]) + (y - sy[s]) * (y -
							sy[s])) / 2);
					signal[y * SIDE + x] = (int) (gain * v);
				}
			table.append(name).append(".png,").append(k + 1).append(spotted
				? ",spotted," : ",even,").append(name).append('\n');
		}
		for (int i = 0; i < signal.length; i++)
			signal[i] += (int) (floor + 0.03 * gain * (1 + random.nextGaussian() /
				2));
		write(folder.resolve("images").resolve(name + ".png"), signal);
		write(folder.resolve("labels").resolve(name + ".png"), labels);
	}

	private static void write(final Path file, final int[] values)
		throws IOException
	{
		Files.createDirectories(file.getParent());
		final BufferedImage image = new BufferedImage(SIDE, SIDE,
			BufferedImage.TYPE_USHORT_GRAY);
		final int[] held = values.clone();
		for (int i = 0; i < held.length; i++)
			held[i] = Math.max(0, Math.min(65535, held[i]));
		image.getRaster().setSamples(0, 0, SIDE, SIDE, 0, held);
		ImageIO.write(image, "png", file.toFile());
	}

	private static Map<String, String> keys(final Map<String, String> more) {
		final Map<String, String> keys = new LinkedHashMap<>(more);
		keys.putIfAbsent("crop_images", folder.resolve("images").toString());
		keys.putIfAbsent("crop_labels", folder.resolve("labels").toString());
		keys.putIfAbsent("crop_pixel_size", "0.8");
		return keys;
	}

	@Test
	void picturesOfAnyExposureTeachTheSame() {
		assertTrue(trained.report().methods().get(0).rocAuc() > 0.97, trained
			.report().methods().get(0).toString());
		assertEquals(6, trained.report().groups());
		assertEquals(List.of(
			"1 rows name no nucleus of their label image and were left out."), trained
				.notes());
	}

	@Test
	void theModelCallsTheTableByItsPictures() throws IOException {
		final Path out = folder.resolve("called.csv");
		final ClassifyOutcome outcome = ClassifyJob.run(folder.resolve("cells.csv"),
			out, ClassificationSettings.KEYS.read(keys(Map.of("model", folder.resolve(
				"model").toString()))), Progress.SILENT, new Cancellation());
		assertEquals(151, outcome.cells());
		assertTrue(outcome.notes().contains(
			"1 cells have no nucleus in their label image and were not called."),
			outcome.notes().toString());
		int right = 0;
		for (final String line : Files.readAllLines(out)) {
			final String[] c = line.split(",");
			if (c[2].equals(c[6])) right++;
			if (c[1].equals("99")) assertEquals("indeterminate", c[6]);
		}
		assertTrue(right > 120, right + " of 150");
	}

	@Test
	void whatIsMissingIsNamedInOneLine() {
		refused("--crop-images", Map.of("crop_images", "nowhere"));
		refused("--crop-labels", Map.of("crop_labels", ""));
		refused("no pixel size; state it with --crop-pixel-size", Map.of(
			"crop_pixel_size", ""));
		refused("no channel GFP; there are", Map.of("crop_channel", "GFP"));
		refused("nothing is learned from columns", Map.of("features", "cell_id"));
		assertTrue(assertThrows(UserException.class, () -> ClassifyJob.run(folder
			.resolve("cells.csv"), folder.resolve("x.csv"),
			ClassificationSettings.KEYS.read(Map.of("model", folder.resolve("model")
				.toString())), Progress.SILENT, new Cancellation())).getMessage()
			.contains("give their folder with --crop-images"));
	}

	private static void refused(final String part,
		final Map<String, String> change)
	{
		final Map<String, String> keys = new LinkedHashMap<>(change);
		keys.put("label", "state");
		final UserException e = assertThrows(UserException.class, () -> TrainJob
			.run(folder.resolve("cells.csv"), folder.resolve("none"),
				TrainingSettings.KEYS.read(keys(keys)), Progress.SILENT,
				new Cancellation()));
		assertTrue(e.getMessage().contains(part), e.getMessage());
	}
}
