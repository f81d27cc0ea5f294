
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
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.gate.GivenGates;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.ControlRole;
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
		source = picture(1, 1, 1);
	}

	/** The picture with more or less of the light of three markers. */
	private static PixelSource picture(final double p16Light,
		final double ki67Light, final double cd44Light)
	{
		final float[][] light = new float[5][W * H];
		final Random random = new Random(3);
		for (int k = 0; k < COLUMNS * ROWS; k++) {
			final double p16 = p16Light * (k % 3 == 0 ? 3000 : 60) * (1 + 0.2 * random
				.nextDouble()), ki67 = ki67Light * (k % 4 == 0 ? 700 : 40) * (1 + 0.2 *
					random.nextDouble()), cd44 = cd44Light * (k % 2 == 0 ? 900 : 30) *
						(1 + 0.2 * random.nextDouble()), sox2 = 50 + 8 * random
							.nextGaussian();
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
		return ArrayPixelSource.channels("panel.tif", W, H, 0.5, List.of("DAPI",
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
		return run(keys, core, threads, List.of(), GivenGates.NONE);
	}

	private static Run run(final Map<String, String> keys, final int core,
		final int threads, final List<ControlInput> controls,
		final GivenGates gates)
	{
		final Map<String, String> texts = new LinkedHashMap<>(keys);
		texts.put("threads", "" + threads);
		texts.put("method", "classical");
		final ProtocolOverrides o = ProtocolOverrides.apply(AssayProtocols.of(
			AssayKind.COSTAIN), RunOptions.DEFAULTS, texts);
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
			List.of(), "panel.tif", EvidenceDefinition.builtIn(), null,
			NucleusNetworks.NONE, controls, null, null, gates), o.protocol(), o
				.options(), new MemorySpill(), Progress.SILENT, new Cancellation(),
			core))
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

	private static ControlInput single(final String marker,
		final PixelSource picture)
	{
		return new ControlInput(ControlRole.SINGLE, marker, "only_" + marker +
			".tif", picture, null, List.of());
	}

	@Test
	void singleStainsTellWhatBleedsAndItIsTakenOut() {
		final Run run = run(Map.of(), 0, 2, List.of(single("p16", picture(1, 0, 0)),
			single("ki67", picture(0, 1, 0))), GivenGates.NONE);
		final List<?> shares = (List<?>) ((Map<?, ?>) run.summary.assays().get(
			"costain")).get("bleed_through");
		// p16 into Ki-67, CD44, SOX2; Ki-67 into p16, CD44, SOX2
		assertEquals(6, shares.size());
		for (final Object one : shares) {
			final Map<?, ?> s = (Map<?, ?>) one;
			final boolean bleeds = s.get("from").equals("p16-INK4a") && s.get("to")
				.equals("Ki 67");
			final double share = (double) s.get("share"), low = (double) s.get("low"),
					high = (double) s.get("high");
			if (bleeds) assertEquals(0.1, share, 0.01);
			// also into SOX2, whose faint light is in all nuclei, stained or not
			else assertEquals(0, share, 1e-9, s.toString());
			assertTrue(low <= share || share == 0, s.toString());
			assertTrue(high >= share, s.toString());
		}
		for (final Cell c : run.cells) {
			final boolean ki67 = planted(c, run) % 4 == 0;
			final double value = run.number(c, "ki67_value");
			assertTrue(ki67 ? value > 550 && value < 900 : value > -30 && value < 80,
				planted(c, run) + ": " + value);
		}
		assertEquals(run.cells.size(), run.marker("ki67").measured(),
			"a single stain sets no gate and is no slide");
	}

	@Test
	void whatIsWrittenOfBleedThroughStandsBeforeWhatIsReadOff() {
		final Run run = run(Map.of("panel.bleed_through", "p16>ki67=0.04"), 0, 2,
			List.of(single("p16", picture(1, 0, 0))), GivenGates.NONE);
		final List<?> shares = (List<?>) ((Map<?, ?>) run.summary.assays().get(
			"costain")).get("bleed_through");
		assertEquals(Map.of("from", "p16-INK4a", "to", "Ki 67", "share", 0.04,
			"origin", "written in the protocol"), shares.get(0));
		assertTrue(shares.stream().skip(1).noneMatch(s -> ((Map<?, ?>) s).get("to")
			.equals("Ki 67")));
	}

	@Test
	void aSingleStainOfAnotherMarkerIsRefused() {
		assertTrue(assertThrows(UserException.class, () -> run(Map.of(), 0, 1, List
			.of(single("p16", picture(0, 1, 0))), GivenGates.NONE)).getMessage()
			.contains("is it the control of this marker?"));
	}

	@Test
	void gatesThatALabBringsAlongHoldWhereTheProtocolHasNone() {
		final Run run = run(Map.of("panel.markers", "cd44:cytoplasm:500"), 0, 2,
			List.of(), new GivenGates("written in gates.csv", Map.of("CDKN2A", 300.0,
				"CD44", 99.0, "absent", 1.0)));
		assertEquals(300.0, run.marker("p16").gate());
		assertEquals("written in gates.csv", run.marker("p16").gateOrigin());
		assertEquals(500, run.marker("cd44").gate());
		for (final Cell c : run.cells)
			assertEquals(planted(c, run) % 3 == 0 ? 1 : 0, run.number(c,
				"p16_positive"));
	}

	@Test
	void everyWayOfTakingTheBackgroundOffLeavesTheCells() {
		final List<ControlInput> blank = List.of(new ControlInput(ControlRole.BLANK,
			"blank.tif", picture(0, 0, 0), null, List.of()));
		// lowest and highest mean of cells without p16: 12 to 25 counts are their
		// own, the background rises by 60
		final Map<String, double[]> expected = Map.of("none", new double[] { 205,
			300 }, "local", new double[] { 0, 40 }, "rolling-ball", new double[] { 10,
				70 }, "blank", new double[] { -40, 60 });
		expected.forEach((way, range) -> {
			final Run run = run(Map.of("panel.background", way), 0, 2, blank,
				GivenGates.NONE);
			for (final Cell c : run.cells) {
				final double value = run.number(c, "p16_value");
				if (planted(c, run) % 3 != 0) assertTrue(value > range[0] &&
					value < range[1], way + ": " + value);
				else assertTrue(value > 500, way + ": " + value);
			}
		});
		assertTrue(assertThrows(UserException.class, () -> run(Map.of(
			"panel.background", "blank"), 0, 1)).getMessage().contains(
				"needs a blank control"));
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
