
package org.senoscope.core.assay.ki67;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.senoscope.core.spatial.CellGrid;
import org.senoscope.core.spatial.ClusteredShare;
import org.senoscope.core.spatial.HotSpots;

/**
 * Everything that is said of a labelling index beside the share itself: over
 * the tumour and over all nuclei, by region, in hot spots, how many nuclei or
 * fields are still wanted, and the category where the tumour type has one.
 */
public final class LabellingIndex {

	/** Side of the squares in which nuclei are counted for hot spots, µm. */
	private static final double SQUARE_UM = 25;

	/** Deviation of the Gaussian of the density peak, µm. */
	private static final double PEAK_UM = 100;

	/** Fields looked at are never more than so many times those there are. */
	private static final int MOST_FIELDS = 1000;

	private final Ki67Settings settings;
	private final double pixelSizeUm;
	private final CellGrid grid;
	private final Map<String, long[]> regions = new TreeMap<>();
	private final long[] all = new long[2], tumour = new long[2];

	/**
	 * Begins a count.
	 *
	 * @param settings fewest nuclei and the interval wanted
	 * @param pixelSizeUm width of a level-0 pixel
	 */
	public LabellingIndex(final Ki67Settings settings, final double pixelSizeUm) {
		this.settings = settings;
		this.pixelSizeUm = pixelSizeUm;
		grid = new CellGrid(SQUARE_UM / pixelSizeUm);
	}

	/**
	 * Adds a nucleus.
	 *
	 * @param x centre in level-0 pixels
	 * @param y centre in level-0 pixels
	 * @param region annotation that holds it, null for none
	 * @param isTumour whether it is known to be of the tumour
	 * @param counts whether it counts in the index
	 * @param positive whether it is positive
	 */
	public void add(final double x, final double y, final String region,
		final boolean isTumour, final boolean counts, final boolean positive)
	{
		count(all, positive);
		if (isTumour) count(tumour, positive);
		if (!counts) return;
		grid.add(x, y, positive);
		if (region != null && !region.isBlank()) count(regions.computeIfAbsent(
			region, r -> new long[2]), positive);
	}

	private static void count(final long[] counts, final boolean positive) {
		counts[0]++;
		if (positive) counts[1]++;
	}

	/**
	 * Sums up.
	 *
	 * @param index the index that is shown
	 * @param interval its 95 % interval in percent
	 * @param areaMm2 analysed area
	 * @param regionMm2 area of annotations by name
	 * @param tumourType as the protocol states it
	 * @param tumourKnown whether the nuclei that count are known to be of the
	 *          tumour
	 * @param isField whether the picture is a field, not a slide
	 * @param warnings receives what a reader should know
	 * @return nested values for summary and report
	 */
	public Map<String, Object> build(final ClusteredShare index,
		final double[] interval, final double areaMm2,
		final Map<String, Double> regionMm2, final String tumourType,
		final boolean tumourKnown, final boolean isField,
		final List<String> warnings)
	{
		final Map<String, Object> said = new LinkedHashMap<>();
		said.put("over_all_nuclei", share(all[0], all[1], areaMm2));
		if (tumour[0] > 0) said.put("over_tumour_nuclei", share(tumour[0],
			tumour[1], Double.NaN));
		said.put("positive_per_mm2", index.positive() / areaMm2);
		said.put("counted_per_mm2", index.measured() / areaMm2);
		final long missing = Math.max(0, settings.minNuclei() - index.measured());
		said.put("more_nuclei_wanted", missing);
		if (missing > 0) warnings.add(String.format(Locale.ROOT,
			"Ki-67: %d nuclei were counted; at least %d are asked for, %d more are needed.",
			index.measured(), settings.minNuclei(), missing));
		regions(said, regionMm2);
		final HotSpots.HotSpot window = HotSpots.window(grid, settings
			.hotSpotNuclei());
		if (window != null) said.put("hot_spot_window", spot(window));
		final HotSpots.HotSpot peak = HotSpots.peak(grid, PEAK_UM / pixelSizeUm);
		if (peak != null) said.put("hot_spot_peak", spot(peak));
		category(said, index, window, tumourType, tumourKnown, warnings);
		if (isField && !Double.isNaN(interval[0])) fields(said, interval);
		return said;
	}

	private static Map<String, Object> share(final long measured,
		final long positive, final double mm2)
	{
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("measured", measured);
		values.put("positive", positive);
		values.put("percent", measured == 0 ? Double.NaN : 100.0 * positive /
			measured);
		final double[] counting = ClusteredShare.wilson(positive, measured);
		values.put("counting_low_percent", counting[0]);
		values.put("counting_high_percent", counting[1]);
		if (!Double.isNaN(mm2)) {
			values.put("area_mm2", mm2);
			values.put("cells_per_mm2", measured / mm2);
		}
		return values;
	}

	/** Index by region, and the mean of the regions weighted by their area. */
	private void regions(final Map<String, Object> said,
		final Map<String, Double> regionMm2)
	{
		if (regions.isEmpty()) return;
		final Map<String, Object> by = new LinkedHashMap<>();
		double sum = 0, weight = 0;
		for (final Map.Entry<String, long[]> e : regions.entrySet()) {
			final double mm2 = regionMm2.getOrDefault(e.getKey(), Double.NaN);
			by.put(e.getKey(), share(e.getValue()[0], e.getValue()[1], mm2));
			if (Double.isNaN(mm2)) continue;
			sum += mm2 * e.getValue()[1] / e.getValue()[0];
			weight += mm2;
		}
		said.put("regions", by);
		if (weight > 0 && regions.size() > 1) said.put("weighted_by_area_percent",
			100 * sum / weight);
	}

	private Map<String, Object> spot(final HotSpots.HotSpot spot) {
		final Map<String, Object> values = share(spot.measured(), spot.positive(),
			spot.areaPx() * pixelSizeUm * pixelSizeUm / 1e6);
		values.put("polygon_px", HotSpots.corners(spot.outline()));
		return values;
	}

	private static void category(final Map<String, Object> said,
		final ClusteredShare index, final HotSpots.HotSpot window,
		final String tumourType, final boolean tumourKnown,
		final List<String> warnings)
	{
		final Ki67Category category = Ki67Category.of(tumourType, index.percent(),
			window == null ? Double.NaN : window.percent());
		final String missing = Ki67Category.missing(tumourType);
		if (!missing.isEmpty()) warnings.add(missing + ".");
		if (category == null) return;
		if (!tumourKnown) {
			warnings.add(
				"Ki-67: no category is given, because the tumour was not selected: stroma and immune cells are counted too.");
			return;
		}
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("id", category.id());
		values.put("words", category.words());
		said.put("category", values);
	}

	/**
	 * How many fields like this one are needed until the interval is as narrow as
	 * asked: its width goes with the root of their number.
	 */
	private void fields(final Map<String, Object> said, final double[] interval) {
		final double width = interval[1] - interval[0], asked = settings
			.intervalPoints();
		final double factor = width / asked;
		said.put("interval_width_points", width);
		said.put("interval_asked_points", asked);
		said.put("more_fields_wanted", (long) Math.min(MOST_FIELDS, Math.max(0, Math
			.ceil(factor * factor - 1e-9) - 1)));
	}
}
