
package org.senoscope.core.phantom;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kinds of phantom pictures. */
public enum PhantomKind {

		/** Cultured cells with X-gal product, no counterstain. */
		XGAL("xgal", 0.5),
		/** X-gal product with nuclei in nuclear fast red. */
		XGAL_NFR("xgal-nfr", 0.5),
		/** X-gal product without counterstain, and DAPI of the same field. */
		XGAL_DAPI("xgal-dapi", 0.5),
		/** Tissue with Ki-67 in DAB over hematoxylin, one camera field. */
		HDAB("hdab", 0.5),
		/** As {@link #HDAB}, 0 to 90 % of all nuclei positive, in patches. */
		HDAB_PATCHES("hdab-patches", 0.5),
		/** As {@link #HDAB}, the DAB in the cytoplasm. */
		IHC_CYTOPLASM("ihc-cytoplasm", 0.5),
		/** As {@link #HDAB}, the DAB on the membrane. */
		IHC_MEMBRANE("ihc-membrane", 0.5),
		/** Tissue with lipofuscin by GL13 (DAB) over hematoxylin. */
		LIPOFUSCIN_GL13("lipofuscin-gl13", 0.5),
		/** Tissue with lipofuscin by Sudan Black B over nuclear fast red. */
		LIPOFUSCIN_SBB("lipofuscin-sbb", 0.5),
		/** Fluorescent nuclei, 16 bit, one channel. */
		DAPI("dapi", 0.325),
		/** The tissue of {@link #HDAB} as a pyramidal slide of any size. */
		SLIDE("slide", 0.5),
		/** Nuclei with foci of γH2AX and 53BP1, 16 bit, three channels. */
		FOCI("foci", 0.13),
		/** Human nuclei in DAPI with and without SAHF, 16 bit. */
		SAHF("sahf", 0.13),
		/** Mouse nuclei in DAPI, with chromocentres, 16 bit. */
		SAHF_MOUSE("sahf-mouse", 0.13),
		/** Cultured cells in DAPI, Ki-67, SA-β-gal, p16 and p21, 16 bit. */
		PANEL("panel", 0.325);

	private final String id;
	private final double pixelSizeUm;

	PhantomKind(final String id, final double pixelSizeUm) {
		this.id = id;
		this.pixelSizeUm = pixelSizeUm;
	}

	/** Returns the name on the command line. */
	public String id() {
		return id;
	}

	/** Returns width and height of a pixel in µm. */
	public double pixelSizeUm() {
		return pixelSizeUm;
	}

	/** Returns the kind of that name on the command line. */
	public static Optional<PhantomKind> of(final String id) {
		return Arrays.stream(values()).filter(k -> k.id.equals(id)).findFirst();
	}

	/** Returns all names, separated by commas. */
	public static String ids() {
		return Arrays.stream(values()).map(PhantomKind::id).collect(Collectors
			.joining(", "));
	}

	@Override
	public String toString() {
		return id;
	}
}
