
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.List;

/**
 * Test pictures with exact truth, from the physics of their making. Nothing
 * here is shared with the analysis: stain spectra, shapes and optics are the
 * phantom's own, and vary a little from picture to picture.
 */
public final class Phantoms {

	/**
	 * A nucleus is Ki-67 positive from this planted optical density of DAB
	 * (concentration along a stain vector of length 1).
	 */
	public static final double KI67_CUT_OD = 0.2;
	/**
	 * A cell is SA-β-gal positive from this planted mean optical density of
	 * indigo in the red channel over its perinuclear zone.
	 */
	public static final double SAGAL_CUT_OD = 0.15;
	/** A pixel is stained from this planted optical density of indigo in red. */
	public static final double STAINED_PIXEL_OD = 0.2;
	/**
	 * A cell is lipofuscin positive from this planted share of its cytoplasm that
	 * granules cover.
	 */
	public static final double LIPOFUSCIN_CUT = 0.03;
	/** The perinuclear zone ends this far from the nucleus, in µm. */
	public static final double ZONE_UM = 5;

	/** Share of the light of p16 in the channel of p21 of a panel. */
	public static final double PANEL_BLEED = 0.1;

	private Phantoms() {}

	/**
	 * Draws one field.
	 *
	 * @param kind any kind but {@link PhantomKind#SLIDE}, which is written tile
	 *          by tile from a {@link Tissue}
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param seed everything follows from it
	 * @throws IllegalArgumentException for a slide or an empty picture
	 */
	public static PhantomField field(final PhantomKind kind, final int width,
		final int height, final long seed)
	{
		if (width < 1 || height < 1) throw new IllegalArgumentException("size " +
			width + "x" + height);
		return switch (kind) {
			case XGAL, XGAL_NFR, XGAL_DAPI -> Culture.field(kind, XgalLook.of(kind),
				width, height, seed);
			case HDAB, HDAB_PATCHES, IHC_CYTOPLASM, IHC_MEMBRANE, LIPOFUSCIN_GL13,
					LIPOFUSCIN_SBB -> tissue(kind, width, height, seed);
			case DAPI -> Fluorescence.field(width, height, kind.pixelSizeUm(), seed);
			case FOCI, SAHF, SAHF_MOUSE -> FociCulture.field(kind, width, height,
				seed);
			case PANEL -> panel(width, height, PANEL_BLEED, seed);
			case SLIDE -> throw new IllegalArgumentException("a slide is no field");
		};
	}

	/**
	 * Draws a culture in five fluorescence channels, as
	 * {@link PhantomKind#PANEL}.
	 *
	 * @param bleed share of the light of p16 that gets into the channel of p21
	 */
	public static PhantomField panel(final int width, final int height,
		final double bleed, final long seed)
	{
		return panel(width, height, bleed, 1, seed, null);
	}

	/**
	 * The same with a bright marker, or as a control.
	 *
	 * @param bleed share of the light of p16 that gets into the channel of p21
	 * @param bright how many times as bright as the other markers p16 may be
	 * @param only id of the marker that alone is stained, for a control of
	 *          bleed-through; null: all are
	 */
	public static PhantomField panel(final int width, final int height,
		final double bleed, final double bright, final long seed, final String only)
	{
		return PanelCulture.field(width, height, bleed, bright, seed, only);
	}

	/**
	 * Draws a culture after X-gal with a paired DAPI image, under given
	 * conditions.
	 *
	 * @param look the conditions
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param seed everything else follows from it
	 */
	public static PhantomField culture(final XgalLook look, final int width,
		final int height, final long seed)
	{
		return Culture.field(PhantomKind.XGAL_DAPI, look, width, height, seed);
	}

	/**
	 * Plants the cells of a section of a block, 40 % of them positive, in
	 * patches; nothing is drawn. Sections of one seed have the same nests,
	 * follicles and edges and other cells.
	 *
	 * @param seed the block
	 * @param section number of the section
	 * @param opposed whether its cells are positive where those of others are not
	 * @param sideUm side of the section
	 * @return its cells in pixels of 0.5 µm
	 */
	public static List<PlantedCell> section(final long seed, final int section,
		final boolean opposed, final double sideUm)
	{
		final double pixel = PhantomKind.SLIDE.pixelSizeUm();
		final int side = (int) Math.round(sideUm / pixel);
		return new Tissue(seed, side, side, pixel, false, 0.4, Tissue.Place.NUCLEUS,
			false, section, opposed).cells(0, 0, side, side, 1, null);
	}

	/**
	 * Share of positive nuclei that {@link PhantomKind#HDAB_PATCHES} plants: any
	 * run of seeds covers 0 to 0.95 evenly, because multiples of the golden
	 * section do, with some pictures that have none at all. Patches pull the
	 * share of the picture a little to the middle.
	 */
	static double share(final long seed) {
		final double turns = seed * 0.6180339887498949;
		return Math.max(0, 0.98 * (turns - Math.floor(turns)) - 0.03);
	}

	private static PhantomField tissue(final PhantomKind kind, final int width,
		final int height, final long seed)
	{
		final double pixelSizeUm = kind.pixelSizeUm();
		final Tissue tissue = new Tissue(seed, width, height, pixelSizeUm, true,
			kind == PhantomKind.HDAB_PATCHES ? share(seed) : Double.NaN, place(kind),
			kind == PhantomKind.LIPOFUSCIN_SBB, 0, false);
		final byte[] rgb = new byte[3 * width * height];
		tissue.render(0, 0, width, height, rgb);
		final Canvas canvas = new Canvas(width, height, (int) Math.ceil(tissue
			.reachPx()), pixelSizeUm);
		final Labels labels = new Labels(canvas);
		final List<Tissue.Nucleus> nuclei = new ArrayList<>(tissue.nuclei(0, 0,
			width, height, tissue.reachPx()));
		for (final Tissue.Nucleus n : nuclei) {
			labels.plant(n.xPx() * pixelSizeUm, n.yPx() * pixelSizeUm, n.contour());
		}
		final double[] around = tissue.around(nuclei, width, height);
		final double cut = tissue.place() == Tissue.Place.GRANULES ? LIPOFUSCIN_CUT
			: KI67_CUT_OD;
		final List<PlantedCell> cells = labels.finish((index, mean) -> {
			final Tissue.Nucleus n = nuclei.get(index);
			if (around != null) return new Labels.Reading(n.type(), around[index],
				around[index] >= cut);
			return new Labels.Reading(n.type(), n.dab(), n.dab() >= KI67_CUT_OD);
		}, canvas.map());
		return new PhantomField(kind, width, height, rgb, null, labels.picture(),
			cells, Double.NaN, tissue.tissueFraction());
	}

	private static Tissue.Place place(final PhantomKind kind) {
		return switch (kind) {
			case IHC_CYTOPLASM -> Tissue.Place.CYTOPLASM;
			case IHC_MEMBRANE -> Tissue.Place.MEMBRANE;
			case LIPOFUSCIN_GL13, LIPOFUSCIN_SBB -> Tissue.Place.GRANULES;
			default -> Tissue.Place.NUCLEUS;
		};
	}
}
