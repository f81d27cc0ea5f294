
package org.senoscope.io.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.run.Progress;
import org.senoscope.io.image.BioFormatsSource;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;

/** The pictures of {@code test-images/} are those that the program draws. */
class CommittedPhantomsTest {

	private static final Path COMMITTED = Path.of("test-images");
	private static final int SIDE = 512;
	private static final long SEED = 20;

	@TempDir
	Path folder;

	@ParameterizedTest
	@EnumSource(value = PhantomKind.class, names = { "SLIDE", "FOCI", "SAHF",
		"SAHF_MOUSE", "PANEL", "HDAB_PATCHES", "IHC_CYTOPLASM", "IHC_MEMBRANE",
		"LIPOFUSCIN_GL13", "LIPOFUSCIN_SBB" }, mode = EnumSource.Mode.EXCLUDE)
	void areDrawnAgain(final PhantomKind kind) throws IOException {
		PhantomWriter.write(kind, folder, 1, SIDE, SIDE, SEED, Progress.SILENT);
		final String name = kind.id() + "_01";
		final String cells = "cells/" + name + ".csv";
		assertEquals(Files.readString(COMMITTED.resolve(cells)), Files.readString(
			folder.resolve(cells)));
		final String row = Files.readAllLines(folder.resolve("truth.csv")).get(1);
		assertTrue(Files.readAllLines(COMMITTED.resolve("truth.csv")).contains(row),
			row);
		final String file = name + ".ome.tif";
		assertArrayEquals(read("labels/" + file, COMMITTED)[0], read("labels/" +
			file, folder)[0]);
		if (kind == PhantomKind.XGAL_DAPI) {
			final String paired = "images/" + name + "_dapi.ome.tif";
			assertArrayEquals(read(paired, COMMITTED)[0], read(paired, folder)[0]);
		}
		final float[][] old = read("images/" + file, COMMITTED);
		final float[][] now = read("images/" + file, folder);
		assertEquals(kind == PhantomKind.DAPI ? 1 : 3, now.length);
		for (int c = 0; c < now.length; c++) {
			// JPEG codecs of other Java versions may round otherwise.
			double sum = 0;
			for (int i = 0; i < now[c].length; i++) {
				sum += Math.abs(now[c][i] - old[c][i]);
			}
			assertEquals(0, sum / now[c].length, 1);
		}
	}

	@Test
	void areSmall() throws IOException {
		try (var files = Files.walk(COMMITTED)) {
			long all = 0;
			for (final Path f : files.filter(Files::isRegularFile).toList()) {
				assertTrue(Files.size(f) < 500_000, f + " has " + Files.size(f) +
					" bytes");
				all += Files.size(f);
			}
			assertTrue(all < 6_000_000, all + " bytes");
		}
	}

	private static float[][] read(final String file, final Path from) {
		try (BioFormatsSource source = ImageSources.open(from.resolve(file),
			OpenOptions.DEFAULTS))
		{
			final Region all = source.info().bounds();
			final float[][] values = new float[source.info().channels()
				.size()][(int) all.size()];
			for (int c = 0; c < values.length; c++) {
				source.readChannel(0, c, all, values[c]);
			}
			return values;
		}
	}
}
