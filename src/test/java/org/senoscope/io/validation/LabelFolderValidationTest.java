
package org.senoscope.io.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;

/** Label images of one row each. */
class LabelFolderValidationTest {

	@TempDir
	Path folder;

	private static void write(final Path file, final int... labels)
		throws IOException
	{
		Files.createDirectories(file.getParent());
		final BufferedImage image = new BufferedImage(labels.length, 1,
			BufferedImage.TYPE_USHORT_GRAY);
		image.getRaster().setSamples(0, 0, labels.length, 1, 0, labels);
		ImageIO.write(image, "png", file.toFile());
	}

	@Test
	void imagesAreComparedByBaseName() throws IOException {
		write(folder.resolve("a/one.png"), 1, 1, 0, 40000);
		write(folder.resolve("b/one.png"), 2, 2, 0, 0);
		write(folder.resolve("a/two.png"), 0, 3, 3, 0);
		write(folder.resolve("b/two.png"), 0, 9, 9, 0);
		write(folder.resolve("a/only-a.png"), 1);
		write(folder.resolve("b/only-b.png"), 1);
		final LabelFolderValidation.Result result = LabelFolderValidation.compare(
			folder.resolve("a"), folder.resolve("b"), 0.5);
		assertEquals(2, result.images().size());
		assertEquals("one", result.images().get(0).name());
		assertEquals(0.5, result.images().get(0).scores()[0].averagePrecision(),
			1e-12);
		assertEquals(2 / 3.0, result.scores()[0].averagePrecision(), 1e-12);
		assertEquals(0.75, result.scores()[0].meanImageAp(), 1e-12);
		assertEquals(List.of("only-b"), result.missingPredicted());
		assertEquals(List.of("only-a"), result.missingReference());
	}

	@Test
	void whatCannotBeComparedIsSaidInOneLine() throws IOException {
		write(folder.resolve("a/one.png"), 1, 1);
		write(folder.resolve("b/one.png"), 1, 1, 1);
		final UserException sizes = assertThrows(UserException.class,
			() -> LabelFolderValidation.compare(folder.resolve("a"), folder.resolve(
				"b"), 0.5));
		assertTrue(sizes.getMessage().contains("one size"), sizes.getMessage());
		assertThrows(UserException.class, () -> LabelFolderValidation.compare(folder
			.resolve("a"), folder.resolve("nowhere"), 0.5));
		Files.writeString(folder.resolve("a/one.png"), "no image");
		assertThrows(UserException.class, () -> LabelFolderValidation.compare(folder
			.resolve("a"), folder.resolve("b"), 0.5));
		write(folder.resolve("c/other.png"), 1);
		assertThrows(UserException.class, () -> LabelFolderValidation.compare(folder
			.resolve("b"), folder.resolve("c"), 0.5));
	}
}
