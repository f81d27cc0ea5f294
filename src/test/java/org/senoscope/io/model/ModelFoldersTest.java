
package org.senoscope.io.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;

class ModelFoldersTest {

	@TempDir
	Path folder;

	@Test
	void zipIsReadWhetherItsFilesLieInAFolderOrNot() throws IOException {
		for (final String inside : new String[] { "", "my-model/" }) {
			final Path zip = zip("a.zip", inside + "saved_model.pb", "pb", inside +
				"thresholds.json", "{\"prob\": 0.25, \"nms\": 0.3}");
			final Path unpacked;
			try (ModelFolder model = ModelFolders.open(zip)) {
				unpacked = model.folder();
				assertTrue(model.hasSavedModel());
				assertEquals(0.25, model.thresholds().path("prob").asDouble());
				assertTrue(model.config().isMissingNode());
				assertEquals("a", model.name());
			}
			assertFalse(Files.exists(unpacked), "temporary folder stays behind");
		}
	}

	@Test
	void folderOfStarDistIsReadByItsExportedZip() throws IOException {
		Files.writeString(folder.resolve("config.json"), "{\"n_rays\": 16}");
		zip("TF_SavedModel.zip", "saved_model.pb", "pb");
		try (ModelFolder model = ModelFolders.open(folder)) {
			assertTrue(model.hasSavedModel());
			assertEquals(16, model.config().path("n_rays").asInt());
		}
	}

	@Test
	void zipThatWritesOutsideItsFolderIsRefused() throws IOException {
		for (final String name : new String[] { "../evil.txt", "a/../../evil.txt",
			"..\\evil.txt", "/tmp/senoscope-evil.txt" })
		{
			final Path zip = zip("evil.zip", "saved_model.pb", "pb", name, "x");
			assertRefused(zip, "would write outside its folder");
		}
		assertFalse(Files.exists(folder.resolve("evil.txt")));
		assertFalse(Files.exists(Path.of("/tmp/senoscope-evil.txt")));
	}

	@Test
	void corruptZipIsRefused() throws IOException {
		final Path zip = zip("a.zip", "saved_model.pb", "pb".repeat(500));
		final byte[] bytes = Files.readAllBytes(zip);
		Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
		assertRefused(zip, "no sound zip");
		// the directory at its end is whole, the packed bytes are not
		bytes[46] ^= 0x10;
		Files.write(zip, bytes);
		assertRefused(zip, "no sound zip");
		Files.writeString(zip, "");
		assertRefused(zip, "no sound zip");
	}

	@Test
	void zipThatGrowsWithoutEndIsRefused() throws IOException {
		final Path zip = folder.resolve("bomb.zip");
		final byte[] zeros = new byte[1 << 20];
		try (OutputStream file = Files.newOutputStream(zip);
				ZipOutputStream out = new ZipOutputStream(file))
		{
			out.putNextEntry(new ZipEntry("saved_model.pb"));
			for (int i = 0; i < 257; i++)
				out.write(zeros);
		}
		assertTrue(Files.size(zip) < 2 << 20);
		assertRefused(zip, "more than 256 MB unpacked");
	}

	@Test
	void whatIsNoModelIsRefused() throws IOException {
		assertRefused(folder.resolve("missing"), "there is no such model");
		assertRefused(folder, "there is no saved_model.pb in it");
		assertRefused(zip("a.zip", "readme.txt", "x"),
			"there is no saved_model.pb in it");
		assertRefused(zip("a.zip", "saved_model.pb", "x", "config.json",
			"{\"n_rays\""), "its config.json is no JSON");
	}

	@Test
	void shippedModelIsFoundByItsCard() throws IOException {
		final Path model = Files.createDirectories(folder.resolve("m"));
		System.setProperty(ModelFolders.MODELS_PROPERTY, folder.toString());
		try {
			assertTrue(ModelFolders.shipped("m").isEmpty());
			Files.writeString(model.resolve("model.json"), "{}");
			assertEquals(model, ModelFolders.shipped("m").orElseThrow());
		}
		finally {
			System.clearProperty(ModelFolders.MODELS_PROPERTY);
		}
	}

	private void assertRefused(final Path model, final String why)
		throws IOException
	{
		final long before = leftBehind();
		final UserException refused = assertThrows(UserException.class,
			() -> ModelFolders.open(model));
		assertTrue(refused.getMessage().startsWith(model + ": ") && refused
			.getMessage().contains(why), refused.getMessage());
		assertEquals(UserException.Kind.INPUT, refused.kind());
		assertEquals(before, leftBehind(), "temporary folder stays behind");
	}

	private static long leftBehind() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty(
			"java.io.tmpdir"))))
		{
			return files.filter(f -> f.getFileName().toString().startsWith(
				"senoscope-model-")).count();
		}
	}

	private Path zip(final String name, final String... namesAndContents)
		throws IOException
	{
		final Path zip = folder.resolve(name);
		try (OutputStream file = Files.newOutputStream(zip);
				ZipOutputStream out = new ZipOutputStream(file))
		{
			for (int i = 0; i < namesAndContents.length; i += 2) {
				out.putNextEntry(new ZipEntry(namesAndContents[i]));
				out.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
			}
		}
		return zip;
	}
}
