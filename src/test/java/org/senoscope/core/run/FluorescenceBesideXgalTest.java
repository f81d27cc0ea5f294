
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.registration.RegisteredSource;
import org.senoscope.core.registration.RigidTransform;

/** X-gal and fluorescence of the same field, measured in the same cells. */
class FluorescenceBesideXgalTest {

	private static final int SIDE = 640;
	private static final PhantomField FIELD = Phantoms.field(
		PhantomKind.XGAL_DAPI, SIDE, SIDE, 21);
	private static final Protocol PROTOCOL = ProtocolOverrides.apply(
		BuiltInProtocols.load("sagal-xgal"), Map.of("method", "classical",
			"sagal_gating", "fixed", "sagal_gate", "0.177", "panel_markers",
			"p16:nucleus:300"));

	private static boolean p16(final int cell) {
		return cell % 3 == 0;
	}

	/** DAPI and a second channel, bright in every third nucleus. */
	private static PixelSource fluorescence(final String... names) {
		final short[] dapi = new short[SIDE * SIDE], second = new short[SIDE *
			SIDE];
		for (int i = 0; i < dapi.length; i++) {
			dapi[i] = (short) FIELD.dapi()[i];
			second[i] = (short) (100 + (FIELD.labels()[i] != 0 && p16(FIELD
				.labels()[i]) ? 900 : 0));
		}
		return ArrayPixelSource.channels("fluo.tif", SIDE, SIDE, 0.5, List.of(
			names), dapi, second);
	}

	private static SlideInputs inputs(final PixelSource beside) {
		return new SlideInputs(ArrayPixelSource.rgb("xgal.tif", SIDE, SIDE, 0.5,
			FIELD.rgb()), null, List.of(), "xgal.tif").withFluorescence(beside);
	}

	private static SlideResult run(final SlideInputs inputs,
		final Protocol protocol)
	{
		return SlidePipeline.run(inputs, protocol, RunOptions.DEFAULTS,
			new MemorySpill(), Progress.SILENT, new Cancellation());
	}

	@Test
	void channelsOfAMovedFluorescenceImageAreReadInTheCellsOfThePicture() {
		final PixelSource straight = fluorescence("DAPI", "p16");
		final SlideInputs inputs = inputs(new RegisteredSource(straight,
			RigidTransform.about(SIDE / 2.0, SIDE / 2.0, Math.toRadians(-1.2), 14,
				-9), straight.info()));
		try (SlideResult r = run(inputs, PROTOCOL)) {
			final Map<?, ?> found = (Map<?, ?>) r.record().get(
				"fluorescence_image_registration");
			assertEquals(1.2, (double) found.get("rotation_degrees"), 0.1);
			assertTrue((double) found.get("residual_px") < 1, "" + found);
			final int[] n = new int[3];
			r.forEachCell(c -> {
				PlantedCell same = null;
				for (final PlantedCell p : FIELD.cells())
					// what the move left outside cannot be read
					if (!p.edge() && Math.hypot(p.xPx() - SIDE / 2.0, p.yPx() - SIDE /
						2.0) < 280 && Math.hypot(p.xPx() - r.table().number(c,
							"centroid_x_px"), p.yPx() - r.table().number(c,
								"centroid_y_px")) < 8) same = p;
				if (same == null) return;
				n[0]++;
				if (r.table().number(c, "p16_positive") == (p16(same.id()) ? 1 : 0))
					n[1]++;
				if (r.table().number(c, "sagal_positive") == (same.positive() ? 1 : 0))
					n[2]++;
			});
			assertTrue(n[0] > 40 && n[1] >= 0.97 * n[0] && n[2] >= 0.95 * n[0], n[0] +
				" cells, right p16 " + n[1] + ", right SA-β-gal " + n[2]);
			assertTrue(r.summary().assays().containsKey("costain"));
			assertTrue(r.summary().markers().stream().map(MarkerSummary::id).toList()
				.containsAll(List.of("p16", "sagal")));
		}
	}

	private static void refused(final PixelSource beside,
		final Map<String, String> keys, final String words)
	{
		final UserException e = assertThrows(UserException.class, () -> run(inputs(
			beside), ProtocolOverrides.apply(PROTOCOL, keys)).close());
		assertTrue(e.getMessage().contains(words), e.getMessage());
	}

	@Test
	void whatCannotBeMeasuredIsRefused() {
		refused(fluorescence("A", "p16"), Map.of(), "known as the nuclear one");
		refused(fluorescence("DAPI", "SPiDER-betaGal"), Map.of("panel_markers", "",
			"fluorescence_register", "off"), "a marker is read once");
		refused(fluorescence("DAPI", "p16"), Map.of("assay", "ki67", "kind",
			"h-dab"), "beside X-gal only");
	}
}
