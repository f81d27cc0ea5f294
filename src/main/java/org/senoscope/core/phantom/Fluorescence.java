
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.List;

/**
 * Nuclei in DAPI on a widefield microscope: sums of light, blurred by the
 * objective, with light from out-of-focus nuclei, an uneven background, and the
 * shot and read noise of a 16-bit camera.
 */
final class Fluorescence {

	private static final double BLUR_UM = 0.38;
	/** Counts an electron, and read noise in counts. */
	static final float GAIN = 2.2f, READ_NOISE = 9;

	private Fluorescence() {}

	/** A nucleus to be drawn. */
	record Nucleus(double x, double y, Contour contour, float counts, long bits,
			CellType type) {
	}

	/**
	 * Draws a nucleus in focus.
	 *
	 * @param light canvas map in counts, added to
	 */
	static void draw(final Canvas canvas, final Nucleus n, final float[] light) {
		final int texture = (int) n.bits;
		final float contrast = (float) Hash.uniform(n.bits, 80, 0.12, 0.34);
		final int nucleoli = 1 + (int) (4 * Hash.uniform(n.bits, 81));
		final float[] ox = new float[nucleoli], oy = new float[nucleoli];
		for (int k = 0; k < nucleoli; k++) {
			ox[k] = (float) Hash.uniform(n.bits, 82 + k, -0.55, 0.55) * n.contour
				.largestRadius();
			oy[k] = (float) Hash.uniform(n.bits, 87 + k, -0.55, 0.55) * n.contour
				.largestRadius();
		}
		canvas.visit(n.x, n.y, n.contour, 1, (i, dx, dy, d, r) -> {
			final float edge = Math.min(1, 0.5f + (r - d) / 0.7f);
			if (edge <= 0) return;
			final float relative = Math.min(1, d / r);
			// A nucleus is a lens: thinner towards its rim.
			final float thickness = 0.72f + 0.28f * (float) Math.sqrt(1 - relative *
				relative);
			float density = 1 + contrast * (Noise.at(texture, dx * 1.1f, dy * 1.1f) +
				0.8f * Noise.at(texture + 3, dx * 0.4f, dy * 0.4f));
			for (int k = 0; k < nucleoli; k++) {
				final float ex = dx - ox[k], ey = dy - oy[k];
				density -= 0.35f * Math.max(0, 1 - (ex * ex + ey * ey) / 1.3f);
			}
			light[i] += n.counts * edge * thickness * density;
		});
	}

	/**
	 * Adds out-of-focus light and background, blurs, and exposes the sensor.
	 *
	 * @param light canvas map in counts, consumed
	 * @param bits source of randomness
	 * @param haze counts of out-of-focus light
	 * @return counts of the picture, row by row
	 */
	static char[] expose(final Canvas canvas, final float[] light,
		final long bits, final double haze)
	{
		return expose(canvas, light, bits, haze, BLUR_UM, READ_NOISE);
	}

	/**
	 * The same with another objective and camera.
	 *
	 * @param blurUm standard deviation of the objective's blur
	 * @param readNoise noise of the camera in counts
	 */
	static char[] expose(final Canvas canvas, final float[] light,
		final long bits, final double haze, final double blurUm,
		final double readNoise)
	{
		final float[] glow = canvas.map();
		// Light of everything in focus, and of nuclei in other planes.
		System.arraycopy(light, 0, glow, 0, glow.length);
		final int others = (int) (haze / 60 * canvas.w * canvas.h *
			canvas.pixelSizeUm * canvas.pixelSizeUm / 20_000);
		for (int k = 0; k < others; k++) {
			final long b = Hash.at(bits, 77, k);
			final Contour c = new Contour(Hash.uniform(b, 1, 5, 9), Hash.uniform(b, 2,
				4, 6), Hash.uniform(b, 3, 0, Math.PI), 0.05, 0, b);
			final float counts = (float) Hash.uniform(b, 4, 1500, 5000);
			canvas.visit(Hash.uniform(b, 5, 0, canvas.width) * canvas.pixelSizeUm,
				Hash.uniform(b, 6, 0, canvas.height) * canvas.pixelSizeUm, c, 0, (i, dx,
					dy, d, r) -> glow[i] += counts);
		}
		Optics.blur(glow, canvas.w, canvas.h, 5 / canvas.pixelSizeUm);
		Optics.blur(light, canvas.w, canvas.h, blurUm / canvas.pixelSizeUm);
		final char[] counts = new char[canvas.width * canvas.height];
		final float offset = (float) Hash.uniform(bits, 91, 180, 320);
		final float base = (float) Hash.uniform(bits, 92, 60, 260);
		final float slopeX = (float) Hash.uniform(bits, 93, -0.5, 0.5);
		final float slopeY = (float) Hash.uniform(bits, 94, -0.5, 0.5);
		for (int y = 0; y < canvas.height; y++) {
			final float v = 2 * (y + 0.5f) / canvas.height - 1;
			for (int x = 0; x < canvas.width; x++) {
				final float u = 2 * (x + 0.5f) / canvas.width - 1;
				final int i = (y + canvas.margin) * canvas.w + x + canvas.margin;
				final float shade = 1 - 0.12f * (u * u + v * v) / 2;
				final float mean = shade * (light[i] + 0.14f * glow[i]) + base * (1 +
					slopeX * u + slopeY * v);
				final float noise = (float) Math.sqrt(Math.max(0, mean) * GAIN +
					readNoise * readNoise) * Hash.pixelNormal(bits + 5, x, y);
				counts[y * canvas.width + x] = (char) Math.max(0, Math.min(65535,
					offset + mean + noise + 0.5f));
			}
		}
		return counts;
	}

	/** Draws a field of nuclei with its truth. */
	static PhantomField field(final int width, final int height,
		final double pixelSizeUm, final long seed)
	{
		final long bits = Hash.mix(seed);
		final Canvas canvas = new Canvas(width, height, (int) Math.ceil(20 /
			pixelSizeUm), pixelSizeUm);
		final int noiseSeed = (int) bits;
		final double brightness = Hash.uniform(bits, 1, 1800, 5200);
		final HardCoreProcess process = new HardCoreProcess(8, 11.7, 0.8, 1.14) {

			@Override
			Seedling candidate(final int ix, final int iy) {
				final long b = Hash.at(bits, ix, iy);
				final double x = (ix + Hash.uniform(b, 1)) * pitchUm();
				final double y = (iy + Hash.uniform(b, 2)) * pitchUm();
				// Colonies with gaps between them.
				final double colony = 0.42 + 1.1 * Noise.octaves(noiseSeed + 3, x / 55,
					y / 55, 2);
				if (Hash.uniform(b, 3) > Math.max(0.05, Math.min(0.95, colony)))
					return null;
				final double r = Math.max(4.2, Math.min(9, 6.1 + 1.0 * Hash.normal(b,
					4)));
				final double stretch = Hash.uniform(b, 5, 1.02, 1.3);
				return new Seedling(x, y, r * stretch, r / stretch, Hash.uniform(b, 6,
					0, Math.PI), CellType.CULTURED, b);
			}
		};
		final double reach = 14;
		final float[] light = canvas.map();
		final List<Nucleus> nuclei = new ArrayList<>();
		for (final Seedling s : process.within(-reach, -reach, width * pixelSizeUm +
			reach, height * pixelSizeUm + reach))
		{
			final long b = s.bits();
			final double dent = Hash.uniform(b, 20) < 0.12 ? 0.25 : 0;
			// Dim and bright nuclei: DNA content, focus and staining vary.
			final double counts = brightness * StrictMath.exp(0.5 * Hash.normal(b,
				21));
			nuclei.add(new Nucleus(s.x(), s.y(), new Contour(s.a(), s.b(), s.angle(),
				0.05, dent, b), (float) counts, b, s.type()));
		}
		for (final Nucleus n : nuclei) {
			draw(canvas, n, light);
		}
		final Labels labels = new Labels(canvas);
		for (final Nucleus n : nuclei) {
			labels.plant(n.x, n.y, n.contour);
		}
		final float[] planted = light.clone();
		final List<PlantedCell> cells = labels.finish((index,
			mean) -> new Labels.Reading(nuclei.get(index).type, mean, false),
			planted);
		final char[] counts = expose(canvas, light, bits + 9, Hash.uniform(bits, 2,
			60, 190));
		return new PhantomField(PhantomKind.DAPI, width, height, null, counts,
			labels.picture(), cells, Double.NaN, Double.NaN);
	}
}
