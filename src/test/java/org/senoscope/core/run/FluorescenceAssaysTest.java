
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.phantom.PlantedMarker;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

/** Ki-67 and SA-β-gal in fluorescence, on drawn cultures of five channels. */
class FluorescenceAssaysTest {

	private static final int SIDE = 1000;
	private static final List<String> CHANNELS = List.of("DAPI", "Ki-67",
		"SPiDER-betaGal", "p16", "p21");

	private static PixelSource source(final PhantomField f,
		final List<String> names)
	{
		final List<Object> planes = new ArrayList<>();
		planes.add(shorts(f.dapi()));
		f.channels().values().forEach(c -> planes.add(shorts(c)));
		return ArrayPixelSource.channels("panel.tif", f.width(), f.height(),
			PhantomKind.PANEL.pixelSizeUm(), names, planes.toArray());
	}

	private static short[] shorts(final char[] counts) {
		final short[] out = new short[counts.length];
		for (int i = 0; i < out.length; i++)
			out[i] = (short) counts[i];
		return out;
	}

	/** What a run says of a marker, and of cells that were planted. */
	private record Run(SlideSummary summary, List<String> columns, double f1,
			double slope, double correlation) {
	}

	private static Run run(final PhantomField field, final List<String> names,
		final Protocol protocol, final String marker,
		final ControlInput... controls)
	{
		try (SlideResult r = SlidePipeline.run(new SlideInputs(source(field, names),
			null, List.of(), "panel.tif", EvidenceDefinition.builtIn(), null,
			NucleusNetworks.NONE, List.of(controls)), protocol, RunOptions.DEFAULTS,
			new MemorySpill(), Progress.SILENT, new Cancellation()))
		{
			final PlantedMarker planted = field.markers().stream().filter(m -> m.id()
				.equals(marker)).findFirst().orElseThrow();
			final long[] n = new long[3];
			final List<double[]> pairs = new ArrayList<>();
			r.forEachCell(c -> {
				final int x = (int) r.table().number(c, "centroid_x_px"), y = (int) r
					.table().number(c, "centroid_y_px");
				final int id = field.labels()[y * field.width() + x];
				if (id == 0) return;
				final PlantedCell cell = field.cells().get(id - 1);
				if (cell.edge()) return;
				final boolean is = planted.positive()[id - 1], called = r.table()
					.number(c, marker + "_positive") > 0;
				if (is || called) n[is && called ? 0 : is ? 1 : 2]++;
				pairs.add(new double[] { planted.amounts()[id - 1], r.table().number(c,
					marker + "_value") });
			});
			final double[] line = line(pairs);
			return new Run(r.summary(), r.table().columns().stream().map(c -> c
				.name()).toList(), 2.0 * n[0] / (2 * n[0] + n[1] + n[2]), line[0],
				line[1]);
		}
	}

	/** Slope of reading on planted amount, and correlation. */
	private static double[] line(final List<double[]> pairs) {
		double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
		for (final double[] p : pairs) {
			sx += p[0];
			sy += p[1];
			sxx += p[0] * p[0];
			sxy += p[0] * p[1];
			syy += p[1] * p[1];
		}
		final double n = pairs.size(), xy = sxy - sx * sy / n, xx = sxx - sx * sx /
			n, yy = syy - sy * sy / n;
		return new double[] { xy / xx, xy / Math.sqrt(xx * yy) };
	}

	private static double planted(final PhantomField field, final String marker) {
		return field.markers().stream().filter(m -> m.id().equals(marker))
			.findFirst().orElseThrow().positivePercent();
	}

	private static MarkerSummary marker(final Run run, final String id) {
		return run.summary.markers().stream().filter(m -> m.id().equals(id))
			.findFirst().orElseThrow();
	}

	@Test
	void ki67AndOtherNamedChannelsAreReadInNuclei() {
		final PhantomField field = Phantoms.panel(SIDE, SIDE, 0, 11);
		final Run run = run(field, CHANNELS, BuiltInProtocols.load("ki67-if"),
			"ki67");
		assertTrue(run.f1 >= 0.97, "F1 " + run.f1);
		// blur takes light out of the nucleus and brings haze into it
		assertEquals(1, run.slope, 0.15);
		assertTrue(run.correlation > 0.97, "r " + run.correlation);
		assertEquals(planted(field, "ki67"), marker(run, "ki67").positivePercent(),
			3);
		assertTrue(run.columns.containsAll(List.of("ki67_nucleus_mean", "p16_value",
			"p21_value", "sagal_value")), run.columns.toString());
		assertTrue(marker(run, "ki67").gateOrigin().startsWith(
			"valley between two groups"), marker(run, "ki67").gateOrigin());
		assertTrue(run.summary.assays().containsKey("ki67") || run.summary
			.warnings().stream().anyMatch(w -> w.contains("500")), run.summary
				.warnings().toString());
	}

	@Test
	void sagalIsReadAroundNuclei() {
		final PhantomField field = Phantoms.panel(SIDE, SIDE, 0, 12);
		final Run run = run(field, CHANNELS, BuiltInProtocols.load(
			"sagal-fluorescence"), "sagal");
		assertTrue(run.f1 >= 0.93, "F1 " + run.f1);
		// cells reach further than the zone that the product lies in
		assertTrue(run.slope > 0.4 && run.slope < 1, "slope " + run.slope);
		assertTrue(run.correlation > 0.95, "r " + run.correlation);
		assertEquals(planted(field, "sagal"), marker(run, "sagal")
			.positivePercent(), 3);
		assertTrue(run.columns.containsAll(List.of("sagal_ring_mean",
			"sagal_cytoplasm_mean")), run.columns.toString());
	}

	@Test
	void aNegativeControlSetsTheGateInFluorescence() {
		final PhantomField field = Phantoms.panel(SIDE, SIDE, 0, 13), control =
			Phantoms.panel(SIDE, SIDE, 0, 14);
		// a control without SA-β-gal: its channel shows what that of the slide's
		// nuclei does not, namely nothing
		final char[] empty = control.channels().get("SPiDER-betaGal").clone();
		java.util.Arrays.sort(empty);
		final char[] sagal = new char[empty.length];
		final java.util.Random random = new java.util.Random(1);
		for (int i = 0; i < sagal.length; i++)
			sagal[i] = (char) (empty[empty.length / 4] + 12 * random.nextGaussian());
		final PhantomField blank = new PhantomField(control.kind(), control.width(),
			control.height(), null, control.dapi(), Map.of("SPiDER-betaGal", sagal),
			control.labels(), control.cells(), List.of(), control.markers(),
			Double.NaN, Double.NaN);
		final Run run = run(field, CHANNELS, BuiltInProtocols.load(
			"sagal-fluorescence"), "sagal", new ControlInput(ControlRole.NEGATIVE,
				"untreated.tif", source(blank, List.of("DAPI", "SPiDER-betaGal")), null,
				List.of()));
		assertTrue(marker(run, "sagal").gateOrigin().startsWith(
			"95th percentile of the negative control"), marker(run, "sagal")
				.gateOrigin());
		// weak cells are above the light of none at all
		assertTrue(marker(run, "sagal").positivePercent() > planted(field,
			"sagal"));
	}

	@Test
	void theVerbsTakeFluorescenceWhereThePictureIs() {
		final PhantomField field = Phantoms.panel(400, 400, 0, 15);
		for (final AssayKind assay : List.of(AssayKind.KI67, AssayKind.SAGAL)) {
			final String id = assay == AssayKind.KI67 ? "ki67" : "sagal";
			assertTrue(run(field, CHANNELS, AssayProtocols.of(assay), id).columns
				.contains(id + "_value"));
			final UserException no = assertThrows(UserException.class, () -> run(
				field, List.of("DAPI", "a", "b", "c", "d"), AssayProtocols.of(assay),
				id));
			assertTrue(no.getMessage().contains("--panel-markers") && no.getMessage()
				.contains("1 DAPI, 2 a, 3 b"), no.getMessage());
			assertTrue(run(field, List.of("DAPI", "a", "b", "c", "d"),
				ProtocolOverrides.apply(AssayProtocols.of(assay), Map.of(
					"panel.markers", id + "=" + (assay == AssayKind.KI67 ? "a" : "b"))),
				id).columns.contains(id + "_value"));
		}
	}
}
