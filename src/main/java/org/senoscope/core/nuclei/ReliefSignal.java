
package org.senoscope.core.nuclei;

import java.util.Arrays;
import java.util.List;

import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainSeparation;
import org.senoscope.core.stain.StainVectors;
import org.senoscope.core.stain.TealScore;

/**
 * Bodies of cells on X-gal without counterstain, bright on dark, so that the
 * method that finds nuclei finds cells: how much darker (or brighter) than its
 * surroundings a place is in grey, as phase and relief make cells, and how much
 * indigo lies there. Both are cut off, so that neither debris nor dense
 * granules outweigh a faint cell; what is brighter than the surroundings, as
 * halos are, reads 0.
 */
public final class ReliefSignal implements NuclearSignalReader {

	/** Side of a pixel in which relief is seen, µm. */
	private static final double GRAIN_UM = 1;
	/** Smoothing of grey; of indigo, which fills the gaps between granules. */
	private static final double GREY_UM = 1, INDIGO_UM = 1.5;
	/** Smoothing that leaves what surrounds a cell. */
	private static final double AROUND_UM = 25;
	/** Indigo of this optical density counts as much as usual relief. */
	private static final float INDIGO_OD = 0.1f;
	/** Grey under more indigo than this is an error of separation if below 0. */
	private static final float COVERED_OD = 0.08f;
	/** Cut-off in units of the usual relief. */
	private static final float MOST = 1.5f;
	/** Relief that is fainter is noise, optical density. */
	private static final double FAINTEST_OD = 0.006;
	/**
	 * What is darker than this, and than so many times the usual relief, without
	 * indigo, is debris, a scale bar or the rim of a dead cell; optical density.
	 */
	private static final double LEAST_DIRT_OD = 0.15, DIRT = 6;
	/** Share of the places whose relief is below the usual one. */
	private static final double USUAL = 0.8;

	/**
	 * What the relief of a slide is like.
	 *
	 * @param contrast usual optical density of relief, at least that of noise
	 * @param dark 1 where cells are darker than what surrounds them, -1 where
	 *          they are brighter, 0 where relief is not looked at
	 * @param shows whether relief stands out from noise
	 */
	public record Relief(double contrast, int dark, boolean shows) {

		/** Granules alone. */
		public static final Relief NONE = new Relief(1, 0, false);
	}

	private final PixelSource source;
	private final Planes planes;
	private final Relief relief;
	private final double pixelSizeUm;
	private byte[] rgb = new byte[0];

	/**
	 * Makes a reader for one thread.
	 *
	 * @param source the picture
	 * @param stains its stains, indigo and neutral
	 * @param relief what its relief is like
	 * @param pixelSizeUm side of a level-0 pixel
	 */
	public ReliefSignal(final PixelSource source, final StainEstimate stains,
		final Relief relief, final double pixelSizeUm)
	{
		this.source = source;
		this.relief = relief;
		this.pixelSizeUm = pixelSizeUm;
		planes = new Planes(stains, pixelSizeUm);
	}

	/**
	 * Looks at the relief of a slide.
	 *
	 * @param fields sample fields
	 * @param stains stains of the slide
	 * @param pixelSizeUm side of a level-0 pixel
	 */
	public static Relief look(final List<RgbField> fields,
		final StainEstimate stains, final double pixelSizeUm)
	{
		final Planes planes = new Planes(stains, pixelSizeUm);
		float[] sizes = new float[0];
		double busy = 0, calm = 0;
		long nBusy = 0, nCalm = 0;
		for (final RgbField field : fields) {
			planes.read(field.rgb(), field.width(), field.height(), LEAST_DIRT_OD);
			final float[] relief = planes.relief();
			int n = sizes.length;
			sizes = Arrays.copyOf(sizes, n + relief.length);
			for (int i = 0; i < relief.length; i++)
				if (planes.indigo[i] <= COVERED_OD) sizes[n++] = Math.abs(relief[i]);
			sizes = Arrays.copyOf(sizes, n);
			// cells have structure, glass has none: are places with structure dark?
			final float[] structure = planes.structure();
			final float[] sorted = structure.clone();
			Arrays.sort(sorted);
			final float middle = sorted[sorted.length / 2];
			for (int i = 0; i < relief.length; i++) {
				if (planes.indigo[i] > COVERED_OD) continue;
				final double v = Math.max(-FAR * FAINTEST_OD, Math.min(FAR *
					FAINTEST_OD, relief[i]));
				if (structure[i] > middle) {
					busy += v;
					nBusy++;
				}
				else {
					calm += v;
					nCalm++;
				}
			}
		}
		if (sizes.length == 0) return Relief.NONE;
		Arrays.sort(sizes);
		final double usual = sizes[(int) (USUAL * (sizes.length - 1))];
		return new Relief(Math.max(FAINTEST_OD, usual), nBusy > 0 && nCalm > 0 &&
			busy / nBusy < calm / nCalm ? -1 : 1, usual > FAINTEST_OD);
	}

	/** Relief beyond this many times the faintest is dirt. */
	private static final double FAR = 10;

	@Override
	public void read(final Region working, final int f, final float[] out) {
		final int u = planes.factor, margin = (int) Math.ceil(3 * (AROUND_UM +
			INDIGO_UM) / pixelSizeUm) + u;
		final Region wanted = new Region(working.x() * f, working.y() * f, working
			.width() * f, working.height() * f);
		final Region wide = wanted.expand(margin);
		// on the grid of grains, so that every block sees the same ones
		final int x0 = Math.max(0, wide.x()) / u * u, y0 = Math.max(0, wide.y()) /
			u * u;
		final Region read = new Region(x0, y0, wide.right() - x0, wide.bottom() -
			y0).intersect(source.info().bounds());
		if (rgb.length < 3 * read.size()) rgb = new byte[(int) (3 * read.size())];
		source.readRgb(0, read, rgb);
		planes.read(rgb, read.width(), read.height(), Math.max(LEAST_DIRT_OD, DIRT *
			relief.contrast));
		final float[] signal = signal();
		final float[] fine = new float[working.width()];
		for (int y = 0; y < working.height(); y++) {
			Arrays.fill(fine, 0);
			for (int sy = 0; sy < f; sy++)
				for (int x = 0; x < wanted.width(); x++)
					fine[x / f] += signal[planes.at(wanted.x() + x - x0, wanted.y() + y *
						f + sy - y0)];
			for (int x = 0; x < working.width(); x++)
				out[y * working.width() + x] = fine[x] / (f * f);
		}
	}

	private float[] signal() {
		final float[] grey = relief.dark == 0 ? null : planes.relief();
		final float[] indigo = planes.smooth(planes.indigo, INDIGO_UM);
		final float unit = (float) (relief.dark / relief.contrast);
		for (int i = 0; i < indigo.length; i++) {
			final float stain = Math.min(MOST, indigo[i] / INDIGO_OD);
			final float body = grey == null ? 0 : Math.max(-MOST, Math.min(MOST,
				unit * grey[i]));
			indigo[i] = Math.max(0, Math.min(1, 0.5f * (stain + body)));
		}
		return indigo;
	}

	/** Grey and indigo of a piece of a picture, in grains. */
	private static final class Planes {

		private final StainSeparation separation;
		private final TealScore teal;
		private final double grainUm;
		private final int factor;
		private final ClassicalNuclei.Scratch scratch =
			new ClassicalNuclei.Scratch();
		private int w, h;
		private float[] grey, indigo;

		Planes(final StainEstimate stains, final double pixelSizeUm) {
			separation = StainSeparation.of(stains);
			teal = new TealScore(stains);
			int u = 1;
			while (2 * u * pixelSizeUm <= GRAIN_UM * 1.05)
				u *= 2;
			factor = u;
			grainUm = u * pixelSizeUm;
		}

		void read(final byte[] rgb, final int width, final int height,
			final double dirt)
		{
			w = Math.max(1, width / factor);
			h = Math.max(1, height / factor);
			grey = new float[w * h];
			indigo = new float[w * h];
			final int n = Math.min(factor, width) * Math.min(factor, height);
			for (int y = 0; y < Math.min(height, h * factor); y++)
				for (int x = 0; x < Math.min(width, w * factor); x++) {
					final int i = y * width + x, r = rgb[3 * i] & 255, g = rgb[3 * i +
						1] & 255, b = rgb[3 * i + 2] & 255, k = y / factor * w + x / factor;
					grey[k] += separation.od(r, g, b, StainVectors.COUNTERSTAIN) / n;
					indigo[k] += IndigoSignal.at(separation, teal, rgb, i) / n;
				}
			final boolean[] dirty = new boolean[grey.length];
			for (int k = 0; k < grey.length; k++) {
				if (indigo[k] > COVERED_OD) grey[k] = Math.max(0, grey[k]);
				// with the grains around it
				else if (grey[k] > dirt) for (int y = Math.max(0, k / w - 1); y <= Math
					.min(h - 1, k / w + 1); y++)
					for (int x = Math.max(0, k % w - 1); x <= Math.min(w - 1, k % w +
						1); x++)
						dirty[y * w + x] = true;
			}
			for (int k = 0; k < grey.length; k++)
				if (dirty[k]) grey[k] = 0;
		}

		/** The grain that holds a pixel. */
		int at(final int x, final int y) {
			return Math.min(h - 1, y / factor) * w + Math.min(w - 1, x / factor);
		}

		float[] smooth(final float[] plane, final double um) {
			return Arrays.copyOf(ClassicalNuclei.smooth(plane, w, h, Math.max(0.3,
				um / grainUm), 0, scratch), w * h);
		}

		/** Grey beyond what surrounds it. */
		float[] relief() {
			return less(smooth(grey, GREY_UM), smooth(grey, AROUND_UM));
		}

		/** How much grey changes over a few µm. */
		float[] structure() {
			final float[] d = less(smooth(grey, GREY_UM), smooth(grey, 3 * GREY_UM));
			for (int i = 0; i < d.length; i++)
				d[i] = Math.abs(d[i]);
			return smooth(d, 3 * GREY_UM);
		}

		private static float[] less(final float[] a, final float[] b) {
			for (int i = 0; i < a.length; i++)
				a[i] -= b[i];
			return a;
		}
	}
}
