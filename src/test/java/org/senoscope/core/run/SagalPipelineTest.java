
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.Wedge;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.phantom.XgalLook.Scanner;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

class SagalPipelineTest {

	private static final int SIDE = 500;

	private static XgalLook look(final boolean product, final double gradient) {
		return new XgalLook(0.5, Dye.FAST_RED, 0.3, product, 0, Double.NaN,
			Scanner.PLAIN, 0, gradient, 0.9);
	}

	private static ArrayPixelSource picture(final XgalLook look) {
		final PhantomField f = Phantoms.culture(look, SIDE, SIDE, 7);
		return ArrayPixelSource.rgb("xgal.tif", SIDE, SIDE, 0.5, f.rgb());
	}

	private static Annotation box(final String name, final double x0,
		final double x1, final double y0, final double y1)
	{
		return new Annotation(name, "", new GeometryFactory().toGeometry(
			new Envelope(x0, x1, y0, y1)));
	}

	private static SlideSummary run(final ArrayPixelSource source,
		final Protocol protocol, final int core, final Annotation... annotations)
	{
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
			List.of(annotations), "xgal.tif"), protocol, RunOptions.DEFAULTS,
			new MemorySpill(), Progress.SILENT, new Cancellation(), core))
		{
			return result.summary();
		}
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> regions(final SlideSummary s) {
		return (List<Map<String, Object>>) ((Map<String, Object>) s.assays().get(
			"sagal")).get("regions");
	}

	private static Protocol nfr(final String correction) {
		return ProtocolOverrides.apply(BuiltInProtocols.load("sagal-xgal-nfr"), Map
			.of("illumination_correction", correction));
	}

	@Test
	void stainedAreaDoesNotDependOnBlocks() {
		final ArrayPixelSource source = picture(look(true, 0.05));
		final MarkerSummary whole = run(source, nfr("auto"), 512).markers().get(0),
				parts = run(source, nfr("auto"), 96).markers().get(0);
		assertTrue(whole.areaPercent() > 1, whole.areaPercent() + " %");
		assertEquals(whole.areaPercent(), parts.areaPercent(), 0);
		assertEquals(whole.measured(), parts.measured());
	}

	@Test
	void annotatedRegionsAddUpToTheWhole() {
		final List<Map<String, Object>> rows = regions(run(picture(look(true,
			0.05)), nfr("auto"), 0, box("left", 0, 250, 0, SIDE), box("right", 250,
				SIDE, 0, SIDE)));
		assertEquals(List.of("analysed area", "left", "right"), rows.stream().map(
			r -> r.get("region")).toList());
		for (final String key : new String[] { "area_mm2", "stained_area_mm2",
			"integrated_od_um2" })
			assertEquals((double) rows.get(0).get(key), (double) rows.get(1).get(
				key) + (double) rows.get(2).get(key), 1e-6 * (double) rows.get(0).get(
					"integrated_od_um2"), key);
	}

	@Test
	void aFieldWithoutXGalHasNoStainedArea() {
		assertEquals(0, run(picture(look(false, 0.16)), nfr("auto"), 0).markers()
			.get(0).areaPercent(), 0.05);
	}

	/** With nuclear fast red a shadow would read as a mixture of both stains. */
	@Test
	void unevenLightMovesTheReadingOnlyIfItIsNotEvenedOut() {
		final double even = run(picture(look(true, 0)), nfr("auto"), 0).markers()
			.get(0).meanOd();
		final ArrayPixelSource uneven = picture(look(true, 0.3));
		assertEquals(even, run(uneven, nfr("auto"), 0).markers().get(0).meanOd(),
			0.006);
		assertTrue(Math.abs(even - run(uneven, nfr("off"), 0).markers().get(0)
			.meanOd()) > 0.012, "the light is uneven enough to matter");
	}

	/** Four points: some 60 cells, of which a third is brown. */
	@Test
	void blueAndBrownOnOneSectionAreCountedTogether() {
		final PhantomField f = Phantoms.culture(new XgalLook(0.5, Dye.HEMATOXYLIN,
			0.35, true, 0, Double.NaN, Scanner.PLAIN, 0, 0, 1, 0.4), 700, 700, 5);
		final SlideSummary s = run(ArrayPixelSource.rgb("both.tif", 700, 700, 0.5, f
			.rgb()), ProtocolOverrides.apply(BuiltInProtocols.load("sagal-ki67-hdab"),
				Map.of("sagal_gating", "fixed", "sagal_gate", "0.177")), 0);
		final Map<?, ?> both = (Map<?, ?>) s.assays().get("sagal_ki67");
		final long planted = f.cells().stream().filter(c -> c.positive() && !c
			.ki67Positive()).count();
		assertEquals(100.0 * planted / f.cells().size(), (double) both.get(
			"sagal_positive_ki67_negative_percent"), 4);
		assertEquals(100.0 * f.cells().stream().filter(c -> c.ki67Positive())
			.count() / f.cells().size(), s.markers().get(1).positivePercent(), 4);
	}

	@Test
	void densityIsLinearAndBeyondTheCameraSaturated() {
		final double[] od = { 0, 0.3, 0.6, 0.9, 1.2, 1.5, 2.1 };
		final Wedge wedge = new Wedge(48, od);
		final List<Annotation> squares = new ArrayList<>();
		for (int i = 0; i < od.length; i++)
			squares.add(box("step " + i, wedge.left(i) + 6, wedge.left(i) + 42, 54,
				90));
		final List<Map<String, Object>> rows = regions(run(ArrayPixelSource.rgb(
			"wedge.tif", wedge.width(), wedge.height(), 0.5, wedge.rgb(1, 1)),
			BuiltInProtocols.load("sagal-xgal"), 0, squares.toArray(
				new Annotation[0])));
		// the vector has length 1, the truth is the part in red
		final double scale = (double) rows.get(3).get("mean_od") / 0.6;
		assertEquals(1.19, scale, 0.03);
		for (int i = 0; i < 6; i++)
			assertEquals(od[i] * scale, (double) rows.get(i + 1).get("mean_od"),
				0.03);
		assertEquals(0, (double) rows.get(5).get("saturated_percent"));
		assertEquals(100, (double) rows.get(7).get("saturated_percent"), 1);
	}
}
