
package org.senoscope.core.protocol;

/**
 * What is measured. Written in lower case with hyphens in protocols and on the
 * command line.
 */
public enum AssayKind {
		/** Nuclei only: where they are and their shape. */
		NUCLEI,
		/** Ki-67 labelling. */
		KI67,
		/** Senescence-associated β-galactosidase. */
		SAGAL,
		/** Senescence-associated heterochromatin foci. */
		SAHF,
		/** Any single marker by immunohistochemistry (DAB). */
		IHC,
		/** Lipofuscin granules by Sudan Black B or GL13. */
		LIPOFUSCIN,
		/** Foci of DNA damage, and telomeres on them. */
		DNA_DAMAGE_FOCI,
		/** A panel of markers in fluorescence and how they go together. */
		COSTAIN
}
