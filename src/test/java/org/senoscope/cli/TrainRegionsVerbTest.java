
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.app.SlideJob;
import org.senoscope.core.run.Cancellation;

class TrainRegionsVerbTest {

	@TempDir
	Path folder;
	private String said;

	private int run(final String... args) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		final PrintStream stream = new PrintStream(out, true,
			StandardCharsets.UTF_8);
		final int code = Senoscope.run(args, new CliContext(stream, stream, false,
			SlideJob::run, new Cancellation()));
		said = out.toString(StandardCharsets.UTF_8);
		return code;
	}

	/** Large nuclei to the left of 300 µm, small ones to the right; 0.5 µm/px. */
	private Path cells() throws IOException {
		final StringBuilder csv = new StringBuilder(
			"centroid_x_um,centroid_y_um,nucleus_area_um2,nucleus_minor_axis_um,nucleus_eccentricity,nucleus_solidity,centroid_x_px,centroid_y_px\n");
		for (int x = 5; x < 600; x += 10)
			for (int y = 5; y < 600; y += 20)
				csv.append(x + "," + y + "," + (x < 300 ? 70 : 30) + "," + (x < 300 ? 8
					: 6) + ",0.5,0.95," + 2 * x + "," + 2 * y + "\n");
		return Files.writeString(folder.resolve("cells.csv"), csv);
	}

	/** A strip of each side is annotated, level-0 pixels. */
	private Path areas(final String left, final String right) throws IOException {
		return Files.writeString(folder.resolve("a.geojson"),
			"{\"type\":\"FeatureCollection\",\"features\":[" + strip(left, 0, 300) +
				"," + strip(right, 900, 1200) + "]}");
	}

	private static String strip(final String name, final int from, final int to) {
		return String.format(
			"{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%1$d,0],[%2$d,0],[%2$d,1200],[%1$d,1200],[%1$d,0]]]},\"properties\":{\"classification\":{\"name\":\"%3$s\"}}}",
			from, to, name);
	}

	@Test
	void aClassifierIsWrittenWithWhatItIsWorth() throws IOException {
		final Path out = folder.resolve("regions.json");
		assertEquals(0, run("train-regions", "--cells", cells().toString(),
			"--annotations", areas("Tumor", "Immune cells").toString(), "--out", out
				.toString()), said);
		assertTrue(said.contains("balanced accuracy 1.000"), said);
		assertTrue(Files.readString(out).contains("\"tumour\" : 450"));
	}

	@Test
	void badInputGetsOneLine() throws IOException {
		final String out = folder.resolve("r.json").toString();
		assertEquals(2, run("train-regions"));
		assertTrue(said.contains("--cells") && said.contains("--annotations") &&
			said.contains("--out") && said.lines().count() == 1, said);
		assertEquals(2, run("train-regions", "--cells", cells() + "," + cells(),
			"--annotations", areas("Tumor", "Stroma").toString(), "--out", out));
		assertTrue(said.contains("2 tables of cells and 1 files"), said);
		assertEquals(2, run("train-regions", "--cells", cells().toString(),
			"--annotations", areas("Tumor", "Tumor").toString(), "--out", out));
		assertTrue(said.contains("tumour 900"), said);
		assertTrue(Files.notExists(Path.of(out)));
	}
}
