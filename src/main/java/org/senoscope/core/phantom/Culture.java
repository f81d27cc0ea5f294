
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adherent cells after X-gal staining, as a colour camera on an inverted
 * microscope sees them.
 * <p>
 * Without counterstain a cell shows only as relief: phase halos and shading,
 * equal in all colours, which is no stain. Indigo lies in granules packed
 * beside and around the nucleus, which stays a pale oval, over a faint diffuse
 * part. The amount of a cell is planted as its mean indigo optical density in
 * the red channel over the perinuclear zone (up to {@link Phantoms#ZONE_UM}
 * beyond the nucleus, never nearer to another nucleus), of its own product
 * alone.
 */
final class Culture {

	private static final double MARGIN_UM = 45;
	private static final double BLUR_UM = 0.45;
	/** DAB of optical density 1 (as a vector of length 1) in red, green, blue. */
	private static final float[] DAB = { 0.31f, 0.56f, 0.76f };
	/** A dense precipitate transmits no less than this density. */
	private static final float DENSEST = 2.4f;

	private final PhantomKind kind;
	private final XgalLook look;
	private final boolean mounted;
	private final long bits;
	private final int noiseSeed;
	private final Canvas canvas;
	private final double pixelSizeUm;
	private final List<Cell> cells = new ArrayList<>();

	/** Optical density in red, green, blue of a unit of each absorber. */
	private final float[] indigo, dye;

	private final float[] product, counterstain, brown, thickness, shade, glare;

	/** A planted cell: body about (x, y), nucleus about (nx, ny), in µm. */
	private record Cell(double x, double y, Contour body, double nx, double ny,
			Contour nucleus, CellType type, double amount, long bits) {
	}

	private Culture(final PhantomKind kind, final XgalLook look, final int width,
		final int height, final long seed)
	{
		this.kind = kind;
		this.look = look;
		mounted = look.dye() != XgalLook.Dye.NONE;
		bits = Hash.mix(seed + 31L * kind.ordinal());
		noiseSeed = (int) bits;
		pixelSizeUm = look.pixelSizeUm();
		canvas = new Canvas(width, height, (int) Math.ceil(MARGIN_UM / pixelSizeUm),
			pixelSizeUm);
		indigo = new float[] { 1, (float) (0.56 + 0.035 * Hash.normal(bits, 1)),
			(float) (0.29 + 0.03 * Hash.normal(bits, 2)) };
		final float a = (float) (0.02 * Hash.normal(bits, 3)), b = (float) (0.04 *
			Hash.normal(bits, 4));
		dye = switch (look.dye()) {
			case HEMATOXYLIN -> new float[] { 1, 0.95f + 3 * a, 0.43f + b };
			case EOSIN -> new float[] { 0.1f + a, 1, 0.5f + b };
			default -> new float[] { (float) (0.15 + 0.02 * Hash.normal(bits, 3)), 1,
				(float) (0.66 + 0.04 * Hash.normal(bits, 4)) };
		};
		product = canvas.map();
		counterstain = canvas.map();
		brown = canvas.map();
		thickness = canvas.map();
		shade = canvas.map();
		glare = canvas.map();
	}

	/** Draws a field with its truth. */
	static PhantomField field(final PhantomKind kind, final XgalLook look,
		final int width, final int height, final long seed)
	{
		return new Culture(kind, look, width, height, seed).draw();
	}

	private PhantomField draw() {
		plantCells();
		final Labels labels = new Labels(canvas);
		for (final Cell c : cells) {
			labels.plant(c.nx, c.ny, c.nucleus);
		}
		final int[] zone = zones(labels.owner());
		for (int k = 0; k < cells.size(); k++) {
			drawBody(cells.get(k));
			drawNucleus(cells.get(k));
			drawProduct(k, zone);
		}
		for (int i = 0; i < product.length; i++) {
			product[i] = Math.min(DENSEST, product[i]);
		}
		drawDebris();
		final List<PlantedCell> truth = labels.finish((index, mean) -> {
			final Cell c = cells.get(index);
			return new Labels.Reading(c.type, c.amount,
				c.amount >= Phantoms.SAGAL_CUT_OD, look.ki67() > 0 ? dab(c)
					: Double.NaN);
		}, product);
		final char[] dapi = kind == PhantomKind.XGAL_DAPI ? drawDapi() : null;
		long stained = 0, covered = 0;
		for (int y = 0; y < canvas.height; y++) {
			for (int x = 0; x < canvas.width; x++) {
				final int i = (y + canvas.margin) * canvas.w + x + canvas.margin;
				if (product[i] >= Phantoms.STAINED_PIXEL_OD) stained++;
				if (thickness[i] > 0) covered++;
			}
		}
		final double pixels = (double) canvas.width * canvas.height;
		return new PhantomField(kind, canvas.width, canvas.height, expose(), dapi,
			labels.picture(), truth, stained / pixels, covered / pixels);
	}

	private void plantCells() {
		final double share = Double.isNaN(look.share()) ? Hash.uniform(bits, 10,
			0.22, 0.5) : look.share();
		final double large = Double.isNaN(look.largeCells()) ? 0.75 * share : look
			.largeCells();
		final double confluence = Hash.uniform(bits, 11, 0.35, 0.7);
		final HardCoreProcess process = new HardCoreProcess(13, 38, 0.72, 1.02) {

			@Override
			Seedling candidate(final int ix, final int iy) {
				final long b = Hash.at(bits, ix, iy);
				final double x = (ix + Hash.uniform(b, 1)) * pitchUm();
				final double y = (iy + Hash.uniform(b, 2)) * pitchUm();
				final double dense = confluence + 0.5 * Noise.octaves(noiseSeed + 3, x /
					130, y / 130, 2);
				if (Hash.uniform(b, 3) > Math.max(0.08, dense)) return null;
				final double angle = 1.1 + 1.3 * Noise.at(noiseSeed + 4, x / 190, y /
					190) + 0.4 * Hash.normal(b, 4);
				final boolean flat = Hash.uniform(b, 5) < large;
				if (flat) return new Seedling(x, y, Hash.uniform(b, 6, 20, 34), Hash
					.uniform(b, 7, 14, 21), angle, CellType.FLATTENED, b);
				return new Seedling(x, y, Hash.uniform(b, 6, 14, 27), Hash.uniform(b, 7,
					7.5, 11), angle, CellType.CULTURED, b);
			}
		};
		final double reach = MARGIN_UM - 5;
		for (final Seedling s : process.within(-reach, -reach, canvas.width *
			pixelSizeUm + reach, canvas.height * pixelSizeUm + reach))
		{
			cells.add(cell(s, share));
		}
	}

	private Cell cell(final Seedling s, final double share) {
		final long b = s.bits();
		final boolean flat = s.type() == CellType.FLATTENED;
		final Contour body = new Contour(s.a(), s.b(), s.angle(), flat ? 0.13 : 0.1,
			0, b);
		final double shift = Hash.uniform(b, 8, -0.22, 0.22) * s.a();
		final double side = Hash.uniform(b, 9, -0.15, 0.15) * s.b();
		final double c = StrictMath.cos(s.angle()), n = StrictMath.sin(s.angle());
		final double long0 = flat ? Hash.uniform(b, 11, 7.5, 10.5) : Hash.uniform(b,
			11, 6, 8.5);
		final double short0 = long0 * Hash.uniform(b, 12, 0.62, 0.85);
		final Contour nucleus = new Contour(long0, Math.min(short0, 0.72 * s.b()), s
			.angle() + 0.25 * Hash.normal(b, 13), 0.035, Hash.uniform(b, 14) < 0.08
				? 0.18 : 0, b + 1);
		return new Cell(s.x(), s.y(), body, s.x() + shift * c - side * n, s.y() +
			shift * n + side * c, nucleus, s.type(), amount(b, flat, share), b);
	}

	/**
	 * Mean optical density that a cell gets: two clear groups, and about one cell
	 * in ten near the cut on either side.
	 */
	private double amount(final long b, final boolean flat, final double share) {
		if (!look.product()) return 0;
		final boolean planned = !Double.isNaN(look.share());
		final double weak = Hash.uniform(b, 16);
		if (weak < 0.05) return Hash.uniform(b, 17, 0.05, 0.11);
		// few positive cells: few of them weak
		if (weak < (planned ? 0.05 + 0.12 * Math.min(0.42, share) : 0.1))
			return Hash.uniform(b, 17, 0.19, 0.27);
		final double chance = planned ? Math.min(0.95, flat ? 1.4 * share : 0.8 *
			share) : flat ? 0.85 : 0.3 * share;
		if (Hash.uniform(b, 18) < chance) return Math.min(0.95, 0.46 * StrictMath
			.exp(0.32 * Hash.normal(b, 19)));
		return Math.min(0.035, 0.01 * Math.abs(Hash.normal(b, 19)));
	}

	/**
	 * Returns for each pixel the index + 1 of the cell whose perinuclear zone it
	 * is in, 0 for none.
	 */
	private int[] zones(final int[] nuclei) {
		final int[] zone = new int[nuclei.length];
		final float[] nearest = canvas.map();
		Arrays.fill(nearest, Float.MAX_VALUE);
		for (int k = 0; k < cells.size(); k++) {
			final Cell c = cells.get(k);
			final int label = k + 1;
			canvas.visit(c.nx, c.ny, c.nucleus, Phantoms.ZONE_UM, (i, dx, dy, d,
				r) -> {
				if (nuclei[i] == 0 && d - r < nearest[i]) {
					nearest[i] = d - r;
					zone[i] = label;
				}
			});
		}
		return zone;
	}

	private void drawBody(final Cell c) {
		final float height = c.type == CellType.FLATTENED ? 0.75f : 1.2f;
		final int texture = (int) c.bits + 5;
		canvas.visit(c.x, c.y, c.body, 0, (i, dx, dy, d, r) -> {
			final float relative = d / r;
			final float profile = (float) Math.sqrt(Math.max(0, 1 - relative *
				relative));
			thickness[i] = Math.max(thickness[i], height * (0.25f * Math.min(1, (r -
				d) / 1.2f) + profile * profile));
			// Organelles: grey grain towards the middle of the cell.
			final float grain = Noise.at(texture, dx * 0.9f, dy * 0.9f) + 0.7f * Noise
				.at(texture + 1, dx * 0.35f, dy * 0.35f);
			shade[i] += 0.02f * profile * (0.6f + grain);
		});
	}

	/** Optical density of DAB over a nucleus. */
	private double dab(final Cell c) {
		if (look.ki67() <= 0) return 0;
		final boolean senescent = c.amount >= Phantoms.SAGAL_CUT_OD;
		return Hash.uniform(c.bits, 50) < look.ki67() * (senescent ? 0.1 : 1) ? Hash
			.uniform(c.bits, 51, 0.3, 0.9) : 0.02 * Hash.uniform(c.bits, 51);
	}

	private void drawNucleus(final Cell c) {
		final boolean stained = mounted && look.dye() != XgalLook.Dye.EOSIN;
		final int texture = (int) c.bits + 9;
		final int nucleoli = 1 + (int) (3 * Hash.uniform(c.bits, 40));
		final float[] ox = new float[nucleoli], oy = new float[nucleoli];
		for (int k = 0; k < nucleoli; k++) {
			ox[k] = (float) Hash.uniform(c.bits, 41 + k, -0.5, 0.5) * c.nucleus
				.largestRadius();
			oy[k] = (float) Hash.uniform(c.bits, 45 + k, -0.35, 0.35) * c.nucleus
				.largestRadius();
		}
		final float strength = (look.ki67() > 0 ? 0.6f : 1) * (float) Math.max(0.2,
			0.4 + 0.1 * Hash.normal(c.bits, 48));
		final float dab = (float) dab(c);
		canvas.visit(c.nx, c.ny, c.nucleus, 1.2, (i, dx, dy, d, r) -> {
			final float edge = Math.max(0, Math.min(1, 0.5f + (r - d) / 1.1f));
			final float membrane = Math.max(0, 1 - Math.abs(d - r) / 0.8f);
			float spots = 0;
			for (int k = 0; k < nucleoli; k++) {
				final float ex = dx - ox[k], ey = dy - oy[k];
				spots += Math.max(0, 1 - (ex * ex + ey * ey) / 1.7f);
			}
			shade[i] += 0.035f * membrane + 0.075f * spots - 0.02f * edge;
			thickness[i] += 0.16f * edge;
			if (stained && edge > 0) {
				final float chromatin = Noise.at(texture, dx * 0.8f, dy * 0.8f) + 0.7f *
					Noise.at(texture + 1, dx * 0.35f, dy * 0.35f);
				brown[i] += dab * edge * (1 + 0.15f * chromatin);
				counterstain[i] += strength * edge * (0.95f + 0.2f * chromatin + 0.3f *
					spots + 0.12f * membrane);
			}
		});
		if (!mounted) return;
		final float cytoplasm = stained ? 0.08f : 0.35f * strength / 0.4f;
		canvas.visit(c.x, c.y, c.body, 0, (i, dx, dy, d, r) -> counterstain[i] =
			Math.max(counterstain[i], cytoplasm * (1 - d * d / (r * r))));
	}

	/**
	 * Granules beside and around the nucleus, scaled so that the mean over the
	 * cell's zone is the planted amount.
	 */
	private void drawProduct(final int index, final int[] zone) {
		final Cell c = cells.get(index);
		final long b = Hash.mix(c.bits + 77);
		final double amount = c.amount;
		if (amount < 0.004) return;
		final float[] own = own(c);
		final int[] box = box(c);
		final int w = box[2] - box[0];
		final double cap = Hash.uniform(b, 1, 0, 2 * Math.PI);
		final int granules = (int) (45 + 430 * Math.min(0.6, amount) + 40 * Hash
			.uniform(b, 2));
		final boolean haze = amount < 0.3;
		for (int g = 0; g < granules; g++) {
			final long gb = Hash.at(b, g, 5);
			// Packed on one side, thinner all round, few over the nucleus.
			final double spread = Hash.uniform(gb, 1) < 0.7 ? 0.75 : 2.2;
			final double angle = cap + spread * Hash.normal(gb, 2);
			final float ux = (float) StrictMath.cos(angle), uy = (float) StrictMath
				.sin(angle);
			final double rim = c.nucleus.radius(ux, uy);
			final double out = Hash.uniform(gb, 3) < 0.05 ? -Hash.uniform(gb, 4, 0,
				0.6) * rim : 0.5 - 3.6 * StrictMath.log(1 - Hash.uniform(gb, 5));
			final float gx = (float) (c.nx + ux * (rim + out)), gy = (float) (c.ny +
				uy * (rim + out));
			final float inBody = c.body.radius((float) (gx - c.x), (float) (gy -
				c.y));
			final double fromCentre = StrictMath.hypot(gx - c.x, gy - c.y);
			if (fromCentre > 0.93 * inBody) continue;
			final double size = Hash.uniform(gb, 6, 0.42, 0.95);
			splat(own, box, gx, gy, size, Hash.uniform(gb, 7, 0.4, 1));
		}
		canvas.visit(c.x, c.y, c.body, 0, (i, dx, dy, d, r) -> {
			final int x = i % canvas.w - box[0], y = i / canvas.w - box[1];
			if (x < 0 || y < 0 || x >= w || y >= box[3] - box[1]) return;
			final float ex = (float) (c.x + dx - c.nx), ey = (float) (c.y + dy -
				c.ny);
			final float beyond = (float) StrictMath.hypot(ex, ey) - c.nucleus.radius(
				ex, ey);
			final float diffuse = beyond < 0 ? 0.1f : (float) StrictMath.exp(-beyond /
				6);
			own[y * w + x] += (haze ? 0.22f : 0.1f) * diffuse * Math.min(1, (r - d) /
				2);
		});
		double sum = 0;
		int pixels = 0;
		for (int y = box[1]; y < box[3]; y++) {
			for (int x = box[0]; x < box[2]; x++) {
				if (zone[y * canvas.w + x] != index + 1) continue;
				sum += own[(y - box[1]) * w + x - box[0]];
				pixels++;
			}
		}
		if (sum <= 0) return;
		final float scale = (float) (amount * pixels / sum);
		for (int y = box[1]; y < box[3]; y++) {
			for (int x = box[0]; x < box[2]; x++) {
				product[y * canvas.w + x] += scale * own[(y - box[1]) * w + x - box[0]];
			}
		}
	}

	private float[] own(final Cell c) {
		final int[] box = box(c);
		return new float[Math.max(0, box[2] - box[0]) * Math.max(0, box[3] -
			box[1])];
	}

	/** Left, top, right, bottom on the canvas of all that a cell may stain. */
	private int[] box(final Cell c) {
		final double reach = c.body.largestRadius() + 3;
		return new int[] { (int) Math.max(0, (c.x - reach) / pixelSizeUm +
			canvas.margin), (int) Math.max(0, (c.y - reach) / pixelSizeUm +
				canvas.margin), (int) Math.max(0, Math.min(canvas.w, (c.x + reach) /
					pixelSizeUm + canvas.margin)), (int) Math.max(0, Math.min(canvas.h,
						(c.y + reach) / pixelSizeUm + canvas.margin)) };
	}

	/** Adds a round granule. */
	private void splat(final float[] own, final int[] box, final float gx,
		final float gy, final double sizeUm, final double strength)
	{
		final int w = box[2] - box[0], h = box[3] - box[1];
		final double cx = gx / pixelSizeUm + canvas.margin - box[0], cy = gy /
			pixelSizeUm + canvas.margin - box[1];
		final double sigma = sizeUm / pixelSizeUm;
		final int reach = (int) Math.ceil(3 * sigma);
		for (int y = Math.max(0, (int) cy - reach); y <= Math.min(h - 1, (int) cy +
			reach); y++)
		{
			for (int x = Math.max(0, (int) cx - reach); x <= Math.min(w - 1,
				(int) cx + reach); x++)
			{
				final double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
				own[y * w + x] += (float) (strength * StrictMath.exp(-(dx * dx + dy *
					dy) / (2 * sigma * sigma)));
			}
		}
	}

	/** Dark specks, and floating dead cells, which shine at their rim. */
	private void drawDebris() {
		final double areaMm2 = canvas.width * canvas.height * pixelSizeUm *
			pixelSizeUm / 1e6;
		final int specks = (int) Math.round(areaMm2 * Hash.uniform(bits, 60, 60,
			200));
		for (int k = 0; k < specks; k++) {
			final long b = Hash.at(bits, 601, k);
			final double r = Hash.uniform(b, 1, 0.8, 2.6);
			final Contour c = new Contour(r, r * Hash.uniform(b, 2, 0.5, 0.9), Hash
				.uniform(b, 3, 0, Math.PI), 0.2, 0, b);
			final float density = (float) Hash.uniform(b, 4, 0.25, 0.9);
			canvas.visit(Hash.uniform(b, 5, 0, canvas.width) * pixelSizeUm, Hash
				.uniform(b, 6, 0, canvas.height) * pixelSizeUm, c, 0, (i, dx, dy, d,
					radius) -> shade[i] += density);
		}
		if (mounted) return;
		final int floating = (int) Math.round(areaMm2 * Hash.uniform(bits, 61, 0,
			90));
		for (int k = 0; k < floating; k++) {
			final long b = Hash.at(bits, 602, k);
			final double r = Hash.uniform(b, 1, 4.5, 7);
			final Contour c = new Contour(r * 1.05, r * 0.95, 0, 0.03, 0, b);
			canvas.visit(Hash.uniform(b, 5, 0, canvas.width) * pixelSizeUm, Hash
				.uniform(b, 6, 0, canvas.height) * pixelSizeUm, c, 5, (i, dx, dy, d,
					radius) -> {
					final float t = d / radius;
					shade[i] += 0.22f * bump(t, 0.97f, 0.13f);
					glare[i] += 0.3f * bump(t, 0.55f, 0.3f) + 0.16f * bump(t, 1.3f,
						0.14f);
				});
		}
	}

	private static float bump(final float t, final float at, final float width) {
		final float u = (t - at) / width;
		return (float) Math.max(0, 1 - u * u);
	}

	/**
	 * DAPI of the same field: dense product absorbs both the exciting and the
	 * emitted light (Beer-Lambert twice), so nuclei under it are dimmed.
	 */
	private char[] drawDapi() {
		final float[] light = canvas.map();
		final double brightness = Hash.uniform(bits, 70, 2200, 4800);
		for (final Cell c : cells) {
			Fluorescence.draw(canvas, new Fluorescence.Nucleus(c.nx, c.ny, c.nucleus,
				(float) (brightness * StrictMath.exp(0.35 * Hash.normal(c.bits, 71))),
				c.bits + 3, c.type), light);
		}
		final float[] over = product.clone();
		final float quenching = (float) look.quenching();
		Optics.blur(over, canvas.w, canvas.h, (1 + 3 * quenching) / pixelSizeUm);
		for (int i = 0; i < light.length; i++) {
			light[i] *= Absorption.transmission((0.75f + 4 * quenching) * over[i]);
		}
		return Fluorescence.expose(canvas, light, bits + 72, Hash.uniform(bits, 73,
			20, 70));
	}

	/** Relief, stains, lamp, blur, noise, 8 bit. */
	private byte[] expose() {
		final float[] near = thickness.clone(), far = thickness.clone();
		Optics.blur(near, canvas.w, canvas.h, 0.7 / pixelSizeUm);
		Optics.blur(far, canvas.w, canvas.h, 3.2 / pixelSizeUm);
		final float halo = (float) (mounted ? 0.05 : Hash.uniform(bits, 80, 0.12,
			0.26));
		final float oblique = (float) (mounted ? 0.02 : Hash.uniform(bits, 81, 0.06,
			0.16) / pixelSizeUm * 0.5);
		final double from = Hash.uniform(bits, 82, 0, 2 * Math.PI);
		final float lx = (float) StrictMath.cos(from), ly = (float) StrictMath.sin(
			from);
		final float dirt = mounted ? 0.008f : 0.018f;
		final float[] relief = canvas.map();
		for (int y = 1; y < canvas.h - 1; y++) {
			for (int x = 1; x < canvas.w - 1; x++) {
				final int i = y * canvas.w + x;
				final float slope = lx * (near[i + 1] - near[i - 1]) + ly * (near[i +
					canvas.w] - near[i - canvas.w]);
				final float ground = dirt * Noise.octaves(noiseSeed + 90, x *
					pixelSizeUm / 9, y * pixelSizeUm / 9, 3);
				relief[i] = Math.max(0.35f, Math.min(1.6f, 1 - halo * (near[i] -
					far[i]) + oblique * slope + ground)) * Absorption.transmission(
						shade[i] * (mounted ? 0.5f : 1)) + glare[i];
			}
		}
		// Lenses are not equally sharp in all colours.
		final double[] blur = { BLUR_UM * 1.1, BLUR_UM, BLUR_UM * 1.2 };
		final float[] scratch = canvas.map();
		final float[][] light = new float[3][];
		for (int c = 0; c < 3; c++) {
			light[c] = canvas.map();
			for (int i = 0; i < relief.length; i++) {
				final float veil = thickness[i] > 0 ? (float) look.veil() : 0;
				light[c][i] = relief[i] * Absorption.transmission(indigo[c] *
					(product[i] + veil) + dye[c] * counterstain[i] + DAB[c] * brown[i]);
			}
			final double width = Math.hypot(blur[c], look.defocusUm()) / pixelSizeUm;
			Optics.blur(light[c], scratch, canvas.w, canvas.h, Optics.kernel(width,
				Optics.radius(width)));
		}
		final byte[] rgb = capture(light, lamp());
		if (!mounted && Hash.uniform(bits, 85) < 0.5) ScaleBar.burn(rgb,
			canvas.width, canvas.height, pixelSizeUm);
		return rgb;
	}

	/** Lamp, camera, noise, 8 bit. */
	private byte[] capture(final float[][] light, final Lamp lamp) {
		final XgalLook.Scanner scanner = look.scanner();
		final float[] base = { (float) lamp.red(), (float) lamp.green(),
			(float) lamp.blue() };
		final float electrons = (float) Hash.uniform(bits, 83, 16, 40);
		final byte[] rgb = new byte[3 * canvas.width * canvas.height];
		for (int c = 0; c < 3; c++) {
			final float[] own = light[c], next = light[(c + 1) % 3], last = light[(c +
				2) % 3];
			for (int y = 0; y < canvas.height; y++) {
				final float v = 2 * (y + 0.5f) / canvas.height - 1;
				for (int x = 0; x < canvas.width; x++) {
					final float u = 2 * (x + 0.5f) / canvas.width - 1;
					final int i = (y + canvas.margin) * canvas.w + x + canvas.margin;
					float seen = own[i] + scanner.leak * (next[i] + last[i] - 2 * own[i]);
					if (scanner.sharpen > 0) seen += scanner.sharpen * (own[i] - 0.25f *
						(own[i - 1] + own[i + 1] + own[i - canvas.w] + own[i + canvas.w]));
					final float grey = base[c] * lamp.at(u, v) * seen;
					final float noise = (float) Math.sqrt(Math.max(0, grey) / electrons +
						0.6f) * Hash.pixelNormal(bits + 84 + c, x, y);
					rgb[3 * (y * canvas.width + x) + c] = (byte) Math.max(0, Math.min(255,
						(int) (grey + noise + 0.5f)));
				}
			}
		}
		return rgb;
	}

	private Lamp lamp() {
		final Lamp l = seededLamp();
		final double[] w = look.scanner().white == null ? new double[] { l.red(), l
			.green(), l.blue() } : look.scanner().white;
		final double gradient = look.gradient(), f = look.light();
		return new Lamp(f * w[0], f * w[1], f * w[2], Double.isNaN(gradient) ? l
			.slopeX() : gradient, Double.isNaN(gradient) ? l.slopeY() : -0.6 *
				gradient, Double.isNaN(gradient) ? l.vignette() : Math.abs(gradient));
	}

	/** Grey, yellowish (lamp) or bluish (daylight filter) background. */
	private Lamp seededLamp() {
		final double slopeX = mounted ? 0.03 * Hash.normal(bits, 86) : Hash.uniform(
			bits, 86, -0.16, 0.16);
		final double slopeY = mounted ? 0.03 * Hash.normal(bits, 87) : Hash.uniform(
			bits, 87, -0.16, 0.16);
		if (mounted) {
			final double w = Hash.uniform(bits, 88, 226, 240);
			return new Lamp(w, w - 1, w - 4, slopeX, slopeY, 0.06);
		}
		final double w = Hash.uniform(bits, 88, 178, 212);
		final double tint = Hash.uniform(bits, 89);
		if (tint < 0.5) return new Lamp(w + 4, w, w - 24, slopeX, slopeY, 0.14);
		if (tint < 0.8) return new Lamp(w, w + 1, w - 4, slopeX, slopeY, 0.14);
		return new Lamp(w - 10, w, w + 9, slopeX, slopeY, 0.14);
	}
}
