
package org.senoscope.io.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.ClassicalSettings;
import org.senoscope.core.nuclei.RegionScoreTraining;
import org.senoscope.core.nuclei.SignalPlane;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;

/** Scoring and fitting on a phantom in the layout of nuclei-dsb2018. */
class NucleiScoresTest {

	@TempDir
	Path data;

	private static void writePng(final Path file, final int type, final int w,
		final int h, final int[] samples) throws IOException
	{
		Files.createDirectories(file.getParent());
		final BufferedImage image = new BufferedImage(w, h, type);
		image.getRaster().setSamples(0, 0, w, h, 0, samples);
		ImageIO.write(image, "png", file.toFile());
	}

	private static int[] eightBit(final PhantomField field) {
		int highest = 1;
		for (final char v : field.dapi())
			highest = Math.max(highest, v);
		final int[] samples = new int[field.dapi().length];
		for (int i = 0; i < samples.length; i++)
			samples[i] = 255 * field.dapi()[i] / highest;
		return samples;
	}

	@Test
	void picturesAreScoredByFoldThroughThePipeline() throws IOException {
		final PhantomField field = Phantoms.field(PhantomKind.DAPI, 400, 300, 5);
		final Path folder = data.resolve("nuclei-dsb2018");
		writePng(folder.resolve("images/one.png"), BufferedImage.TYPE_BYTE_GRAY,
			400, 300, eightBit(field));
		writePng(folder.resolve("labels/one.png"), BufferedImage.TYPE_USHORT_GRAY,
			400, 300, field.labels());
		Files.writeString(folder.resolve("index.csv"),
			"image,width,height,modality,nuclei,fold\none,400,300,fluorescence," +
				field.cells().size() + ",3\n");
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		NucleiScores.print(data, new PrintStream(bytes, true,
			StandardCharsets.UTF_8), NucleusNetworks.NONE, Map.of("classical", Map
				.of()), NucleiScores.Choice.ALL);
		final String[] rows = bytes.toString(StandardCharsets.UTF_8).lines().filter(
			line -> line.startsWith("fluorescence")).toArray(String[]::new);
		assertEquals(2, rows.length);
		final String[] fold = rows[0].split(" +");
		final String[] all = rows[1].split(" +");
		assertEquals("3", fold[3]);
		assertEquals("all", all[3]);
		assertEquals(field.cells().size(), Integer.parseInt(all[5]));
		assertTrue(Double.parseDouble(all[9]) >= 0.9, rows[1]);
		assertEquals(fold[9], all[9]);
	}

	@Test
	void aFolderWithoutDataIsRefused() {
		assertTrue(assertThrows(UserException.class, () -> NucleiScores.print(data,
			System.out, NucleusNetworks.NONE, Map.of(), NucleiScores.Choice.ALL))
			.getMessage().contains("nuclei-dsb2018"));
	}

	@Test
	void aFitExplainsItsExamplesAndRepeats() {
		final RegionScoreTraining first = trained();
		final RegionScoreTraining again = trained();
		for (int network = 0; network < RegionScoreTraining.NETWORKS; network++) {
			final double[] numbers = first.fit(network);
			assertArrayEquals(numbers, again.fit(network), "network " + network);
			assertTrue(first.explained(network, numbers) > 0.3, network +
				" explains " + first.explained(network, numbers));
		}
	}

	private static RegionScoreTraining trained() {
		final PhantomField field = Phantoms.field(PhantomKind.DAPI, 900, 700, 5);
		final int[] samples = eightBit(field);
		final float[] signal = new float[samples.length];
		for (int i = 0; i < signal.length; i++)
			signal[i] = samples[i];
		final RegionScoreTraining training = new RegionScoreTraining();
		training.add(new SignalPlane(signal, 900, 700), field.labels(),
			ClassicalSettings.defaults(), 1);
		return training;
	}

	@Test
	void foldZeroIsNeverOpenedByTheFit() throws IOException {
		final PhantomField field = Phantoms.field(PhantomKind.DAPI, 900, 700, 5);
		final Path folder = data.resolve("fit");
		writePng(folder.resolve("images/one.png"), BufferedImage.TYPE_BYTE_GRAY,
			900, 700, eightBit(field));
		writePng(folder.resolve("labels/one.png"), BufferedImage.TYPE_USHORT_GRAY,
			900, 700, field.labels());
		// the picture of fold 0 and the one left out are not there at all
		Files.writeString(folder.resolve("index.csv"),
			"image,width,height,modality,nuclei,fold\none,900,700,fluorescence,9,1\n" +
				"zero,900,700,fluorescence,9,0\nleft-out,900,700,fluorescence,9,2\n");
		final String source = RegionScoreFit.fit(NucleiDataset.open(folder), false,
			2);
		assertEquals(RegionScoreTraining.NETWORKS, source.lines().filter(
			line -> line.endsWith("}, //")).count());
	}
}
