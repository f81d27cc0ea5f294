
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.run.Histogram;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/** Gates over the slides of a batch. */
class GateTableTest {

	@TempDir
	Path folder;

	/** A slide whose readings lie in one bin, 0.1 wide, at the gate. */
	private static SlideSummary slide(final String name, final double gate) {
		return new SlideSummary(name, 0.5, 1, 10, List.of(new MarkerSummary("sagal",
			"SA-β-gal", "", 10, 4, 40, 0, 0, 0, 0, 0, 0, 0, gate, "valley, found", "",
			0, 0, 0, null, new Histogram(gate - 0.05, 0.1, new long[] { 10 }), Map.of(
				"gate_anchored", false))), Map.of(), null, Map.of(), Map.of(), List
					.of());
	}

	@Test
	void theSlideThatDriftedIsNamed() throws IOException {
		final List<SlideSummary> slides = new ArrayList<>();
		for (int i = 0; i < 6; i++)
			slides.add(slide("s" + i + ".tif", 0.2 + 0.002 * i));
		slides.add(slide("late.tif", 0.4));
		final List<String> notes = GateTable.write(slides, folder);
		assertEquals(2, notes.size(), notes.toString());
		assertTrue(notes.get(0).startsWith(
			"SA-β-gal gate stands out from the batch on late.tif"), notes.get(0));
		final List<String> rows = Files.readAllLines(folder.resolve("gates.csv"));
		assertEquals(8, rows.size());
		assertTrue(rows.get(1).startsWith(
			"s0.tif,sagal,0.200000,,,false,\"valley, found\",0.200000,40.0000,"), rows
				.get(1));
	}

	@Test
	void threeSlidesHaveNoSpread() {
		assertEquals(List.of(), GateTable.write(List.of(slide("a", 0.2), slide("b",
			0.2), slide("c", 0.9)), folder));
	}
}
