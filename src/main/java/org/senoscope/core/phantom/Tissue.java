
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A section stained for Ki-67 with DAB over hematoxylin, endless in extent:
 * islands of tissue on glass, tumour nests in stroma, lymphocytes, hot spots.
 * Any rectangle is drawn alone and gives the same pixels as in the whole.
 * <p>
 * Light passes maps of stain concentration by the law of Beer and Lambert; a
 * concentration of 1 has an optical density vector of length 1. Frame: level-0
 * pixels, the centre of the first pixel is at 0.5, 0.5.
 */
public final class Tissue {

	/** Margin that the blur of the optics needs, in pixels. */
	private static final int MARGIN = 4;
	/** Largest reach of an outline in µm: half the longest spindle. */
	private static final double REACH_UM = 14;
	private static final double BLUR_PX = 0.75;
	/** Electrons at full scale and read noise (grey levels) of the camera. */
	private static final float GREY_PER_VARIANCE = 38;
	private static final float READ_VARIANCE = 0.5f;
	private static final float[] NOISE_SIGMA = new float[257];

	static {
		for (int i = 0; i < NOISE_SIGMA.length; i++) {
			NOISE_SIGMA[i] = (float) Math.sqrt(i / GREY_PER_VARIANCE + READ_VARIANCE);
		}
	}

	/** Where the chromogen lies. */
	enum Place {
			/** In the nucleus, as Ki-67. */
			NUCLEUS,
			/** Evenly in the cytoplasm. */
			CYTOPLASM,
			/** On the border of the cell. */
			MEMBRANE,
			/** In dense granules of the cytoplasm. */
			GRANULES
	}

	/** Width of a membrane, µm. */
	private static final double MEMBRANE_UM = 1;
	/** Optical density of a granule. */
	private static final float GRANULE_OD = 0.8f;
	/** Side of the squares that hold a granule each or none, µm. */
	private static final double GRANULE_PITCH_UM = 1.6;

	private final Place place;
	private final boolean opposed;
	private final long seed;
	private final int noiseSeed;
	private final double pixelSizeUm;
	private final boolean field;
	private final double fieldWidthPx, fieldHeightPx;
	private final double islandUm;
	private final double edgeCos, edgeSin, edgeAt;
	private final float[] hematoxylin, dab;
	private final Lamp lamp;
	private final double proliferation;
	/** Share of positive nuclei of all types; NaN: that of the tissue. */
	private final double share;
	private final double counterstain;
	private final float[] kernel = Optics.kernel(BLUR_PX, 2);
	private final HardCoreProcess process;

	/**
	 * @param seed everything follows from it
	 * @param width width of the picture in pixels: decides the size of tissue
	 *          islands, and where the light falls off in a field
	 * @param height likewise
	 * @param pixelSizeUm pixel size in µm
	 * @param field true for one camera field (glass along one border, uneven
	 *          light), false for a scanned slide
	 */
	public Tissue(final long seed, final int width, final int height,
		final double pixelSizeUm, final boolean field)
	{
		this(seed, width, height, pixelSizeUm, field, Double.NaN, Place.NUCLEUS,
			false, 0, false);
	}

	/**
	 * Tissue with a wanted share of positive nuclei, whatever their type, that
	 * lie in patches.
	 *
	 * @param share share that is about reached over a wide area, 0 to 1; NaN:
	 *          that of the tissue
	 * @param place where the chromogen lies; in a field only, but for nuclei
	 * @param sudan whether the stains are nuclear fast red and Sudan Black B
	 * @param section number of the section of one block: others have other nuclei
	 *          and stains in the same nests
	 * @param opposed whether nuclei are positive where those of others are not
	 * @see #Tissue(long, int, int, double, boolean)
	 */
	Tissue(final long seed, final int width, final int height,
		final double pixelSizeUm, final boolean field, final double share,
		final Place place, final boolean sudan, final int section,
		final boolean opposed)
	{
		this.share = share;
		this.place = place;
		final long block = Hash.mix(seed);
		this.seed = section == 0 ? block : Hash.mix(block + section);
		this.opposed = opposed;
		noiseSeed = (int) block;
		this.pixelSizeUm = pixelSizeUm;
		this.field = field;
		fieldWidthPx = width;
		fieldHeightPx = height;
		final long h = Hash.mix(this.seed + 1);
		islandUm = Math.max(300, 0.42 * Math.min(width, height) * pixelSizeUm);
		final double edgeAngle = Hash.uniform(Hash.mix(block + 1), 1, 0, 2 *
			Math.PI);
		edgeCos = StrictMath.cos(edgeAngle);
		edgeSin = StrictMath.sin(edgeAngle);
		edgeAt = 0.36 * Math.min(width, height) * pixelSizeUm;
		hematoxylin = sudan ? unit(0.25 + 0.02 * Hash.normal(h, 2), 0.82 + 0.02 *
			Hash.normal(h, 3), 0.51 + 0.02 * Hash.normal(h, 4)) : unit(0.72 + 0.025 *
				Hash.normal(h, 2), 0.60 + 0.02 * Hash.normal(h, 3), 0.30 + 0.025 * Hash
					.normal(h, 4));
		dab = sudan ? unit(0.7 + 0.02 * Hash.normal(h, 5), 0.6 + 0.02 * Hash.normal(
			h, 6), 0.39 + 0.02 * Hash.normal(h, 7)) : unit(0.31 + 0.02 * Hash.normal(
				h, 5), 0.56 + 0.02 * Hash.normal(h, 6), 0.76 + 0.02 * Hash.normal(h,
					7));
		final double white = Hash.uniform(h, 8, 232, 244);
		final double f = field ? 1 : 0.15;
		lamp = new Lamp(white + Hash.uniform(h, 9, -3, 3), white + Hash.uniform(h,
			10, -2, 3), white + Hash.uniform(h, 11, -6, 2), f * 0.04 * Hash.normal(h,
				12), f * 0.04 * Hash.normal(h, 13), f * 0.07);
		proliferation = Hash.uniform(h, 14, 0.18, 0.42);
		counterstain = Hash.uniform(h, 15, 0.8, 1.15);
		process = new HardCoreProcess(5.2, 10.5, 0.92, 1.3) {

			@Override
			Seedling candidate(final int ix, final int iy) {
				return seedling(ix, iy);
			}
		};
	}

	private static float[] unit(final double r, final double g, final double b) {
		final double n = Math.sqrt(r * r + g * g + b * b);
		return new float[] { (float) (r / n), (float) (g / n), (float) (b / n) };
	}

	/**
	 * A nucleus of the tissue.
	 *
	 * @param key identity, the same in every rectangle
	 * @param xPx centre in pixels
	 * @param yPx centre in pixels
	 * @param type kind of cell
	 * @param hematoxylin optical density of hematoxylin
	 * @param dab planted optical density of DAB
	 * @param areaUm2 area within the outline
	 * @param bits source of its texture
	 * @param contour outline in µm about the centre
	 */
	record Nucleus(long key, double xPx, double yPx, CellType type,
			float hematoxylin, float dab, double areaUm2, long bits,
			Contour contour) {

		/** The same without DAB in it. */
		Nucleus without() {
			return new Nucleus(key, xPx, yPx, type, hematoxylin, 0, areaUm2, bits,
				contour);
		}
	}

	Place place() {
		return place;
	}

	/**
	 * What was planted around each nucleus of a field: mean optical density over
	 * cytoplasm or membrane, share of the cytoplasm that granules cover.
	 *
	 * @return null where the chromogen lies in nuclei
	 */
	double[] around(final List<Nucleus> nuclei, final int width,
		final int height)
	{
		if (place == Place.NUCLEUS) return null;
		final float[] product = new float[width * height];
		final int[] owner = around(nuclei, 0, 0, width, height, product);
		final double[] sum = new double[nuclei.size()];
		final int[] n = new int[nuclei.size()];
		for (int i = 0; i < owner.length; i++) {
			// -1 is no cell, what a membrane leaves out of one is below
			if (owner[i] < 0) continue;
			n[owner[i]]++;
			sum[owner[i]] += place == Place.GRANULES ? product[i] / GRANULE_OD
				: product[i];
		}
		for (int k = 0; k < sum.length; k++)
			sum[k] = n[k] == 0 ? 0 : sum[k] / n[k];
		return sum;
	}

	/**
	 * Draws the chromogen around nuclei: a pixel belongs to the nearest nucleus,
	 * up to {@link Phantoms#ZONE_UM} from its outline.
	 *
	 * @param product receives its optical density
	 * @return by pixel the nucleus in whose place it lies, negative for none
	 */
	private int[] around(final List<Nucleus> nuclei, final int x0, final int y0,
		final int w, final int h, final float[] product)
	{
		final int[] owner = new int[w * h];
		final float[] nearest = new float[w * h], second = new float[w * h];
		Arrays.fill(owner, -1);
		Arrays.fill(nearest, Float.POSITIVE_INFINITY);
		Arrays.fill(second, Float.POSITIVE_INFINITY);
		final float px = (float) pixelSizeUm;
		for (int k = 0; k < nuclei.size(); k++) {
			final Nucleus n = nuclei.get(k);
			final double reach = (n.contour.largestRadius() + Phantoms.ZONE_UM + 1) /
				pixelSizeUm;
			for (int y = Math.max(0, (int) (n.yPx - reach) - y0); y < h && y +
				y0 <= n.yPx + reach; y++)
				for (int x = Math.max(0, (int) (n.xPx - reach) - x0); x < w && x +
					x0 <= n.xPx + reach; x++)
				{
					final float dx = (float) (x0 + x + 0.5 - n.xPx) * px, dy =
						(float) (y0 + y + 0.5 - n.yPx) * px;
					final float away = (float) Math.sqrt(dx * dx + dy * dy) - n.contour
						.radius(dx, dy);
					final int i = y * w + x;
					if (away < nearest[i]) {
						second[i] = nearest[i];
						nearest[i] = away;
						owner[i] = k;
					}
					else second[i] = Math.min(second[i], away);
				}
		}
		final double zone = Phantoms.ZONE_UM;
		for (int i = 0; i < owner.length; i++) {
			// a membrane ends the zone, or runs half-way to the neighbour
			final boolean inside = nearest[i] > 0 && nearest[i] <= zone &&
				(place != Place.MEMBRANE || nearest[i] > zone - MEMBRANE_UM ||
					second[i] - nearest[i] < 2 * MEMBRANE_UM);
			if (!inside) {
				owner[i] = -1;
				continue;
			}
			final Nucleus n = nuclei.get(owner[i]);
			final int x = x0 + i % w, y = y0 + i / w;
			product[i] = place == Place.GRANULES ? granule(n, x, y) : n.dab * (1 +
				0.3f * Noise.at((int) n.bits, x * px, y * px));
		}
		return owner;
	}

	/**
	 * Granules, more of them in positive cells: an amount of 0.3 covers a twelfth
	 * of the cytoplasm.
	 */
	private float granule(final Nucleus n, final int x, final int y) {
		final double xu = (x + 0.5) * pixelSizeUm, yu = (y + 0.5) * pixelSizeUm;
		final int ix = (int) Math.floor(xu / GRANULE_PITCH_UM), iy = (int) Math
			.floor(yu / GRANULE_PITCH_UM);
		for (int v = iy - 1; v <= iy + 1; v++)
			for (int u = ix - 1; u <= ix + 1; u++) {
				final long bits = Hash.at(seed + 61, u, v);
				if (Hash.uniform(bits, 1) >= 0.7 * Math.max(0, n.dab - 0.06)) continue;
				final double dx = xu - (u + Hash.uniform(bits, 2)) * GRANULE_PITCH_UM,
						dy = yu - (v + Hash.uniform(bits, 3)) * GRANULE_PITCH_UM;
				final double r = Hash.uniform(bits, 4, 0.5, 0.9);
				if (dx * dx + dy * dy < r * r) return GRANULE_OD;
			}
		return 0;
	}

	/** Signed distance-like field: above 0 is tissue. */
	private float tissue(final double x, final double y) {
		final float fine = Noise.octaves(noiseSeed + 11, x / 90, y / 90, 3);
		final float holes = Noise.octaves(noiseSeed + 12, x / 45, y / 45, 2);
		final float gap = Math.min(0.35f, 3.2f * (0.6f - holes));
		if (field) {
			final double mx = x - 0.5 * fieldWidthPx * pixelSizeUm;
			final double my = y - 0.5 * fieldHeightPx * pixelSizeUm;
			final float edge = (float) ((edgeAt - (mx * edgeCos + my * edgeSin)) /
				60) + 0.35f * fine;
			return Math.min(edge, gap);
		}
		final float island = Noise.octaves(noiseSeed + 13, x / islandUm, y /
			islandUm, 2);
		return Math.min(3.5f * (island + 0.22f) + 0.25f * fine, gap);
	}

	/** Above 0 is a tumour nest, below stroma. */
	private float nest(final double x, final double y) {
		return Noise.octaves(noiseSeed + 21, x / 120, y / 120, 3) + 0.16f;
	}

	private Seedling seedling(final int ix, final int iy) {
		final long bits = Hash.at(seed, ix, iy);
		final double pitch = process.pitchUm();
		final double x = (ix + Hash.uniform(bits, 1)) * pitch;
		final double y = (iy + Hash.uniform(bits, 2)) * pitch;
		final double chance = Hash.uniform(bits, 3);
		// Cheap refusal first: no region is denser than this.
		if (chance > 0.8) return null;
		if (tissue(x, y) < 0.12) return null;
		final float nest = nest(x, y);
		final boolean inNest = nest > 0;
		final float follicle = Noise.at(noiseSeed + 23, x / 70, y / 70);
		final boolean immune = !inNest && follicle > 0.35;
		if (chance > (inNest ? 0.72 : immune ? 0.7 : 0.24)) return null;
		final double kind = Hash.uniform(bits, 4);
		if (inNest ? kind < 0.05 : immune ? kind < 0.85 : kind < 0.25) {
			final double r = 3.1 + 0.28 * Hash.normal(bits, 5);
			return new Seedling(x, y, r * 1.06, r * 0.95, Hash.uniform(bits, 6, 0,
				Math.PI), CellType.LYMPHOCYTE, bits);
		}
		if (!inNest && kind < 0.93) {
			// Fibres run along one wavy direction.
			final double angle = 0.7 + 1.2 * Noise.at(noiseSeed + 22, x / 160, y /
				160) + 0.18 * Hash.normal(bits, 7);
			return new Seedling(x, y, Hash.uniform(bits, 8, 5.5, 10), Hash.uniform(
				bits, 9, 1.7, 2.7), angle, CellType.STROMA, bits);
		}
		final double r = Math.max(3.6, Math.min(7, 4.7 + 0.65 * Hash.normal(bits,
			10)));
		final double stretch = Hash.uniform(bits, 11, 1.02, 1.28);
		return new Seedling(x, y, r * stretch, r / stretch, Hash.uniform(bits, 12,
			0, Math.PI), CellType.TUMOUR, bits);
	}

	/** Chance of a nucleus to be positive: log-odds that go up and down. */
	private double patchy(final double x, final double y) {
		return 1 / (1 + (1 - share) / share * StrictMath.exp((opposed ? 5 : -5) *
			Noise.octaves(noiseSeed + 32, x / 150, y / 150, 2)));
	}

	private Nucleus nucleus(final Seedling s) {
		final long bits = s.bits();
		final boolean spindle = s.type() == CellType.STROMA;
		final double rough = spindle ? 0.04 : s.type() == CellType.LYMPHOCYTE ? 0.03
			: 0.075;
		final double dent = s.type() == CellType.TUMOUR && Hash.uniform(bits,
			20) < 0.14 ? 0.25 : 0;
		final Contour contour = new Contour(s.a(), s.b(), s.angle(), rough, dent,
			bits);
		final double h = switch (s.type()) {
			case LYMPHOCYTE -> 0.85 + 0.1 * Hash.normal(bits, 21);
			case STROMA -> 0.62 + 0.1 * Hash.normal(bits, 21);
			default -> 0.5 + 0.12 * Hash.normal(bits, 21);
		};
		final double hot = 1 + 1.1 * Noise.octaves(noiseSeed + 31, s.x() / 200, s
			.y() / 200, 2);
		final double p = !Double.isNaN(share) ? patchy(s.x(), s.y()) : s
			.type() == CellType.TUMOUR ? proliferation * hot : 0.05;
		final double u = Hash.uniform(bits, 22), level = Hash.uniform(bits, 23);
		final double amount;
		if (share != 0 && Hash.uniform(bits, 24) < 0.03) amount = Hash.uniform(bits,
			25, 0.1, 0.3);
		else if (u < p) {
			amount = level < 0.15 ? Hash.uniform(bits, 26, 0.28, 0.42) : level < 0.45
				? Hash.uniform(bits, 26, 0.42, 0.62) : Hash.uniform(bits, 26, 0.62,
					1.35);
		}
		else amount = Math.min(0.08, -0.015 * StrictMath.log(1 - level));
		return new Nucleus(bits, s.x() / pixelSizeUm, s.y() / pixelSizeUm, s.type(),
			(float) (counterstain * Math.max(0.28, h)), (float) amount, contour
				.area(), bits, contour);
	}

	/**
	 * Returns the nuclei whose centre lies in the rectangle, in a fixed order.
	 *
	 * @param marginPx grows the rectangle on every side
	 */
	List<Nucleus> nuclei(final int x0, final int y0, final int width,
		final int height, final double marginPx)
	{
		return process.within((x0 - marginPx) * pixelSizeUm, (y0 - marginPx) *
			pixelSizeUm, (x0 + width + marginPx) * pixelSizeUm, (y0 + height +
				marginPx) * pixelSizeUm).stream().map(this::nucleus).toList();
	}

	/** Returns how far a nucleus may reach, in pixels. */
	double reachPx() {
		return REACH_UM / pixelSizeUm;
	}

	/**
	 * Draws a rectangle.
	 *
	 * @param x0 left edge in pixels
	 * @param y0 top edge
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param rgb receives red, green, blue interleaved
	 */
	public void render(final int x0, final int y0, final int width,
		final int height, final byte[] rgb)
	{
		final int mx0 = x0 - MARGIN, my0 = y0 - MARGIN;
		final int w = width + 2 * MARGIN, h = height + 2 * MARGIN;
		final float[] blue = new float[w * h], brown = new float[w * h];
		final boolean tissue = ground(mx0, my0, w, h, blue, brown);
		final List<Nucleus> nuclei = nuclei(mx0, my0, w, h, reachPx());
		for (final Nucleus n : nuclei) {
			draw(place == Place.NUCLEUS ? n : n.without(), mx0, my0, w, h, blue,
				brown);
		}
		if (place != Place.NUCLEUS) {
			final float[] product = new float[w * h];
			around(nuclei, mx0, my0, w, h, product);
			for (int i = 0; i < product.length; i++)
				brown[i] += product[i];
		}
		final float[][] light = new float[3][w * h];
		if (tissue || !nuclei.isEmpty()) absorb(w, h, blue, brown, light);
		else for (final float[] map : light) {
			Arrays.fill(map, 1);
		}
		expose(x0, y0, width, height, light, rgb);
	}

	/**
	 * Returns the truth of the nuclei whose centre lies in a rectangle, in a
	 * fixed order.
	 *
	 * @param firstId number of the first of them
	 * @param ids where the numbers are remembered for {@link #labels}, null for
	 *          nowhere
	 */
	public List<PlantedCell> cells(final int x0, final int y0, final int width,
		final int height, final int firstId, final Map<Long, Integer> ids)
	{
		final List<PlantedCell> cells = new ArrayList<>();
		for (final Nucleus n : nuclei(x0, y0, width, height, 0)) {
			final int id = firstId + cells.size();
			final double reach = n.contour.largestRadius() / pixelSizeUm;
			final boolean edge = n.xPx < reach || n.yPx < reach || n.xPx +
				reach > fieldWidthPx || n.yPx + reach > fieldHeightPx;
			cells.add(new PlantedCell(id, n.xPx, n.yPx, n.areaUm2, n.type, edge,
				n.dab, n.dab >= Phantoms.KI67_CUT_OD));
			if (ids != null) ids.put(n.key, id);
		}
		return cells;
	}

	/**
	 * Draws the labels of whole rows: where nuclei overlap, a pixel belongs to
	 * the nucleus whose centre is relatively nearest.
	 *
	 * @param y0 first row
	 * @param height number of rows
	 * @param ids numbers from {@link #cells}; nuclei that it lacks are left out
	 * @param labels receives the labels row by row
	 */
	public void labels(final int y0, final int height,
		final Map<Long, Integer> ids, final int[] labels)
	{
		final int w = (int) fieldWidthPx;
		final float[] nearest = new float[w * height];
		Arrays.fill(nearest, 1);
		Arrays.fill(labels, 0, nearest.length, 0);
		final float px = (float) pixelSizeUm;
		for (final Nucleus n : nuclei(0, y0, w, height, reachPx())) {
			final Integer id = ids.get(n.key);
			if (id == null) continue;
			final double reach = n.contour.largestRadius() / pixelSizeUm + 1;
			final int fromX = Math.max(0, (int) Math.floor(n.xPx - reach));
			final int toX = Math.min(w - 1, (int) Math.ceil(n.xPx + reach));
			final int fromY = Math.max(0, (int) Math.floor(n.yPx - reach) - y0);
			final int toY = Math.min(height - 1, (int) Math.ceil(n.yPx + reach) - y0);
			for (int y = fromY; y <= toY; y++) {
				final float dy = (float) (y0 + y + 0.5 - n.yPx) * px;
				for (int x = fromX; x <= toX; x++) {
					final float dx = (float) (x + 0.5 - n.xPx) * px;
					final float relative = (float) Math.sqrt(dx * dx + dy * dy) /
						n.contour.radius(dx, dy);
					final int i = y * w + x;
					if (relative < nearest[i]) {
						nearest[i] = relative;
						labels[i] = id;
					}
				}
			}
		}
	}

	/** Returns the share of the picture that is tissue, from every 16th pixel. */
	public double tissueFraction() {
		final int step = 16;
		long inside = 0, all = 0;
		for (int y = step / 2; y < fieldHeightPx; y += step) {
			for (int x = step / 2; x < fieldWidthPx; x += step) {
				all++;
				if (tissue(x * pixelSizeUm, y * pixelSizeUm) > 0.07f) inside++;
			}
		}
		return all == 0 ? 0 : (double) inside / all;
	}

	/**
	 * Draws counterstain and background of everything between the nuclei.
	 *
	 * @return whether there is tissue at all
	 */
	private boolean ground(final int x0, final int y0, final int w, final int h,
		final float[] blue, final float[] brown)
	{
		// Slow fields on a lattice of 4 px, fibres on 2 px, aligned to the slide.
		final Lattice mask = new Lattice(x0, y0, w, h, 4, (x, y) -> tissue(x *
			pixelSizeUm, y * pixelSizeUm));
		if (mask.largest() <= 0) return false;
		final Lattice nests = new Lattice(x0, y0, w, h, 4, (x, y) -> nest(x *
			pixelSizeUm, y * pixelSizeUm));
		final Lattice fibres = new Lattice(x0, y0, w, h, 2, (x, y) -> {
			final double um = x * pixelSizeUm, vm = y * pixelSizeUm;
			final double warp = 16 * Noise.at(noiseSeed + 41, um / 60, vm / 60);
			final double along = um * 0.76 + vm * 0.65, across = vm * 0.76 - um *
				0.65 + warp;
			return Noise.octaves(noiseSeed + 42, along / 22, across / 2.6, 2);
		});
		final Lattice clouds = new Lattice(x0, y0, w, h, 2, (x, y) -> Noise.octaves(
			noiseSeed + 43, x * pixelSizeUm / 5, y * pixelSizeUm / 5, 2));
		final float stain = (float) counterstain;
		for (int y = 0; y < h; y++) {
			for (int x = 0; x < w; x++) {
				final int i = y * w + x;
				final float inside = smooth(mask.value(x, y) * 7);
				if (inside <= 0) continue;
				final float nest = smooth(0.5f + 6 * nests.value(x, y));
				final float fibre = fibres.value(x, y);
				final float cloud = clouds.value(x, y);
				final float grain = 0.012f * Hash.pixelNormal(seed + 5, x0 + x, y0 + y);
				final float tumour = 0.075f + 0.045f * cloud;
				final float stroma = 0.05f + 0.075f * Math.max(-0.4f, fibre) + 0.015f *
					cloud;
				blue[i] = stain * inside * Math.max(0, nest * tumour + (1 - nest) *
					stroma + grain);
				brown[i] = inside * (0.018f + 0.008f * cloud + 0.008f * fibre);
			}
		}
		return true;
	}

	private void draw(final Nucleus n, final int x0, final int y0, final int w,
		final int h, final float[] blue, final float[] brown)
	{
		final float px = (float) pixelSizeUm;
		final boolean positive = n.dab > 0.2f;
		// DAB leaks a little around strong nuclei.
		final float halo = positive ? 1.5f : 1.35f;
		final float farthest = halo * halo * n.contour.largestRadius() * n.contour
			.largestRadius();
		final double reach = n.contour.largestRadius() * halo / pixelSizeUm + 1;
		final int fromX = Math.max(0, (int) Math.floor(n.xPx - reach) - x0);
		final int toX = Math.min(w - 1, (int) Math.ceil(n.xPx + reach) - x0);
		final int fromY = Math.max(0, (int) Math.floor(n.yPx - reach) - y0);
		final int toY = Math.min(h - 1, (int) Math.ceil(n.yPx + reach) - y0);
		final int textureSeed = (int) n.bits;
		final boolean vesicular = n.type == CellType.TUMOUR;
		final float chromatin = vesicular ? 0.42f : 0.24f;
		final float rim = vesicular ? 0.3f : 0.08f;
		// A section is thicker than the focus: some nuclei are sharp, some not.
		final float focus = (float) Hash.uniform(n.bits, 70);
		final float softness = 0.35f + 1.1f * focus * focus;
		final int nucleoli = vesicular ? 1 + (int) (3 * Hash.uniform(n.bits, 71))
			: 0;
		final float[] nx = new float[nucleoli], ny = new float[nucleoli];
		for (int k = 0; k < nucleoli; k++) {
			nx[k] = (float) Hash.uniform(n.bits, 72 + k, -0.5, 0.5) * n.contour
				.largestRadius();
			ny[k] = (float) Hash.uniform(n.bits, 76 + k, -0.5, 0.5) * n.contour
				.largestRadius();
		}
		// Strong DAB hides part of the counterstain.
		final float visible = 1 / (1 + 0.9f * n.dab);
		for (int y = fromY; y <= toY; y++) {
			final float dy = (float) (y0 + y + 0.5 - n.yPx) * px;
			for (int x = fromX; x <= toX; x++) {
				final float dx = (float) (x0 + x + 0.5 - n.xPx) * px;
				final float d2 = dx * dx + dy * dy;
				if (d2 > farthest) continue;
				final float r = n.contour.radius(dx, dy);
				if (d2 >= r * r * halo * halo) continue;
				final float d = (float) Math.sqrt(d2);
				final int i = y * w + x;
				final float edge = Math.min(1, 0.5f + (r - d) / (2 * softness));
				final float relative = d / r;
				if (positive && relative > 0.9f) {
					final float away = (halo - relative) / (halo - 0.9f);
					brown[i] += 0.13f * n.dab * away * away;
				}
				if (edge <= 0) continue;
				final float texture = Noise.at(textureSeed, dx * 0.95f, dy * 0.95f) *
					0.65f + Noise.at(textureSeed + 7, dx * 0.42f, dy * 0.42f) * 0.6f;
				float density = 0.92f + chromatin * texture;
				if (relative > 0.7f) density += rim * (relative - 0.7f) / 0.3f;
				float spots = 0;
				for (int k = 0; k < nucleoli; k++) {
					final float ex = dx - nx[k], ey = dy - ny[k];
					spots += Math.max(0, 1 - (ex * ex + ey * ey) / 0.8f);
				}
				density += 0.35f * spots;
				blue[i] += n.hematoxylin * edge * visible * Math.max(0.2f, density);
				brown[i] += n.dab * edge * Math.max(0.3f, 1 + 0.3f * texture + 0.15f *
					spots);
			}
		}
	}

	/** Light through the stains, and the blur of the objective. */
	private void absorb(final int w, final int h, final float[] blue,
		final float[] brown, final float[][] light)
	{
		final float[] scratch = new float[w * h];
		for (int c = 0; c < 3; c++) {
			final float hc = hematoxylin[c], dc = dab[c];
			final float[] map = light[c];
			for (int i = 0; i < map.length; i++) {
				map[i] = Absorption.transmission(hc * blue[i] + dc * brown[i]);
			}
			Optics.blur(map, scratch, w, h, kernel);
		}
	}

	/** Lamp and sensor: noise, 8 bit. */
	private void expose(final int x0, final int y0, final int width,
		final int height, final float[][] light, final byte[] rgb)
	{
		final int w = width + 2 * MARGIN;
		final float[] white = { (float) lamp.red(), (float) lamp.green(),
			(float) lamp.blue() };
		final float[] across = new float[width];
		for (int x = 0; x < width; x++) {
			across[x] = lamp.at(2 * relativePosition(x0 + x, fieldWidthPx) - 1, 0);
		}
		final long sensor = seed + 91;
		for (int y = 0; y < height; y++) {
			final float down = lamp.at(0, 2 * relativePosition(y0 + y,
				fieldHeightPx) - 1) - 1;
			int to = 3 * y * width, from = (y + MARGIN) * w + MARGIN;
			for (int x = 0; x < width; x++, from++) {
				final long bits = Hash.pixelBits(sensor, x0 + x, y0 + y);
				final float lit = across[x] + down;
				for (int c = 0; c < 3; c++) {
					final float grey = white[c] * lit * light[c][from];
					final float noisy = grey + NOISE_SIGMA[Math.min(256, (int) grey)] *
						Hash.third(bits, c);
					rgb[to++] = (byte) Math.max(0, Math.min(255, (int) (noisy + 0.5f)));
				}
			}
		}
	}

	/** A scanner's light repeats with each of its own fields. */
	private float relativePosition(final int at, final double extent) {
		if (field) return (float) ((at + 0.5) / extent);
		return (Math.floorMod(at, 2048) + 0.5f) / 2048;
	}

	private static float smooth(final float t) {
		final float s = Math.max(0, Math.min(1, t));
		return s * s * (3 - 2 * s);
	}
}
