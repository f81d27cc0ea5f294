
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code senoscope train-nuclei}: arguments and lists. */
class TrainNucleiVerbTest {

	@TempDir
	Path folder;

	private final CliFixture cli = new CliFixture();

	@BeforeEach
	void draw() throws IOException {
		for (final String name : new String[] { "one", "two" })
			for (final String kind : new String[] { "images", "labels" }) {
				final BufferedImage image = new BufferedImage(64, 64,
					BufferedImage.TYPE_BYTE_GRAY);
				for (int i = 0; i < 400; i++)
					image.getRaster().setSample(20 + i % 20, 20 + i / 20, 0, 1);
				Files.createDirectories(folder.resolve(kind));
				ImageIO.write(image, "png", folder.resolve(kind).resolve(name + ".png")
					.toFile());
			}
		Files.writeString(folder.resolve("index.csv"),
			"image,fold,modality\none,0,fluorescence\ntwo,1,fluorescence\n");
	}

	@Test
	void allBadArgumentsAreNamedAtOnce() {
		assertEquals(2, cli.run("train-nuclei", "--images", "x", "--patch", "100",
			"--kind", "h-dap", "--steps", "0", "--learning-rate", "fast", "--folds",
			"1"));
		for (final String part : new String[] { "--labels is required",
			"--out is required", "100 is no multiple of 16", "did you mean h-dab?",
			"--steps: '0'", "--learning-rate: 'fast'",
			"need the list they stand in (--index)" })
			assertTrue(cli.err().contains(part), part + " in " + cli.err());
		assertEquals(1, cli.err().lines().count());
	}

	@Test
	void listsThatChooseNothingSayWhatThereIs() {
		assertEquals(2, train("--folds", "7"));
		assertTrue(cli.err().contains("no row is chosen; its folds are 0, 1"), cli
			.err());
		assertEquals(2, train("--modality", "histology"));
		assertTrue(cli.err().contains("its modalities are fluorescence"), cli
			.err());
	}

	@Test
	void kindOfThePicturesMustBeThatOfTheNetwork() {
		assertEquals(2, train("--kind", "h-dab"));
		assertTrue(cli.err().contains("is no colour picture"), cli.err());
	}

	@Test
	void modelFolderIsTheLastLineAndItsCardHoldsTheCommand() throws IOException {
		assertEquals(0, train("--folds", "1", "--steps", "2", "--filters", "4",
			"--batch", "1", "--patch", "64", "--licence", "CC0 1.0"), cli.err());
		final Path model = folder.resolve("model");
		assertEquals(model.toString(), cli.out().strip());
		assertTrue(Files.readString(model.resolve("model.json")).contains(
			"senoscope train-nuclei --images"));
		assertTrue(Files.readString(model.resolve("model.json")).contains(
			"--licence 'CC0 1.0'"));
		assertTrue(cli.err().contains("No picture is held out"), cli.err());
	}

	private int train(final Object... more) {
		final Object[] args = new Object[11 + more.length];
		System.arraycopy(new Object[] { "train-nuclei", "--images", folder.resolve(
			"images"), "--labels", folder.resolve("labels"), "--index", folder
				.resolve("index.csv"), "--out", folder.resolve("model"), "--threads",
			"1" }, 0, args, 0, 11);
		System.arraycopy(more, 0, args, 11, more.length);
		return cli.run(args);
	}
}
