
package org.senoscope.core.protocol;

/**
 * The protocols from which the doors of single assays start: the verbs of the
 * command line and the commands of Fiji. What the image itself can tell is left
 * open.
 */
public final class AssayProtocols {

	private static final Protocol NUCLEI = ProtocolReader.read(
		"{name: segment, assay: nuclei}", "segment");

	// on fluorescence it is ki67-if, whose marker the assay itself names
	private static final Protocol KI67 = ProtocolReader.read(
		"{extends: ki67-hdab, name: ki67, description: Ki-67 labelling, kind: auto}",
		"ki67");

	// The built-in protocols of X-gal differ in nothing but their kind; on
	// fluorescence it is sagal-fluorescence, whose marker the assay itself names.
	private static final Protocol SAGAL = ProtocolReader.read(
		"{extends: sagal-xgal, name: sagal, description: SA-beta-gal by X-gal or in fluorescence, kind: auto}",
		"sagal");

	private static final Protocol SAHF = BuiltInProtocols.load("sahf");

	private static final Protocol IHC = BuiltInProtocols.load("ihc-hdab");

	// the picture tells brown GL13 from Sudan Black B over nuclear fast red
	private static final Protocol LIPOFUSCIN = BuiltInProtocols.load(
		"lipofuscin");

	private static final Protocol FOCI = BuiltInProtocols.load("dna-damage-foci");

	// every channel that is known by its name
	private static final Protocol COSTAIN = ProtocolReader.read(
		"{name: costain, description: Marker co-stains in fluorescence, assay: costain, kind: fluorescence}",
		"costain");

	private AssayProtocols() {}

	/** Returns the protocol that holds where the user says nothing. */
	public static Protocol of(final AssayKind assay) {
		return switch (assay) {
			case NUCLEI -> NUCLEI;
			case KI67 -> KI67;
			case SAGAL -> SAGAL;
			case SAHF -> SAHF;
			case IHC -> IHC;
			case LIPOFUSCIN -> LIPOFUSCIN;
			case DNA_DAMAGE_FOCI -> FOCI;
			case COSTAIN -> COSTAIN;
		};
	}
}
