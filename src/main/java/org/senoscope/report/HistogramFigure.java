
package org.senoscope.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.senoscope.core.run.Histogram;

/**
 * A histogram as inline SVG with labelled axes and, where there is one, the
 * gate: bars left of it in the colour of negative cells, right of it in that of
 * positive ones.
 */
final class HistogramFigure {

	private static final int WIDTH = 860, HEIGHT = 300;
	private static final int LEFT = 74, RIGHT = 20, TOP = 34, BOTTOM = 56;
	private static final int BARS = 70;
	/** The axis ends where this share of the cells is covered. */
	private static final double COVERED = 0.998;
	private static final String NEGATIVE = "#4f8fb8", POSITIVE = "#c46a1b", INK =
		"#22313f", FAINT = "#d5dce2";

	private final StringBuilder svg = new StringBuilder();
	private final double from, to, gate;
	private final long[] bars;
	private final double barWidth;
	private final double top;

	private final Histogram histogram;
	private final double gateValue;

	private HistogramFigure(final Histogram histogram, final double gateValue) {
		this.histogram = histogram;
		this.gateValue = gateValue;
		// everything is drawn on the scale of the bins
		gate = Double.isNaN(gateValue) ? Double.NaN : histogram.from() + histogram
			.binWidth() * histogram.place(gateValue);
		final long[] counts = histogram.counts();
		final double bin = histogram.binWidth();
		final long all = Arrays.stream(counts).sum();
		int first = 0, last = counts.length - 1;
		for (long below = 0; first < last && below + counts[first] <= (1 -
			COVERED) * all; first++)
			below += counts[first];
		for (long above = 0; last > first && above + counts[last] <= (1 - COVERED) *
			all; last--)
			above += counts[last];
		if (!Double.isNaN(gate)) {
			// the gate is always on the axis, with room beside it
			final int at = (int) Math.floor((gate - histogram.from()) / bin);
			last = Math.min(counts.length - 1, Math.max(last, at + Math.max(2, (at -
				first) / 4)));
			first = Math.max(0, Math.min(first, at - 2));
		}
		final int perBar = Math.max(1, (int) Math.ceil((last - first + 1.0) /
			BARS));
		barWidth = perBar * bin;
		bars = new long[(last - first) / perBar + 1];
		for (int i = 0; i < counts.length; i++)
			bars[Math.max(0, Math.min(bars.length - 1, Math.floorDiv(i - first,
				perBar)))] += counts[i];
		from = histogram.from() + first * bin;
		to = from + bars.length * barWidth;
		top = Math.max(1, Arrays.stream(bars).max().orElse(1));
	}

	/**
	 * Draws a histogram.
	 *
	 * @param histogram the counts
	 * @param gate the gate in the unit of the values, NaN where there is none
	 * @param axis what the values are, with the unit
	 * @param description what the figure shows, for those who do not see it
	 */
	static String svg(final Histogram histogram, final double gate,
		final String axis, final String description)
	{
		final HistogramFigure figure = new HistogramFigure(histogram, gate);
		figure.draw(axis, description);
		return figure.svg.toString();
	}

	private void draw(final String axis, final String description) {
		add(
			"<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
			WIDTH, HEIGHT, Html.escape(description));
		final double step = step(top / 4);
		for (double count = 0; count <= top * 1.0001; count += step) {
			add("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
				LEFT, WIDTH - RIGHT, y(count), y(count), count == 0 ? INK : FAINT);
			add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8,
				y(count) + 4.5, Words.count(Math.round(count)));
		}
		for (int i = 0; i < bars.length; i++) {
			if (bars[i] == 0) continue;
			final double a = from + i * barWidth, b = a + barWidth;
			if (Double.isNaN(gate) || b <= gate) bar(a, b, bars[i], NEGATIVE);
			else if (a >= gate) bar(a, b, bars[i], POSITIVE);
			else {
				bar(a, gate, bars[i], NEGATIVE);
				bar(gate, b, bars[i], POSITIVE);
			}
		}
		if (histogram.cofactor() > 0) decades();
		else {
			final double tick = step((to - from) / 8);
			for (double v = Math.ceil(from / tick - 1e-9) * tick; v <= to + tick *
				1e-9; v += tick)
				tick(v, label(v, tick));
		}
		gateLine();
		add(
			"<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" class=\"axis\">%s</text>",
			(LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, Html.escape(axis));
		add(
			"<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\" class=\"axis\">Cells</text>",
			(TOP + HEIGHT - BOTTOM) / 2.0);
		add("</svg>");
	}

	private void tick(final double at, final String label) {
		add("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>", x(
			at), x(at), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 5, INK);
		add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(at),
			HEIGHT - BOTTOM + 20, label);
	}

	/** Ticks at 0 and at 1, 2 and 5 times the powers of ten, where they fit. */
	private void decades() {
		double last = Double.NEGATIVE_INFINITY;
		final List<Double> values = new ArrayList<>();
		for (int power = -6; power <= 9; power++)
			for (final int m : new int[] { 1, 2, 5 }) {
				values.add(m * Math.pow(10, power));
				values.add(-m * Math.pow(10, power));
			}
		values.add(0.0);
		Collections.sort(values);
		for (final double v : values) {
			final double at = histogram.from() + histogram.binWidth() * histogram
				.place(v);
			if (at < from || at > to || x(at) - last < 60) continue;
			last = x(at);
			tick(at, Words.plain(v, 3));
		}
	}

	private void gateLine() {
		if (Double.isNaN(gate)) return;
		add(
			"<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"1.6\" stroke-dasharray=\"6 4\"/>",
			x(gate), x(gate), TOP - 14, HEIGHT - BOTTOM, INK);
		final boolean leftSide = x(gate) > WIDTH * 0.75;
		add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" class=\"gate\">%s</text>",
			x(gate) + (leftSide ? -7 : 7), TOP - 8, leftSide ? "end" : "start",
			leftSide ? "positive from here: gate " + Words.plain(gateValue, 3)
				: "gate " + Words.plain(gateValue, 3) + ": positive from here");
	}

	private void bar(final double a, final double b, final long count,
		final String colour)
	{
		final double gap = b - a >= barWidth * 0.99 ? 0.6 : 0;
		add(
			"<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>",
			x(a), y(count), Math.max(0.4, x(b) - x(a) - gap), HEIGHT - BOTTOM - y(
				count), colour);
	}

	private double x(final double value) {
		return LEFT + (WIDTH - LEFT - RIGHT) * (value - from) / (to - from);
	}

	private double y(final double count) {
		return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * count / top;
	}

	/** The round number not below a length. */
	private static double step(final double least) {
		final double power = Math.pow(10, Math.floor(Math.log10(least)));
		for (final double m : new double[] { 1, 2, 5 })
			if (m * power >= least * 0.9999) return Math.max(m * power, 1e-12);
		return 10 * power;
	}

	private static String label(final double value, final double tick) {
		final int decimals = Math.max(0, (int) Math.ceil(-Math.log10(tick) - 1e-9));
		final String text = String.format(Locale.ROOT, "%,." + decimals + "f",
			value);
		return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
	}

	private void add(final String format, final Object... values) {
		svg.append(String.format(Locale.ROOT, format, values));
	}
}
