
package org.senoscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Map;

import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * The part of the report that says everything of a labelling index beside the
 * share itself: tumour and all nuclei, regions, hot spots, category, what more
 * is needed.
 */
final class LabellingSection {

	private static final Color WINDOW = new Color(0xFFD000), PEAK = new Color(
		0xFF5CC8);

	private LabellingSection() {}

	/** Adds the section to a page, nothing where there is no labelling index. */
	static void add(final Html page, final SlideSummary summary) {
		for (final MarkerSummary m : summary.markers())
			if (summary.assays().get(m.id()) instanceof final Map<?, ?> index && index
				.containsKey("over_all_nuclei")) add(page, m, index);
	}

	private static void add(final Html page, final MarkerSummary m,
		final Map<?, ?> index)
	{
		page.raw("<section aria-labelledby=\"index\">\n").element("h2 id=\"index\"",
			m.label() + " in numbers");
		if (index.get("category") instanceof final Map<?, ?> category) page.element(
			"p", "Category: " + category.get("words") + ".");
		page.raw("<table class=\"full\"><thead><tr>");
		for (final String word : new String[] { "Where", "Positive / counted",
			"Index", "Counting error only", "Nuclei per mm²" })
			page.element("th", word);
		page.raw("</tr></thead><tbody>\n");
		row(page, "All nuclei in the analysed area", index.get("over_all_nuclei"));
		row(page, "Tumour nuclei", index.get("over_tumour_nuclei"));
		if (index.get("regions") instanceof final Map<?, ?> regions) regions
			.forEach((name, values) -> row(page, "Region " + name, values));
		row(page, "Hot spot: best window (yellow)", index.get("hot_spot_window"));
		row(page, "Hot spot: around the density peak (pink)", index.get(
			"hot_spot_peak"));
		page.raw("</tbody></table>\n");
		if (index.get("weighted_by_area_percent") instanceof final Number n) page
			.element("p", "Mean of the regions, weighted by their area: " + Words
				.percent(n.doubleValue()) + ".");
		if (index.get("more_fields_wanted") instanceof final Number more) page
			.element("p", more.longValue() == 0
				? "The interval of this field is as narrow as was asked for (" + Words
					.plain(Words.value(index, "interval_asked_points"), 3) + " points)."
				: "The interval is " + Words.plain(Words.value(index,
					"interval_width_points"), 3) + " points wide; about " + Words.count(
						more.longValue()) +
					" more fields like this one are needed until it is " + Words.plain(
						Words.value(index, "interval_asked_points"), 3) +
					" points wide. Fields that differ from each other need more.");
		if (m.more().get("surely_negative") instanceof final Number negative) page
			.element("p", "Negative with a confidence of at least 0.95: " + Words
				.count(negative.longValue()) + "; too near the gate to be sure: " +
				Words.count(((Number) m.more().get("near_gate")).longValue()) +
				"; positive with that confidence: " + Words.count(((Number) m.more()
					.get("surely_positive")).longValue()) +
				". The confidence knows how even each nucleus is stained and how well the gate is known, not what shifts all nuclei alike.");
		page.element("p class=\"small\"",
			"The best window is the square of grid squares (25 µm) around any place that just holds the nuclei asked for and has the highest index; the density peak is where positive nuclei lie most densely (Gaussian of 100 µm), with all around it that has three quarters of its density. " +
				"The highest of many windows is high by chance too: compare it with the index of the whole, not with a cut made for it.");
		page.raw("</section>\n");
	}

	private static void row(final Html page, final String where,
		final Object values)
	{
		if (!(values instanceof final Map<?, ?> v)) return;
		page.raw("<tr>").element("td", where).element("td", Words.count(((Number) v
			.get("positive")).longValue()) + " / " + Words.count(((Number) v.get(
				"measured")).longValue())).element("td", Words.percent(Words.value(v,
					"percent"))).element("td", Words.range(Words.value(v,
						"counting_low_percent"), Words.value(v, "counting_high_percent")))
			.element("td", v.containsKey("cells_per_mm2") ? Words.number(Words.value(
				v, "cells_per_mm2"), 3) : "").raw("</tr>\n");
	}

	/**
	 * Draws the hot spots.
	 *
	 * @param g where to
	 * @param summary the slide
	 * @param scale pixels of the picture a level-0 pixel
	 */
	static void draw(final Graphics2D g, final SlideSummary summary,
		final double scale)
	{
		for (final MarkerSummary m : summary.markers())
			if (summary.assays().get(m.id()) instanceof final Map<?, ?> index) {
				draw(g, index.get("hot_spot_peak"), PEAK, scale);
				draw(g, index.get("hot_spot_window"), WINDOW, scale);
			}
	}

	private static void draw(final Graphics2D g, final Object spot,
		final Color colour, final double scale)
	{
		if (!(spot instanceof final Map<?, ?> s) || !(s.get(
			"polygon_px") instanceof final List<?> corners)) return;
		final Path2D path = new Path2D.Double();
		for (int i = 0; i < corners.size(); i++) {
			final List<?> corner = (List<?>) corners.get(i);
			final double x = ((Number) corner.get(0)).doubleValue() * scale, y =
				((Number) corner.get(1)).doubleValue() * scale;
			if (i == 0) path.moveTo(x, y);
			else path.lineTo(x, y);
		}
		path.closePath();
		g.setStroke(new BasicStroke(6));
		g.setColor(new Color(0, 0, 0, 140));
		g.draw(path);
		g.setStroke(new BasicStroke(2.5f));
		g.setColor(colour);
		g.draw(path);
	}
}
