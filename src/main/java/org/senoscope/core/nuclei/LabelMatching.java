
package org.senoscope.core.nuclei;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Object-wise comparison of label images by intersection over union (IoU).
 * <p>
 * A predicted and a reference object match at a threshold t if their IoU is at
 * least t. For t above 0.5 each object has at most one partner; below, pairs
 * are taken greedily from the best IoU down. AP = TP/(TP+FP+FN) as in the Data
 * Science Bowl 2018 (Caicedo et al., Nat Methods 2019), F1 = 2TP/(2TP+FP+FN),
 * panoptic quality = sum of matched IoU/(TP+(FP+FN)/2) (Kirillov et al., CVPR
 * 2019). Figures are pooled over all images added, or averaged over images (an
 * image without any object, predicted or reference, counts 1).
 */
public final class LabelMatching {

	/**
	 * Counts and figures at one IoU threshold.
	 *
	 * @param iou threshold
	 * @param truePositives matched pairs
	 * @param falsePositives predicted objects without partner
	 * @param falseNegatives reference objects without partner
	 * @param matchedIouSum sum of IoU over matched pairs
	 * @param images images added
	 * @param meanImageAp mean over images of AP
	 * @param meanImageF1 mean over images of F1
	 */
	public record Score(double iou, long truePositives, long falsePositives,
			long falseNegatives, double matchedIouSum, int images, double meanImageAp,
			double meanImageF1) {

		/** @return TP/(TP+FP+FN), pooled; 1 if there is no object at all */
		public double averagePrecision() {
			final long all = truePositives + falsePositives + falseNegatives;
			return all == 0 ? 1 : truePositives / (double) all;
		}

		/** @return 2TP/(2TP+FP+FN), pooled; 1 if there is no object at all */
		public double f1() {
			final long all = 2 * truePositives + falsePositives + falseNegatives;
			return all == 0 ? 1 : 2 * truePositives / (double) all;
		}

		/** @return TP/(TP+FP), pooled; 1 if nothing was predicted */
		public double precision() {
			final long all = truePositives + falsePositives;
			return all == 0 ? 1 : truePositives / (double) all;
		}

		/** @return TP/(TP+FN), pooled; 1 if there is no reference object */
		public double recall() {
			final long all = truePositives + falseNegatives;
			return all == 0 ? 1 : truePositives / (double) all;
		}

		/** @return panoptic quality, pooled; 1 if there is no object at all */
		public double panopticQuality() {
			final double all = truePositives + 0.5 * (falsePositives +
				falseNegatives);
			return all == 0 ? 1 : matchedIouSum / all;
		}
	}

	private final double[] thresholds;
	private final long[] tp;
	private final long[] fp;
	private final long[] fn;
	private final double[] iouSum;
	private final double[] apSum;
	private final double[] f1Sum;
	private int images;

	/** @param thresholds IoU thresholds, each above 0 and at most 1 */
	public LabelMatching(final double... thresholds) {
		for (final double t : thresholds)
			if (!(t > 0 && t <= 1)) throw new IllegalArgumentException(
				"IoU threshold must be above 0 and at most 1, not " + t);
		this.thresholds = thresholds.clone();
		tp = new long[thresholds.length];
		fp = new long[thresholds.length];
		fn = new long[thresholds.length];
		iouSum = new double[thresholds.length];
		apSum = new double[thresholds.length];
		f1Sum = new double[thresholds.length];
	}

	/**
	 * Adds one image.
	 *
	 * @param predicted labels, 0 is background, any positive values, row major
	 * @param reference labels of the same image in the same order
	 */
	public void add(final int[] predicted, final int[] reference) {
		if (predicted.length != reference.length)
			throw new IllegalArgumentException("Label images differ in size: " +
				predicted.length + " and " + reference.length + " px");
		final Map<Integer, Integer> predictedIndex = new HashMap<>();
		final Map<Integer, Integer> referenceIndex = new HashMap<>();
		final int[] p = dense(predicted, predictedIndex);
		final int[] r = dense(reference, referenceIndex);
		final int[] predictedArea = new int[predictedIndex.size() + 1];
		final int[] referenceArea = new int[referenceIndex.size() + 1];
		final Map<Long, Integer> overlap = new HashMap<>();
		long lastKey = -1;
		int run = 0;
		for (int i = 0; i < p.length; i++) {
			predictedArea[p[i]]++;
			referenceArea[r[i]]++;
			final long key = p[i] == 0 || r[i] == 0 ? -1 : (long) p[i] << 32 | r[i];
			if (key != lastKey) {
				if (lastKey >= 0) overlap.merge(lastKey, run, Integer::sum);
				lastKey = key;
				run = 0;
			}
			run++;
		}
		if (lastKey >= 0) overlap.merge(lastKey, run, Integer::sum);

		final int n = overlap.size();
		final long[] keys = new long[n];
		final double[] ious = new double[n];
		int k = 0;
		for (final Map.Entry<Long, Integer> e : overlap.entrySet())
			keys[k++] = e.getKey();
		Arrays.sort(keys);
		final Integer[] order = new Integer[n];
		for (int i = 0; i < n; i++) {
			final int common = overlap.get(keys[i]);
			final int a = (int) (keys[i] >>> 32);
			final int b = (int) keys[i];
			ious[i] = common / (double) (predictedArea[a] + referenceArea[b] -
				common);
			order[i] = i;
		}
		Arrays.sort(order, (i, j) -> Double.compare(ious[j], ious[i]));
		images++;
		for (int t = 0; t < thresholds.length; t++) {
			final boolean[] usedPredicted = new boolean[predictedArea.length];
			final boolean[] usedReference = new boolean[referenceArea.length];
			int matched = 0;
			for (final int i : order) {
				if (ious[i] < thresholds[t]) break;
				final int a = (int) (keys[i] >>> 32);
				final int b = (int) keys[i];
				if (usedPredicted[a] || usedReference[b]) continue;
				usedPredicted[a] = true;
				usedReference[b] = true;
				matched++;
				iouSum[t] += ious[i];
			}
			final int extra = predictedArea.length - 1 - matched;
			final int missed = referenceArea.length - 1 - matched;
			tp[t] += matched;
			fp[t] += extra;
			fn[t] += missed;
			final int all = matched + extra + missed;
			apSum[t] += all == 0 ? 1 : matched / (double) all;
			f1Sum[t] += all == 0 ? 1 : 2.0 * matched / (all + matched);
		}
	}

	/**
	 * @return the figures of all images added, one for each threshold in the
	 *         order given
	 */
	public Score[] scores() {
		final Score[] scores = new Score[thresholds.length];
		for (int t = 0; t < scores.length; t++)
			scores[t] = new Score(thresholds[t], tp[t], fp[t], fn[t], iouSum[t],
				images, apSum[t] / Math.max(1, images), f1Sum[t] / Math.max(1, images));
		return scores;
	}

	/** @return the number of images added */
	public int images() {
		return images;
	}

	/**
	 * Renumbers labels 1..n in order of appearance, since label values may be
	 * sparse.
	 */
	private static int[] dense(final int[] labels,
		final Map<Integer, Integer> index)
	{
		final int[] out = new int[labels.length];
		int last = 0;
		int lastDense = 0;
		for (int i = 0; i < labels.length; i++) {
			final int v = labels[i];
			if (v <= 0) continue;
			if (v != last) {
				last = v;
				final Integer known = index.putIfAbsent(v, index.size() + 1);
				lastDense = known == null ? index.size() : known;
			}
			out[i] = lastDense;
		}
		return out;
	}
}
