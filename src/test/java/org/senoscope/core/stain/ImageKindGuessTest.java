
package org.senoscope.core.stain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ImageKind;

/** Tests {@link ImageKindGuess} on drawn and real pictures. */
class ImageKindGuessTest {

	private static final Path DATA = Path.of("../shared/data");

	private static ImageKindGuess drawn(final double[] counterstain,
		final double[] chromogen, final double counterstained,
		final double positive)
	{
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		r.counterstain = counterstain;
		r.chromogen = chromogen;
		r.counterstained = counterstained;
		r.positive = positive;
		r.groundChromogen = 0;
		r.groundCounterstain = 0;
		return ImageKindGuess.ofRgb(List.of(DrawnSlide.draw(r).field));
	}

	private static RgbField read(final Path file) throws IOException {
		Assumptions.assumeTrue(Files.exists(file), file + " is not here");
		final BufferedImage image = ImageIO.read(file.toFile());
		final int w = image.getWidth(), h = image.getHeight();
		final int[] pixels = image.getRGB(0, 0, w, h, null, 0, w);
		final byte[] rgb = new byte[3 * w * h];
		for (int i = 0; i < pixels.length; i++) {
			rgb[3 * i] = (byte) (pixels[i] >> 16);
			rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
			rgb[3 * i + 2] = (byte) pixels[i];
		}
		return new RgbField(w, h, rgb);
	}

	@Test
	void drawnStainsAreRecognised() {
		final double[] blue = { 0.65, 0.70, 0.29 }, brown = { 0.27, 0.57, 0.78 },
				pink = { 0.22, 0.80, 0.56 }, teal = { 0.86, 0.42, 0.28 }, red = { 0.21,
					0.85, 0.48 }, grey = { 1, 1, 1 };
		assertEquals(ImageKind.H_DAB, drawn(blue, brown, 0.7, 0.05).kind());
		assertEquals(ImageKind.H_DAB, drawn(blue, brown, 0.1, 0.8).kind());
		assertEquals(ImageKind.H_E, drawn(blue, pink, 0.4, 0.4).kind());
		assertEquals(ImageKind.X_GAL, drawn(grey, teal, 0, 0.4).kind());
		assertEquals(ImageKind.X_GAL_NFR, drawn(red, teal, 0.5, 0.2).kind());
	}

	@Test
	void assaysSettleTheKindOfRgbPictures() {
		final ImageKindGuess blueOnly = drawn(new double[] { 0.65, 0.70, 0.29 },
			new double[] { 1, 1, 1 }, 0.7, 0);
		assertEquals(ImageKind.H_DAB, blueOnly.forAssay(AssayKind.KI67, true)
			.kind());
		assertEquals(ImageKind.X_GAL, blueOnly.forAssay(AssayKind.SAGAL, true)
			.kind());
		assertEquals(ImageKind.X_GAL_NFR, drawn(new double[] { 0.21, 0.85, 0.48 },
			new double[] { 0.86, 0.42, 0.28 }, 0.5, 0.2).forAssay(AssayKind.SAGAL,
				true).kind());
		final ImageKindGuess fluorescence = ImageKindGuess.ofGrey(new float[] { 0,
			0, 0, 1, 0, 0, 9 });
		assertEquals(ImageKind.FLUORESCENCE, fluorescence.forAssay(AssayKind.SAGAL,
			false).kind());
	}

	@Test
	void anUnstainedFieldIsBrightfieldForItsAssay() {
		final byte[] glass = new byte[3 * 64 * 64];
		java.util.Arrays.fill(glass, (byte) 243);
		final ImageKindGuess guess = ImageKindGuess.ofRgb(List.of(new RgbField(64,
			64, glass)));
		assertEquals(ImageKind.X_GAL, guess.forAssay(AssayKind.SAGAL, true).kind());
		assertEquals(ImageKind.H_DAB, guess.forAssay(AssayKind.KI67, true).kind());
	}

	@Test
	void greyPicturesAreFluorescenceAndSayWhetherTheBackgroundIsBright() {
		final float[] dark = new float[1000], bright = new float[1000];
		for (int i = 0; i < 1000; i++) {
			dark[i] = i % 10 == 0 ? 3000 : 100 + i % 7;
			bright[i] = 4000 - dark[i];
		}
		assertFalse(ImageKindGuess.ofGrey(dark).brightBackground());
		final ImageKindGuess b = ImageKindGuess.ofGrey(bright);
		assertTrue(b.brightBackground());
		assertEquals(ImageKind.FLUORESCENCE, b.kind());
		assertTrue(b.words().contains("grey brightfield"));
	}

	@Test
	void realPicturesAreRecognised() throws IOException {
		for (final String f : List.of("multipanel/Bladder1_ihc.png",
			"multipanel/Lung1_ihc.png", "large_rois_no_gt/ROI_1.png",
			"large_rois_no_gt/ROI_7.png", "large_rois_no_gt/ROI_127.png"))
			assertEquals(ImageKind.H_DAB, ImageKindGuess.ofRgb(List.of(read(DATA
				.resolve("ki67-ihc/" + f)))).kind(), f);
		assertEquals(ImageKind.H_E, ImageKindGuess.ofRgb(List.of(read(DATA.resolve(
			"nuclei-stardist/data_histo.jpg")))).kind());
		assertEquals(ImageKind.FLUORESCENCE, ImageKindGuess.ofRgb(List.of(read(DATA
			.resolve("ki67-ihc/multipanel/Lung1_dapi.png")))).kind());
	}

	@Test
	void everyColourPictureOfTheNucleiSetIsHematoxylinAndEosin()
		throws IOException
	{
		final Path set = DATA.resolve("nuclei-dsb2018");
		Assumptions.assumeTrue(Files.exists(set), set + " is not here");
		int right = 0, all = 0;
		for (final String line : Files.readAllLines(set.resolve("index.csv"))) {
			final String[] cells = line.split(",");
			if (!cells[3].equals("histology-colour")) continue;
			all++;
			if (ImageKindGuess.ofRgb(List.of(read(set.resolve("images/" + cells[0] +
				".png")))).kind() == ImageKind.H_E) right++;
		}
		assertTrue(all > 50 && right >= 0.95 * all, right + " of " + all);
	}
}
