
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.app.SlideJob;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.phantom.PhantomWriter;

/**
 * Inputs that cannot be used, through the real pipeline: one line that names
 * the file and says what to do, exit code 2, no folder for results.
 */
class BadInputTest {

	@TempDir
	private static Path shared;

	private static Path stained;
	private static Path fluorescent;

	@TempDir
	private Path dir;

	private Path out;

	@BeforeAll
	static void drawPictures() {
		PhantomWriter.write(PhantomKind.HDAB, shared, 1, 192, 192, 1,
			Progress.SILENT);
		PhantomWriter.write(PhantomKind.DAPI, shared, 1, 192, 192, 1,
			Progress.SILENT);
		stained = shared.resolve("images/hdab_01.ome.tif");
		fluorescent = shared.resolve("images/dapi_01.ome.tif");
	}

	@BeforeEach
	void chooseOutput() {
		out = dir.resolve("out");
	}

	@Test
	void aMissingPixelSizeIsAskedForNeverGuessed() throws IOException {
		final Path plain = dir.resolve("plain.png");
		ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png",
			plain.toFile());
		assertRefused("plain.png", "--pixel-size", "segment", plain);
	}

	@Test
	void filesThatAreNoImagesAreNamed() throws IOException {
		assertRefused("gone.tif", "no such file", "segment", dir.resolve(
			"gone.tif"));
		assertRefused("text.tif", "", "segment", Files.writeString(dir.resolve(
			"text.tif"), "no image"));
		assertRefused("empty.tif", "", "segment", Files.createFile(dir.resolve(
			"empty.tif")));
		final byte[] whole = Files.readAllBytes(stained);
		assertRefused("cut.ome.tif", "", "segment", Files.write(dir.resolve(
			"cut.ome.tif"), Arrays.copyOf(whole, whole.length / 3)));
	}

	@Test
	void anImageWithoutPixelsIsNamed() throws IOException {
		final Path plain = dir.resolve("zero.bmp");
		ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "bmp",
			plain.toFile());
		final byte[] bytes = Files.readAllBytes(plain);
		bytes[18] = 0; // the width
		Files.write(plain, bytes);
		assertRefused("zero.bmp", "", "segment", plain, "--pixel-size", "0.5");
	}

	@Test
	void aChannelThatIsNotThereIsAnsweredWithThoseThatAre() {
		assertRefused("dapi_01.ome.tif", "no channel Cy5; there are 1 ", "segment",
			fluorescent, "--channel", "Cy5");
		assertRefused("dapi_01.ome.tif", "", "segment", fluorescent, "--channel",
			"7");
		assertRefused("hdab_01.ome.tif", "no channel Cy5; there are 1 ", "ki67",
			stained, "--channel", "Cy5");
	}

	@Test
	void aControlThatIsNotThereIsNamed() {
		assertRefused("hdab_01.ome.tif", "control image gone.tif", "ki67", stained,
			"--control", "negative:" + stained, "--control", "blank:gone.tif");
	}

	@Test
	void partsThatAreNotThereAreNamed() {
		assertRefused("hdab_01.ome.tif", "region 9000,0,9,9 lies outside",
			"segment", stained, "--region", "9000,0,9,9");
		assertRefused("hdab_01.ome.tif", "series 3", "segment", stained, "--series",
			"3");
		assertRefused("hdab_01.ome.tif", "", "segment", stained, "--z", "9");
		assertRefused("hdab_01.ome.tif", "", "segment", stained, "--t", "9");
	}

	@Test
	void companionFilesThatAreNotThereAreNamed() {
		assertRefused("hdab_01.ome.tif", "none.geojson", "segment", stained,
			"--annotations", dir.resolve("none.geojson"));
		assertRefused("hdab_01.ome.tif", "hdab_01_dapi.tif", "segment", stained,
			"--nuclei-image", "{name}_dapi.tif");
	}

	@Test
	void anAssayThatTheImageCannotCarryIsRefused() {
		assertRefused("dapi_01.ome.tif", "no channel is known as that of a marker",
			"ki67", fluorescent);
		assertRefused("dapi_01.ome.tif", "no channel is known", "sagal",
			fluorescent);
	}

	@Test
	void networksThatAreAskedForAndMissingAreRefused() {
		assertRefused("hdab_01.ome.tif", "classical", "segment", stained,
			"--method", "star-convex", "--kind", "x-gal-nfr");
	}

	private void assertRefused(final String file, final String expected,
		final Object... args)
	{
		final String[] words = new String[args.length + 2];
		for (int i = 0; i < args.length; i++)
			words[i] = args[i].toString();
		words[args.length] = "--out";
		words[args.length + 1] = out.toString();
		final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
		final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
		final int code = Senoscope.run(words, new CliContext(new PrintStream(
			outBytes, true, StandardCharsets.UTF_8), new PrintStream(errBytes, true,
				StandardCharsets.UTF_8), false, SlideJob::run, new Cancellation()));
		final String err = errBytes.toString(StandardCharsets.UTF_8);
		final String failure = err.lines().filter(l -> l.startsWith("senoscope: "))
			.reduce("", (a, b) -> a + b + "\n");
		assertEquals(2, code, err);
		assertEquals(1, failure.lines().count(), err);
		assertTrue(failure.contains(file), err);
		assertTrue(failure.contains(expected), expected + " not in: " + err);
		assertFalse(err.contains("\tat "), err);
		assertFalse(err.contains("internal error"), err);
		assertEquals("", outBytes.toString(StandardCharsets.UTF_8));
		assertFalse(Files.exists(out), "no folder for results");
	}
}
