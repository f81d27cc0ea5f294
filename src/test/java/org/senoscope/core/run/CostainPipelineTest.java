
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * A panel through the whole pipeline: 14 x 12 round nuclei 44 pixels (of 0.5
 * µm) apart on a background that rises from left to right. Nucleus k is p16
 * positive where k % 3 is 0, Ki-67 positive where k % 4 is 0; a tenth of the
 * light of p16 gets into Ki-67; CD44 lies around the nuclei where k % 2 is 0;
 * SOX2 is the same faint light in all.
 */
class CostainPipelineTest {

	private static final int COLUMNS = 14, ROWS = 12, PITCH = 44, W = COLUMNS *
		PITCH, H = ROWS * PITCH;

	private static PixelSource source;

	@BeforeAll
	static void draw() {
		final float[][] light = new float[5][W * H];
		final Random random = new Random(3);
		for (int k = 0; k < COLUMNS * ROWS; k++) {
			final double p16 = (k % 3 == 0 ? 3000 : 60) * (1 + 0.2 * random
				.nextDouble()), ki67 = (k % 4 == 0 ? 700 : 40) * (1 + 0.2 * random
					.nextDouble()), cd44 = (k % 2 == 0 ? 900 : 30) * (1 + 0.2 * random
						.nextDouble()), sox2 = 50 + 8 * random.nextGaussian();
			for (int y = 0; y < PITCH; y++)
				for (int x = 0; x < PITCH; x++) {
					final int i = (k / COLUMNS * PITCH + y) * W + k % COLUMNS * PITCH + x;
					final double d = Math.hypot(x - 22, y - 22), inside = 1 / (1 + Math
						.exp((d - 11) / 0.6));
					light[0][i] += 1500 * inside;
					light[1][i] += p16 * inside;
					light[2][i] += (ki67 + 0.1 * p16) * inside;
					light[3][i] += cd44 * (d > 12 && d < 20 ? 1 : 0);
					light[4][i] += sox2 * inside;
				}
		}
		final Object[] counts = new Object[5];
		for (int c = 0; c < 5; c++) {
			final short[] s = new short[W * H];
			for (int i = 0; i < s.length; i++)
				s[i] = (short) Math.round(200 + 60.0 * (i % W) / W + light[c][i] + 8 *
					random.nextGaussian());
			counts[c] = s;
		}
		source = ArrayPixelSource.channels("panel.tif", W, H, 0.5, List.of("DAPI",
			"p16-INK4a", "Ki 67", "CD44", "SOX2"), counts);
	}

	private record Run(SlideSummary summary, List<Cell> cells,
			List<String> columns) {

		double number(final Cell cell, final String column) {
			final int at = columns.indexOf(column);
			assertTrue(at >= 0, column + " among " + columns);
			return cell.numbers()[at];
		}

		MarkerSummary marker(final String id) {
			return summary.markers().stream().filter(m -> m.id().equals(id))
				.findFirst().orElseThrow();
		}

		boolean warns(final String words) {
			return summary.warnings().stream().anyMatch(w -> w.contains(words));
		}
	}

	private static Run run(final Map<String, String> keys, final int core,
		final int threads)
	{
		final Map<String, String> texts = new LinkedHashMap<>(keys);
		texts.put("threads", "" + threads);
		texts.put("method", "classical");
		final ProtocolOverrides o = ProtocolOverrides.apply(AssayProtocols.of(
			AssayKind.COSTAIN), RunOptions.DEFAULTS, texts);
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
			List.of(), "panel.tif"), o.protocol(), o.options(), new MemorySpill(),
			Progress.SILENT, new Cancellation(), core))
		{
			final List<Cell> cells = new ArrayList<>();
			result.forEachCell(cells::add);
			return new Run(result.summary(), cells, result.table().columns().stream()
				.map(c -> c.name()).toList());
		}
	}

	private static int planted(final Cell cell, final Run run) {
		return (int) (run.number(cell, "centroid_y_px") / PITCH) * COLUMNS +
			(int) (run.number(cell, "centroid_x_px") / PITCH);
	}

	private static final Map<String, String> CORRECTED = Map.of(
		"panel.bleed_through", "p16>ki67=0.1", "panel.rules",
		"arrested = p16+ and not ki67+; two = at least 2 of (p16+, ki67+, cd44+); stem = sox2+",
		"panel.markers", "nanog; cd44:cytoplasm,membrane");

	@Test
	void markersRulesAndPairsAreThosePlanted() {
		final Run run = run(CORRECTED, 0, 2);
		assertEquals(COLUMNS * ROWS, run.cells.size());
		for (final Cell c : run.cells) {
			final int k = planted(c, run);
			final boolean p16 = k % 3 == 0, ki67 = k % 4 == 0, cd44 = k % 2 == 0;
			assertEquals(p16 ? 1 : 0, run.number(c, "p16_positive"), "p16 " + k);
			assertEquals(ki67 ? 1 : 0, run.number(c, "ki67_positive"), "ki67 " + k);
			assertEquals(cd44 ? 1 : 0, run.number(c, "cd44_positive"), "cd44 " + k);
			assertEquals(p16 && !ki67 ? 1 : 0, run.number(c, "rule_arrested"));
			assertEquals((p16 ? 1 : 0) + (ki67 ? 1 : 0) + (cd44 ? 1 : 0) >= 2 ? 1 : 0,
				run.number(c, "rule_two"));
			assertTrue(Double.isNaN(run.number(c, "rule_stem")));
			// the light of the other channel is gone: 40 to 48 counts, 700 to 840
			final double value = run.number(c, "ki67_value");
			assertTrue(ki67 ? value > 550 && value < 900 : value > 10 && value < 80,
				k + ": " + value);
			assertTrue(Double.isFinite(run.number(c, "cd44_membrane_mean")));
		}
		final Map<?, ?> pair = (Map<?, ?>) ((List<?>) ((Map<?, ?>) run.summary
			.assays().get("costain")).get("pairs")).stream().filter(
				p -> ((Map<?, ?>) p).get("markers").equals(List.of("p16", "ki67")))
			.findFirst().orElseThrow();
		assertEquals(14L, pair.get("both_positive"));
		assertEquals(1.0, (double) pair.get("observed_over_expected"), 1e-9);
	}

	@Test
	void aMarkerThatDoesNotSplitIsMeasuredAndNotCalled() {
		final Run run = run(CORRECTED, 0, 2);
		assertEquals(0, run.marker("sox2").measured());
		assertTrue(Double.isNaN(run.marker("sox2").gate()));
		for (final Cell c : run.cells) {
			assertTrue(Double.isFinite(run.number(c, "sox2_value")));
			assertTrue(Double.isNaN(run.number(c, "sox2_positive")));
		}
		assertTrue(run.warns("SOX2: "), run.summary.warnings().toString());
		assertFalse(run.warns("SOX2: no cell was measured"));
		assertTrue(run.warns("Rule stem: no cell could be told"));
	}

	@Test
	void whatThePictureLacksIsNotMeasuredAndANamedChannelMustBeThere() {
		final Run run = run(CORRECTED, 0, 2);
		assertTrue(run.warns(
			"Not measured, the picture has no such channel: NANOG"), run.summary
				.warnings().toString());
		assertFalse(run.columns.contains("nanog_value"));
		final String message = assertThrows(UserException.class, () -> run(Map.of(
			"panel.markers", "nanog=Cy7"), 0, 1)).getMessage();
		assertTrue(message.contains(
			"no channel Cy7 (panel.markers); there are 1 DAPI, 2 p16"), message);
	}

	@Test
	void uncorrectedBleedThroughShowsInTheReadings() {
		final Run run = run(Map.of(), 0, 2);
		for (final Cell c : run.cells)
			if (planted(c, run) % 12 == 3) assertTrue(run.number(c,
				"ki67_value") > 200);
	}

	@Test
	void pixelsOfTwoMarkersAreComparedInEachCell() {
		final Run run = run(Map.of("panel.overlap", "p16,ki67; p16,cd44"), 0, 2);
		for (final Cell c : run.cells) {
			final int k = planted(c, run);
			if (k % 12 == 0) assertTrue(run.number(c,
				"overlap_p16_ki67_pearson") > 0.95);
			// one in the nucleus, the other around it
			if (k % 6 == 0) {
				assertTrue(run.number(c, "overlap_p16_cd44_pearson") < 0);
				assertTrue(run.number(c, "overlap_p16_cd44_manders_p16") < 0.3);
			}
		}
	}

	@Test
	void blocksAndThreadsChangeNothing() {
		final Map<String, String> keys = new LinkedHashMap<>(CORRECTED);
		keys.put("panel.overlap", "p16,cd44");
		assertLinesMatch(text(run(keys, 0, 1)).lines(), text(run(keys, 256, 2))
			.lines());
	}

	/**
	 * What holds for a nucleus, whatever its number; one line a column, nine
	 * digits of it: the files hold fewer.
	 */
	private static String text(final Run run) {
		final List<String> lines = new ArrayList<>();
		for (final Cell c : run.cells)
			for (int i = 0; i < run.columns.size(); i++)
				if (!run.columns.get(i).equals("cell_id")) lines.add(c.uuid() + " " +
					run.columns.get(i) + String.format(Locale.ROOT, " %.9g ", c
						.numbers()[i]) + c.texts()[i]);
		Collections.sort(lines);
		return String.join("\n", lines);
	}
}
