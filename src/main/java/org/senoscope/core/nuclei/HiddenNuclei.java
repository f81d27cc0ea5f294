
package org.senoscope.core.nuclei;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.senoscope.core.image.Region;

/**
 * Adds the nuclei that dense X-gal hides in a fluorescence picture of the same
 * field: the precipitate takes the light, and where a nucleus should be there
 * is a dark hole. In the brightfield picture such a nucleus is a pale oval in
 * or beside its granules. So in each cluster of granules that no nucleus is
 * seen in or beside, the place is taken at which a disc of the size of the
 * slide's nuclei holds the least indigo and the ring around it the most, closed
 * nearly all round.
 */
public final class HiddenNuclei implements NucleusSegmenter {

	/** Granules lie no farther than this from the nucleus of their cell. */
	private static final double BESIDE_UM = 4;
	/** Share of a cluster that may lie beside a nucleus of another cell. */
	private static final double MOST_BESIDE = 0.1;
	/** Least mean indigo of a cluster that hides a nucleus, optical density. */
	private static final double LEAST_OD = 0.15;
	/** Mean indigo of a sector of the ring that counts as closed. */
	private static final double CLOSED_OD = 0.05;
	/** Sectors of the ring, and how many must be closed. */
	private static final int SECTORS = 8, CLOSED = 6;
	/** Width of the ring around a nucleus. */
	private static final double RING_UM = 5;
	/** Side of the pixels in which they are sought. */
	private static final double GRAIN_UM = 1;

	private final NucleusSegmenter seen;
	private final NucleusSegmenter clusters;
	private final Supplier<NuclearSignalReader> indigo;
	private final double pixelUm;
	private final int grain;
	private final int radius;
	private final int reach;

	/**
	 * Adds to what a segmenter finds.
	 *
	 * @param seen finds the nuclei that are seen
	 * @param clusters finds clusters of granules
	 * @param indigo makes a reader of the density of indigo for each thread
	 * @param pixelSizeUm side of a level-0 pixel
	 * @param diameterPx typical diameter of a nucleus in level-0 pixels
	 */
	public HiddenNuclei(final NucleusSegmenter seen,
		final NucleusSegmenter clusters, final Supplier<NuclearSignalReader> indigo,
		final double pixelSizeUm, final double diameterPx)
	{
		this.seen = seen;
		this.clusters = clusters;
		this.indigo = indigo;
		final int f = seen.downsample();
		pixelUm = pixelSizeUm * f;
		grain = (int) Math.max(1, Math.floor(GRAIN_UM / pixelUm + 0.05));
		radius = (int) Math.max(2, Math.round(diameterPx / f / grain / 2));
		reach = Math.max(seen.marginPx(), (clusters.marginPx() + 1) * clusters
			.downsample() / f) + 3 * radius * grain + (int) Math.ceil((RING_UM +
				BESIDE_UM) / pixelUm);
	}

	@Override
	public int downsample() {
		return seen.downsample();
	}

	@Override
	public int marginPx() {
		return reach;
	}

	@Override
	public Map<String, Object> description() {
		final Map<String, Object> d = new LinkedHashMap<>(seen.description());
		d.put("hidden_nuclei_radius_um", radius * grain * pixelUm);
		return d;
	}

	@Override
	public Worker worker() {
		return new Finder();
	}

	private final class Finder implements Worker {

		private final Worker nuclei = seen.worker(), granules = clusters.worker();
		private final NuclearSignalReader signal = indigo.get();
		private final int ring = (int) Math.round(RING_UM / pixelUm / grain);
		private float[] fine = new float[0];
		private int[] coarse = new int[0];
		private int w, h, highest;
		private float[] density, distance;
		/** By grain: the cluster that holds it. */
		private int[] cluster;

		@Override
		public double probability(final int label) {
			return label > highest ? Double.NaN : nuclei.probability(label);
		}

		@Override
		public boolean hidden(final int label) {
			return label > highest;
		}

		@Override
		public int segment(final Region block, final int[] labels) {
			highest = nuclei.segment(block, labels);
			look(block, labels);
			final int n = findClusters(block);
			final int[] size = new int[n + 1], beside = new int[n + 1], box =
				new int[4 * (n + 1)];
			final double[] sum = new double[n + 1];
			final float near = (float) (BESIDE_UM / pixelUm / grain);
			for (int i = 0; i < w * h; i++) {
				final int c = cluster[i], x = i % w, y = i / w;
				if (size[c] == 0) {
					box[4 * c] = x;
					box[4 * c + 1] = y;
				}
				box[4 * c] = Math.min(box[4 * c], x);
				box[4 * c + 2] = Math.max(box[4 * c + 2], x);
				box[4 * c + 3] = y;
				size[c]++;
				sum[c] += density[i];
				if (distance[i] <= near) beside[c]++;
			}
			int label = highest;
			for (int c = 1; c <= n; c++)
				if (size[c] > 0 && sum[c] >= LEAST_OD * size[c] &&
					beside[c] <= MOST_BESIDE * size[c])
				{
					final int at = best(c, box[4 * c], box[4 * c + 1], box[4 * c + 2],
						box[4 * c + 3]);
					if (at >= 0) paint(++label, at % w, at / w, block, labels);
				}
			return label;
		}

		/** Reads indigo, and how far each place is from a nucleus. */
		private void look(final Region block, final int[] labels) {
			final int n = (int) block.size(), bw = block.width();
			if (fine.length < n) fine = new float[n];
			signal.read(block, downsample(), fine);
			w = Math.max(1, bw / grain);
			h = Math.max(1, block.height() / grain);
			density = new float[w * h];
			distance = new float[w * h];
			Arrays.fill(distance, Float.MAX_VALUE);
			for (int y = 0; y < Math.min(block.height(), h * grain); y++)
				for (int x = 0; x < Math.min(bw, w * grain); x++) {
					final int k = y / grain * w + x / grain;
					density[k] += fine[y * bw + x] / (grain * grain);
					if (labels[y * bw + x] != 0) distance[k] = 0;
				}
			// by steps of 1 and of the square root of 2
			final float d = (float) Math.sqrt(2);
			for (int pass = 0; pass < 2; pass++)
				for (int i = 0; i < w * h; i++) {
					final int k = pass == 0 ? i : w * h - 1 - i, s = pass == 0 ? -1 : 1;
					final int x = k % w, y = k / w;
					near(k, x + s, y, 1);
					near(k, x, y + s, 1);
					near(k, x - 1, y + s, d);
					near(k, x + 1, y + s, d);
				}
		}

		private void near(final int k, final int x, final int y, final float step) {
			if (x >= 0 && y >= 0 && x < w && y < h) distance[k] = Math.min(
				distance[k], distance[y * w + x] + step);
		}

		private int findClusters(final Region block) {
			final int f = downsample(), g = clusters.downsample();
			final int x0 = block.x() * f / g, y0 = block.y() * f / g;
			final Region region = new Region(x0, y0, Math.max(1, block.right() * f /
				g - x0), Math.max(1, block.bottom() * f / g - y0));
			if (coarse.length < region.size()) coarse = new int[(int) region.size()];
			final int n = granules.segment(region, coarse);
			cluster = new int[w * h];
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++)
					cluster[y * w + x] = coarse[Math.min(region.height() - 1, (block.y() +
						y * grain) * f / g - y0) * region.width() + Math.min(region
							.width() - 1, (block.x() + x * grain) * f / g - x0)];
			return n;
		}

		/** The grain in or at a cluster on which a nucleus is likeliest. */
		private int best(final int c, final int x0, final int y0, final int x1,
			final int y1)
		{
			int best = -1;
			double most = 0;
			// at the edge of the picture nobody can tell; other edges are margin
			for (int y = Math.max(radius, y0 - radius); y < Math.min(h - radius, y1 +
				radius + 1); y++)
				for (int x = Math.max(radius, x0 - radius); x < Math.min(w - radius,
					x1 + radius + 1); x++)
				{
					if (distance[y * w + x] < radius || !touches(c, x, y)) continue;
					final double score = score(x, y);
					if (score > most) {
						most = score;
						best = y * w + x;
					}
				}
			return best;
		}

		private boolean touches(final int c, final int cx, final int cy) {
			final int r = radius * 2 / 3;
			for (int y = Math.max(0, cy - r); y <= Math.min(h - 1, cy + r); y++)
				for (int x = Math.max(0, cx - r); x <= Math.min(w - 1, cx + r); x++)
					if (cluster[y * w + x] == c) return true;
			return false;
		}

		/**
		 * How much more indigo lies around a place than on it; 0 where granules
		 * close less than most of the ring, as beside a cluster.
		 */
		private double score(final int cx, final int cy) {
			final int far = radius + ring;
			double around = 0, on = 0;
			int nAround = 0, nOn = 0, closed = 0;
			final double[] sums = new double[SECTORS];
			final int[] sizes = new int[SECTORS];
			for (int y = Math.max(0, cy - far); y <= Math.min(h - 1, cy + far); y++)
				for (int x = Math.max(0, cx - far); x <= Math.min(w - 1, cx +
					far); x++)
				{
					final int dx = x - cx, dy = y - cy, r2 = dx * dx + dy * dy;
					if (r2 <= 0.64 * radius * radius) {
						on += density[y * w + x];
						nOn++;
					}
					else if (r2 > 0.81 * radius * radius && r2 <= far * far) {
						final int sector = (dx > 0 ? 1 : 0) + (dy > 0 ? 2 : 0) + (Math.abs(
							dx) > Math.abs(dy) ? 4 : 0);
						sums[sector] += density[y * w + x];
						sizes[sector]++;
						around += density[y * w + x];
						nAround++;
					}
				}
			for (int s = 0; s < SECTORS; s++)
				if (sums[s] > CLOSED_OD * sizes[s]) closed++;
			return closed < CLOSED ? 0 : around / nAround - on / nOn;
		}

		private void paint(final int label, final int cx, final int cy,
			final Region block, final int[] labels)
		{
			final double x0 = (cx + 0.5) * grain, y0 = (cy + 0.5) * grain, r =
				(double) radius * grain;
			for (int y = (int) Math.max(0, y0 - r); y < Math.min(block.height(), y0 +
				r); y++)
				for (int x = (int) Math.max(0, x0 - r); x < Math.min(block.width(), x0 +
					r); x++)
					if (labels[y * block.width() + x] == 0 && Math.hypot(x + 0.5 - x0, y +
						0.5 - y0) <= r) labels[y * block.width() + x] = label;
		}
	}
}
