
package org.senoscope.fiji;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.senoscope.app.ProtocolFile;
import org.senoscope.app.SlideJob;
import org.senoscope.app.SlideOutcome;
import org.senoscope.core.gate.GateScope;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/**
 * The analyses of the menu, as Fiji and plain ImageJ show them. Labels are part
 * of the public interface: macros name them.
 */
enum AnalysisDoor implements Door {

		/** Nuclei and their shape. */
		SEGMENT_CELL_NUCLEI("Segment Cell Nuclei", "segment",
			"Finds every nucleus, outlines it and measures its shape.", List.of(
				"kind", "channel", "nuclei_diameter_um", "nuclei_threshold_scale",
				"nuclei_splitting"), AssayKind.NUCLEI),

		/** Ki-67 on hematoxylin and DAB, or in fluorescence. */
		SCORE_KI67("Score Ki-67", "ki67",
			"Counts Ki-67-positive (brown) and negative (blue) nuclei; in fluorescence by their channel.",
			List.of("kind", "channel", "panel_markers", "annotations",
				"nuclei_diameter_um", "nuclei_threshold_scale", "ki67_gating",
				"ki67_gate"), AssayKind.KI67),

		/** Senescence-associated β-galactosidase on X-gal, or in fluorescence. */
		QUANTIFY_SAGAL("Quantify SA-beta-Gal", "sagal",
			"Measures the blue X-gal stain of each cell and of the whole picture, or its fluorescence.",
			List.of("kind", "channel", "specimen_preservation", "nuclei_image",
				"nuclei_diameter_um", "sagal_gating", "sagal_gate",
				"sagal_stained_pixel", "sagal_total_cells"), AssayKind.SAGAL),

		/** Senescence-associated heterochromatin foci in DAPI. */
		DETECT_SAHF("Detect SAHF", "sahf",
			"Finds nuclei with senescence-associated heterochromatin foci in DAPI.",
			List.of("channel", "specimen_kind", "nuclei_diameter_um",
				"nuclei_threshold_scale", "sahf_min_count", "sahf_min_area_fraction",
				"sahf_min_contrast"), AssayKind.SAHF),

		/** A panel of markers in fluorescence. */
		MEASURE_COSTAINS("Measure Marker Co-stains", "costain",
			"Measures a panel of fluorescence markers and which of them go together.",
			List.of("channel", "nuclei_diameter_um", "cells_expansion_um",
				"panel_markers", "panel_gating", "panel_background",
				"panel_bleed_through", "panel_rules"), AssayKind.COSTAIN),

		/** Anything a protocol describes. */
		ANALYZE_SLIDE("Analyze Slide", "analyze",
			"Analyses by a protocol: ihc-hdab (name the marker), lipofuscin, dna-damage-foci, nuclei-he, ... or a file.",
			List.of("kind", "channel", "annotations", "nuclei_image",
				"nuclei_diameter_um", "ihc_marker", "ihc_compartment", "protocol"),
			null);

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
		return assay == null ? Protocol.DEFAULTS : AssayProtocols.of(assay);
	}

	/**
	 * Returns the protocol from which the settings start.
	 *
	 * @throws org.senoscope.core.UserException if they name none that can be used
	 */
	Protocol start(final Map<String, String> settings) {
		return assay == null ? ProtocolFile.read(settings.get(CommandKey.PROTOCOL
			.name()), "protocol") : base();
	}

	/** Returns the only assay that the command measures, null for any. */
	AssayKind assay() {
		return assay;
	}

	@Override
	public String label() {
		return label;
	}

	/** Returns the verb of the command line that does the same. */
	String verb() {
		return verb;
	}

	@Override
	public String help() {
		return help;
	}

	@Override
	public boolean asks(final CommandKey key) {
		return key.isPlace() || key.name().equals("pixel_size") || asked.contains(
			key.name());
	}

	@Override
	public List<CommandKey> keys() {
		final Protocol base = base();
		final List<CommandKey> keys = new ArrayList<>();
		keys.add(CommandKey.INPUT_FILE);
		keys.add(CommandKey.OUTPUT_DIR);
		ProtocolKeys.protocol().forEach(key -> keys.add(CommandKey.of(key, key.text(
			ProtocolKeys.value(base, key)))));
		ProtocolKeys.run().forEach(key -> keys.add(CommandKey.of(key, key
			.defaultText())));
		if (assay == null) keys.add(CommandKey.PROTOCOL);
		return keys;
	}

	@Override
	public String macroKey(final String flag) {
		final ProtocolKey key = ProtocolKeys.find(flag);
		return key == null ? null : key.macroKey();
	}

	@Override
	public void check(final Map<String, String> settings) {
		CommandRequest.check(this, settings);
	}

	@Override
	public Path work(final Map<String, String> settings, final Progress progress,
		final Cancellation cancellation, final boolean show) throws IOException
	{
		final SlideOutcome outcome;
		boolean shown = show;
		final ImagePlus active = WindowManager.getCurrentImage();
		try (CommandRequest request = new CommandRequest(this, settings, active)) {
			// what is only collected for a batch has no pictures
			shown &= request.slide().protocol().gates().scope() != GateScope.COLLECT;
			outcome = SlideJob.run(request.slide(), progress, cancellation);
		}
		if (shown) ResultViews.show(outcome, CommandRequest.usesActiveImage(
			settings) ? active : null);
		else IJ.log(ResultViews.logLine(outcome));
		return outcome.report();
	}

	@Override
	public Path errorFile(final Map<String, String> settings) {
		final String folder = settings.getOrDefault(CommandKey.OUTPUT_DIR.name(),
			"");
		if (folder.isEmpty()) return null;
		final ImagePlus active = WindowManager.getCurrentImage();
		final boolean known = !CommandRequest.usesActiveImage(settings) ||
			active != null || !RunNames.pseudonym(settings).isEmpty();
		return Path.of(folder).resolve((known ? RunNames.folder(settings, active)
			: "senoscope") + "-error.txt");
	}

	@Override
	public String hidden(final String text, final Map<String, String> settings) {
		return RunNames.hidden(text, settings, WindowManager.getCurrentImage());
	}
}
