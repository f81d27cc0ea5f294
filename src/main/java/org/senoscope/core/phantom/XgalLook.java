
package org.senoscope.core.phantom;

/**
 * How a picture of an X-gal culture is made: what {@link Phantoms#culture}
 * draws beside what its seed decides. The truth (cells, amounts, stained area
 * in µm) depends on seed, share and product alone, not on pixel size, dye,
 * microscope or light.
 *
 * @param pixelSizeUm side of a pixel in µm
 * @param dye counterstain
 * @param share about the share of positive cells, 0 to 1; NaN: by the seed
 * @param product whether X-gal was added: without, nothing is blue
 * @param veil uniform faint absorption of cell bodies in the colour of indigo,
 *          optical density in red, as fixative and medium leave: no stain
 * @param largeCells share of flattened large cells; NaN: by the seed
 * @param scanner colours of the camera
 * @param defocusUm blur beyond that of the objective, standard deviation in µm
 * @param gradient slope of the light over the field, relative; NaN: by the seed
 * @param light brightness of the lamp relative to the usual
 * @param ki67 share of Ki-67-positive nuclei, brown by DAB over pale
 *          counterstain, among cells without SA-β-gal; a tenth of it among the
 *          others; 0: no DAB
 * @param quenching how far dense product dims the fluorescence of the nucleus
 *          that it lies around, beyond the light that it absorbs above it: 0
 *          not, 1 until strongly stained cells show a hole in DAPI
 */
public record XgalLook(double pixelSizeUm, Dye dye, double share,
		boolean product, double veil, double largeCells, Scanner scanner,
		double defocusUm, double gradient, double light, double ki67,
		double quenching) {

	/** A picture without quenching. */
	public XgalLook(final double pixelSizeUm, final Dye dye, final double share,
		final boolean product, final double veil, final double largeCells,
		final Scanner scanner, final double defocusUm, final double gradient,
		final double light, final double ki67)
	{
		this(pixelSizeUm, dye, share, product, veil, largeCells, scanner, defocusUm,
			gradient, light, ki67, 0);
	}

	/** A picture without DAB. */
	public XgalLook(final double pixelSizeUm, final Dye dye, final double share,
		final boolean product, final double veil, final double largeCells,
		final Scanner scanner, final double defocusUm, final double gradient,
		final double light)
	{
		this(pixelSizeUm, dye, share, product, veil, largeCells, scanner, defocusUm,
			gradient, light, 0);
	}

	/** Counterstains. */
	public enum Dye {
			/** None: cells are grey relief on an inverted microscope. */
			NONE,
			/** Nuclear fast red. */
			FAST_RED,
			/** Hematoxylin. */
			HEMATOXYLIN,
			/** Eosin, which leaves nuclei pale. */
			EOSIN
	}

	/** Cameras: white, spectral cross-talk of the channels, sharpening. */
	public enum Scanner {

			/** No cross-talk; white by the seed. */
			PLAIN(null, 0, 0),
			/** Bluish white, channels that overlap. */
			BLUISH(new double[] { 229, 236, 240 }, 0.05, 0),
			/** Vivid: a colour matrix that over-corrects, sharpened. */
			VIVID(new double[] { 242, 240, 235 }, -0.03, 0.5),
			/** Yellowish white, a little overlap. */
			YELLOWISH(new double[] { 233, 227, 211 }, 0.025, 0.25);

		final double[] white;
		final float leak, sharpen;

		Scanner(final double[] white, final double leak, final double sharpen) {
			this.white = white;
			this.leak = (float) leak;
			this.sharpen = (float) sharpen;
		}
	}

	/** What the kinds of {@link PhantomKind} draw. */
	static XgalLook of(final PhantomKind kind) {
		return new XgalLook(kind.pixelSizeUm(), kind == PhantomKind.XGAL_NFR
			? Dye.FAST_RED : Dye.NONE, Double.NaN, true, 0, Double.NaN, Scanner.PLAIN,
			0, Double.NaN, 1);
	}
}
