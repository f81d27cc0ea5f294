
package org.senoscope.core.nuclei;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fixed numbers of a classical segmentation, found once for a slide and
 * then used for every block of it.
 *
 * @param nucleusDiameterPx typical diameter of a nucleus in level-0 pixels; NaN
 *          if no nucleus was found
 * @param workingDownsample side of the blocks of level-0 pixels that are
 *          averaged into one working pixel (1, 2, 4, ...)
 * @param background signal of the background
 * @param backgroundNoise standard deviation of the smoothed background
 * @param threshold lowest smoothed signal that can belong to a nucleus;
 *          infinite if the samples hold no nucleus
 * @param softening signal added before the square root that evens out the
 *          variance
 * @param saturation smoothed signal of the highest level
 * @param typicalLevel typical mean level (0..1023, of the square root scale) of
 *          a nucleus
 * @param minLevel least mean level of a nucleus
 * @param sigmaPx standard deviation of the smoothing Gaussian, working pixels
 * @param minAreaPx smallest nucleus, working pixels
 * @param maxAreaPx largest nucleus, working pixels
 * @param maxExtentPx longest side of the bounding box of a nucleus, working
 *          pixels
 * @param marginPx working pixels that a block needs around it, a multiple of 16
 * @param cut quality from which on a region counts as a nucleus
 * @param splitting readiness to split touching nuclei; 1 is balanced
 * @param brightfield whether the signal is that of absorbing stains
 */
public record ClassicalModel(double nucleusDiameterPx, int workingDownsample,
		double background, double backgroundNoise, double threshold,
		double softening, double saturation, double typicalLevel, double minLevel,
		double sigmaPx, int minAreaPx, int maxAreaPx, int maxExtentPx, int marginPx,
		double cut, double splitting, boolean brightfield) {

	/** Levels of the plane whose thresholds are searched. */
	static final int LEVELS = 1024;

	/** Diameter in working pixels up to which pixels are not averaged further. */
	private static final double MAX_WORKING_DIAMETER = 26;

	// Outside of these a diameter counts half: a weak guide, since the pixel size
	// may be wrong.
	private static final double MIN_DIAMETER_UM = 2;
	private static final double MAX_DIAMETER_UM = 60;
	private static final double SCALE_SIGMA_PX = 1.0;

	/** @return whether the samples held anything that may be a nucleus */
	public boolean hasNuclei() {
		return threshold < Double.POSITIVE_INFINITY;
	}

	/** @return the level of a smoothed signal */
	double level(final double signal) {
		final double root = Math.sqrt(softening);
		final double scale = (LEVELS - 1) / (Math.sqrt(saturation - background +
			softening) - root);
		return Math.min(LEVELS - 1, scale * (Math.sqrt(Math.max(0, signal -
			background) + softening) - root));
	}

	/** @return the signal that has a level */
	private double signal(final double level) {
		final double root = Math.sqrt(softening);
		final double above = level / (LEVELS - 1) * (Math.sqrt(saturation -
			background + softening) - root) + root;
		return background + above * above - softening;
	}

	RegionScore score() {
		return new RegionScore(Math.PI / 4 * Math.pow(nucleusDiameterPx /
			workingDownsample, 2), typicalLevel, minLevel, minAreaPx, maxAreaPx,
			maxExtentPx, RegionScore.firstNetwork(brightfield), cut, splitting);
	}

	/**
	 * Finds the numbers from sample planes.
	 *
	 * @param samples planes of nuclear signal at level-0 resolution, from places
	 *          with tissue
	 * @param pixelSizeUm side of a level-0 pixel in µm; NaN if unknown. Only a
	 *          weak guide to the size of nuclei, since many images carry a wrong
	 *          one, but it scales what the settings give in µm.
	 * @param settings valid settings
	 */
	public static ClassicalModel calibrate(final List<SignalPlane> samples,
		final double pixelSizeUm, final ClassicalSettings settings)
	{
		final double given = settings.diameterUm() / pixelSizeUm;
		final Diameter found = Double.isNaN(given) ? findDiameter(samples,
			pixelSizeUm, settings) : new Diameter(given, 0);
		if (found == null) return none();
		return forDiameter(samples, found.px(), pixelSizeUm, settings);
	}

	/** Pixels from which a distribution of signal is taken, about. */
	private static final long RANGE_PIXELS = 300_000;

	private static ClassicalModel none() {
		return new ClassicalModel(Double.NaN, 1, 0, 0, Double.POSITIVE_INFINITY, 1,
			1, 1, 0, SCALE_SIGMA_PX, 1, 1, 1, 16, RegionScore.cut(false), 1, false);
	}

	static ClassicalModel forDiameter(final List<SignalPlane> samples,
		final double diameterPx, final double pixelSizeUm,
		final ClassicalSettings settings)
	{
		int f = 1;
		while (diameterPx / f > MAX_WORKING_DIAMETER)
			f *= 2;
		final double d = diameterPx / f;
		final double area = Math.PI / 4 * d * d;
		final double px2 = pixelSizeUm * pixelSizeUm * f * f;
		final int minArea = (int) Math.max(6, Double.isNaN(settings.minAreaUm2() /
			px2) ? 0.08 * area : settings.minAreaUm2() / px2);
		final int maxArea = (int) Math.max(minArea + 1, Double.isNaN(settings
			.maxAreaUm2() / px2) ? 6 * area : settings.maxAreaUm2() / px2);
		final int extent = (int) Math.ceil(1.5 * Math.sqrt(maxArea));
		final double sigma = Math.max(0.5, settings.smoothing() * d);
		final List<SignalPlane> working = averaged(samples, f);
		final Range range = range(working, sigma, settings);
		if (range == null) return none();
		final int margin = (extent + ClassicalNuclei.radius(sigma) + 2 + 15) / 16 *
			16;
		final ClassicalModel draft = range.model(diameterPx, f, 500, sigma, minArea,
			maxArea, extent, margin);
		final double typicalLevel = typicalLevel(working, draft, settings
			.brightfield());
		return new ClassicalModel(diameterPx, f, range.background, range.noise,
			range.threshold, range.softening, range.saturation, typicalLevel, draft
				.level(range.background + settings.minRelativeSignal() * settings
					.thresholdScale() * (draft.signal(typicalLevel) - range.background)),
			sigma, minArea, maxArea, extent, margin, RegionScore.cut(settings
				.brightfield()), settings.splitting(), settings.brightfield());
	}

	private static List<SignalPlane> averaged(final List<SignalPlane> samples,
		final int f)
	{
		final List<SignalPlane> working = new ArrayList<>();
		for (final SignalPlane sample : samples)
			working.add(sample.areaAveraged(f));
		return working;
	}

	/**
	 * The typical level of nuclei: score-weighted median over what is chosen with
	 * a first guess.
	 */
	private static double typicalLevel(final List<SignalPlane> working,
		final ClassicalModel draft, final boolean brightfield)
	{
		final Found found = new Found();
		final ClassicalNuclei nuclei = new ClassicalNuclei(draft);
		final ClassicalNuclei.Scratch scratch = new ClassicalNuclei.Scratch();
		final RegionScore s = draft.score();
		final RegionScore free = new RegionScore(s.typicalArea(), 500, 0, Math.max(
			6, (int) (s.typicalArea() / 4)), (int) (s.typicalArea() * 4), s
				.maxExtent(), RegionScore.firstNetwork(brightfield) +
					RegionScore.SCALE_FREE, RegionScore.cut(brightfield), 1);
		for (final SignalPlane plane : working)
			nuclei.choose(plane.values(), plane.width(), plane.height(), free,
				scratch, (area, meanLevel, weight) -> found.add(meanLevel, weight));
		return found.n == 0 ? 500 : found.weightedMedian();
	}

	/** A diameter in level-0 pixels and how much spoke for it. */
	record Diameter(double px, double weight) {
	}

	static Diameter findDiameter(final List<SignalPlane> samples,
		final double pixelSizeUm, final ClassicalSettings settings)
	{
		Diameter best = null;
		for (int f = 1; f <= 8; f *= 2) {
			final List<SignalPlane> working = averaged(samples, f);
			final Range range = range(working, SCALE_SIGMA_PX, settings);
			if (range == null) continue;
			// What is smaller was looked for before it was averaged.
			final int minArea = f == 1 ? 30 : 80;
			final ClassicalModel draft = range.model(Double.NaN, f, 500,
				SCALE_SIGMA_PX, minArea, 800, 60, 16);
			final RegionScore free = new RegionScore(180, 500, 0, minArea, 800, 60,
				RegionScore.firstNetwork(settings.brightfield()) +
					RegionScore.SCALE_FREE, RegionScore.cut(settings.brightfield()), 1);
			final ClassicalNuclei nuclei = new ClassicalNuclei(draft);
			final ClassicalNuclei.Scratch scratch = new ClassicalNuclei.Scratch();
			final Found found = new Found();
			final double[] coverage = new double[1];
			for (final SignalPlane plane : working)
				nuclei.choose(plane.values(), plane.width(), plane.height(), free,
					scratch, (area, meanLevel, weight) -> {
						found.add(Math.sqrt(area * 4 / Math.PI), weight);
						coverage[0] += weight * Math.sqrt(area);
					});
			if (found.n == 0) continue;
			final double px = found.weightedMedian() * f;
			double weight = coverage[0] * f;
			if (px * pixelSizeUm < MIN_DIAMETER_UM || px *
				pixelSizeUm > MAX_DIAMETER_UM) weight *= 0.5;
			if (best == null || weight > best.weight) best = new Diameter(px, weight);
		}
		return best;
	}

	/**
	 * Signal range of smoothed planes; null if there is nothing above the
	 * background.
	 */
	static Range range(final List<SignalPlane> working, final double sigma,
		final ClassicalSettings settings)
	{
		long pixels = 0;
		for (final SignalPlane plane : working)
			pixels += (long) plane.width() * plane.height();
		// every so many pixels are enough for a distribution
		final int step = (int) Math.max(1, pixels / RANGE_PIXELS);
		final float[] all = new float[(int) (pixels / step) + working.size()];
		int n = 0;
		final ClassicalNuclei.Scratch scratch = new ClassicalNuclei.Scratch();
		for (final SignalPlane plane : working) {
			final float[] smoothed = ClassicalNuclei.smooth(plane.values(), plane
				.width(), plane.height(), sigma, 0, scratch);
			final int count = plane.width() * plane.height();
			for (int i = 0; i < count; i += step)
				if (Float.isFinite(plane.values()[i])) all[n++] = smoothed[i];
		}
		if (n < 16) return null;
		Arrays.sort(all, 0, n);
		final double low = all[(int) (n * 0.001)];
		final double high = all[n - 1 - (int) (n * 0.0005)];
		if (!(high > low)) return null;
		// The background is the lowest clear peak of the histogram.
		final int bins = 256;
		final double[] histogram = new double[bins];
		final double top = all[(int) (n * 0.98)] > low ? all[(int) (n * 0.98)]
			: high;
		for (int i = 0; i < n; i++) {
			final int b = (int) ((all[i] - low) / (top - low) * (bins - 1));
			if (b >= 0 && b < bins) histogram[b]++;
		}
		final double[] smooth = new double[bins];
		double peak = 0;
		for (int b = 0; b < bins; b++) {
			double sum = 0;
			for (int k = -5; k <= 5; k++)
				sum += histogram[Math.min(bins - 1, Math.max(0, b + k))] * (6 - Math
					.abs(k));
			smooth[b] = sum;
			peak = Math.max(peak, sum);
		}
		int mode = 0;
		while (mode < bins - 1 && !(smooth[mode] >= 0.3 * peak &&
			smooth[mode] >= smooth[mode + 1]))
			mode++;
		final double background = low + (mode + 0.5) / (bins - 1) * (top - low);
		double sum = 0;
		int below = 0;
		while (below < n && all[below] < background) {
			sum += (all[below] - background) * (all[below] - background);
			below++;
		}
		final double noise = below == 0 ? 0 : Math.sqrt(sum / below);
		if (high - background < 6 * noise) return null;
		final double threshold = background + settings.thresholdScale() * Math.max(
			4 * noise, 0.07 * (high - background));
		final double softening = Math.max(3 * noise, 0.03 * (high - background));
		return new Range(background, noise, threshold, softening, high);
	}

	record Range(double background, double noise, double threshold,
			double softening, double saturation) {

		ClassicalModel model(final double diameter, final int f,
			final double typical, final double sigma, final int minArea,
			final int maxArea, final int extent, final int margin)
		{
			return new ClassicalModel(diameter, f, background, noise, threshold,
				softening, saturation, typical, 0, sigma, minArea, maxArea, extent,
				margin, RegionScore.cut(false), 1, false);
		}
	}

	/** Values with weights. */
	private static final class Found {

		private double[] values = new double[256];
		private double[] weights = new double[256];
		private int n;

		void add(final double value, final double weight) {
			if (n == values.length) {
				values = Arrays.copyOf(values, 2 * n);
				weights = Arrays.copyOf(weights, 2 * n);
			}
			values[n] = value;
			weights[n++] = weight;
		}

		double weightedMedian() {
			final Integer[] order = new Integer[n];
			double total = 0;
			for (int i = 0; i < n; i++) {
				order[i] = i;
				total += weights[i];
			}
			Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
			double sum = 0;
			for (final int i : order) {
				sum += weights[i];
				if (sum >= total / 2) return values[i];
			}
			return values[order[n - 1]];
		}
	}
}
