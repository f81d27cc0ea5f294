
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * Light of a bright cell on its neighbour: 5 x 8 pairs of round nuclei of
 * radius 11 pixels (of 0.5 µm), 25 pixels from centre to centre. The left one
 * of each pair is bright in p16, and its light reaches 4.5 pixels beyond its
 * edge; the right one of even pairs has no p16, that of odd pairs has.
 */
class SpillOverTest {

	private static final int PITCH = 90, COLUMNS = 8, ROWS = 5, W = COLUMNS *
		PITCH, H = ROWS * PITCH;

	@Test
	void aCellThatIsPositiveByItsNeighboursLightAloneIsFlagged() {
		final short[] dapi = new short[W * H], p16 = new short[W * H];
		for (int i = 0; i < W * H; i++) {
			final int x = i % W % PITCH, y = i / W % PITCH, pair = i / W / PITCH *
				COLUMNS + i % W / PITCH;
			final double left = Math.hypot(x - 32, y - 45), right = Math.hypot(x - 57,
				y - 45);
			// something for the noise of a pixel, with no pattern in it
			final int grain = (i * 7919 >>> 3) % 9;
			dapi[i] = (short) (200 + grain + (int) (1500 / (1 + Math.exp((Math.min(
				left, right) - 11) / 0.6))));
			p16[i] = (short) (200 + grain + (left < 15.5 ? 3000 : pair % 2 == 1 &&
				right < 11 ? 800 : 0));
		}
		final ProtocolOverrides o = ProtocolOverrides.apply(AssayProtocols.of(
			AssayKind.COSTAIN), RunOptions.DEFAULTS, Map.of("method", "classical",
				"panel.markers", "p16:nucleus:40"));
		final List<Cell> cells = new ArrayList<>();
		try (SlideResult result = SlidePipeline.run(new SlideInputs(ArrayPixelSource
			.channels("spill.tif", W, H, 0.5, List.of("DAPI", "p16"), dapi, p16),
			null, List.of(), "spill.tif"), o.protocol(), o.options(),
			new MemorySpill(), Progress.SILENT, new Cancellation()))
		{
			result.forEachCell(cells::add);
			assertEquals(2 * ROWS * COLUMNS, cells.size());
			for (final Cell c : cells) {
				final int x = (int) result.table().number(c, "centroid_x_px"), pair =
					(int) result.table().number(c, "centroid_y_px") / PITCH * COLUMNS +
						x / PITCH;
				final boolean bright = x % PITCH < 45, lit = !bright && pair % 2 == 0;
				final String words = String.valueOf(result.table().text(c, "flags"));
				assertEquals(1, result.table().number(c, "p16_positive"), "pair " +
					pair);
				assertEquals(lit, List.of(words.split(";")).contains("spill_over"),
					"pair " + pair + (bright ? ", bright: " : ": ") + words);
				final double without = result.table().number(c, "p16_without_spill");
				if (bright) assertTrue(Double.isNaN(without), "" + without);
				else assertTrue(lit ? without < 40 : without > 700, "" + without);
			}
		}
	}
}
