
package org.senoscope.report;

import java.util.List;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.EvidenceGrade;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.evidence.SlideEvidence;

/**
 * The part of the report that says which phenotypes were called, on what
 * evidence, and what the panel cannot tell.
 */
final class EvidenceSection {

	private final Html page;
	private final SlideEvidence evidence;

	private EvidenceSection(final Html page, final SlideEvidence evidence) {
		this.page = page;
		this.evidence = evidence;
	}

	/** Adds the section to a page. */
	static void add(final Html page, final SlideEvidence evidence) {
		final EvidenceSection section = new EvidenceSection(page, evidence);
		page.raw("<section aria-labelledby=\"evidence\">\n").element(
			"h2 id=\"evidence\"", "Phenotypes and evidence");
		section.phenotypes();
		section.axes();
		section.consensus();
		section.sufficiency();
		page.raw("</section>\n");
	}

	private void phenotypes() {
		final long tumour = evidence.cells(Lineage.TUMOUR), unknown = evidence
			.cells(Lineage.UNKNOWN);
		if (tumour == 0 && unknown > 0) page.element("p class=\"partial\"",
			"No cell was called: the states are states of tumour cells, and no cell is known to be one. Annotate the tumour, or state the lineage of all cells where the specimen is a pure culture; readings and evidence below hold for all cells.");
		head("Phenotype", "Cells", "Share of the " + Words.count(tumour) +
			" tumour cells");
		for (final SlideEvidence.Tally p : evidence.phenotypes())
			if (isCalled(p) && p.cells() > 0) row(p.label(), Words.count(p.cells()),
				share(p.cells()));
		for (final SlideEvidence.Tally p : evidence.phenotypes())
			if (p.id().equals("indeterminate")) row(p.label(), Words.count(p.cells()),
				unknown > 0 ? "lineage not known of " + Words.count(unknown) : share(p
					.cells()));
			else if (!isCalled(p) && p.cells() > 0) row(p.label(), Words.count(p
				.cells()), "");
		page.raw("</tbody></table>\n");
		final List<SlideEvidence.Tally> out = evidence.exclusions().stream().filter(
			e -> e.cells() > 0).toList();
		if (!out.isEmpty()) page.element("p", "Not called, and among the above: " +
			String.join("; ", out.stream().map(e -> Words.count(e.cells()) + " " + e
				.label()).toList()) +
			". The table of cells names the reason of each (phenotype_reason).");
		if (evidence.cells(Lineage.STROMA) > 0) page.element("p",
			"Stroma, apart: " + Words.count(evidence.senescentStroma()) + " of " +
				Words.count(evidence.cells(Lineage.STROMA)) +
				" stromal cells show the evidence of senescence.");
		final long discordant = evidence.phenotypes().stream().filter(p -> p.id()
			.equals("discordant_p16")).mapToLong(SlideEvidence.Tally::cells).sum();
		if (discordant > 0) page.element("p", "Discordant: " + Words.count(
			discordant) +
			" cells are p16-positive and Ki-67-positive. That is seen with loss of Rb or HPV and tells nothing of senescence; p16 should then not be relied on in this specimen.");
		if (evidence.p53Pattern() == P53Pattern.MUTANT) page.element("p",
			"p53 has a mutant pattern on this slide (in nearly all nuclei, or in none) and was given no weight.");
		if (!evidence.classifier().isEmpty()) page.element("p",
			"States were told by a trained network (" + evidence.classifier() +
				"); its probabilities stand in the table of cells only. Lineage, exclusions and what this panel can tell remain those of the evidence.");
		page.element("p class=\"small\"",
			"“Consistent with”, never “is”: called by the published markers of each state, cell by cell, from one picture at one time. Research use only.");
	}

	private static boolean isCalled(final SlideEvidence.Tally phenotype) {
		return !phenotype.id().equals("indeterminate") && !phenotype.id().equals(
			"not_tumour");
	}

	private String share(final long cells) {
		final double percent = evidence.percentOfTumour(cells);
		return Double.isNaN(percent) ? "not given, too few cells" : Words.percent(
			percent);
	}

	private void axes() {
		page.element("h3", "Evidence, axis by axis");
		head("Axis", "Markers of the panel", "Met", "Not met", "Not measured");
		for (final SlideEvidence.Counts a : evidence.axes())
			counts(a, sentence(a.label()), a.markers().isEmpty() ? "none" : String
				.join(", ", a.markers()));
		page.raw("</tbody></table>\n").element("p class=\"small\"",
			"Tumour cells and cells of unknown lineage. Not measured: the markers at hand could not have met the axis, whatever their state; Ki-67 alone, for instance, shows that a cell does not cycle now, and no arrest.");
	}

	private void consensus() {
		if (evidence.consensus().isEmpty()) return;
		page.element("h3", "Consensus procedure for senescence (Gorgoulis 2019)");
		head("Step", "What it asks for", "Met", "Not met", "Not measured");
		for (final SlideEvidence.Counts s : evidence.consensus())
			counts(s, s.id(), s.label());
		page.raw("</tbody></table>\n");
	}

	private void counts(final SlideEvidence.Counts c, final String first,
		final String second)
	{
		final boolean measured = c.met() + c.notMet() > 0;
		row(first, second, measured ? Words.count(c.met()) : "–", measured ? Words
			.count(c.notMet()) : "–", c.notMeasured() == 0 ? "–" : measured ? Words
				.count(c.notMeasured()) : "all");
	}

	private void sufficiency() {
		page.element("h3", "What this panel can tell");
		head("State", "Evidence at best", "Could be told with");
		for (final SlideEvidence.StateGrade s : evidence.states())
			row(sentence(s.label()), s.grade() == EvidenceGrade.NONE
				? "cannot be told: such cells are indeterminate" : s.grade().id(), s
					.grade() != EvidenceGrade.NONE ? "" : s.wouldHelp().isEmpty()
						? "no three further markers" : String.join(" and ", s.wouldHelp()));
		page.raw("</tbody></table>\n");
		if (!evidence.missing().isEmpty()) page.element("p",
			"Measured in no cell: " + String.join(", ", evidence.missing()) + "." +
				(evidence.help().isEmpty() ? "" : " Of all markers, " + evidence
					.help() + "."));
		page.element("p class=\"small\"",
			"Limited: one axis of the state; moderate: two; good: three or more. Rules: evidence definition " +
				evidence.definition() + " " + evidence.version() +
				", which cites its sources.");
	}

	private void head(final String... cells) {
		page.raw("<table class=\"evidence\"><thead><tr>");
		for (final String cell : cells)
			page.element("th scope=\"col\"", cell);
		page.raw("</tr></thead><tbody>\n");
	}

	private void row(final String... cells) {
		page.raw("<tr>").element("th scope=\"row\"", cells[0]);
		for (int i = 1; i < cells.length; i++)
			page.element("td", cells[i]);
		page.raw("</tr>\n");
	}

	private static String sentence(final String text) {
		return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text
			.substring(1);
	}
}
