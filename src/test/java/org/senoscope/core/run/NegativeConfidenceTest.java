
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * How sure a run is that nuclei are Ki-67 negative, beside what was planted.
 */
class NegativeConfidenceTest {

	private static final int SIDE = 900;
	private static final double GATE = 0.5;
	private static final double[] EDGES = { 0.1, 0.3, 0.7, 0.9, 1.01 };

	/**
	 * Of nuclei planted near the gate, as many are planted below it as was said;
	 * within 0.1, for a bin holds some 60 of them.
	 */
	@Test
	void confidencesAreSharesOfPlantedNegatives() {
		final double[] said = new double[EDGES.length], was =
			new double[EDGES.length];
		final long[] n = new long[EDGES.length];
		final Protocol p = ProtocolOverrides.apply(BuiltInProtocols.load(
			"ki67-hdab"), Map.of("ki67.gate", "" + GATE, "ki67.from2plus", "0.8",
				"ki67.from3plus", "1.2", "method", "classical"));
		for (final long seed : new long[] { 11, 14, 16 }) {
			final PhantomField field = Phantoms.field(PhantomKind.HDAB_PATCHES, SIDE,
				SIDE, seed);
			try (SlideResult r = SlidePipeline.run(new SlideInputs(ArrayPixelSource
				.rgb("ki67.tif", SIDE, SIDE, 0.5, field.rgb()), null, List.of(),
				"ki67.tif"), p, RunOptions.DEFAULTS, new MemorySpill(), Progress.SILENT,
				new Cancellation()))
			{
				r.forEachCell(c -> {
					final int x = (int) r.table().number(c, "centroid_x_px"), y = (int) r
						.table().number(c, "centroid_y_px"), id = field.labels()[y * SIDE +
							x];
					if (id == 0) return;
					final PlantedCell cell = field.cells().get(id - 1);
					if (cell.edge() || Math.abs(cell.amount() - GATE) > 0.2) return;
					final double sure = r.table().number(c, "ki67_negative_confidence");
					int bin = 0;
					while (sure >= EDGES[bin])
						bin++;
					said[bin] += sure;
					was[bin] += cell.amount() < GATE ? 1 : 0;
					n[bin]++;
				});
				final Map<String, Object> more = r.summary().markers().get(0).more();
				assertEquals(r.summary().markers().get(0).measured(), (long) more.get(
					"surely_negative") + (long) more.get("near_gate") + (long) more.get(
						"surely_positive"));
			}
		}
		for (int b = 0; b < EDGES.length; b++) {
			assertTrue(n[b] >= 50, n[b] + " nuclei");
			assertEquals(was[b] / n[b], said[b] / n[b], 0.1, "bin " + b + " of " +
				n[b]);
		}
	}
}
