
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.registration.RegisteredSource;
import org.senoscope.core.registration.RigidTransform;

/**
 * Three rounds of one panel phantom, cut from a larger field: the second and
 * third moved and turned as a stage and a slide holder do, each with noise of
 * its own (standard deviation 15 counts).
 */
class StainingRoundsTest {

	private static final int SIDE = 700, MARGIN = 80, WHOLE = SIDE + 2 * MARGIN;
	private static final double PIXEL_UM = PhantomKind.PANEL.pixelSizeUm();
	private static final RigidTransform SECOND = RigidTransform.about(WHOLE / 2.0,
		WHOLE / 2.0, Math.toRadians(0.8), 11.3, -7.6), THIRD = RigidTransform.about(
			WHOLE / 2.0, WHOLE / 2.0, Math.toRadians(-1.4), -5.7, 16.2);

	private static PhantomField field;

	@BeforeAll
	static void draw() {
		field = Phantoms.field(PhantomKind.PANEL, WHOLE, WHOLE, 5);
	}

	/** Channels of the field as a moved camera sees them. */
	private static PixelSource round(final String name, final RigidTransform t,
		final long seed, final String... channels)
	{
		final List<Object> planes = new ArrayList<>();
		final Random random = new Random(seed);
		for (final String channel : channels) {
			final char[] counts = channel.equals("DAPI") ? field.dapi() : field
				.channels().get(channel);
			final float[] values = new float[WHOLE * WHOLE], seen = new float[SIDE *
				SIDE];
			for (int i = 0; i < values.length; i++)
				values[i] = counts[i];
			final PixelSource whole = ArrayPixelSource.channels("whole.tif", WHOLE,
				WHOLE, PIXEL_UM, List.of(channel), values);
			new RegisteredSource(whole, t, whole.info()).readChannel(0, 0, new Region(
				MARGIN, MARGIN, SIDE, SIDE), seen);
			for (int i = 0; i < seen.length; i++)
				seen[i] += (float) (15 * random.nextGaussian());
			planes.add(seen);
		}
		return ArrayPixelSource.channels(name, SIDE, SIDE, PIXEL_UM, List.of(
			channels), planes.toArray());
	}

	private record Run(List<Cell> cells, List<String> columns,
			Map<String, Object> record) {

		double number(final Cell cell, final String column) {
			return cell.numbers()[columns.indexOf(column)];
		}
	}

	private static Run run(final PixelSource first, final PixelSource... rounds) {
		final ProtocolOverrides o = ProtocolOverrides.apply(AssayProtocols.of(
			AssayKind.COSTAIN), RunOptions.DEFAULTS, Map.of("method", "classical",
				"threads", "2"));
		try (SlideResult result = SlidePipeline.run(new SlideInputs(first, null,
			List.of(), "rounds.tif").withRounds(List.of(rounds)), o.protocol(), o
				.options(), new MemorySpill(), Progress.SILENT, new Cancellation()))
		{
			final List<Cell> cells = new ArrayList<>();
			result.forEachCell(cells::add);
			return new Run(cells, result.table().columns().stream().map(c -> c.name())
				.toList(), new HashMap<>(result.record()));
		}
	}

	@Test
	@SuppressWarnings("unchecked")
	void channelsOfMovedRoundsReadAsIfNothingHadMoved() {
		final RigidTransform still = RigidTransform.IDENTITY;
		final Run apart = run(round("one.tif", still, 1, "DAPI", "p16"), round(
			"two.tif", SECOND, 2, "DAPI", "Ki-67"), round("three.tif", THIRD, 3,
				"DAPI", "p21"));
		final Run whole = run(round("one.tif", still, 1, "DAPI", "p16", "Ki-67",
			"p21"));
		for (final Map<String, Object> one : (List<Map<String, Object>>) apart.record
			.get("rounds"))
			assertTrue((double) one.get("residual_px") <= 0.3, () -> "" + one);
		int compared = 0;
		for (final Cell cell : apart.cells) {
			final Cell same = whole.cells.stream().filter(c -> Math.hypot(whole
				.number(c, "centroid_x_px") - apart.number(cell, "centroid_x_px"), whole
					.number(c, "centroid_y_px") - apart.number(cell,
						"centroid_y_px")) < 0.5).findFirst().orElse(null);
			// others may be cut by the edge of the picture
			if (same == null || flagged(apart, cell)) continue;
			compared++;
			for (final String marker : List.of("p16_cell_mean", "ki67_nucleus_mean",
				"p21_nucleus_mean"))
			{
				final double a = apart.number(cell, marker), b = whole.number(same,
					marker);
				// interpolation: 3 %; and it halves the noise of a pixel, 30 counts, by
				// which the background is told
				assertEquals(b, a, 0.03 * Math.abs(b) + 30, () -> marker + " of " +
					same);
			}
		}
		assertTrue(compared > 30, "compared " + compared);
		assertTrue(apart.cells.size() > 0.6 * whole.cells.size());
	}

	private static boolean flagged(final Run run, final Cell cell) {
		final String flags = cell.texts()[run.columns.indexOf("flags")];
		return flags != null && flags.contains("edge");
	}

	@Test
	void aRoundOfAnotherFieldIsRefused() {
		final PixelSource first = round("one.tif", RigidTransform.IDENTITY, 1,
			"DAPI", "p16");
		final PhantomField kept = field;
		field = Phantoms.field(PhantomKind.PANEL, WHOLE, WHOLE, 77);
		final PixelSource other = round("other.tif", SECOND, 2, "DAPI", "p21");
		field = kept;
		assertEquals(
			"rounds.tif: round 2 (other.tif) does not show the same field: no shift within a quarter of it and no rotation within 5° lays its nuclei over those of the first; check --rounds",
			assertThrows(UserException.class, () -> run(first, other)).getMessage());
	}

	@Test
	void aRoundWithoutANuclearChannelIsRefused() {
		final PixelSource first = round("one.tif", RigidTransform.IDENTITY, 1,
			"DAPI", "p16");
		assertEquals(
			"round 2 (two.tif): no nuclear channel is known by its name; every round needs one, name it with --channel, there are 1 p21, 2 Ki-67",
			assertThrows(UserException.class, () -> run(first, round("two.tif",
				SECOND, 2, "p21", "Ki-67"))).getMessage());
	}
}
