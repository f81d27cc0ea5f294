
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.UserException.Kind;

/** Tests {@link StagedFolder} and {@link TempFileSpill}. */
class StagedFolderTest {

	@TempDir
	private Path folder;

	@Test
	void filesAppearOnCommitOnly() throws Exception {
		final Path out = folder.resolve("a/b");
		try (StagedFolder staged = StagedFolder.open(out, "slide")) {
			Files.writeString(staged.file("cells.csv"), "new");
			Files.writeString(staged.work().resolve("x"), "temporary");
			assertFalse(Files.exists(out.resolve("slide")));
			staged.commit();
		}
		assertEquals(List.of("slide"), names(out));
		assertEquals(List.of("cells.csv"), names(out.resolve("slide")));
	}

	@Test
	void withoutCommitNothingIsLeft() throws Exception {
		try (StagedFolder staged = StagedFolder.open(folder.resolve("a/b"),
			"slide"))
		{
			Files.writeString(staged.file("cells.csv"), "new");
			new TempFileSpill(staged.work()).put(1, new byte[3]);
		}
		assertEquals(List.of(), names(folder));
	}

	@Test
	void aFailureInTheMiddleLeavesTheOldFilesUntouched() throws Exception {
		commit("old");
		assertThrows(IllegalStateException.class, () -> {
			try (StagedFolder staged = StagedFolder.open(folder, "slide")) {
				Files.writeString(staged.file("cells.csv"), "half");
				throw new IllegalStateException("in the middle");
			}
		});
		assertEquals("old", Files.readString(folder.resolve("slide/cells.csv")));
		assertEquals(List.of("slide"), names(folder));
	}

	@Test
	void aSecondRunReplacesOursAndKeepsTheUsers() throws Exception {
		commit("old");
		final Path slide = folder.resolve("slide");
		Files.writeString(slide.resolve("nuclei-labels.ome.tif"), "stale");
		Files.createDirectories(slide.resolve("mine/deep"));
		Files.writeString(slide.resolve("mine/deep/notes.txt"), "kept");
		commit("new");
		assertEquals(List.of("cells.csv", "mine"), names(slide));
		assertEquals("new", Files.readString(slide.resolve("cells.csv")));
		assertEquals("kept", Files.readString(slide.resolve(
			"mine/deep/notes.txt")));
		assertEquals(List.of("slide"), names(folder));
	}

	@Test
	void anOutputFolderThatIsAFileIsRefused() throws Exception {
		final Path file = Files.writeString(folder.resolve("file"), "x");
		final UserException e = assertThrows(UserException.class, () -> StagedFolder
			.open(file, "slide"));
		assertEquals(Kind.INPUT, e.kind());
		assertTrue(e.getMessage().contains("file"), e.getMessage());
		final UserException below = assertThrows(UserException.class,
			() -> StagedFolder.open(file.resolve("sub"), "slide"));
		assertEquals(Kind.INPUT, below.kind());
		assertEquals("x", Files.readString(file));
	}

	@Test
	void aFileInThePlaceOfTheImagesFolderIsRefused() throws Exception {
		Files.writeString(folder.resolve("slide"), "x");
		final UserException e = assertThrows(UserException.class, () -> StagedFolder
			.open(folder, "slide"));
		assertEquals(Kind.INPUT, e.kind());
		assertEquals(List.of("slide"), names(folder));
	}

	@Test
	void aFullDiskAndAForbiddenFolderAreSaidPlainly() throws Exception {
		final Path hidden = folder.resolve(".slide.partial-123/files/cells.csv");
		final UserException full = OutputErrors.of(hidden, new IOException(
			"No space left on device"));
		assertEquals(Kind.FAILURE, full.kind());
		assertTrue(full.getMessage().startsWith(folder.resolve("slide") +
			": the disk is full"), full.getMessage());
		final UserException denied = OutputErrors.of(hidden,
			new java.nio.file.AccessDeniedException("x"));
		assertEquals(Kind.INPUT, denied.kind());
	}

	@Test
	void spilledBlocksAreFoundAgainFromManyThreads() throws Exception {
		try (TempFileSpill spill = new TempFileSpill(folder)) {
			IntStream.range(0, 500).parallel().forEach(block -> spill.put(block,
				bytes(block)));
			IntStream.range(0, 500).parallel().forEach(block -> assertArrayEquals(
				bytes(block), spill.get(block)));
			assertEquals(0, spill.get(1000).length);
			assertThrows(IllegalStateException.class, () -> spill.put(3,
				new byte[1]));
		}
		assertEquals(List.of(), names(folder));
	}

	private static byte[] bytes(final int block) {
		final byte[] bytes = new byte[block * 7 % 1000];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) (block + i);
		return bytes;
	}

	private void commit(final String content) throws IOException {
		try (StagedFolder staged = StagedFolder.open(folder, "slide")) {
			Files.writeString(staged.file("cells.csv"), content);
			staged.commit();
		}
	}

	private static List<String> names(final Path path) throws IOException {
		try (Stream<Path> entries = Files.list(path)) {
			return entries.map(p -> p.getFileName().toString()).sorted().toList();
		}
	}
}
