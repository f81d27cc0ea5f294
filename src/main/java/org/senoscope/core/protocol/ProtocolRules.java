
package org.senoscope.core.protocol;

import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.UserException;
import org.senoscope.core.assay.costain.BleedThrough;
import org.senoscope.core.assay.costain.MarkerPair;
import org.senoscope.core.assay.costain.PanelMarker;
import org.senoscope.core.assay.costain.PanelSettings;
import org.senoscope.core.assay.sagal.CellsFrom;
import org.senoscope.core.evidence.MarkerRule;
import org.senoscope.core.gate.GateScope;

/** What must hold between the keys of a protocol. */
public final class ProtocolRules {

	private ProtocolRules() {}

	/**
	 * Returns every rule that a protocol breaks, one sentence each with what to
	 * do; empty if it may be run. To be asked again once {@code kind} is settled
	 * from the image.
	 */
	public static List<String> problems(final Protocol p) {
		final List<String> problems = new ArrayList<>();
		assay(p, problems);
		foci(p, problems);
		panel(p, problems);
		if (p.method() == SegmentationMethod.CLASSICAL && !p.model().isEmpty())
			problems.add(
				"method classical uses no network: leave out model, or set method to star-convex");
		ascending(problems, "ki67.gate", p.ki67().gate(), "ki67.from2plus", p.ki67()
			.from2plus());
		ascending(problems, "ki67.from2plus", p.ki67().from2plus(),
			"ki67.from3plus", p.ki67().from3plus());
		if (p.gates().scope() == GateScope.SLIDE && !p.gates().file().isBlank())
			problems.add(
				"gates.file is for gates of a batch: set gates.scope to batch or collect, or leave it out");
		if (p.gates().scope() == GateScope.COLLECT && p.gates().file().isBlank())
			problems.add(
				"gates.scope collect needs gates.file, where the readings are kept");
		ascending(problems, "ihc.gate", p.ihc().gate(), "ihc.from2plus", p.ihc()
			.from2plus());
		ascending(problems, "ihc.from2plus", p.ihc().from2plus(), "ihc.from3plus", p
			.ihc().from3plus());
		ascending(problems, "sagal.gate", p.sagal().gate(), "sagal.saturation", p
			.sagal().saturation());
		ascending(problems, "sagal.stained_pixel", p.sagal().stainedPixel(),
			"sagal.saturation", p.sagal().saturation());
		ascending(problems, "foci.smallest_um", p.foci().smallestUm(),
			"foci.largest_um", p.foci().largestUm());
		ascending(problems, "sahf.smallest_um", p.sahf().smallestUm(),
			"sahf.largest_um", p.sahf().largestUm());
		ascending(problems, "nuclei.min_area_um2", p.nuclei().minAreaUm2(),
			"nuclei.max_area_um2", p.nuclei().maxAreaUm2());
		return problems;
	}

	private static void assay(final Protocol p, final List<String> problems) {
		final String kind = ProtocolKey.word(p.kind());
		if (p.assay() == AssayKind.SAGAL && p.specimen()
			.preservation() == Preservation.FFPE) problems.add(
				"SA-β-gal enzyme activity is lost in FFPE (specimen.preservation is ffpe); use frozen or fresh material, or on FFPE p21, H3K9me3 and lamin B1 (--protocol ihc-hdab) or lipofuscin (--protocol lipofuscin)");
		if (p.sagal().cellsFrom() == CellsFrom.GRANULES && Double.isNaN(p.sagal()
			.totalCells())) problems.add(
				"sagal.cells_from granules finds stained cells alone: type the total as sagal.total_cells, or set relief");
		final boolean open = p.kind() == ImageKind.AUTO || p
			.kind() == ImageKind.FLUORESCENCE;
		if (p.assay() == AssayKind.SAGAL && !open && !p.kind().hasIndigo()) problems
			.add(
				"SA-β-gal is read on kind fluorescence, x-gal, x-gal-nfr, x-gal-h, x-gal-e or x-gal-hdab, not on " +
					kind);
		if (p.assay() == AssayKind.KI67 && !open && p.kind() != ImageKind.H_DAB)
			problems.add("Ki-67 is read on kind h-dab or fluorescence, not on " +
				kind);
		if (p.assay() == AssayKind.IHC && p.kind() != ImageKind.AUTO && p
			.kind() != ImageKind.H_DAB) problems.add(
				"a single marker is read on kind h-dab, not on " + kind);
		if (p.assay() == AssayKind.LIPOFUSCIN && p.kind() != ImageKind.AUTO && p
			.kind() != ImageKind.H_DAB && p.kind() != ImageKind.SBB_NFR) problems.add(
				"lipofuscin is read on kind sbb-nfr (Sudan Black B) or h-dab (GL13), not on " +
					kind);
	}

	private static void foci(final Protocol p, final List<String> problems) {
		if (p.assay() != AssayKind.SAHF && p.assay() != AssayKind.DNA_DAMAGE_FOCI)
			return;
		final String name = p.assay() == AssayKind.SAHF ? "SAHF"
			: "DNA-damage foci";
		if (p.kind() != ImageKind.AUTO && p.kind() != ImageKind.FLUORESCENCE)
			problems.add(name + " are read on kind fluorescence, not on " +
				ProtocolKey.word(p.kind()));
		if (p.assay() == AssayKind.SAHF && !p.sahf().onSections() && (p.specimen()
			.kind() == SpecimenKind.SECTION || p.specimen()
				.kind() == SpecimenKind.TMA)) problems.add(
					"SAHF are defined in cultured cells, and sections cut nuclei (specimen.kind is " +
						ProtocolKey.word(p.specimen().kind()) +
						"); to measure them there all the same set sahf.on_sections to true");
	}

	private static void panel(final Protocol p, final List<String> problems) {
		final PanelSettings panel = p.panel();
		read(problems, "panel.markers", () -> PanelMarker.parse(panel.markers()));
		read(problems, "panel.bleed_through", () -> BleedThrough.parse(panel
			.bleedThrough()));
		read(problems, "panel.rules", () -> MarkerRule.parse(panel.rules(), List
			.copyOf(MarkerRule.markersOf(panel.rules()))));
		read(problems, "panel.overlap", () -> MarkerPair.parse(panel.overlap()));
		if (p.assay() != AssayKind.COSTAIN && p.assay() != AssayKind.KI67 && p
			.assay() != AssayKind.SAGAL && Control.parse(p.control()).stream()
				.anyMatch(c -> c.role() == ControlRole.SINGLE)) problems.add(
					"a single stain (control single) tells the bleed-through of a marker panel, assay is " +
						ProtocolKey.word(p.assay()));
		if (p.assay() == AssayKind.COSTAIN && p.kind() != ImageKind.AUTO && p
			.kind() != ImageKind.FLUORESCENCE) problems.add(
				"marker panels are read on kind fluorescence, not on " + ProtocolKey
					.word(p.kind()));
	}

	private static void read(final List<String> problems, final String key,
		final Runnable reading)
	{
		try {
			reading.run();
		}
		catch (final IllegalArgumentException e) {
			problems.add(key + ": " + e.getMessage());
		}
	}

	private static void ascending(final List<String> problems,
		final String lowKey, final double low, final String highKey,
		final double high)
	{
		// Open numbers (NaN) break no rule.
		if (low >= high) problems.add(highKey + " (" + number(high) +
			") must be above " + lowKey + " (" + number(low) + ")");
	}

	private static String number(final double v) {
		return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v)
			: Double.toString(v);
	}

	/**
	 * Returns the protocol if it may be run.
	 *
	 * @param what what was read, as the message names it ("protocol a.yaml"),
	 *          empty: nothing
	 * @throws UserException naming all problems in one line
	 */
	static <T> T unless(final List<String> problems, final String what,
		final T result)
	{
		if (problems.isEmpty()) return result;
		throw new UserException((what.isEmpty() ? "" : what + ": ") + String.join(
			"; ", problems));
	}
}
