
package org.senoscope.core.cell;

import java.util.Arrays;

/**
 * Reads one marker plane in every compartment of the cells of a block: mean,
 * integrated, 5th percentile and granularity. Values are gathered cell by cell
 * in raster order (nucleus, ring, membrane, rest of the cytoplasm one after the
 * other, where ring and membrane may share pixels), so that a cell's readings
 * depend on its own pixels only and are the same, bit for bit, in every block,
 * tiling and thread.
 */
public final class CompartmentReadings {

	/** Statistics of a compartment, in the order of the columns. */
	public static final int MEAN = 0, INTEGRATED = 1, P05 = 2, GRANULARITY = 3,
			STATISTICS = 4;

	/** Nucleus; ring alone, ring on the rim, rim alone; rest. */
	private static final int CLASSES = 5, REST = 4;

	private int[] starts = new int[0];
	private int[] fill = new int[0];
	private double[] sums = new double[0];
	private double[] contrasts = new double[0];
	private int[] saturated = new int[0];
	private float[] values = new float[0];
	private float[] scratch = new float[0];
	private double[] readings = new double[0];
	private int slots;

	/**
	 * Measures.
	 *
	 * @param raster nuclei and cells of the block
	 * @param slotOfLabel by label: number of the cell among those measured, -1
	 *          for one that is not
	 * @param slots how many cells are measured
	 * @param scale level-0 pixels a working pixel
	 * @param plane the marker at level 0, {@code raster.width() * scale} by
	 *          {@code raster.height() * scale}, row by row
	 * @param ringPx width of the ring in working pixels
	 * @param nucleusOnly whether only the nucleus is measured
	 * @param membrane whether the membrane is: then the raster's borders stand
	 * @param percentile share of the values below the order statistic that stands
	 *          as "p05": 0.05, or 0.95 for optical density, where the 5th
	 *          percentile of the light is the 95th of the density
	 * @param grainPx distance in level-0 pixels over which granularity compares a
	 *          pixel with its four neighbours
	 * @param saturation value from which a pixel counts as saturated
	 * @param unitArea area of a level-0 pixel in µm², by which integrated
	 *          readings are multiplied
	 */
	public void measure(final CellRaster raster, final int[] slotOfLabel,
		final int slots, final int scale, final float[] plane, final double ringPx,
		final boolean nucleusOnly, final boolean membrane, final double percentile,
		final int grainPx, final double saturation, final double unitArea)
	{
		this.slots = slots;
		final int w = raster.width(), h = raster.height();
		final int[] nuclei = raster.nuclei(), cells = nucleusOnly ? raster.nuclei()
			: raster.cells(), distance2 = raster.distance2();
		final int ring2 = (int) Math.floor(ringPx * ringPx);
		final byte[] borders = membrane ? raster.borders() : null;
		allocate(slots);
		final int block = scale * scale;
		for (int i = 0; i < w * h; i++) {
			final int label = cells[i];
			if (label == 0) continue;
			final int slot = slotOfLabel[label];
			if (slot >= 0) fill[slot * CLASSES + part(nuclei, distance2, borders, i,
				ring2)] += block;
		}
		int total = 0;
		for (int k = 0; k < slots * CLASSES; k++) {
			starts[k] = total;
			total += fill[k];
			fill[k] = starts[k];
		}
		starts[slots * CLASSES] = total;
		if (values.length < total) values = new float[total + total / 4];
		final int pw = w * scale, ph = h * scale;
		for (int y = 0; y < ph; y++) {
			final int rasterRow = y / scale * w, row = y * pw;
			final int up = Math.max(0, y - grainPx) * pw, down = Math.min(ph - 1, y +
				grainPx) * pw;
			for (int wx = 0; wx < w; wx++) {
				final int i = rasterRow + wx;
				final int label = cells[i];
				if (label == 0) continue;
				final int slot = slotOfLabel[label];
				if (slot < 0) continue;
				final int k = slot * CLASSES + part(nuclei, distance2, borders, i,
					ring2);
				for (int x = wx * scale; x < (wx + 1) * scale; x++) {
					final float v = plane[row + x];
					final int left = Math.max(0, x - grainPx), right = Math.min(pw - 1,
						x + grainPx);
					final double contrast = v - 0.25 * ((double) plane[row + left] +
						plane[row + right] + plane[up + x] + plane[down + x]);
					values[fill[k]++] = v;
					sums[k] += v;
					contrasts[k] += contrast * contrast;
					if (v >= saturation) saturated[slot]++;
				}
			}
		}
		for (int slot = 0; slot < slots; slot++) {
			final int k = slot * CLASSES;
			reading(slot, Compartment.NUCLEUS, k, k + 1, percentile, unitArea);
			if (nucleusOnly) continue;
			reading(slot, Compartment.MEMBRANE, k + 2, k + 4, percentile, unitArea);
			reading(slot, Compartment.RING, k + 1, k + 3, percentile, unitArea);
			reading(slot, Compartment.CYTOPLASM, k + 1, k + CLASSES, percentile,
				unitArea);
			reading(slot, Compartment.CELL, k, k + CLASSES, percentile, unitArea);
		}
	}

	private static int part(final int[] nuclei, final int[] distance2,
		final byte[] borders, final int i, final int ring2)
	{
		if (nuclei[i] != 0) return 0;
		final boolean ring = distance2[i] <= ring2, rim = borders != null &&
			(borders[i] & CellRaster.RIM) != 0;
		return ring ? rim ? 2 : 1 : rim ? 3 : REST;
	}

	/** Returns a reading, NaN where the compartment has no pixel. */
	public double get(final int slot, final Compartment compartment,
		final int statistic)
	{
		return readings[(slot * Compartment.values().length + compartment
			.ordinal()) * STATISTICS + statistic];
	}

	/** Returns the share of the cell's measured pixels that are saturated. */
	public double saturatedShare(final int slot) {
		final int n = starts[(slot + 1) * CLASSES] - starts[slot * CLASSES];
		return n == 0 ? 0 : (double) saturated[slot] / n;
	}

	private void allocate(final int slots) {
		final int n = slots * CLASSES;
		if (starts.length < n + 1) {
			starts = new int[n + n / 2 + 1];
			fill = new int[n + n / 2 + 1];
			sums = new double[n + n / 2 + 1];
			contrasts = new double[n + n / 2 + 1];
			saturated = new int[slots + slots / 2 + 1];
			readings = new double[(slots + slots / 2 + 1) * Compartment
				.values().length * STATISTICS];
		}
		Arrays.fill(fill, 0, n, 0);
		Arrays.fill(sums, 0, n, 0);
		Arrays.fill(contrasts, 0, n, 0);
		Arrays.fill(saturated, 0, slots, 0);
	}

	private void reading(final int slot, final Compartment compartment,
		final int from, final int to, final double percentile,
		final double unitArea)
	{
		final int at = (slot * Compartment.values().length + compartment
			.ordinal()) * STATISTICS;
		final int first = starts[from], n = starts[to] - first;
		if (n == 0) {
			Arrays.fill(readings, at, at + STATISTICS, Double.NaN);
			return;
		}
		double sum = 0, contrast = 0;
		for (int k = from; k < to; k++) {
			sum += sums[k];
			contrast += contrasts[k];
		}
		readings[at + MEAN] = sum / n;
		readings[at + INTEGRATED] = sum * unitArea;
		final int rank = (int) Math.floor(percentile * (n - 1) + 0.5);
		if (compartment == Compartment.MEMBRANE) {
			// shares pixels with the ring, whose range must keep its own
			if (scratch.length < n) scratch = new float[n + n / 2];
			System.arraycopy(values, first, scratch, 0, n);
			readings[at + P05] = Selection.select(scratch, 0, n - 1, rank);
		}
		else readings[at + P05] = Selection.select(values, first, first + n - 1,
			first + rank);
		readings[at + GRANULARITY] = Math.sqrt(contrast / n);
	}
}
