
package org.senoscope.core.phenotype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

import org.senoscope.core.phenotype.TrainingSettings.Anchoring;
import org.senoscope.core.protocol.ControlRole;

/**
 * Makes readings of different slides comparable. First each slide is brought to
 * the scale of the training cells, {@code x' = floor + (x - slideFloor) x scale
 * / slideScale}: the floor is the median of blank controls, else 0 (where a
 * feature has negative values, the median of the anchor cells); the scale is
 * the mean of the anchor cells above the floor without their top twentieth
 * (their interquartile range where there are negative values). A slide stained
 * twice as strongly is thereby the same slide. Then the network sees
 * {@code (asinh(x' / cofactor) - mean) / deviation}: linear in the noise below
 * the cofactor, logarithmic above.
 *
 * @param features names
 * @param anchoring CONTROL, CONTROL_OR_SLIDE, SLIDE or NONE
 * @param signed whether a feature has negative values
 * @param floor of the training cells
 * @param scale of the training cells
 * @param wholeFloor of all cells of the training slides, controls or not, by
 *          which a slide without a control is anchored; null: not known
 * @param wholeScale likewise
 * @param cofactor median of blank controls where there are any, else a low
 *          quantile
 * @param mean of the training cells on the asinh scale
 * @param deviation of the training cells on the asinh scale
 */
public record ValueScaling(List<String> features, Anchoring anchoring,
		boolean[] signed, float[] floor, float[] scale, float[] wholeFloor,
		float[] wholeScale, float[] cofactor, float[] mean, float[] deviation) {

	/** Cells that an anchor needs to be trusted. */
	static final int FEWEST_ANCHORS = 20;

	/** Cells of a slide that its anchors are taken from at most. */
	private static final int MOST_ANCHORS = 4096;

	private static final double SIGNED_SHARE = 0.005;

	/**
	 * Learns the scaling.
	 *
	 * @param cells training cells and controls
	 * @param wanted what to anchor by
	 * @param notes gets the fallbacks taken
	 */
	public static ValueScaling fit(final CellFeatures cells,
		final Anchoring wanted, final List<String> notes)
	{
		final int f = cells.names().size();
		final boolean negatives = has(cells, ControlRole.NEGATIVE);
		Anchoring anchoring = wanted == Anchoring.AUTO ? negatives
			? Anchoring.CONTROL : Anchoring.NONE : wanted;
		if (anchoring == Anchoring.CONTROL_OR_SLIDE && !negatives) anchoring =
			Anchoring.SLIDE;
		if (anchoring == Anchoring.CONTROL && !negatives) {
			anchoring = Anchoring.NONE;
			notes.add(
				"There are no negative controls: values are taken as they are, so slides must have been stained and imaged alike.");
		}
		final boolean[] signed = new boolean[f];
		final float[] cofactor = new float[f];
		final float[] floor = new float[f];
		final float[] scale = new float[f];
		final boolean whole = anchoring == Anchoring.CONTROL_OR_SLIDE;
		final float[] wholeFloor = whole ? new float[f] : null;
		final float[] wholeScale = whole ? new float[f] : null;
		final float[] mean = new float[f];
		final float[] deviation = new float[f];
		for (int j = 0; j < f; j++) {
			final float[] all = sorted(cells, j, i -> true);
			signed[j] = all.length > 0 && quantile(all, SIGNED_SHARE) < 0;
		}
		final ValueScaling plain = new ValueScaling(cells.names(), anchoring,
			signed, floor, scale, wholeFloor, wholeScale, cofactor, mean, deviation);
		final Anchors own = plain.newAnchors();
		own.add(cells);
		// The scale to bring all slides to: that of the middle slide.
		final List<float[][]> slides = own.found(), wholes = own.wholes();
		for (int j = 0; j < f; j++) {
			final int feature = j;
			floor[j] = middle(slides, 0, j, 0);
			scale[j] = middle(slides, 1, j, 1);
			if (whole) {
				wholeFloor[j] = middle(wholes, 0, j, floor[j]);
				wholeScale[j] = middle(wholes, 1, j, scale[j]);
			}
			final float[] blanks = sorted(cells, j, i -> cells.control(
				i) == ControlRole.BLANK);
			final float[] shown = sorted(cells, j, i -> cells.control(
				i) != ControlRole.BLANK && cells.value(i, feature) != 0);
			cofactor[j] = positive(signed[j] ? quantile(shown, 0.75) - quantile(shown,
				0.25) : blanks.length >= FEWEST_ANCHORS ? quantile(blanks, 0.5)
					: quantile(shown, 0.1));
		}
		final float[] anchored = plain.anchored(cells, own);
		for (int j = 0; j < f; j++) {
			double n = 0, sum = 0, squares = 0;
			for (int i = 0; i < cells.cells(); i++) {
				final double z = asinh(anchored[i * f + j] / cofactor[j]);
				if (Double.isNaN(z) || cells.control(i) == ControlRole.BLANK) continue;
				n++;
				sum += z;
				squares += z * z;
			}
			mean[j] = n == 0 ? 0 : (float) (sum / n);
			deviation[j] = positive((float) Math.sqrt(Math.max(0, n == 0 ? 0
				: squares / n - sum / n * sum / n)));
		}
		return plain;
	}

	private static boolean has(final CellFeatures cells, final ControlRole role) {
		for (int i = 0; i < cells.cells(); i++)
			if (cells.control(i) == role) return true;
		return false;
	}

	private static float middle(final List<float[][]> slides, final int which,
		final int feature, final float otherwise)
	{
		final float[] all = new float[slides.size()];
		int n = 0;
		for (final float[][] s : slides)
			if (!Float.isNaN(s[which][feature])) all[n++] = s[which][feature];
		Arrays.sort(all, 0, n);
		return n == 0 ? otherwise : all[n / 2];
	}

	private static float positive(final float x) {
		return x > 0 && Float.isFinite(x) ? x : 1;
	}

	private static float[] sorted(final CellFeatures cells, final int feature,
		final IntPredicate which)
	{
		final float[] out = new float[cells.cells()];
		int n = 0;
		for (int i = 0; i < out.length; i++)
			if (which.test(i) && Float.isFinite(cells.value(i, feature))) out[n++] =
				cells.value(i, feature);
		final float[] cut = Arrays.copyOf(out, n);
		Arrays.sort(cut);
		return cut;
	}

	private static float quantile(final float[] sorted, final double q) {
		return sorted.length == 0 ? Float.NaN : sorted[(int) Math.round(q *
			(sorted.length - 1))];
	}

	/** The inverse hyperbolic sine. */
	static double asinh(final double x) {
		final double a = Math.abs(x);
		return Math.copySign(Math.log(a + Math.sqrt(a * a + 1)), x);
	}

	/** Returns an empty collector of the anchors of slides. */
	public Anchors newAnchors() {
		return new Anchors();
	}

	/**
	 * Brings cells to the scale of the training cells.
	 *
	 * @param cells with this scaling's features
	 * @return {@code cells x features}, NaN: not measured
	 */
	public float[] anchored(final CellFeatures cells, final Anchors anchors) {
		final int f = features.size();
		final float[] out = new float[cells.values().length];
		String slide = null;
		float[][] anchor = null;
		for (int i = 0; i < cells.cells(); i++) {
			if (!cells.slide(i).equals(slide)) {
				slide = cells.slide(i);
				anchor = anchors.of(slide);
			}
			for (int j = 0; j < f; j++) {
				final float x = cells.values()[i * f + j];
				// Infinity is no reading either.
				out[i * f + j] = !Float.isFinite(x) ? Float.NaN : floor[j] + (x -
					anchor[0][j]) * (scale[j] / anchor[1][j]);
			}
		}
		return out;
	}

	/**
	 * Returns standard scores on the asinh scale of anchored values; NaN stays.
	 */
	public float[] standard(final float[] anchored) {
		final int f = features.size();
		final float[] z = new float[anchored.length];
		for (int i = 0; i < z.length; i++) {
			final int j = i % f;
			z[i] = (float) ((asinh(anchored[i] / cofactor[j]) - mean[j]) /
				deviation[j]);
		}
		return z;
	}

	/** Returns the anchored value of a standard score. */
	float value(final int feature, final double z) {
		return (float) (Math.sinh(z * deviation[feature] + mean[feature]) *
			cofactor[feature]);
	}

	/** Samples of the anchor cells of each slide. */
	public final class Anchors implements SlideAnchors {

		/** A uniform sample of values: reservoir sampling, seeded by order. */
		private static final class Sample {

			private final List<float[]> rows = new ArrayList<>();
			private final SplittableRandom random = new SplittableRandom(1);
			private long seen;

			void add(final float[] row) {
				seen++;
				if (rows.size() < MOST_ANCHORS) {
					rows.add(row);
					return;
				}
				final long at = random.nextLong(seen);
				if (at < MOST_ANCHORS) rows.set((int) at, row);
			}

			float[] sorted(final int feature) {
				final float[] out = new float[rows.size()];
				int n = 0;
				for (final float[] row : rows)
					if (Float.isFinite(row[feature])) out[n++] = row[feature];
				final float[] cut = Arrays.copyOf(out, n);
				Arrays.sort(cut);
				return cut;
			}
		}

		private final Map<String, Sample> cellsOf = new LinkedHashMap<>();
		private final Map<String, Sample> blanksOf = new LinkedHashMap<>();
		private final Map<String, Sample> wholeOf = new LinkedHashMap<>();
		private final Set<String> slides = new LinkedHashSet<>();
		private final Map<String, float[][]> found = new LinkedHashMap<>();

		private Anchors() {}

		@Override
		public void add(final CellFeatures given) {
			final CellFeatures cells = given.select(features);
			final int f = features.size();
			found.clear();
			for (int i = 0; i < cells.cells(); i++) {
				final String slide = cells.slide(i);
				slides.add(slide);
				final ControlRole role = cells.control(i);
				final boolean blank = role == ControlRole.BLANK;
				if (wholeScale != null && !blank) wholeOf.computeIfAbsent(slide,
					s -> new Sample()).add(Arrays.copyOfRange(cells.values(), i * f, (i +
						1) * f));
				if (anchoring == Anchoring.NONE || !blank &&
					anchoring != Anchoring.SLIDE && role != ControlRole.NEGATIVE)
					continue;
				(blank ? blanksOf : cellsOf).computeIfAbsent(slide, s -> new Sample())
					.add(Arrays.copyOfRange(cells.values(), i * f, (i + 1) * f));
			}
		}

		/** Floor and scale of a slide; those of training where unknown. */
		private synchronized float[][] of(final String slide) {
			return found.computeIfAbsent(slide, s -> {
				final float[][] anchor = measure(s, cellsOf);
				final float[][] whole = wholeScale == null ? null : measure(s, wholeOf);
				for (int j = 0; j < features.size(); j++)
					if (Float.isNaN(anchor[1][j])) {
						final boolean known = whole != null && !Float.isNaN(whole[1][j]);
						final float ratio = known ? whole[1][j] / wholeScale[j] : 1;
						anchor[0][j] = known ? whole[0][j] - ratio * (wholeFloor[j] -
							floor[j]) : floor[j];
						anchor[1][j] = scale[j] * ratio;
					}
				return anchor;
			});
		}

		/** What can be measured of each slide, NaN where it cannot. */
		private List<float[][]> found() {
			return slides.stream().map(s -> measure(s, cellsOf)).toList();
		}

		private List<float[][]> wholes() {
			return slides.stream().map(s -> measure(s, wholeOf)).toList();
		}

		private float[][] measure(final String slide,
			final Map<String, Sample> from)
		{
			final int f = features.size();
			final float[][] anchor = new float[2][f];
			for (int j = 0; j < f; j++) {
				final float[] cells = values(from, slide, j);
				final float[] blanks = values(blanksOf, slide, j);
				anchor[0][j] = anchor[1][j] = Float.NaN;
				if (cells.length < FEWEST_ANCHORS) continue;
				if (signed[j]) {
					anchor[0][j] = quantile(cells, 0.5);
					anchor[1][j] = positive(quantile(cells, 0.75) - quantile(cells,
						0.25));
					continue;
				}
				anchor[0][j] = blanks.length < FEWEST_ANCHORS ? 0 : quantile(blanks,
					0.5);
				double sum = 0;
				final int kept = cells.length - cells.length / 20;
				for (int i = 0; i < kept; i++)
					sum += cells[i] - anchor[0][j];
				anchor[1][j] = positive((float) (sum / kept));
			}
			return anchor;
		}

		private float[] values(final Map<String, Sample> from, final String slide,
			final int feature)
		{
			final Sample sample = from.get(slide);
			return sample == null ? new float[0] : sample.sorted(feature);
		}

		@Override
		public List<String> notes() {
			final List<String> notes = new ArrayList<>();
			if (anchoring == Anchoring.NONE) return notes;
			final List<String> without = slides.stream().filter(s -> {
				final Sample sample = cellsOf.get(s);
				return sample == null || sample.rows.size() < FEWEST_ANCHORS;
			}).toList();
			// A table without a column of slides is one slide without a name.
			final String names = String.join(", ", without.subList(0, Math.min(3,
				without.size()))) + (without.size() > 3 ? ", ..." : "");
			if (!without.isEmpty()) notes.add((without.size() == 1 ? "1 slide has"
				: without.size() + " slides have") + " fewer than " + FEWEST_ANCHORS +
				(anchoring != Anchoring.SLIDE ? " negative control cells" : " cells") +
				(names.isEmpty() ? "" : " (" + names + ")") + ": " + (wholeScale == null
					? "the intensities of the training slides are assumed."
					: "all their cells together are the anchor, which is right where slides are mixed alike."));
			return notes;
		}
	}
}
