
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;
import org.senoscope.core.UserException;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.TableStyle;

/**
 * The pipeline on phantoms that reach over several blocks (a block's core is
 * 1,024 pixels).
 */
class SlidePipelineTest {

	private static final GeometryFactory GEOMETRY = new GeometryFactory();
	private static final int W = 1400, H = 1250;

	/** Side of blocks: four make the slide. */
	private static final int CORE = 1024;

	private static PhantomField field;
	private static PixelSource hdab;
	private static Run reference;

	/** Everything that a run says of its cells, as text. */
	private record Run(SlideSummary summary, List<Cell> cells, String text,
			boolean partial) {
	}

	@BeforeAll
	static void draw() {
		field = Phantoms.field(PhantomKind.HDAB, W, H, 11);
		hdab = ArrayPixelSource.rgb("phantom.tif", W, H, PhantomKind.HDAB
			.pixelSizeUm(), field.rgb());
		reference = run(hdab, ki67(), 2, List.of());
	}

	private static Protocol ki67() {
		return BuiltInProtocols.load("ki67-hdab");
	}

	private static Run run(final PixelSource source, final Protocol protocol,
		final int threads, final List<Annotation> annotations)
	{
		return run(source, null, protocol, threads, annotations);
	}

	private static Run run(final PixelSource source, final PixelSource nuclei,
		final Protocol protocol, final int threads,
		final List<Annotation> annotations)
	{
		final RunOptions options = new RunOptions(threads, 0, 1024, false,
			TableStyle.SENOSCOPE, "");
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, nuclei,
			annotations, source.info().name()), protocol, options, new MemorySpill(),
			Progress.SILENT, new Cancellation(), CORE))
		{
			final List<Cell> cells = new ArrayList<>();
			final StringBuilder text = new StringBuilder();
			result.forEachCell(c -> {
				cells.add(c);
				text.append(c.id()).append(c.uuid()).append(Arrays.toString(c
					.numbers())).append(Arrays.toString(c.texts())).append(Arrays
						.toString(c.nucleus().x())).append(Arrays.toString(c.cell().y()))
					.append('\n');
			});
			return new Run(result.summary(), cells, text.toString(), result
				.isPartial());
		}
	}

	@Test
	void threadsAndRepetitionChangeNothing() {
		for (final int threads : new int[] { 1, 3 })
			assertEquals(reference.text, run(hdab, ki67(), threads, List.of()).text,
				threads + " threads");
	}

	/**
	 * Seams do not show: with the slide in one block, in four and in nine the
	 * cells are the same, but for clumps that reach further than a block's
	 * margin.
	 */
	@Test
	void cellsDoNotKnowWhereTheSeamsLie() {
		final Set<String> whole = places(2048);
		assertTrue(whole.size() > 500);
		for (final int core : new int[] { 1024, 512 }) {
			final Set<String> cut = places(core), both = new HashSet<>(cut);
			both.retainAll(whole);
			assertTrue(both.size() >= 0.99 * whole.size() && both.size() >= 0.99 * cut
				.size(), core + ": " + both.size() + " of " + whole.size() + " and " +
					cut.size());
		}
	}

	/** Centroid and area of every nucleus and area of every cell. */
	private static Set<String> places(final int core) {
		final Set<String> places = new HashSet<>();
		try (SlideResult result = SlidePipeline.run(new SlideInputs(hdab, null, List
			.of(), "phantom.tif"), ki67(), RunOptions.DEFAULTS, new MemorySpill(),
			Progress.SILENT, new Cancellation(), core))
		{
			result.forEachCell(c -> assertTrue(places.add(c.numbers()[3] + "," + c
				.numbers()[4] + "," + result.table().number(c, "nucleus_area_um2") +
				"," + result.table().number(c, "cell_area_um2") + "," + result.table()
					.number(c, "ki67_value"))));
		}
		return places;
	}

	@Test
	void cellsNeverOverlapAndAreCountedOnce() {
		final STRtree tree = new STRtree();
		for (final Cell c : reference.cells) {
			final Polygon p = polygon(c.cell());
			assertTrue(p.isValid());
			tree.insert(p.getEnvelopeInternal(), p);
		}
		for (final Cell c : reference.cells) {
			final Polygon p = polygon(c.cell());
			for (final Object o : tree.query(new Envelope(p.getEnvelopeInternal()))) {
				final Polygon q = (Polygon) o;
				// outlines run through the middles of pixel edges, so that neighbours
				// may cut each other's corners by a quarter pixel
				if (!q.equalsExact(p)) assertTrue(p.intersection(q).getArea() < 0.02 *
					Math.min(p.getArea(), q.getArea()), c.toString());
			}
		}
		assertEquals(reference.cells.size(), reference.cells.stream().map(
			Cell::uuid).distinct().count());
		for (int i = 0; i < reference.cells.size(); i++)
			assertEquals(i + 1, reference.cells.get(i).id());
	}

	private static Polygon polygon(final Outline o) {
		final Coordinate[] ring = new Coordinate[o.corners() + 1];
		for (int i = 0; i < ring.length; i++)
			ring[i] = new Coordinate(o.x()[i % o.corners()], o.y()[i % o.corners()]);
		return GEOMETRY.createPolygon(ring);
	}

	@Test
	void theLabellingIndexIsThePlantedOne() {
		final MarkerSummary m = reference.summary.markers().get(0);
		assertEquals(field.positivePercent(), m.positivePercent(), 3, "points");
		assertTrue(m.ciLowPercent() <= m.positivePercent() && m
			.positivePercent() <= m.ciHighPercent());
		assertEquals(
			"Ki-67-positive nuclei, all nuclei in the region (tumour not selected)", m
				.statement());
		assertEquals(m.measured(), Arrays.stream(m.classCounts()).sum());
	}

	@Test
	void aRegionGivesTheSameCellsAsTheWholeAndInTheSameFrame() {
		final Protocol fixed = ProtocolOverrides.apply(ki67(), Map.of("region",
			"200,300,700,600"));
		final Run part = run(hdab, fixed, 2, List.of());
		assertTrue(part.cells.size() > 50);
		for (final Cell c : part.cells) {
			assertTrue(c.numbers()[3] >= 200 && c.numbers()[3] < 900 && c
				.numbers()[4] >= 300 && c.numbers()[4] < 900);
		}
		assertEquals(700 * 600 * 0.25e-6, part.summary.analysedAreaMm2(), 1e-9);
	}

	@Test
	void annotatedTumourAloneIsCounted() {
		final Annotation tumour = new Annotation("lesion", "Tumor", GEOMETRY
			.toGeometry(new Envelope(100, 700, 100, 700)));
		final Annotation stroma = new Annotation("", "Stroma", GEOMETRY.toGeometry(
			new Envelope(800, 1200, 100, 700)));
		final Annotation hole = new Annotation("", "Necrosis", GEOMETRY.toGeometry(
			new Envelope(200, 300, 200, 300)));
		final Run run = run(hdab, ki67(), 2, List.of(tumour, stroma, hole));
		int inTumour = 0;
		for (final Cell c : run.cells) {
			final double x = c.numbers()[3], y = c.numbers()[4];
			assertTrue(!(x > 200 && x < 300 && y > 200 && y < 300),
				"necrosis is left out");
			final String lineage = Arrays.stream(c.texts()).filter(t -> "tumour"
				.equals(t) || "stroma".equals(t)).findFirst().orElse("");
			assertEquals(x < 750 ? "tumour" : "stroma", lineage);
			if (x < 750) inTumour++;
		}
		final MarkerSummary m = run.summary.markers().get(0);
		assertEquals(inTumour, m.measured());
		assertEquals("Ki-67-positive nuclei among tumour nuclei", m.statement());
		assertTrue(run.summary.phenotypes().get("not_tumour") > 0);
		assertEquals((600.0 * 600 + 400 * 600 - 100 * 100) * 0.25e-6, run.summary
			.analysedAreaMm2(), 0.002e-0);
	}

	@Test
	void phenotypesFollowTheEvidenceWhereTheLineageIsKnown() {
		final Run culture = run(hdab, ProtocolOverrides.apply(ki67(), Map.of(
			"lineage", "tumour")), 2, List.of());
		final MarkerSummary m = culture.summary.markers().get(0);
		assertEquals(Map.of("proliferating", m.positive(), "indeterminate", m
			.measured() - m.positive()), nonZero(culture.summary));
		assertEquals(m.positive(), culture.summary.evidence().axes().stream()
			.filter(a -> a.id().equals("cycling")).findFirst().orElseThrow().met());
		assertTrue(culture.text.contains(
			"Ki-67 negative, indeterminate: one marker does not make a state"));
		assertEquals(Map.of("indeterminate", reference.summary.cells()), nonZero(
			reference.summary), "no call without lineage");
		assertTrue(reference.text.contains("lineage not known, not called"));
	}

	private static Map<String, Long> nonZero(final SlideSummary summary) {
		final Map<String, Long> found = new HashMap<>(summary.phenotypes());
		found.values().removeIf(n -> n == 0);
		return found;
	}

	/**
	 * One block's pixels cannot be read: the slide is partial, says where, and
	 * keeps the rest.
	 */
	@Test
	void aBlockThatCannotBeReadDoesNotTakeTheRestWithIt() {
		final PixelSource broken = new PixelSource() {

			@Override
			public ImageInfo info() {
				return hdab.info();
			}

			@Override
			public void readRgb(final int level, final Region region,
				final byte[] rgb)
			{
				// the strip that only the block at the lower right needs at full
				// resolution
				if (region.right() > 1150 && region.bottom() > 1150 && region
					.width() < 700) throw new UserException(
						"phantom.tif: tile is corrupt");
				hdab.readRgb(level, region, rgb);
			}

			@Override
			public void readChannel(final int level, final int channel,
				final Region region, final float[] values)
			{
				hdab.readChannel(level, channel, region, values);
			}

			@Override
			public void close() {}
		};
		final Run run = run(broken, ProtocolOverrides.apply(ki67(), Map.of(
			"tissue.mask", "off")), 2, List.of());
		assertTrue(run.partial);
		assertTrue(run.cells.size() > 100);
		assertTrue(run.summary.warnings().stream().anyMatch(w -> w.contains(
			"1 of 4 blocks could not be read") && w.contains("1024,1024")),
			run.summary.warnings().toString());
	}

	@Test
	void cancellationEndsTheRun() {
		final Cancellation cancellation = new Cancellation();
		cancellation.request();
		assertThrows(CancellationException.class, () -> SlidePipeline.run(
			new SlideInputs(hdab, null, List.of(), "x.tif"), ki67(),
			RunOptions.DEFAULTS, new MemorySpill(), Progress.SILENT, cancellation));
	}

	@Test
	void whatIsMissingIsSaidInOneLine() {
		final PixelSource unknown = ArrayPixelSource.rgb("nosize.png", 200, 200,
			Double.NaN, new byte[3 * 200 * 200]);
		refused(unknown, ki67(), "nosize.png", "--pixel-size");
		refused(hdab, ProtocolOverrides.apply(ki67(), Map.of("region",
			"5000,5000,10,10")), "region 5000,5000,10,10", "1400 x 1250");
		refused(hdab, ProtocolOverrides.apply(ki67(), Map.of("method",
			"star-convex")), "star-convex", "classical");
		final PixelSource two = ArrayPixelSource.channels("two.tif", 100, 100, 0.5,
			List.of("GFP", "Cy5"), new short[10000], new short[10000]);
		refused(two, BuiltInProtocols.load("nuclei-fluorescence"), "--channel",
			"1 GFP, 2 Cy5");
		refused(two, ProtocolOverrides.apply(BuiltInProtocols.load(
			"nuclei-fluorescence"), Map.of("channel", "DAPI")), "no channel DAPI",
			"1 GFP, 2 Cy5");
		refused(two, ki67(), "two.tif", "--kind");
		refused(two, ProtocolOverrides.apply(BuiltInProtocols.load("sagal-xgal"),
			Map.of("kind", "auto")), "two.tif", "--channel", "1 GFP, 2 Cy5");
	}

	private static void refused(final PixelSource source, final Protocol protocol,
		final String... words)
	{
		final UserException e = assertThrows(UserException.class, () -> run(source,
			protocol, 1, List.of()));
		assertNotNull(e.getMessage());
		for (final String word : words)
			assertTrue(e.getMessage().contains(word), e.getMessage() +
				" should say " + word);
		assertTrue(!e.getMessage().contains("\n"));
	}

	@Test
	void emptyGlassGivesAnEmptyResultNotAFailure() {
		final byte[] white = new byte[3 * 300 * 300];
		Arrays.fill(white, (byte) 245);
		final Run run = run(ArrayPixelSource.rgb("glass.tif", 300, 300, 0.5, white),
			ki67(), 2, List.of());
		assertEquals(0, run.cells.size());
		assertTrue(Double.isNaN(run.summary.markers().get(0).positivePercent()));
	}

	/**
	 * X-gal without counterstain where nuclei alone are taken for cells: none,
	 * but the stained area at full resolution, and the report says why.
	 */
	@Test
	void xGalWithoutNucleiIsMeasuredByArea() {
		final PhantomField xgal = Phantoms.field(PhantomKind.XGAL, 700, 600, 3);
		final Run run = run(ArrayPixelSource.rgb("xgal.tif", 700, 600, 0.5, xgal
			.rgb()), ProtocolOverrides.apply(BuiltInProtocols.load("sagal-xgal"), Map
				.of("sagal_cells_from", "nuclei")), 2, List.of());
		assertEquals(0, run.cells.size());
		assertEquals(100 * xgal.stainedAreaFraction(), run.summary.markers().get(0)
			.areaPercent(), 3);
		assertTrue(run.summary.warnings().stream().anyMatch(w -> w.contains(
			"--nuclei-image")));
		assertTrue(Double.isNaN(run.summary.numbers().get("cells_per_mm2")),
			"cells were not sought");
	}

	/** Of a pair, the nuclear channel is one of the image of the nuclei. */
	@Test
	void theChannelOfAPairedNucleiImageCanBeChosen() {
		final int side = 300;
		final short[] dark = new short[side * side], discs = dark.clone();
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++)
				if (Math.hypot(x % 60 - 30, y % 60 - 30) < 12) discs[y * side + x] =
					3000;
		final PixelSource nuclei = ArrayPixelSource.channels("pair.tif", side, side,
			0.5, List.of("A", "B"), dark, discs);
		final byte[] glass = new byte[3 * side * side];
		Arrays.fill(glass, (byte) 230);
		final PixelSource xgal = ArrayPixelSource.rgb("xgal.tif", side, side, 0.5,
			glass);
		final Protocol sagal = BuiltInProtocols.load("sagal-xgal");
		assertEquals(25, run(xgal, nuclei, ProtocolOverrides.apply(sagal, Map.of(
			"channel", "b")), 1, List.of()).cells.size());
		final UserException open = assertThrows(UserException.class, () -> run(xgal,
			nuclei, sagal, 1, List.of()));
		assertTrue(open.getMessage().contains("--channel, there are 1 A, 2 B"), open
			.getMessage());
		final UserException wrong = assertThrows(UserException.class, () -> run(
			xgal, nuclei, ProtocolOverrides.apply(sagal, Map.of("channel", "C")), 1,
			List.of()));
		assertTrue(wrong.getMessage().startsWith("pair.tif: no channel C"), wrong
			.getMessage());
	}
}
