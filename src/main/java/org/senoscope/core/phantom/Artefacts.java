
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

import org.senoscope.core.artefact.ArtefactKind;

/**
 * Plants artefacts with their truth on the picture of a drawn field, by the
 * light they take: transmissions multiply. Amounts, places and shapes vary by
 * the seed.
 */
public final class Artefacts {

	/** What a planted artefact takes of the light, at least, to be truth. */
	private static final double LEAST_OD = 0.05;

	private final int w, h;
	private final double um;
	private final double[] white;
	private final byte[] before;
	private final byte[] rgb;
	private final byte[] truth;
	private final Random random;

	/**
	 * A picture with artefacts.
	 *
	 * @param rgb red, green, blue interleaved
	 * @param truth 0, else 1 + ordinal of the {@link ArtefactKind}, row by row
	 */
	public record Planted(byte[] rgb, byte[] truth) {
	}

	private Artefacts(final byte[] rgb, final int w, final int h, final double um,
		final long seed)
	{
		this.w = w;
		this.h = h;
		this.um = um;
		before = rgb.clone();
		this.rgb = rgb.clone();
		truth = new byte[w * h];
		random = new Random(seed);
		white = new double[3];
		for (int c = 0; c < 3; c++) {
			final int[] counts = new int[256];
			for (int i = c; i < 3 * w * h; i += 3)
				counts[rgb[i] & 255]++;
			int level = 255;
			for (int above = 0; level > 1 && (above += counts[level]) < 0.02 * w *
				h; level--);
			white[c] = level;
		}
	}

	/**
	 * Plants.
	 *
	 * @param rgb the picture; not changed
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param pixelUm side of a pixel in µm
	 * @param kinds what to plant; glass and out of focus as well
	 * @param seed everything follows from it
	 */
	public static Planted plant(final byte[] rgb, final int width,
		final int height, final double pixelUm,
		final Collection<ArtefactKind> kinds, final long seed)
	{
		final Artefacts a = new Artefacts(rgb, width, height, pixelUm, seed);
		// what lies above hides what lies below
		final List<ArtefactKind> order = new ArrayList<>(kinds);
		order.sort((x, y) -> y.compareTo(x));
		for (final ArtefactKind kind : order)
			switch (kind) {
				case FOLD -> a.fold();
				case PEN -> a.pen();
				case BUBBLE -> a.bubble();
				case DEBRIS -> a.debris();
				case PIGMENT -> a.pigment();
				case EDGE_SHADOW -> a.shadow();
				case OUT_OF_FOCUS -> a.blur();
				case GLASS -> a.glass();
			}
		return new Planted(a.rgb, a.truth);
	}

	private double between(final double low, final double high) {
		return low + (high - low) * random.nextDouble();
	}

	private void take(final int i, final ArtefactKind kind, final double red,
		final double green, final double blue)
	{
		final double[] d = { red, green, blue };
		for (int c = 0; c < 3; c++)
			rgb[3 * i + c] = (byte) Math.round((rgb[3 * i + c] & 255) * Math.pow(10,
				-d[c]));
		if (Math.max(red, Math.max(green, blue)) >= LEAST_OD) truth[i] = (byte) (1 +
			kind.ordinal());
	}

	/**
	 * A band in which the sheet lies double: the other side of its axis mirrored
	 * on it, and the membrane of medium and matrix that lies between cells.
	 */
	private void fold() {
		final double angle = between(0, Math.PI), half = between(9, 22) / um,
				sheet = between(0.1, 0.22), bend = between(-60, 60) / um;
		final double cx = between(0.3, 0.7) * w, cy = between(0.3, 0.7) * h, cos =
			Math.cos(angle), sin = Math.sin(angle), length = between(0.25, 0.45) *
				Math.max(w, h);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final double along = (x - cx) * cos + (y - cy) * sin;
				final double across = (y - cy) * cos - (x - cx) * sin - bend * along *
					along / (length * length);
				if (Math.abs(along) > length || Math.abs(across) > half * Math.sqrt(1 -
					along * along / (length * length))) continue;
				final int fx = (int) Math.round(x + 2 * (half + across) * sin), fy =
					(int) Math.round(y - 2 * (half + across) * cos);
				if (fx < 0 || fy < 0 || fx >= w || fy >= h) continue;
				final double[] d = new double[3];
				for (int c = 0; c < 3; c++)
					d[c] = Math.max(0, Math.log10(white[c] / Math.max(1, before[3 * (fy *
						w + fx) + c] & 255))) + sheet;
				// stale reagent between the layers has a tint of indigo
				take(y * w + x, ArtefactKind.FOLD, d[0] + 0.5 * sheet, d[1], d[2]);
			}
	}

	private void shadow() {
		final double reach = between(60, 130) / um, most = between(0.15, 0.4);
		final int side = random.nextInt(4);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final double away = side == 0 ? x : side == 1 ? w - 1 - x : side == 2
					? y : h - 1 - y;
				final double t = 1 - away / reach;
				if (t <= 0) continue;
				final double d = most * t * t * (3 - 2 * t);
				take(y * w + x, ArtefactKind.EDGE_SHADOW, d, d, d);
			}
	}

	private void debris() {
		final int count = 5 + random.nextInt(6);
		for (int k = 0; k < count; k++) {
			final double cx = between(0.05, 0.95) * w, cy = between(0.05, 0.95) * h,
					r = between(3, 14) / um, d = between(1, 1.8), a = between(0.1, 0.35),
					b = between(0.1, 0.25), p = between(0, 6), q = between(0, 6);
			blob(cx, cy, r, a, b, p, q, ArtefactKind.DEBRIS, d, d * between(0.95,
				1.05), d * between(0.95, 1.05));
		}
	}

	private void blob(final double cx, final double cy, final double r,
		final double a, final double b, final double p, final double q,
		final ArtefactKind kind, final double red, final double green,
		final double blue)
	{
		for (int y = (int) Math.max(0, cy - 2 * r); y < Math.min(h, cy + 2 *
			r); y++)
			for (int x = (int) Math.max(0, cx - 2 * r); x < Math.min(w, cx + 2 *
				r); x++)
			{
				final double t = Math.atan2(y - cy, x - cx), edge = r * (1 + a * Math
					.cos(2 * t + p) + b * Math.cos(3 * t + q));
				final double in = Math.min(1, edge - Math.hypot(x - cx, y - cy) + 0.5);
				if (in > 0) take(y * w + x, kind, red * in, green * in, blue * in);
			}
	}

	private void pigment() {
		final boolean melanin = random.nextBoolean();
		for (int cluster = 0; cluster < 3; cluster++) {
			final double cx = between(0.1, 0.9) * w, cy = between(0.1, 0.9) * h;
			for (int k = 0; k < 25; k++) {
				final double d = between(0.5, 1.1);
				blob(cx + random.nextGaussian() * 8 / um, cy + random.nextGaussian() *
					8 / um, between(1.2, 3) / um, 0.1, 0.1, 0, 0, ArtefactKind.PIGMENT,
					d * (melanin ? 0.45 : 0.25), d * (melanin ? 0.7 : 0.6), d);
			}
		}
	}

	private void pen() {
		final boolean red = random.nextBoolean();
		final double d = between(0.5, 0.9), half = between(30, 60) / um, offset =
			between(0.15, 0.85) * h, slope = between(-0.4, 0.4);
		final double[] grain = { between(0.01, 0.03), between(0, 6) };
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final double across = Math.abs(y - offset - slope * (x - w / 2.0));
				if (across > half) continue;
				final double v = d * (1 + 0.1 * Math.sin(grain[0] * x + grain[1]));
				// red ink lets red through, green ink green
				take(y * w + x, ArtefactKind.PEN, red ? 0.04 * v : v, red ? v : 0.1 * v,
					red ? 0.75 * v : 0.85 * v);
			}
	}

	private void bubble() {
		final double r = between(30, 60) / um, rim = between(3, 6) / um, d =
			between(0.6, 1.1), cx = between(0.25, 0.75) * w, cy = between(0.25,
				0.75) * h;
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final double away = Math.hypot(x - cx, y - cy);
				if (away > r) continue;
				final int i = y * w + x;
				// cells under air lose contrast
				for (int c = 0; c < 3; c++)
					rgb[3 * i + c] = (byte) Math.round(white[c] * Math.pow((rgb[3 * i +
						c] & 255) / white[c], 0.4));
				final double k = away > r - rim ? d : 0;
				take(i, ArtefactKind.BUBBLE, k, k, k);
				truth[i] = (byte) (1 + ArtefactKind.BUBBLE.ordinal());
			}
	}

	private void glass() {
		blobOfGlass(between(0.3, 0.7) * w, between(0.3, 0.7) * h, between(15, 40) /
			um);
	}

	private void blobOfGlass(final double cx, final double cy, final double r) {
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				if (Math.hypot(x - cx, y - cy) < r) {
					for (int c = 0; c < 3; c++)
						rgb[3 * (y * w + x) + c] = (byte) Math.round(Math.max(0, Math.min(
							255, white[c] + random.nextGaussian())));
					truth[y * w + x] = (byte) (1 + ArtefactKind.GLASS.ordinal());
				}
	}

	/** A round patch seen through a Gaussian of 4 to 6 µm. */
	private void blur() {
		final double sigma = between(4, 6) / um, r = between(60, 110) / um, cx =
			between(0.3, 0.7) * w, cy = between(0.3, 0.7) * h;
		final int reach = (int) Math.ceil(3 * sigma);
		final double[] kernel = new double[2 * reach + 1];
		double sum = 0;
		for (int k = -reach; k <= reach; k++)
			sum += kernel[k + reach] = Math.exp(-k * k / (2 * sigma * sigma));
		final float[] rows = new float[3 * w * h];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				for (int c = 0; c < 3; c++) {
					double s = 0;
					for (int k = -reach; k <= reach; k++)
						s += kernel[k + reach] * (rgb[3 * (y * w + Math.max(0, Math.min(w -
							1, x + k))) + c] & 255);
					rows[3 * (y * w + x) + c] = (float) (s / sum);
				}
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				if (Math.hypot(x - cx, y - cy) > r) continue;
				for (int c = 0; c < 3; c++) {
					double s = 0;
					for (int k = -reach; k <= reach; k++)
						s += kernel[k + reach] * rows[3 * (Math.max(0, Math.min(h - 1, y +
							k)) * w + x) + c];
					rgb[3 * (y * w + x) + c] = (byte) Math.round(Math.max(0, Math.min(255,
						s / sum + random.nextGaussian())));
				}
				truth[y * w + x] = (byte) (1 + ArtefactKind.OUT_OF_FOCUS.ordinal());
			}
	}
}
