
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.phantom.CellType;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.region.RegionFeatures;
import org.senoscope.core.region.RegionForest;

/**
 * Tumour nests, stroma and follicles of lymphocytes, learned on one phantom and
 * told on another.
 */
class RegionPipelineTest {

	private static final int SIDE = 800;

	private record Run(SlideSummary summary, List<Cell> cells, SlideTable table) {
	}

	/** Where the columns stand. */
	private record SlideTable(int x, int y, int area, int minor, int eccentricity,
			int solidity, int lineage, int source) {
	}

	private static RegionForest forest;
	private static PhantomField unseen;
	private static Run told;

	@BeforeAll
	static void learnAndTell() {
		final PhantomField seen = Phantoms.field(PhantomKind.HDAB, SIDE, SIDE, 21);
		final Run run = run(seen, null, List.of());
		final RegionFeatures features = new RegionFeatures();
		final List<double[]> rows = new ArrayList<>();
		for (final Cell c : run.cells) {
			final double[] n = c.numbers();
			final SlideTable t = run.table;
			features.add(n[t.x], n[t.y], n[t.area], n[t.minor], n[t.eccentricity],
				n[t.solidity]);
		}
		final List<Lineage> truth = new ArrayList<>();
		final List<Integer> parts = new ArrayList<>();
		features.forEach((i, values) -> {
			final Lineage planted = planted(seen, run.cells.get(i), run.table);
			if (planted == null) return;
			rows.add(values.clone());
			truth.add(planted);
			parts.add((int) (run.cells.get(i).numbers()[run.table.x] / 100));
		});
		forest = RegionForest.train(rows.toArray(double[][]::new), truth.toArray(
			Lineage[]::new), parts.stream().mapToInt(p -> p).toArray());
		unseen = Phantoms.field(PhantomKind.HDAB, SIDE, SIDE, 23);
		told = run(unseen, forest, List.of());
	}

	private static Run run(final PhantomField field, final RegionForest regions,
		final List<Annotation> annotations)
	{
		final ArrayPixelSource source = ArrayPixelSource.rgb("p.tif", SIDE, SIDE,
			PhantomKind.HDAB.pixelSizeUm(), field.rgb());
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
			annotations, "p.tif", EvidenceDefinition.builtIn(), null,
			NucleusNetworks.NONE, List.of(), regions), BuiltInProtocols.load(
				"ki67-hdab"), RunOptions.DEFAULTS, new MemorySpill(), Progress.SILENT,
			new Cancellation()))
		{
			final List<Cell> cells = new ArrayList<>();
			result.forEachCell(cells::add);
			final var t = result.table();
			return new Run(result.summary(), cells, new SlideTable(t.index(
				"centroid_x_um"), t.index("centroid_y_um"), t.index("nucleus_area_um2"),
				t.index("nucleus_minor_axis_um"), t.index("nucleus_eccentricity"), t
					.index("nucleus_solidity"), t.index("lineage"), t.index(
						"lineage_source")));
		}
	}

	/** Lineage of the nucleus planted where a cell was found, null for none. */
	private static Lineage planted(final PhantomField field, final Cell cell,
		final SlideTable table)
	{
		final double um = PhantomKind.HDAB.pixelSizeUm();
		final int label = field.labels()[(int) (cell.numbers()[table.y] / um) *
			SIDE + (int) (cell.numbers()[table.x] / um)];
		if (label == 0) return null;
		return switch (field.cells().get(label - 1).type()) {
			case LYMPHOCYTE -> Lineage.IMMUNE;
			case STROMA -> Lineage.STROMA;
			default -> Lineage.TUMOUR;
		};
	}

	/** 0.93 when last measured. */
	@Test
	void lineageIsToldOnAPictureNotSeen() {
		int right = 0, all = 0;
		for (final Cell c : told.cells) {
			final Lineage planted = planted(unseen, c, told.table);
			if (planted == null) continue;
			all++;
			if (planted.id().equals(c.texts()[told.table.lineage])) right++;
			assertEquals(c.texts()[told.table.lineage].equals("unknown") ? null
				: "classifier", c.texts()[told.table.source]);
		}
		assertTrue(right >= 0.85 * all, right + " of " + all);
	}

	/** Within 3 points of the planted index of tumour, and of all nuclei. */
	@Test
	void indexIsOfTumourAndOfAll() {
		final MarkerSummary m = told.summary.markers().get(0);
		assertEquals(index(unseen.cells().stream().filter(c -> c
			.type() == CellType.TUMOUR).toList()), m.positivePercent(), 3);
		final Map<?, ?> said = (Map<?, ?>) told.summary.assays().get("ki67"), all =
			(Map<?, ?>) said.get("over_all_nuclei"), tumour = (Map<?, ?>) said.get(
				"over_tumour_nuclei");
		assertEquals(index(unseen.cells()), (Double) all.get("percent"), 3);
		assertEquals((long) told.cells.size(), all.get("measured"));
		assertEquals(m.measured(), tumour.get("measured"));
		assertEquals(told.cells.stream().filter(c -> c.texts()[told.table.lineage]
			.equals("tumour")).count(), m.measured());
		long histogram = 0;
		for (final long n : m.histogram().counts())
			histogram += n;
		assertEquals(m.measured(), histogram);
		assertTrue(m.statement().contains("region classifier"));
	}

	private static double index(final List<PlantedCell> cells) {
		return 100.0 * cells.stream().filter(PlantedCell::positive).count() / cells
			.size();
	}

	/** What somebody drew is stronger than what is told. */
	@Test
	void anAnnotationDecidesBeforeTheClassifier() {
		final Run drawn = run(unseen, forest, List.of(new Annotation("", "Stroma",
			new GeometryFactory().toGeometry(new Envelope(0, SIDE, 0, SIDE)))));
		assertTrue(drawn.cells.size() > 100);
		for (final Cell c : drawn.cells) {
			assertEquals("stroma", c.texts()[drawn.table.lineage]);
			assertEquals("annotation", c.texts()[drawn.table.source]);
		}
	}
}
