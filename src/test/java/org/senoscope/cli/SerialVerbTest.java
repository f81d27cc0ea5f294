
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.registration.RigidTransform;

/** Two planted sections of one block, the second turned and shifted. */
class SerialVerbTest {

	private static final double SIDE_UM = 2400;
	private static final RigidTransform LAID = RigidTransform.about(SIDE_UM / 2,
		SIDE_UM / 2, Math.toRadians(14), 110, -75);

	@TempDir
	Path dir;

	private final CliFixture cli = new CliFixture();

	/** Writes what a run leaves of a section, as far as it is read. */
	private Path section(final String name, final String marker, final long block,
		final int number, final boolean opposed, final RigidTransform laid)
		throws IOException
	{
		final Path folder = Files.createDirectories(dir.resolve(name));
		final StringBuilder cells = new StringBuilder(
			"image,centroid_x_um,centroid_y_um," + marker + "_positive\n");
		for (final PlantedCell c : Phantoms.section(block, number, opposed,
			SIDE_UM))
		{
			final double x = laid.x(0.5 * c.xPx(), 0.5 * c.yPx()), y = laid.y(0.5 * c
				.xPx(), 0.5 * c.yPx());
			if (x >= 0 && y >= 0 && x < SIDE_UM && y < SIDE_UM) cells.append(String
				.format(Locale.ROOT, "%s,%.3f,%.3f,%s\n", name, x, y, c.positive()));
		}
		Files.writeString(folder.resolve("cells.csv"), cells);
		Files.writeString(folder.resolve("summary.json"), "{\"image\": \"" + name +
			".tif\", \"pixel_size_um\": 0.5, \"markers\": {\"" + marker +
			"\": {\"label\": \"" + marker.toUpperCase(Locale.ROOT) + "\"}}}");
		Files.writeString(folder.resolve("run.json"),
			"{\"width\": 4800, \"height\": 4800}");
		return folder;
	}

	@Test
	void whatIsPlantedApartIsFoundOnATurnedSection() throws IOException {
		final Path out = dir.resolve("out");
		assertEquals(0, cli.run("serial", section("xgal", "sagal", 5, 0, false,
			RigidTransform.IDENTITY), section("ki67", "ki67", 5, 1, true, LAID),
			"--out", out), cli.err());
		final JsonNode said = new ObjectMapper().readTree(out.resolve("serial.json")
			.toFile());
		assertEquals(14, said.get("registration").get("rotation_degrees")
			.asDouble(), 0.5);
		assertEquals(LAID.dx(), said.get("registration").get("shift_um").get(0)
			.asDouble(), 20);
		assertTrue(said.get("spearman").asDouble() < -0.7, said.toString());
		assertTrue(said.get("spearman_high").asDouble() < -0.3, said.toString());
		assertEquals(1 + said.get("tiles").asInt(), Files.readAllLines(out.resolve(
			"serial-tiles.csv")).size());
		final String page = Files.readString(out.resolve("serial-report.html"));
		assertTrue(page.contains("SAGAL") && page.contains("Research use only") &&
			page.contains("nothing is said of markers in one cell"));
		assertFalse(page.contains("http"), "loads nothing");
	}

	@Test
	void cellsAcrossSectionsAreRefusedInOneLine() {
		assertEquals(2, cli.run("serial", "a", "b", "--out", dir, "--level",
			"cells"));
		assertTrue(cli.err().startsWith(
			"senoscope: --level cells: serial sections hold other cells"), cli.err());
		assertEquals(1, cli.err().lines().count());
	}

	@Test
	void sectionsOfOtherBlocksAreRefusedUnlessItIsSaidHowTheyLie()
		throws IOException
	{
		final Path a = section("a", "sagal", 5, 0, false, RigidTransform.IDENTITY),
				b = section("b", "ki67", 6, 1, false, RigidTransform.IDENTITY), out =
					dir.resolve("out");
		assertEquals(2, cli.run("serial", a, b, "--out", out));
		assertTrue(cli.err().contains("do not lie alike") && cli.err().contains(
			"--transform"), cli.err());
		assertFalse(Files.exists(out));
		assertEquals(0, cli.run("serial", a, b, "--out", out, "--transform",
			"0,0,0"), cli.err());
	}

	@Test
	void whatIsNoResultAndWhichMarkerIsSaid() throws IOException {
		assertEquals(2, cli.run("serial", dir, dir, "--out", dir.resolve("o")));
		assertTrue(cli.err().contains("summary.json is missing"), cli.err());
		final Path a = section("a", "sagal", 5, 0, false, RigidTransform.IDENTITY);
		assertEquals(2, cli.run("serial", a, a, "--out", dir.resolve("o"),
			"--marker-b", "ki67"));
		assertTrue(cli.err().contains(
			"has no marker ki67; name one with --marker-b: sagal"), cli.err());
	}
}
