
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.assay.FocusRecord;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * Foci through the whole pipeline: 6 x 5 round nuclei 100 pixels (of 0.15 µm)
 * apart, the k-th with k % 7 foci in γH2AX, the first of which lies on one of
 * 53BP1; every second nucleus with SAHF.
 */
class FociPipelineTest {

	private static final int COLUMNS = 6, ROWS = 5, PITCH = 100, W = COLUMNS *
		PITCH, H = ROWS * PITCH;
	private static final double PIXEL_UM = 0.15;

	private static PixelSource source;

	@BeforeAll
	static void draw() {
		final float[][] light = new float[3][W * H];
		for (int k = 0; k < COLUMNS * ROWS; k++) {
			final double cx = k % COLUMNS * PITCH + 50, cy = k / COLUMNS * PITCH + 50;
			for (int y = 0; y < PITCH; y++)
				for (int x = 0; x < PITCH; x++) {
					final int i = (k / COLUMNS * PITCH + y) * W + k % COLUMNS * PITCH + x;
					// a soft edge, as optics make it
					final double inside = 1 / (1 + Math.exp((Math.hypot(x - 50, y - 50) -
						36) / 0.8));
					light[0][i] += 1500 * inside;
					light[1][i] += 400 * inside;
					light[2][i] += 300 * inside;
				}
			for (int f = 0; f < k % 7; f++)
				spot(light[1], cx + 22 * Math.cos(f), cy + 22 * Math.sin(f), 2, 900);
			if (k % 7 > 0) spot(light[2], cx + 22.8, cy + 0.5, 2, 900);
			for (int f = 0; k % 2 == 0 && f < 14; f++)
				spot(light[0], cx + 26 * Math.cos(f * 0.449), cy + 26 * Math.sin(f *
					0.449), 2.2, 1400);
		}
		final Random random = new Random(3);
		final short[][] counts = new short[3][W * H];
		for (int c = 0; c < 3; c++)
			for (int i = 0; i < W * H; i++)
				counts[c][i] = (short) Math.round(200 + light[c][i] + 15 * random
					.nextGaussian());
		source = ArrayPixelSource.channels("foci.tif", W, H, PIXEL_UM, List.of(
			"DAPI", "gamma-H2AX", "53BP1"), (Object) counts[0], counts[1], counts[2]);
	}

	private static void spot(final float[] light, final double cx,
		final double cy, final double sigma, final double height)
	{
		for (int y = (int) cy - 12; y <= cy + 12; y++)
			for (int x = (int) cx - 12; x <= cx + 12; x++)
				light[y * W + x] += height * Math.exp(-(Math.pow(x - cx, 2) + Math.pow(
					y - cy, 2)) / (2 * sigma * sigma));
	}

	private record Run(SlideSummary summary, List<Cell> cells,
			List<String> markers, List<String> columns) {

		double number(final Cell cell, final String column) {
			final int at = columns.indexOf(column);
			assertTrue(at >= 0, column + " among " + columns);
			return cell.numbers()[at];
		}
	}

	private static Run run(final Protocol protocol, final int core,
		final int threads)
	{
		final ProtocolOverrides o = ProtocolOverrides.apply(protocol,
			RunOptions.DEFAULTS, Map.of("threads", "" + threads, "method",
				"classical"));
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
			List.of(), "foci.tif"), o.protocol(), o.options(), new MemorySpill(),
			Progress.SILENT, new Cancellation(), core))
		{
			final List<Cell> cells = new ArrayList<>();
			result.forEachCell(cells::add);
			return new Run(result.summary(), cells, result.focusMarkers(), result
				.table().columns().stream().map(c -> c.name()).toList());
		}
	}

	private static int planted(final Cell cell, final Run run) {
		final int k = (int) (run.number(cell, "centroid_y_px") / PITCH) * COLUMNS +
			(int) (run.number(cell, "centroid_x_px") / PITCH);
		return k;
	}

	@Test
	void everyFocusIsCountedInItsNucleusAndPairedAcrossChannels() {
		final Run run = run(BuiltInProtocols.load("dna-damage-foci"), 0, 2);
		assertEquals(List.of("gh2ax", "p53bp1"), run.markers);
		assertEquals(COLUMNS * ROWS, run.cells.size());
		for (final Cell c : run.cells) {
			final int k = planted(c, run), foci = k % 7;
			assertEquals(foci, run.number(c, "gh2ax_foci_count"), "nucleus " + k);
			assertEquals(Math.min(1, foci), run.number(c, "p53bp1_foci_count"));
			assertEquals(Math.min(1, foci), run.number(c, "gh2ax_foci_with_p53bp1"));
			assertEquals(foci >= 3 ? 1 : 0, run.number(c, "gh2ax_positive"));
			assertEquals(foci - 3, run.number(c, "gh2ax_margin"));
			final int size = FocusRecord.size(2);
			assertEquals(foci + Math.min(1, foci), c.foci().length / size);
			for (int i = 0; i < c.foci().length / size; i++) {
				final FocusRecord f = FocusRecord.of(c.foci(), i, 2);
				final int other = f.partners()[1 - f.marker()];
				if (other < 0) continue;
				final FocusRecord p = FocusRecord.of(c.foci(), other, 2);
				assertEquals(i, p.partners()[f.marker()]);
				// planted 0.94 px apart
				assertEquals(0.94, Math.hypot(p.x() - f.x(), p.y() - f.y()), 0.4);
			}
		}
	}

	@Test
	void nucleiWithSahfArePositiveByTheWrittenRule() {
		final Run run = run(BuiltInProtocols.load("sahf"), 0, 2);
		for (final Cell c : run.cells) {
			final boolean positive = planted(c, run) % 2 == 0;
			assertEquals(positive ? 14 : 0, run.number(c, "sahf_count"), 1);
			assertEquals(positive ? 1 : 0, run.number(c, "sahf_positive"));
			assertTrue(run.number(c, "sahf_margin") >= 0 == positive);
		}
		assertEquals("sahf", run.summary.markers().get(0).id());
		assertEquals(50, run.summary.markers().get(0).positivePercent(), 1e-9);
	}

	@Test
	void blocksAndThreadsChangeNothing() {
		final Run one = run(BuiltInProtocols.load("sahf"), 0, 1), other = run(
			BuiltInProtocols.load("sahf"), 256, 2);
		assertEquals(text(one), text(other));
	}

	/** What holds for a nucleus, whatever its number. */
	private static List<String> text(final Run run) {
		final int id = run.columns.indexOf("cell_id");
		return run.cells.stream().map(c -> {
			final double[] numbers = c.numbers().clone();
			numbers[id] = 0;
			return c.uuid() + Arrays.toString(numbers) + Arrays.toString(c.foci());
		}).sorted().toList();
	}

	@Test
	void inMouseNucleiFociAreMeasuredAndNothingIsCalled() {
		final Run run = run(ProtocolOverrides.apply(BuiltInProtocols.load("sahf"),
			Map.of("specimen.species", "mouse")), 0, 2);
		assertEquals(0, run.summary.markers().get(0).measured());
		assertTrue(run.cells.stream().anyMatch(c -> run.number(c,
			"sahf_count") > 10));
		assertTrue(run.summary.warnings().stream().anyMatch(w -> w.contains(
			"chromocentres")));
	}

	@Test
	void sectionsAreRefusedUnlessAskedFor() {
		final Protocol sahf = BuiltInProtocols.load("sahf");
		assertTrue(assertThrows(UserException.class, () -> ProtocolOverrides.apply(
			sahf, Map.of("specimen.kind", "section"))).getMessage().contains(
				"sahf.on_sections"));
		ProtocolOverrides.apply(sahf, Map.of("specimen.kind", "section",
			"sahf.on_sections", "true"));
	}
}
