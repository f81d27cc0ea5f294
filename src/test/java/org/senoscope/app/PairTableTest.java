
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.run.SlideSummary;

/** Pairs of markers over the slides of a batch. */
class PairTableTest {

	@TempDir
	Path folder;

	private static SlideSummary slide(final double first, final double second) {
		return new SlideSummary("s.tif", 0.5, 1, 10, List.of(), Map.of(), null, Map
			.of(), Map.of("costain", Map.of("pairs", List.of(Map.of("markers", List
				.of("p16", "p21"), "observed_over_expected", first), Map.of("markers",
					List.of("p16", "ki67"), "observed_over_expected", second)))), List
						.of());
	}

	@Test
	void theSlideIsTheUnitAndASignTestSaysWhatItCan() throws IOException {
		final List<SlideSummary> slides = new ArrayList<>();
		for (int i = 0; i < 8; i++)
			slides.add(slide(1.5 + 0.1 * i, i < 2 ? 1.2 : i == 2 ? Double.NaN : 0.7));
		assertEquals(List.of(), PairTable.write(slides, folder));
		assertEquals(List.of(
			// 2 / 256; of seven slides two above: 2 (1 + 7 + 21) / 128
			"p16,p21,8,1.85000,1.50000,2.20000,8,0,0.00781250",
			"p16,ki67,7,0.700000,0.700000,1.20000,2,5,0.453125"), Files.readAllLines(
				folder.resolve("pairs.csv")).subList(1, 3));
	}

	@Test
	void fewSlidesAreSaidToBeTooFew() throws IOException {
		final List<String> notes = PairTable.write(List.of(slide(2, 0.5), slide(3,
			Double.NaN)), folder);
		assertEquals(1, notes.size());
		assertEquals(List.of("p16,p21,2,2.50000,2.00000,3.00000,2,0,",
			"p16,ki67,1,0.500000,0.500000,0.500000,0,1,"), Files.readAllLines(folder
				.resolve("pairs.csv")).subList(1, 3));
	}

	@Test
	void slidesWithoutAPanelLeaveNoTable() {
		final SlideSummary other = new SlideSummary("s.tif", 0.5, 1, 10, List.of(),
			Map.of(), null, Map.of(), Map.of(), List.of());
		assertEquals(List.of(), PairTable.write(List.of(other, other), folder));
		assertFalse(Files.exists(folder.resolve("pairs.csv")));
	}
}
