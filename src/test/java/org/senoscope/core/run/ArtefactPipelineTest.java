
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.senoscope.core.artefact.ArtefactKind;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.phantom.Artefacts;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.phantom.XgalLook.Scanner;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * The ledger through the whole pipeline: 450 µm of cultured cells with nuclear
 * fast red, none of them stained, on which a fold, a shadow and dirt lie.
 */
class ArtefactPipelineTest {

	private static final int SIDE = 900;

	private record Run(SlideSummary summary, int cells, int flagged) {

		MarkerSummary sagal() {
			return summary.markers().get(0);
		}

		@SuppressWarnings("unchecked")
		List<Map<String, Object>> ledger() {
			return (List<Map<String, Object>>) summary.assays().get("artefacts");
		}
	}

	private static Run with, without;

	@BeforeAll
	static void runBoth() {
		with = run(0, Map.of());
		final Map<String, String> off = new HashMap<>();
		for (final String kind : new String[] { "folds", "pen", "bubbles", "debris",
			"pigment", "edge_shadow", "out_of_focus", "glass" })
			off.put("artefacts_" + kind, "off");
		without = run(0, off);
	}

	private static Run run(final int core, final Map<String, String> more) {
		final PhantomField f = Phantoms.culture(new XgalLook(0.5, Dye.FAST_RED, 0.3,
			false, 0, Double.NaN, Scanner.PLAIN, 0, 0, 0.9), SIDE, SIDE, 21);
		final byte[] rgb = Artefacts.plant(f.rgb(), SIDE, SIDE, 0.5, EnumSet.of(
			ArtefactKind.FOLD, ArtefactKind.EDGE_SHADOW, ArtefactKind.DEBRIS), 4)
			.rgb();
		final Map<String, String> keys = new HashMap<>(more);
		keys.put("sagal_gating", "fixed");
		keys.put("sagal_gate", "0.1");
		final int[] cells = new int[2];
		try (SlideResult result = SlidePipeline.run(new SlideInputs(ArrayPixelSource
			.rgb("dirty.tif", SIDE, SIDE, 0.5, rgb), null, new ArrayList<>(),
			"dirty.tif"), ProtocolOverrides.apply(BuiltInProtocols.load(
				"sagal-xgal-nfr"), keys), RunOptions.DEFAULTS, new MemorySpill(),
			Progress.SILENT, new Cancellation(), core))
		{
			result.forEachCell(c -> {
				cells[0]++;
				final String flags = result.table().text(c, "flags");
				if (flags != null && List.of(flags.split(";")).contains("artefact"))
					cells[1]++;
			});
			return new Run(result.summary(), cells[0], cells[1]);
		}
	}

	@Test
	void whatArtefactsWouldAddToTheStainedAreaIsTakenOff() {
		assertTrue(without.sagal().areaPercent() > 1, without.sagal()
			.areaPercent() + " %");
		assertTrue(with.sagal().areaPercent() <= 0.3, with.sagal().areaPercent() +
			" %");
		assertFalse(without.summary().assays().containsKey("artefacts"));
	}

	@Test
	void theLedgerLeadsFromTheFigureBeforeToTheFigureShown() {
		double share = 0;
		final List<Map<?, ?>> area = new ArrayList<>(), positive =
			new ArrayList<>();
		for (final Map<String, Object> kind : with.ledger()) {
			share += (double) kind.get("percent_of_area");
			for (final Object e : (List<?>) kind.get("effects"))
				(((Map<?, ?>) e).get("figure").equals("area_percent") ? area : positive)
					.add((Map<?, ?>) e);
		}
		assertTrue(share > 5 && share < 40, share + " %");
		for (int i = 1; i < area.size(); i++)
			assertEquals(area.get(i - 1).get("after"), area.get(i).get("before"));
		// stains are estimated without what lies under artefacts
		assertEquals(without.sagal().areaPercent(), (double) area.get(0).get(
			"before"), 0.3);
		assertEquals(with.sagal().areaPercent(), (double) area.get(area.size() - 1)
			.get("after"), 1e-9);
		assertEquals(with.sagal().positivePercent(), (double) positive.get(positive
			.size() - 1).get("after"), 1e-9);
	}

	@Test
	void cellsOnArtefactsStayInTheTableAndCountInNoPercentage() {
		assertEquals(without.cells, with.cells);
		assertEquals(0, without.flagged);
		assertTrue(with.flagged > 0);
		assertEquals(with.flagged, with.ledger().stream().mapToLong(k -> (long) k
			.get("cells")).sum());
		assertEquals(with.cells - with.flagged, with.sagal().measured());
	}

	@Test
	void theLedgerDoesNotDependOnBlocks() {
		final Run cut = run(128, Map.of());
		assertEquals(with.sagal().areaPercent(), cut.sagal().areaPercent(), 0);
		for (int k = 0; k < with.ledger().size(); k++)
			assertEquals(with.ledger().get(k).get("area_mm2"), cut.ledger().get(k)
				.get("area_mm2"));
	}
}
