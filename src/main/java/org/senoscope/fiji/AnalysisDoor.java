
package org.senoscope.fiji;

import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKeys;

/**
 * The analyses of the menu, as Fiji and plain ImageJ show them. Labels are part
 * of the public interface: macros name them.
 */
enum AnalysisDoor {

		/** Nuclei and their shape. */
		SEGMENT_CELL_NUCLEI("Segment Cell Nuclei", "segment",
			"Finds every nucleus, outlines it and measures its shape.", List.of(
				"kind", "channel", "nuclei_diameter_um", "nuclei_threshold_scale",
				"nuclei_splitting"), AssayKind.NUCLEI),

		/** Ki-67 on hematoxylin and DAB. */
		SCORE_KI67("Score Ki-67", "ki67",
			"Counts Ki-67-positive (brown) and negative (blue) nuclei.", List.of(
				"annotations", "nuclei_diameter_um", "nuclei_threshold_scale",
				"ki67_gating", "ki67_gate"), AssayKind.KI67),

		/** Senescence-associated β-galactosidase on X-gal. */
		QUANTIFY_SAGAL("Quantify SA-beta-Gal", "sagal",
			"Measures the blue X-gal stain of each cell and of the whole picture.",
			List.of("kind", "specimen_preservation", "nuclei_image",
				"nuclei_diameter_um", "cells_expansion_um", "sagal_gating",
				"sagal_gate", "sagal_stained_pixel"), AssayKind.SAGAL);

	private final String label;
	private final String verb;
	private final String help;
	private final List<String> asked;
	private final AssayKind assay;

	AnalysisDoor(final String label, final String verb, final String help,
		final List<String> asked, final AssayKind assay)
	{
		this.label = label;
		this.verb = verb;
		this.help = help;
		this.asked = asked;
		this.assay = assay;
	}

	/** Returns the protocol that holds where the user says nothing. */
	Protocol base() {
		return AssayProtocols.of(assay);
	}

	/** Returns the only assay that the command measures. */
	AssayKind assay() {
		return assay;
	}

	/** Returns the label in the menu, which macros name. */
	String label() {
		return label;
	}

	/** Returns the verb of the command line that does the same. */
	String verb() {
		return verb;
	}

	/** Returns the sentence that opens the dialog. */
	String help() {
		return help;
	}

	/** Returns whether the dialog asks for a key; all others are for macros. */
	boolean asks(final CommandKey key) {
		return key.isPlace() || key.name().equals("pixel_size") || asked.contains(
			key.name());
	}

	/**
	 * Returns every key of this command: image and folder first, then all keys of
	 * the catalogue with the defaults of this command's protocol.
	 */
	List<CommandKey> keys() {
		final Protocol base = base();
		final List<CommandKey> keys = new ArrayList<>();
		keys.add(CommandKey.INPUT_FILE);
		keys.add(CommandKey.OUTPUT_DIR);
		ProtocolKeys.protocol().forEach(key -> keys.add(CommandKey.of(key, key.text(
			ProtocolKeys.value(base, key)))));
		ProtocolKeys.run().forEach(key -> keys.add(CommandKey.of(key, key
			.defaultText())));
		return keys;
	}

	/**
	 * Returns the command of a label.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	static AnalysisDoor of(final String label) {
		for (final AnalysisDoor door : values())
			if (door.label.equals(label)) return door;
		throw new IllegalArgumentException("no command \"" + label + "\"");
	}
}
