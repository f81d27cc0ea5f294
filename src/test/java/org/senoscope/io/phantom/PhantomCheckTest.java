
package org.senoscope.io.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.run.Progress;

class PhantomCheckTest {

	private static final int SIDE = 256;

	@TempDir
	Path folder;

	private PhantomField field;

	@BeforeEach
	void draw() {
		PhantomWriter.write(PhantomKind.HDAB, folder.resolve("phantoms"), 1, SIDE,
			SIDE, 3, Progress.SILENT);
		field = Phantoms.field(PhantomKind.HDAB, SIDE, SIDE, 3);
	}

	/** Writes what a run would have, without every {@code drop}-th nucleus. */
	private PhantomCheck.Row found(final double percent, final int drop)
		throws IOException
	{
		final Path out = folder.resolve("out/hdab_01");
		Files.createDirectories(out);
		Files.writeString(out.resolve("summary.json"), String.format(Locale.ROOT,
			"{\"cells\": 7, \"markers\": {\"ki67\": {\"positive_percent\": %.4f}}}",
			percent));
		GreyWriter.write(out.resolve("nuclei-labels.ome.tif"), "labels", "nuclei",
			SIDE, SIDE, 0.5, 16, false, (y, h, values) -> {
				for (int i = 0; i < h * SIDE; i++) {
					final int l = field.labels()[y * SIDE + i];
					values[i] = drop > 0 && l % drop == 0 ? 0 : l;
				}
			});
		return PhantomCheck.compare(folder.resolve("phantoms"), folder.resolve(
			"out")).rows().get(0);
	}

	@Test
	void whatWasPlantedPasses() throws IOException {
		final PhantomCheck.Row row = found(field.positivePercent(), 0);
		assertEquals(1, row.f1(), 1e-12);
		assertEquals(0, row.points(), 1e-3);
		assertEquals(field.cells().size(), row.plantedNuclei());
		assertTrue(row.passed());
	}

	@Test
	void anIndexMoreThanThreePointsOffFails() throws IOException {
		assertTrue(found(field.positivePercent() - 2.9, 0).passed());
		final PhantomCheck.Row row = found(field.positivePercent() + 3.1, 0);
		assertEquals(3.1, row.points(), 1e-3);
		assertFalse(row.passed());
	}

	@Test
	void missedNucleiLowerF1AsItsDefinitionSays() throws IOException {
		// A third missed: F1 = 2 TP / (2 TP + FN).
		final int n = field.cells().size(), missed = n / 3, hit = n - missed;
		final PhantomCheck.Row row = found(field.positivePercent(), 3);
		assertEquals(2.0 * hit / (2 * hit + missed), row.f1(), 1e-12);
		assertFalse(row.passed());
	}

	@Test
	void theTableNamesWhatIsOutside() throws IOException {
		found(field.positivePercent() + 10, 0);
		final PhantomCheck.Result result = PhantomCheck.compare(folder.resolve(
			"phantoms"), folder.resolve("out"));
		assertFalse(result.passed());
		assertTrue(result.text().contains("hdab_01"), result.text());
		assertTrue(result.text().contains("+10.0  OUTSIDE"), result.text());
	}

	@Test
	void aFolderWithoutResultsIsSaid() {
		final UserException e = assertThrows(UserException.class, () -> PhantomCheck
			.compare(folder.resolve("phantoms"), folder.resolve("nothing")));
		assertTrue(e.getMessage().contains("nothing"), e.getMessage());
	}
}
