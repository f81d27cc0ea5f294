
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nuclei of cultured cells with foci at known places, of known size and
 * contrast, at high magnification: γH2AX and 53BP1, or SAHF in DAPI. Blur,
 * noise and the level of every channel change twofold and more from picture to
 * picture. Among the nuclei are some without any focus, mitotic and apoptotic
 * ones, and, for SAHF, ones with a Barr body or, in mice, chromocentres.
 * <p>
 * Foci are Gaussian. Two of a nucleus are never nearer than 1.3 times the mean
 * of their widths at half height: nearer ones are one to any microscope.
 */
final class FociCulture {

	private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));
	private static final double APART = 1.3;
	/** A focus keeps this distance from the rim of its nucleus, µm. */
	private static final double RIM_UM = 0.7;
	private static final double MARGIN_UM = 16;
	/** Semi-axes of a nucleus whose DNA has the picture's level, µm. */
	private static final double USUAL_UM2 = 8 * 6;

	private final PhantomKind kind;
	private final long bits;
	private final Canvas canvas;
	private final double blurUm, readNoise;
	private final List<Nucleus> nuclei = new ArrayList<>();
	private final List<Planted> planted = new ArrayList<>();

	/** A nucleus with what it holds, places in µm. */
	private record Nucleus(double x, double y, Contour contour, CellType type,
			boolean sahf, double content, double area, long bits) {
	}

	private record Planted(int nucleus, String marker, double x, double y,
			double widthUm, double contrast, double snr) {
	}

	private FociCulture(final PhantomKind kind, final int width, final int height,
		final long seed)
	{
		this.kind = kind;
		bits = Hash.mix(seed + 131L * kind.ordinal());
		canvas = new Canvas(width, height, (int) Math.ceil(MARGIN_UM / kind
			.pixelSizeUm()), kind.pixelSizeUm());
		blurUm = Hash.uniform(bits, 1, 0.1, 0.2);
		readNoise = Hash.uniform(bits, 2, 5, 10);
	}

	/** Draws a field with its truth. */
	static PhantomField field(final PhantomKind kind, final int width,
		final int height, final long seed)
	{
		return new FociCulture(kind, width, height, seed).draw();
	}

	private PhantomField draw() {
		plantNuclei();
		final Labels labels = new Labels(canvas);
		for (final Nucleus n : nuclei)
			labels.plant(n.x, n.y, n.contour);
		final boolean damage = kind == PhantomKind.FOCI;
		final Map<String, char[]> channels = new LinkedHashMap<>();
		final double level = Hash.uniform(bits, 3, 1200, 2400);
		final float[] light = canvas.map();
		for (final Nucleus n : nuclei)
			Fluorescence.draw(canvas, new Fluorescence.Nucleus(n.x, n.y, n.contour,
				(float) (level * n.content * USUAL_UM2 * Math.PI / n.area), n.bits,
				n.type), light);
		if (!damage) plantHeterochromatin(light);
		final char[] dapi = expose(light, 11);
		if (damage) damage(channels);
		final List<PlantedCell> cells = labels.finish((index, mean) -> {
			final Nucleus n = nuclei.get(index);
			final long count = planted.stream().filter(p -> p.nucleus == index &&
				!p.marker.equals("p53bp1")).count();
			return new Labels.Reading(n.type, count, damage ? count > 0 : n.sahf);
		}, light);
		return new PhantomField(kind, canvas.width, canvas.height, null, dapi,
			channels, labels.picture(), cells, foci(labels, cells), List.of(),
			Double.NaN, Double.NaN);
	}

	/** The planted foci by the numbers of the visible nuclei. */
	private List<PlantedFocus> foci(final Labels labels,
		final List<PlantedCell> cells)
	{
		// a focus has the number of the nucleus that its own pixel shows
		final List<PlantedFocus> foci = new ArrayList<>();
		for (final Planted p : planted) {
			final double x = p.x / canvas.pixelSizeUm, y = p.y / canvas.pixelSizeUm;
			if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) continue;
			final int cell = labels.picture()[(int) y * canvas.width + (int) x];
			if (cell > 0) foci.add(new PlantedFocus(cell, p.marker, x, y, p.widthUm,
				p.contrast, p.snr));
		}
		return foci;
	}

	private char[] expose(final float[] light, final int stream) {
		return Fluorescence.expose(canvas, light, bits + stream, Hash.uniform(bits,
			stream, 40, 120), blurUm, readNoise);
	}

	private void plantNuclei() {
		final HardCoreProcess process = new HardCoreProcess(14, 11, 1.02, 1.5) {

			@Override
			Seedling candidate(final int ix, final int iy) {
				final long b = Hash.at(bits, ix, iy);
				final double x = (ix + Hash.uniform(b, 1)) * pitchUm(), y = (iy + Hash
					.uniform(b, 2)) * pitchUm();
				final double draw = Hash.uniform(b, 3), angle = Hash.uniform(b, 4, 0,
					Math.PI);
				if (draw < 0.05) return new Seedling(x, y, Hash.uniform(b, 5, 3, 3.8),
					Hash.uniform(b, 6, 2.6, 3), angle, CellType.APOPTOTIC, b);
				if (draw < 0.09) return new Seedling(x, y, Hash.uniform(b, 5, 6, 7),
					Hash.uniform(b, 6, 2.2, 2.8), angle, CellType.MITOTIC, b);
				final boolean sahf = kind == PhantomKind.SAHF && Hash.uniform(b,
					7) < 0.4;
				final double a = Hash.uniform(b, 5, 7, sahf ? 10.5 : 9.5);
				return new Seedling(x, y, a, a * Hash.uniform(b, 6, 0.65, 0.9), angle,
					sahf ? CellType.FLATTENED : CellType.CULTURED, b);
			}
		};
		for (final Seedling s : process.within(-14, -14, canvas.width *
			canvas.pixelSizeUm + 14, canvas.height * canvas.pixelSizeUm + 14))
		{
			final Contour contour = new Contour(s.a(), s.b(), s.angle(), 0.035, 0, s
				.bits());
			final double content = switch (s.type()) {
				case MITOTIC -> 2;
				case APOPTOTIC -> 0.8;
				// G1, and a third with up to twice the DNA
				default -> Hash.uniform(s.bits(), 8) < 0.67 ? 1 : Hash.uniform(s.bits(),
					9, 1, 2);
			} * (1 + 0.08 * Hash.normal(s.bits(), 10));
			nuclei.add(new Nucleus(s.x(), s.y(), contour, s.type(), s
				.type() == CellType.FLATTENED, content, contour.area(), s.bits()));
		}
	}

	private void plantHeterochromatin(final float[] light) {
		final float[] smooth = blurred(light);
		for (int k = 0; k < nuclei.size(); k++) {
			final Nucleus n = nuclei.get(k);
			if (n.type == CellType.APOPTOTIC || n.type == CellType.MITOTIC) continue;
			final long b = Hash.mix(n.bits + 17);
			if (kind == PhantomKind.SAHF_MOUSE) plant(k, "chromocentre", 8 +
				(int) (12 * Hash.uniform(b, 1)), 1, 1.8, 1.8, 3.2, light, smooth, b);
			else if (n.sahf) plant(k, "sahf", 10 + (int) (41 * Hash.uniform(b, 1)),
				0.6, 1.2, 1.6, 2.8, light, smooth, b);
			else if (Hash.uniform(b, 2) < 0.4) barr(k, light, smooth, b);
		}
	}

	/** The inactive X of a woman's cell: one body at the rim. */
	private void barr(final int k, final float[] light, final float[] smooth,
		final long b)
	{
		final Nucleus n = nuclei.get(k);
		final double angle = Hash.uniform(b, 3, 0, 2 * Math.PI);
		final float c = (float) StrictMath.cos(angle), s = (float) StrictMath.sin(
			angle);
		final double r = n.contour.radius(c, s) - 0.8;
		put(k, "barr", n.x + r * c, n.y + r * s, Hash.uniform(b, 4, 0.8, 1.2), Hash
			.uniform(b, 5, 1.5, 2.2), light, smooth);
	}

	private void damage(final Map<String, char[]> channels) {
		final float[] gh2ax = nucleoplasm(21), p53bp1 = nucleoplasm(22);
		final float[] smoothH = blurred(gh2ax), smoothP = blurred(p53bp1);
		for (int k = 0; k < nuclei.size(); k++) {
			final Nucleus n = nuclei.get(k);
			final long b = Hash.mix(n.bits + 19);
			if (n.type == CellType.APOPTOTIC || n.type == CellType.MITOTIC || Hash
				.uniform(b, 1) < 0.3) continue;
			final int first = planted.size();
			plant(k, "gh2ax", 1 + (int) (60 * Hash.uniform(b, 2)), 0.5, 0.9, 1.5, 4,
				gh2ax, smoothH, b);
			final int last = planted.size();
			for (int p = first; p < last; p++) {
				final long pb = Hash.at(b, p - first, 3);
				if (Hash.uniform(pb, 1) > 0.7) continue;
				final Planted on = planted.get(p);
				put(k, "p53bp1", on.x + 0.05 * Hash.normal(pb, 2), on.y + 0.05 * Hash
					.normal(pb, 3), on.widthUm, Hash.uniform(pb, 4, 1.6, 3.5), p53bp1,
					smoothP);
			}
		}
		channels.put("gamma-H2AX", expose(gh2ax, 23));
		channels.put("53BP1", expose(p53bp1, 24));
	}

	/** Diffuse signal of a marker, pan-nuclear in dying cells. */
	private float[] nucleoplasm(final int stream) {
		final float[] light = canvas.map();
		final double level = Hash.uniform(bits, stream, 250, 900);
		for (final Nucleus n : nuclei) {
			final float counts = (float) (level * StrictMath.exp(0.2 * Hash.normal(
				n.bits, stream)) * (n.type == CellType.APOPTOTIC ? 9 : 1));
			final int texture = (int) n.bits + stream;
			canvas.visit(n.x, n.y, n.contour, 1, (i, dx, dy, d, r) -> {
				final float edge = Math.min(1, 0.5f + (r - d) / 0.4f);
				if (edge > 0) light[i] += counts * edge * (1 + 0.1f * Noise.at(texture,
					dx * 1.5f, dy * 1.5f));
			});
		}
		return light;
	}

	private float[] blurred(final float[] light) {
		final float[] smooth = light.clone();
		Optics.blur(smooth, canvas.w, canvas.h, blurUm / canvas.pixelSizeUm);
		return smooth;
	}

	/** Plants up to {@code count} foci, as many as there is room for. */
	private void plant(final int k, final String marker, final int count,
		final double leastUm, final double mostUm, final double leastContrast,
		final double mostContrast, final float[] light, final float[] smooth,
		final long b)
	{
		final Nucleus n = nuclei.get(k);
		final int first = planted.size();
		for (int t = 0; t < 40 * count && planted.size() < first + count; t++) {
			final long p = Hash.at(b, t, 7);
			final double angle = Hash.uniform(p, 1, 0, 2 * Math.PI);
			final float c = (float) StrictMath.cos(angle), s = (float) StrictMath.sin(
				angle);
			final double widest = n.contour.radius(c, s) - RIM_UM;
			final double r = widest * Math.sqrt(Hash.uniform(p, 2));
			final double x = n.x + r * c, y = n.y + r * s, width = Hash.uniform(p, 3,
				leastUm, mostUm);
			boolean free = true;
			for (int q = first; q < planted.size() && free; q++) {
				final Planted o = planted.get(q);
				final double reach = APART * (o.widthUm + width) / 2;
				free = (o.x - x) * (o.x - x) + (o.y - y) * (o.y - y) >= reach * reach;
			}
			if (free) put(k, marker, x, y, width, leastContrast * StrictMath.pow(
				mostContrast / leastContrast, Hash.uniform(p, 4)), light, smooth);
		}
	}

	/** Adds a focus that has width and contrast after the blur. */
	private void put(final int k, final String marker, final double x,
		final double y, final double widthUm, final double contrast,
		final float[] light, final float[] smooth)
	{
		final double px = canvas.pixelSizeUm, seen = widthUm / FWHM;
		final double sigma = Math.sqrt(Math.max(square(0.4 * px), seen * seen -
			blurUm * blurUm)) / px;
		final double cx = x / px + canvas.margin - 0.5, cy = y / px +
			canvas.margin - 0.5;
		final int ix = (int) Math.round(cx), iy = (int) Math.round(cy);
		final int reach = (int) Math.ceil(4 * sigma);
		if (ix < reach || iy < reach || ix >= canvas.w - reach || iy >= canvas.h -
			reach) return;
		final double under = smooth[iy * canvas.w + ix];
		final double height = under * (contrast - 1);
		// blur spreads the light and lowers the peak
		final double before = height * (sigma * sigma + square(blurUm / px)) /
			(sigma * sigma);
		for (int v = iy - reach; v <= iy + reach; v++)
			for (int u = ix - reach; u <= ix + reach; u++)
				light[v * canvas.w + u] += (float) (before * StrictMath.exp(-0.5 *
					(square(u - cx) + square(v - cy)) / (sigma * sigma)));
		planted.add(new Planted(k, marker, x, y, widthUm, contrast, height / Math
			.sqrt(under * Fluorescence.GAIN + readNoise * readNoise)));
	}

	private static double square(final double v) {
		return v * v;
	}
}
