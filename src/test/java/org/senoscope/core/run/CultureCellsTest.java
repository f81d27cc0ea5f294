
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.phantom.XgalLook.Scanner;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.ProtocolReader;

/** Cells of X-gal of which neither a stain nor a paired image shows nuclei. */
class CultureCellsTest {

	private static final int SIDE = 700;

	private record Run(SlideSummary summary, CellTable table,
			List<double[]> cells, List<String> flags) {

		MarkerSummary sagal() {
			return summary.markers().get(0);
		}

		String cellsFrom() {
			return (String) ((Map<?, ?>) summary.assays().get("sagal")).get(
				"cells_from");
		}
	}

	private static PhantomField field(final boolean product) {
		return Phantoms.culture(new XgalLook(0.5, Dye.NONE, 0.35, product, 0,
			Double.NaN, Scanner.PLAIN, 0, Double.NaN, 1), SIDE, SIDE, 21);
	}

	private static Run run(final byte[] rgb, final int core,
		final String... keys)
	{
		final Map<String, String> texts = new HashMap<>(Map.of("sagal_gating",
			"fixed", "sagal_gate", "0.177"));
		for (int i = 0; i < keys.length; i += 2)
			texts.put(keys[i], keys[i + 1]);
		try (SlideResult r = SlidePipeline.run(new SlideInputs(ArrayPixelSource.rgb(
			"xgal.tif", SIDE, SIDE, 0.5, rgb), null, List.of(), "xgal.tif"),
			ProtocolOverrides.apply(BuiltInProtocols.load("sagal-xgal"), texts),
			RunOptions.DEFAULTS, new MemorySpill(), Progress.SILENT,
			new Cancellation(), core))
		{
			final List<double[]> cells = new ArrayList<>();
			final List<String> flags = new ArrayList<>();
			r.forEachCell(c -> {
				cells.add(Arrays.stream(new String[] { "centroid_x_px", "centroid_y_px",
					"sagal_positive", "nucleus_area_um2", "cell_area_um2",
					"sagal_granules_um2" }).mapToDouble(name -> r.table().number(c, name))
					.toArray());
				flags.add(c.texts()[r.table().index("flags")]);
			});
			return new Run(r.summary(), r.table(), cells, flags);
		}
	}

	/** Share of planted positive cells with a positive one within 12 µm. */
	private static double found(final PhantomField f, final Run run) {
		int all = 0, hit = 0;
		for (final PlantedCell p : f.cells()) {
			if (!p.positive() || p.edge()) continue;
			all++;
			if (run.cells.stream().anyMatch(c -> c[2] > 0 && Math.hypot(c[0] - p
				.xPx(), c[1] - p.yPx()) < 24)) hit++;
		}
		return hit / (double) all;
	}

	@Test
	void reliefShowsUnstainedCellsAndGranulesStainedOnes() {
		final PhantomField f = field(true);
		final Run run = run(f.rgb(), 0);
		assertEquals(f.cells().size(), run.cells.size(), 0.1 * f.cells().size());
		assertEquals(f.positivePercent(), run.sagal().positivePercent(), 5);
		assertTrue(found(f, run) >= 0.9, "found " + found(f, run));
		assertTrue(run.sagal().ciLowPercent() < run.sagal().positivePercent());
		assertTrue(run.flags.stream().allMatch(s -> s.contains("no_nucleus")));
		// a body is no nucleus
		assertTrue(run.cells.stream().allMatch(c -> Double.isNaN(c[3]) &&
			c[4] > 100));
		assertTrue(run.cells.stream().filter(c -> c[2] > 0).allMatch(c -> c[5] > 0),
			"positive cells have granules");
		assertEquals("relief of unstained cells and granules of stained ones", run
			.cellsFrom());
	}

	@Test
	void withoutXgalNoCellIsPositive() {
		final Run run = run(field(false).rgb(), 0);
		assertTrue(run.cells.size() > 50, run.cells.size() + " cells");
		assertEquals(0, run.sagal().positive());
	}

	@Test
	void aTypedTotalMakesTheShare() {
		final PhantomField f = field(true);
		final int total = f.cells().size();
		final Run run = run(f.rgb(), 0, "sagal_total_cells", Integer.toString(
			total));
		assertEquals("granules of stained cells, total typed", run.cellsFrom());
		assertEquals(total, run.sagal().measured());
		assertEquals(100.0 * run.sagal().positive() / total, run.sagal()
			.positivePercent(), 1e-9);
		assertEquals(f.positivePercent(), run.sagal().positivePercent(), 5);
		assertTrue(run.sagal().ciLowPercent() < run.sagal().positivePercent() && run
			.sagal().ciHighPercent() > run.sagal().positivePercent());
	}

	@Test
	void moreCellsThanTheTypedTotalGiveNoShare() {
		final Run run = run(field(true).rgb(), 0, "sagal_total_cells", "3");
		assertTrue(Double.isNaN(run.sagal().positivePercent()));
		assertTrue(run.summary.warnings().stream().anyMatch(w -> w.contains(
			"more than the typed total of 3")));
	}

	@Test
	void blocksDoNotMatter() {
		final byte[] rgb = field(true).rgb();
		final Run whole = run(rgb, 512), parts = run(rgb, 96);
		assertEquals(whole.cells.size(), parts.cells.size());
		for (int i = 0; i < 3; i++) {
			final int at = i;
			assertEquals(whole.cells.stream().mapToDouble(c -> c[at]).sum(),
				parts.cells.stream().mapToDouble(c -> c[at]).sum(), 1e-6);
		}
	}

	@Test
	void inSectionsOnlyTheAreaIsMeasuredUnlessAsked() {
		final byte[] rgb = field(true).rgb();
		final Run section = run(rgb, 0, "specimen_kind", "section");
		assertEquals(0, section.cells.size());
		assertEquals("none: no nuclei were visible", section.cellsFrom());
		assertTrue(!run(rgb, 0, "specimen_kind", "section", "sagal_cells_from",
			"relief").cells.isEmpty());
	}

	@Test
	void emptyGlassHoldsNoCells() {
		final byte[] glass = new byte[3 * SIDE * SIDE];
		Arrays.fill(glass, (byte) 200);
		// a scale bar
		for (int y = 600; y < 606; y++)
			Arrays.fill(glass, 3 * (y * SIDE + 400), 3 * (y * SIDE + 600), (byte) 0);
		assertEquals(0, run(glass, 0).cells.size());
	}

	/** Counts positive cells, cells, and cells with a hidden nucleus. */
	private static int[] paired(final double quenching, final String added) {
		final PhantomField f = Phantoms.culture(new XgalLook(0.5, Dye.NONE, 0.35,
			true, 0, Double.NaN, Scanner.PLAIN, 0, Double.NaN, 1, 0, quenching), SIDE,
			SIDE, 21);
		final short[] dapi = new short[f.dapi().length];
		for (int i = 0; i < dapi.length; i++)
			dapi[i] = (short) f.dapi()[i];
		final int[] n = new int[3];
		try (SlideResult r = SlidePipeline.run(new SlideInputs(ArrayPixelSource.rgb(
			"xgal.tif", SIDE, SIDE, 0.5, f.rgb()), ArrayPixelSource.channels(
				"dapi.tif", SIDE, SIDE, 0.5, List.of("DAPI"), dapi), List.of(),
			"xgal.tif"), ProtocolOverrides.apply(BuiltInProtocols.load("sagal-xgal"),
				Map.of("nuclei_register", "off", "sagal_quenched", added,
					"sagal_gating", "fixed", "method", "classical")), RunOptions.DEFAULTS,
			new MemorySpill(), Progress.SILENT, new Cancellation(), 0))
		{
			r.forEachCell(c -> {
				n[1]++;
				final String flags = c.texts()[r.table().index("flags")];
				if (flags != null && flags.contains("quenched")) n[2]++;
			});
			n[0] = (int) r.summary().markers().get(0).positive();
		}
		return n;
	}

	@Test
	void aDarkHoleUnderDenseStainIsStillANucleus() {
		final int[] without = paired(1, "false"), with = paired(1, "true"), clear =
			paired(0, "true");
		assertEquals(0, without[2]);
		assertTrue(with[0] >= without[0] + 0.8 * with[2] && with[2] >= 4, Arrays
			.toString(with) + " " + Arrays.toString(without));
		// where nothing is hidden, nothing is added
		assertTrue(clear[2] <= 1, Arrays.toString(clear));
	}

	@Test
	void granulesNeedATypedTotal() {
		final UserException e = assertThrows(UserException.class,
			() -> ProtocolReader.read(
				"{extends: sagal-xgal, sagal: {cells_from: granules}}", "p.yaml"));
		assertTrue(e.getMessage().contains("sagal.total_cells"), e.getMessage());
	}
}
