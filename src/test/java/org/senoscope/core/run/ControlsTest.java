
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * Controls on drawn fields: round nuclei in nuclear fast red, each with a halo
 * of indigo of its own optical density.
 */
class ControlsTest {

	private static final int SIDE = 720, STEP = 60;

	/**
	 * 144 cells 60 px apart, 0.5 µm a pixel, nuclei of 7 px radius, indigo from
	 * the nucleus to 16 px.
	 *
	 * @param level indigo in the red channel, mean over the cells
	 * @param spread its deviation
	 * @param radius of the nuclei
	 */
	private static PixelSource field(final String name, final double level,
		final double spread, final double radius, final long seed)
	{
		final Random random = new Random(seed);
		final byte[] rgb = new byte[3 * SIDE * SIDE];
		final double[] indigo = new double[(SIDE / STEP) * (SIDE / STEP)];
		for (int k = 0; k < indigo.length; k++)
			indigo[k] = Math.max(0, level + spread * random.nextGaussian());
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++) {
				final int k = y / STEP * (SIDE / STEP) + x / STEP;
				final double r = Math.hypot(x % STEP - 29.5, y % STEP - 29.5);
				final double red = r < radius ? 0.5 : 0, blue = r >= radius && r < 16
					? indigo[k] : 0;
				// optical density of nuclear fast red and of indigo by channel
				final double[] od = { 0.10 * red + blue, red + 0.62 * blue, 0.65 * red +
					0.30 * blue };
				for (int c = 0; c < 3; c++)
					rgb[3 * (y * SIDE + x) + c] = (byte) Math.max(0, Math.min(255, Math
						.round(240 * Math.pow(10, -od[c]) + random.nextGaussian())));
			}
		return ArrayPixelSource.rgb(name, SIDE, SIDE, 0.5, rgb);
	}

	private static ControlInput control(final ControlRole role,
		final PixelSource source)
	{
		return new ControlInput(role, source.info().name(), source, null, List
			.of());
	}

	private static Protocol protocol(final Map<String, String> keys) {
		return ProtocolOverrides.apply(BuiltInProtocols.load("sagal-xgal-nfr"),
			keys);
	}

	private record Run(SlideSummary summary, List<String> rows) {
	}

	private static Run run(final PixelSource slide, final Protocol protocol,
		final List<Annotation> annotations, final ControlInput... controls)
	{
		try (SlideResult result = SlidePipeline.run(new SlideInputs(slide, null,
			annotations, "slide.tif", EvidenceDefinition.builtIn(), null,
			NucleusNetworks.NONE, List.of(controls)), protocol, RunOptions.DEFAULTS,
			new MemorySpill(), Progress.SILENT, new Cancellation()))
		{
			final List<String> rows = new ArrayList<>();
			final int above = result.table().index("sagal_above_background");
			result.forEachCell(c -> rows.add(above < 0 ? "" : "" + c
				.numbers()[above]));
			return new Run(result.summary(), rows);
		}
	}

	private static MarkerSummary marker(final Run run) {
		return run.summary().markers().get(0);
	}

	private static boolean warned(final Run run, final String part) {
		return run.summary().warnings().stream().anyMatch(w -> w.contains(part));
	}

	@Test
	void theGateIsThePercentileOfTheNegativeControl() {
		final PixelSource slide = field("slide.tif", 0.3, 0.12, 7, 1), negative =
			field("untreated.tif", 0.12, 0.05, 7, 2);
		final Run run = run(slide, protocol(Map.of()), List.of(), control(
			ControlRole.NEGATIVE, negative));
		final MarkerSummary m = marker(run);
		assertTrue(m.gateOrigin().startsWith(
			"95th percentile of the negative control (untreated.tif, 1"), m
				.gateOrigin());
		assertEquals(true, m.more().get("gate_anchored"));
		assertTrue((double) m.more().get("gate_low") <= m.gate() && m
			.gate() <= (double) m.more().get("gate_high"));
		assertFalse(warned(run, "not anchored"));
		// of the control itself a twentieth is above, by definition
		final Map<?, ?> said = (Map<?, ?>) ((List<?>) run.summary().assays().get(
			"controls")).get(0);
		assertEquals(5, (double) ((Map<?, ?>) ((Map<?, ?>) said.get("markers")).get(
			"sagal")).get("above_gate_percent"), 1.5);
		// a higher percentile, a higher gate
		assertTrue(marker(run(slide, protocol(Map.of("gates.percentile", "99")),
			List.of(), control(ControlRole.NEGATIVE, negative))).gate() > m.gate());
	}

	@Test
	void aBlankTellsWhatIsAboveBackgroundAndSetsNoGate() {
		final Run run = run(field("slide.tif", 0.3, 0.02, 7, 1), protocol(Map.of()),
			List.of(), control(ControlRole.BLANK, field("blank.tif", 0, 0, 7, 3)));
		final MarkerSummary m = marker(run);
		assertEquals(100, (double) m.more().get("above_background_percent"), 1);
		assertTrue((double) m.more().get("background") < 0.05, "" + m.more());
		assertEquals(false, m.more().get("gate_anchored"));
		assertTrue(run.rows().stream().filter("1.0"::equals).count() > 130);
		assertTrue(warned(run, "not anchored"));
	}

	@Test
	void aBlankOfSmallerCellsIsNamedAndCallsNothingPositive() {
		// unstained, larger cells; the reading is per area, so they stay low
		final Run run = run(field("large.tif", 0, 0, 10, 1), protocol(Map.of()),
			List.of(), control(ControlRole.BLANK, field("blank.tif", 0, 0, 7, 3)));
		assertTrue(warned(run, "a blank must match in treatment"), run.summary()
			.warnings().toString());
		assertEquals(0, marker(run).positive());
	}

	@Test
	void neutralEnzymeAndAFailedStainAreWarnedOf() {
		final Run run = run(field("slide.tif", 0.3, 0.02, 7, 1), protocol(Map.of(
			"sagal.gating", "fixed")), List.of(), control(ControlRole.PH7, field(
				"ph7.tif", 0.4, 0.02, 7, 3)), control(ControlRole.POSITIVE, field(
					"old.tif", 0.05, 0.01, 7, 4)), control(ControlRole.PH4, field(
						"ph4.tif", 0.5, 0.02, 7, 5)));
		assertTrue(warned(run, "Control ph7.tif (ph7): 100.0 %"), run.summary()
			.warnings().toString());
		assertTrue(warned(run, "Control old.tif (positive): 0.0 %"));
		assertFalse(warned(run, "ph4.tif"));
	}

	@Test
	void anAnnotatedControlRegionIsGatedAndLeftOut() {
		final Annotation region = new Annotation("left", "Negative control",
			new GeometryFactory().toGeometry(new Envelope(new Coordinate(0, 0),
				new Coordinate(360, SIDE))));
		final Run run = run(field("slide.tif", 0.2, 0.06, 7, 1), protocol(Map.of()),
			List.of(region));
		assertTrue(run.rows().size() > 66 && run.rows().size() < 78, run.rows()
			.size() + " cells: half of the field");
		assertTrue(marker(run).gateOrigin().contains("slide.tif, annotated region"),
			marker(run).gateOrigin());
		// both halves are alike: a twentieth of the other half is above, more or
		// less
		assertTrue(marker(run).positivePercent() < 18, "" + marker(run)
			.positivePercent());
	}
}
