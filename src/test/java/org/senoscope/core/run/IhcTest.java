
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainVectors;
import org.senoscope.core.stain.WhiteReference;

class IhcTest {

	private static final int SIDE = 900;

	private static final StainEstimate STAINS = new StainEstimate(ImageKind.H_DAB,
		StainVectors.builtIn(ImageKind.H_DAB), 1, "built-in", List.of(),
		WhiteReference.parse("240,240,240", "stains.white"), 0);

	private static MarkerAnalyzer analyzer(final String protocol,
		final Map<String, String> keys)
	{
		final Protocol p = ProtocolOverrides.apply(BuiltInProtocols.load(protocol),
			keys);
		return SlideMarkers.of(p, STAINS, EvidenceDefinition.builtIn(), 0.5, true)
			.get(0);
	}

	@Test
	void aMarkerIsReadUnderItsIdWhereItsDefinitionOrTheProtocolSays() {
		final MarkerAnalyzer p21 = analyzer("ihc-hdab", Map.of("ihc.marker",
			"CDKN1A"));
		assertEquals("p21", p21.id());
		assertEquals(List.of(Compartment.NUCLEUS), p21.compartments());
		assertEquals(Compartment.MEMBRANE, analyzer("ihc-hdab", Map.of("ihc.marker",
			"cd44")).decidingCompartment());
		final MarkerAnalyzer lamin = analyzer("ihc-hdab", Map.of("ihc.marker",
			"Lamin-B1", "ihc.compartment", "ring"));
		assertEquals("lmnb1", lamin.id());
		assertEquals(Compartment.RING, lamin.decidingCompartment());
	}

	@Test
	void gradesFollowTheCuts() {
		final MarkerAnalyzer m = analyzer("ihc-hdab", Map.of("ihc.marker", "p16"));
		final Gate gate = new Gate(0.2, "fixed in the protocol");
		assertEquals(0, m.grade(0.19, gate));
		assertEquals(1, m.grade(0.2, gate));
		assertEquals(2, m.grade(0.4, gate));
		assertEquals(3, m.grade(0.6, gate));
		assertEquals(0, m.grade(Double.NaN, gate));
	}

	@Test
	void aMarkerThatIsNotSaidOrNotKnownIsRefusedInOneLine() {
		assertTrue(assertThrows(UserException.class, () -> analyzer("ihc-hdab", Map
			.of())).getMessage().contains("--ihc-marker"));
		final String message = assertThrows(UserException.class, () -> analyzer(
			"ihc-hdab", Map.of("ihc.marker", "lmnb2"))).getMessage();
		assertTrue(message.contains("lmnb2") && message.contains("lmnb1"), message);
	}

	@Test
	void aMarkerOfTheStromaHasNoCompartmentOfACell() {
		assertTrue(assertThrows(UserException.class, () -> analyzer("ihc-hdab", Map
			.of("ihc.marker", "cxcl12"))).getMessage().contains("--ihc-compartment"));
	}

	/** What a run says of planted cells: F1 of positives, slope of readings. */
	private record Run(SlideSummary summary, double f1, double slope) {
	}

	private static Run run(final PhantomKind kind, final Protocol protocol,
		final String marker)
	{
		final PhantomField field = Phantoms.field(kind, SIDE, SIDE, 5);
		try (SlideResult r = SlidePipeline.run(new SlideInputs(ArrayPixelSource.rgb(
			"ihc.tif", SIDE, SIDE, kind.pixelSizeUm(), field.rgb()), null, List.of(),
			"ihc.tif"), protocol, RunOptions.DEFAULTS, new MemorySpill(),
			Progress.SILENT, new Cancellation()))
		{
			final long[] n = new long[3];
			final double[] sums = new double[5];
			r.forEachCell(c -> {
				final int x = (int) r.table().number(c, "centroid_x_px"), y = (int) r
					.table().number(c, "centroid_y_px"), id = field.labels()[y * SIDE +
						x];
				if (id == 0 || field.cells().get(id - 1).edge()) return;
				final double planted = field.cells().get(id - 1).amount(), read = r
					.table().number(c, marker + "_value");
				final boolean is = field.cells().get(id - 1).positive(), called = r
					.table().number(c, marker + "_positive") > 0;
				if (is || called) n[is && called ? 0 : is ? 1 : 2]++;
				final double[] add = { 1, planted, read, planted * planted, planted *
					read };
				for (int i = 0; i < 5; i++)
					sums[i] += add[i];
			});
			return new Run(r.summary(), 2.0 * n[0] / (2 * n[0] + n[1] + n[2]),
				(sums[4] - sums[1] * sums[2] / sums[0]) / (sums[3] - sums[1] * sums[1] /
					sums[0]));
		}
	}

	private static Protocol of(final String name, final String... keys) {
		final Map<String, String> texts = new HashMap<>();
		for (int i = 0; i < keys.length; i += 2)
			texts.put(keys[i], keys[i + 1]);
		texts.put("method", "classical");
		return ProtocolOverrides.apply(BuiltInProtocols.load(name), texts);
	}

	/**
	 * The planted cells are found positive where the stain lies: in nuclei,
	 * cytoplasm and on membranes. A rim of another width than the drawn membrane
	 * reads less of it.
	 */
	@Test
	void plantedCellsArePositiveInEveryCompartment() {
		final Run nucleus = run(PhantomKind.HDAB, of("ihc-hdab", "ihc.marker",
			"p21"), "p21");
		found(nucleus, 0.95, 0.9, 1.1);
		final Map<?, ?> said = (Map<?, ?>) nucleus.summary.assays().get("ihc");
		assertTrue(said.get("speaks_for").toString().contains("axis=arrest"), said
			.toString());
		final MarkerSummary m = nucleus.summary.markers().get(0);
		assertEquals(m.measured() - m.positive(), said.get("negative"));
		found(run(PhantomKind.IHC_CYTOPLASM, of("ihc-hdab", "ihc.marker", "p16",
			"ihc.compartment", "cytoplasm"), "p16"), 0.95, 0.7, 1.1);
		found(run(PhantomKind.IHC_MEMBRANE, of("ihc-hdab", "ihc.marker", "cd44"),
			"cd44"), 0.9, 0.4, 1.1);
	}

	private static void found(final Run run, final double f1, final double least,
		final double most)
	{
		assertTrue(run.f1 >= f1, "F1 " + run.f1);
		assertTrue(run.slope >= least && run.slope <= most, "slope " + run.slope);
	}

	@Test
	void granulesOfBothStainsAreReadInTheCytoplasm() {
		for (final PhantomKind kind : List.of(PhantomKind.LIPOFUSCIN_GL13,
			PhantomKind.LIPOFUSCIN_SBB))
		{
			final Run run = run(kind, of("lipofuscin"), "lipofuscin");
			found(run, 0.93, 0.65, 1.1);
			assertTrue(run.summary.markers().get(0).areaPercent() > 1);
		}
	}
}
