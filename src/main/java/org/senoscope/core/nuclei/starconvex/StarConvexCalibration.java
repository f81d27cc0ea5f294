
package org.senoscope.core.nuclei.starconvex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NucleiSettings;
import org.senoscope.core.protocol.OverlapHandling;

/**
 * Settles the scale and the normalisation of a star-convex segmentation, once
 * for a slide.
 */
public final class StarConvexCalibration {

	/** Scales that differ by less are the same. */
	private static final double SAME_SCALE = 1.1;

	/** Rescalings by what the network itself finds. */
	private static final int ROUNDS = 2;

	/** Fewer nuclei say nothing about scale. */
	private static final int LEAST_NUCLEI = 10;

	/** Level-0 pixels that the scale is checked on. */
	private static final long CHECKED_PIXELS = 1500L * 1500;

	/** No picture is brought to another scale by more than this. */
	private static final double LARGEST_STEP = 16;

	// limits of size relative to a typical nucleus, as of the classical method
	private static final double SMALLEST_AREA = 0.08;
	private static final double LARGEST_AREA = 6;

	/** Diameter in level-0 pixels that margins allow for where none is known. */
	private static final double UNKNOWN_DIAMETER = 32;

	private final RadialNetwork network;
	private final NetworkCard card;
	private final Slide slide;
	private final NucleiSettings settings;

	/**
	 * What is known about a slide.
	 *
	 * @param width width in level-0 pixels
	 * @param height height
	 * @param pixelSizeUm width of a level-0 pixel
	 * @param fields rectangles of level-0 pixels that show what is on it
	 * @param white values of clear glass, one for each channel; null if there is
	 *          none
	 * @param diameterPx diameter of a typical nucleus in level-0 pixels as found
	 *          by other means, NaN if unknown
	 */
	public record Slide(int width, int height, double pixelSizeUm,
			List<Region> fields, float[] white, double diameterPx) {

		/** Copies the list. */
		public Slide {
			fields = List.copyOf(fields);
		}
	}

	private StarConvexCalibration(final RadialNetwork network, final Slide slide,
		final NucleiSettings settings)
	{
		this.network = network;
		card = network.card();
		this.slide = slide;
		this.settings = settings;
	}

	/**
	 * Makes the segmenter of a slide.
	 *
	 * @param network the network
	 * @param slide the slide
	 * @param pixels makes a reader of its pixels for each thread
	 * @param settings what the protocol says about nuclei
	 */
	public static StarConvexSegmenter calibrate(final RadialNetwork network,
		final Slide slide, final Supplier<PixelReader> pixels,
		final NucleiSettings settings)
	{
		return new StarConvexCalibration(network, slide, settings).segmenter(
			pixels);
	}

	private StarConvexSegmenter segmenter(final Supplier<PixelReader> pixels) {
		final float[][] range = range(pixels.get());
		final NetworkCard.Normalisation n = card.normalisation();
		StarConvexScale scale = new StarConvexScale(slide.width(), slide.height(),
			1, 1, range[0], range[1], n.white(), orElse(settings.minProbability(),
				card.probabilityThreshold()), orElse(settings.maxShared(), card
					.overlapThreshold()), settings.overlap() == OverlapHandling.TRIM, 0,
			Double.POSITIVE_INFINITY, 0);
		final double d = card.nucleusDiameterPx();
		String origin;
		double step;
		if (Double.isNaN(d)) {
			step = 1;
			origin = "the model names no nucleus diameter: pixels as they are";
		}
		else if (!Double.isNaN(settings.diameterUm())) {
			step = settings.diameterUm() / slide.pixelSizeUm() / d;
			origin = "protocol";
		}
		else {
			if (!Double.isNaN(slide.diameterPx())) {
				step = slide.diameterPx() / d;
				origin = "found from the image";
			}
			else if (!Double.isNaN(card.pixelSizeUm())) {
				step = card.pixelSizeUm() / slide.pixelSizeUm();
				origin = "pixel size of the model";
			}
			else {
				step = 1;
				origin = "unknown: pixels as they are";
			}
			for (int round = 0; round < ROUNDS; round++) {
				final double found = typicalDiameter(scale.atStep(bounded(step), 1, 0,
					Double.POSITIVE_INFINITY, 0), pixels);
				if (Double.isNaN(found) || Math.abs(Math.log(found / d)) < Math.log(
					SAME_SCALE)) break;
				step *= found / d;
				origin = "found by the network";
			}
		}
		step = bounded(step);
		int f = 1;
		while (2 * f <= step)
			f *= 2;
		final double px = Double.isNaN(d) ? orElse(slide.diameterPx(),
			UNKNOWN_DIAMETER) : d * step;
		scale = scale.atStep(step, f, minArea(d * step), maxArea(d * step),
			(int) Math.ceil(2.5 * px / f) + 16);
		return new StarConvexSegmenter(network, scale, pixels, describe(scale,
			Double.isNaN(d) ? slide.diameterPx() : px, origin));
	}

	private static double bounded(final double step) {
		return Math.max(1 / LARGEST_STEP, Math.min(LARGEST_STEP, step));
	}

	private static double orElse(final double value, final double otherwise) {
		return Double.isNaN(value) ? otherwise : value;
	}

	private double minArea(final double diameterPx) {
		if (!Double.isNaN(settings.minAreaUm2())) return settings.minAreaUm2() /
			(slide.pixelSizeUm() * slide.pixelSizeUm());
		return Double.isNaN(diameterPx) ? 0 : SMALLEST_AREA * Math.PI / 4 *
			diameterPx * diameterPx;
	}

	private double maxArea(final double diameterPx) {
		if (!Double.isNaN(settings.maxAreaUm2())) return settings.maxAreaUm2() /
			(slide.pixelSizeUm() * slide.pixelSizeUm());
		return Double.isNaN(diameterPx) ? Double.POSITIVE_INFINITY : LARGEST_AREA *
			Math.PI / 4 * diameterPx * diameterPx;
	}

	/**
	 * Diameter in network pixels of a circle with the median area of what the
	 * network finds.
	 */
	private double typicalDiameter(final StarConvexScale scale,
		final Supplier<PixelReader> pixels)
	{
		final StarConvexSegmenter segmenter = new StarConvexSegmenter(network,
			scale, pixels, Map.of());
		final List<double[]> areas = new ArrayList<>();
		long checked = 0;
		for (final Region field : slide.fields()) {
			areas.add(segmenter.areas(field));
			checked += field.size();
			if (checked >= CHECKED_PIXELS) break;
		}
		final double[] sorted = areas.stream().flatMapToDouble(DoubleStream::of)
			.sorted().toArray();
		return sorted.length < LEAST_NUCLEI ? Double.NaN : 2 * Math.sqrt(
			sorted[sorted.length / 2] / Math.PI);
	}

	/** The values that become 0 and 1, for each channel. */
	private float[][] range(final PixelReader reader) {
		final int channels = card.channels();
		final float[] low = new float[channels], high = new float[channels];
		if (card.normalisation().white()) for (int c = 0; c < channels; c++)
			high[c] = slide.white() == null ? 255 : slide.white()[c];
		else {
			final NetworkCard.Normalisation n = card.normalisation();
			final float[] all = values(reader);
			for (int c = 0; c < channels; c++) {
				final float[] sorted = n.joint() || channels == 1 ? all : every(all, c,
					channels);
				if (c == 0 || !n.joint()) Arrays.sort(sorted);
				low[c] = percentile(sorted, n.low());
				high[c] = percentile(sorted, n.high());
				// an even picture has no range
				if (!(high[c] > low[c])) high[c] = low[c] + 1;
			}
		}
		return new float[][] { low, high };
	}

	private float[] values(final PixelReader reader) {
		int n = 0;
		for (final Region field : slide.fields())
			n += (int) field.size() * card.channels();
		final float[] all = new float[n];
		int at = 0;
		for (final Region field : slide.fields()) {
			final float[] values = new float[(int) field.size() * card.channels()];
			reader.read(field, values);
			System.arraycopy(values, 0, all, at, values.length);
			at += values.length;
		}
		return all;
	}

	private static float[] every(final float[] all, final int first,
		final int step)
	{
		final float[] some = new float[all.length / step];
		for (int i = 0; i < some.length; i++)
			some[i] = all[first + i * step];
		return some;
	}

	/** The percentile of sorted values, between two of them linear, as NumPy. */
	private static float percentile(final float[] sorted, final double percent) {
		final double at = percent / 100 * (sorted.length - 1);
		final int i = (int) Math.min(Math.floor(at), Math.max(0, sorted.length -
			2));
		return (float) (sorted[i] + (at - i) * (sorted[Math.min(i + 1,
			sorted.length - 1)] - sorted[i]));
	}

	private Map<String, Object> describe(final StarConvexScale s,
		final double diameterPx, final String origin)
	{
		final Map<String, Object> d = new LinkedHashMap<>();
		d.put("method", "star-convex");
		d.put("model", card.name());
		d.put("model_sha256", card.fingerprint());
		d.put("nucleus_diameter_px", diameterPx);
		d.put("scale_origin", origin);
		d.put("network_pixel_px", s.step());
		d.put("network_pixel_um", s.step() * slide.pixelSizeUm());
		d.put("working_downsample", s.downsample());
		d.put("normalised_from", doubles(s.low()));
		d.put("normalised_to", doubles(s.high()));
		d.put("probability_threshold", s.probabilityThreshold());
		d.put("overlap_threshold", s.overlapThreshold());
		d.put("overlap", s.trim() ? "trim" : "suppress");
		d.put("min_area_px", s.minAreaPx());
		if (s.maxAreaPx() < Double.POSITIVE_INFINITY) d.put("max_area_px", s
			.maxAreaPx());
		d.put("margin_px", s.marginPx());
		return d;
	}

	private static double[] doubles(final float[] values) {
		return IntStream.range(0, values.length).mapToDouble(i -> values[i])
			.toArray();
	}
}
