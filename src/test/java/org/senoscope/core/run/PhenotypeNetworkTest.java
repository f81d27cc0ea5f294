
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

/** A classifier in the pipeline, in whose place a formula stands. */
class PhenotypeNetworkTest {

	private static final int SIDE = 400;

	private final PixelSource slide = ArrayPixelSource.rgb("phantom.tif", SIDE,
		SIDE, PhantomKind.HDAB.pixelSizeUm(), Phantoms.field(PhantomKind.HDAB, SIDE,
			SIDE, 5).rgb());

	/** Proliferating by Ki-67, senescent always, unsure of small nuclei. */
	private static final class Formula implements PhenotypeModel {

		private final List<String> classes, features;
		private int anchored;
		private final Map<ControlRole, Integer> controls = new EnumMap<>(
			ControlRole.class);
		private double read;

		Formula(final List<String> classes, final List<String> features) {
			this.classes = classes;
			this.features = features;
		}

		@Override
		public List<String> classes() {
			return classes;
		}

		@Override
		public List<String> features() {
			return features;
		}

		@Override
		public String calibration() {
			return "made up";
		}

		@Override
		public SlideAnchors newAnchors() {
			return new SlideAnchors() {

				@Override
				public void add(final CellFeatures cells) {
					if (cells.controls() == null) anchored += cells.cells();
					else for (int i = 0; i < cells.cells(); i++) {
						controls.merge(cells.control(i), 1, Integer::sum);
						read += cells.value(i, 0);
					}
				}

				@Override
				public List<String> notes() {
					return controls.isEmpty() ? List.of("no control") : List.of();
				}
			};
		}

		@Override
		public PhenotypeCalls classify(final CellFeatures cells,
			final SlideAnchors anchors)
		{
			final int n = cells.cells(), k = classes.size();
			final float[] p = new float[n * k];
			final boolean[] abstained = new boolean[n];
			final short[] reasons = new short[n * PhenotypeCalls.REASONS];
			java.util.Arrays.fill(reasons, (short) -1);
			for (int i = 0; i < n; i++) {
				p[i * k] = cells.value(i, 0) >= 0.2f ? 0.9f : 0.2f;
				p[i * k + 1] = 0.8f;
				abstained[i] = cells.value(i, 1) < 25;
			}
			return new PhenotypeCalls(classes, cells.names(), p, new float[n],
				new boolean[n], abstained, reasons, new float[reasons.length]);
		}

		@Override
		public void close() {}
	}

	private record Run(SlideSummary summary, CellTable table, List<Cell> cells) {
	}

	private Run run(final PhenotypeModel model, final String network,
		final ControlInput... controls)
	{
		final Protocol protocol = ProtocolOverrides.apply(BuiltInProtocols.load(
			"ki67-hdab"), Map.of("lineage", "tumour", "phenotype.network", network));
		final SpillStore spill = new MemorySpill();
		try (SlideResult result = SlidePipeline.run(new SlideInputs(slide, null,
			List.of(), "phantom.tif", EvidenceDefinition.builtIn(), model,
			NucleusNetworks.NONE, List.of(controls)), protocol, RunOptions.DEFAULTS,
			spill, Progress.SILENT, new Cancellation()))
		{
			final List<Cell> cells = new ArrayList<>();
			result.forEachCell(cells::add);
			return new Run(result.summary(), result.table(), cells);
		}
	}

	@Test
	void theNetworkTellsStatesAndTheRulesWhatMayBeTold() {
		final Formula model = new Formula(List.of("proliferating", "senescent"),
			List.of("Ki67", "nucleus_area_um2"));
		final Run run = run(model, "made-up");
		assertTrue(run.cells.size() > 30);
		assertEquals(run.cells.size(), model.anchored, "each cell once");
		final Map<String, Long> counted = new HashMap<>();
		int unsure = 0;
		for (final Cell cell : run.cells) {
			final boolean positive = run.table.number(cell, "ki67_value") >= 0.2;
			final boolean small = run.table.number(cell, "nucleus_area_um2") < 25;
			final String phenotype = run.table.text(cell, "phenotype");
			assertEquals(positive ? 0.9 : 0.2, run.table.number(cell,
				"p_proliferating"), 1e-6);
			assertEquals(0.8, run.table.number(cell, "p_senescent"), 1e-6);
			assertTrue(Double.isNaN(run.table.number(cell, "p_csc")));
			// senescence cannot be told by Ki-67, whatever the network says
			assertEquals(positive && !small ? "proliferating" : "indeterminate",
				phenotype);
			if (positive && small) unsure++;
			assertTrue(run.table.text(cell, "phenotype_reason").endsWith(
				"calibration: made up"));
			counted.merge(phenotype, 1L, Long::sum);
		}
		assertTrue(unsure > 0, "no cell tests abstention");
		counted.forEach((id, n) -> assertEquals(n, run.summary.phenotypes().get(id),
			id));
		assertEquals("calibration: made up", run.summary.evidence().classifier());
	}

	@Test
	void negativeControlsAndBlanksAnchorTheNetworkOthersDoNot() {
		final List<String> classes = List.of("proliferating", "senescent"),
				features = List.of("Ki67", "nucleus_area_um2");
		final Formula alone = new Formula(classes, features);
		assertTrue(run(alone, "made-up").summary.warnings().contains(
			"Phenotype network: no control"));

		final Formula model = new Formula(classes, features);
		final PixelSource other = ArrayPixelSource.rgb("treated.tif", SIDE, SIDE,
			PhantomKind.HDAB.pixelSizeUm(), Phantoms.field(PhantomKind.HDAB, SIDE,
				SIDE, 6).rgb());
		// the slide as its own negative control, so that the same must be read
		final Run run = run(model, "made-up", new ControlInput(ControlRole.NEGATIVE,
			"slide again", slide, null, List.of()), new ControlInput(
				ControlRole.POSITIVE, "treated.tif", other, null, List.of()));
		assertEquals(run.cells.size(), model.anchored,
			"each cell of the slide once");
		assertEquals(Map.of(ControlRole.NEGATIVE, run.cells.size()),
			model.controls);
		assertEquals(run.cells.stream().mapToDouble(c -> run.table.number(c,
			"ki67_value")).sum(), model.read, 1e-3 * model.read);
		assertFalse(run.summary.warnings().contains(
			"Phenotype network: no control"));
	}

	@Test
	void modelsOfOtherClassesOrColumnsAreRefused() {
		assertTrue(assertThrows(UserException.class, () -> run(new Formula(List.of(
			"treated", "control"), List.of("Ki67")), "x")).getMessage().contains(
				"treated, control"));
		assertTrue(assertThrows(UserException.class, () -> run(new Formula(List.of(
			"senescent", "csc"), List.of("Sox2", "Nanog")), "x")).getMessage()
			.contains("Sox2, Nanog"));
	}

	@Test
	void whereTheNetworkCannotRunTheRulesAnswerAndSaySo() {
		final Run run = run(null, "made-up");
		assertTrue(run.summary.warnings().stream().anyMatch(w -> w.contains(
			"called by the evidence rules alone")));
		assertTrue(run.summary.phenotypes().get("proliferating") > 0);
	}
}
