
package org.senoscope.io.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.io.training.AnnotatedFolder.Choice;
import org.senoscope.io.training.AnnotatedFolder.Item;

/** Which pictures and label images belong together. */
class AnnotatedFolderTest {

	@TempDir
	Path folder;

	@Test
	void namesWithoutExtensionBelongTogether() throws IOException {
		files("images/a.ome.tif", "images/b.svs", "images/c.png",
			"images/notes.txt", "labels/a.png", "labels/b/nuclei-labels.ome.tif",
			"labels/d.tif");
		final AnnotatedFolder found = match(Choice.ALL);
		assertEquals(List.of("a", "b"), found.items().stream().map(Item::name)
			.toList());
		assertEquals("b", found.items().get(1).labels().getParent().getFileName()
			.toString());
		assertEquals(List.of("c"), found.withoutLabels());
	}

	@Test
	void listsChooseByFoldAndModalityAndGroup() throws IOException {
		files("images/a.png", "images/b.png", "images/c.png", "labels/a.png",
			"labels/b.png", "labels/c.png");
		final Path index = folder.resolve("index.csv");
		Files.writeString(index,
			"image,fold,modality,group\na.png,1,dapi,s1\nb,2,dapi,s1\nc,1,he,\n");
		assertEquals(List.of("a"), match(new Choice(index, List.of("1"), "dapi"))
			.items().stream().map(Item::name).toList());
		assertEquals(List.of("s1", "s1", "c"), match(new Choice(index, List.of(),
			"")).items().stream().map(Item::group).toList());
		Files.writeString(index, "image\nmissing\n");
		assertTrue(assertThrows(UserException.class, () -> match(new Choice(index,
			List.of(), ""))).getMessage().contains("names the picture missing"));
	}

	@Test
	void foldersThatShareNoNameAreSaidToDoSo() throws IOException {
		files("images/a.png", "labels/b.png");
		assertTrue(assertThrows(UserException.class, () -> match(Choice.ALL))
			.getMessage().contains("a.png against b.png"));
	}

	private AnnotatedFolder match(final Choice choice) {
		return AnnotatedFolder.match(folder.resolve("images"), folder.resolve(
			"labels"), choice);
	}

	private void files(final String... names) throws IOException {
		for (final String name : names) {
			Files.createDirectories(folder.resolve(name).getParent());
			Files.writeString(folder.resolve(name), "");
		}
	}
}
