
package org.senoscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideResult;

/**
 * The part of the report that says what the numbers rest on: picture, specimen,
 * method, gates, stains, how to repeat the run, and what the numbers do not
 * say. Names of files are left out, for they may carry names of patients.
 */
final class ReportFacts {

	private final Html page;
	private final SlideResult result;
	private final Protocol protocol;
	private final String version;

	private ReportFacts(final Html page, final SlideResult result,
		final String version)
	{
		this.page = page;
		this.result = result;
		this.version = version;
		protocol = result.protocol();
	}

	/** Adds the sections to a page. */
	static void add(final Html page, final SlideResult result,
		final String version)
	{
		final ReportFacts facts = new ReportFacts(page, result, version);
		facts.limits();
		facts.picture();
		facts.method();
		facts.repeat();
	}

	private void limits() {
		page.raw("<section aria-labelledby=\"limits\">\n").element(
			"h2 id=\"limits\"", "What these numbers do not say").raw("<ul>\n");
		switch (protocol.assay()) {
			case KI67 -> {
				page.element("li",
					"A Ki-67-negative nucleus is not in S, G2 or M phase now. That is not arrest: in an untreated tumour with an index of 15 % it is true of the other 85 % of the cells.");
				page.element("li",
					"One marker never makes a state: no cell is called senescent, dormant or stem-like from Ki-67 alone.");
				page.element("li",
					"The labelling index of the literature counts invasive tumour nuclei. Where tumour was not selected by an annotation, stroma and immune cells are counted too.");
				page.element("li",
					"A category (low, high, grade) is given for a stated tumour type at most: cut-offs differ between laboratories, tumour types and staining protocols.");
			}
			case SAGAL -> {
				page.element("li",
					"SA-β-gal-positive is what was seen, not a state: no cell is called senescent from SA-β-gal alone. It takes arrest (Ki-67, EdU, p16, p21), chromatin (lamin B1, H3K9me3), DNA damage (γH2AX, 53BP1) or secretion beside it; what was measured of them stands under the evidence.");
				page.element("li",
					"Confluence, starvation, macrophages and some normal tissues (osteoclasts, sebaceous glands, proximal tubules, gut epithelium) stain as well.");
				page.element("li",
					"A positive call needs a biological negative control of the same experiment, a blank shows only what lies above background.");
				page.element("li",
					"Dense precipitate is not Beer-Lambert: very dark cells are flagged as saturated, and their readings are lower limits.");
			}
			case IHC -> {
				page.element("li",
					"One marker never makes a state: a cell is positive or negative for it, not senescent, dormant or stem-like.");
				page.element("li",
					"Antibodies, detection and scanners differ: a density means something beside controls of the same run only, and H-score and Allred score were made for hormone receptors.");
				page.element("li",
					"Another marker of the block stands on another section: sections are compared region by region, never cell by cell.");
			}
			case LIPOFUSCIN -> {
				page.element("li",
					"Lipofuscin is residue of lysosomes, not a state: macrophages, hepatocytes, neurons, heart muscle and aged tissue hold it without being senescent. It takes arrest (Ki-67, p16, p21) beside it.");
				page.element("li",
					"Melanin, haemosiderin, carbon and formalin pigment are dark granules as well; a section without Sudan Black B or GL13 shows them.");
				page.element("li",
					"Cells are nuclei grown by a fixed distance: granules beyond it count by area only.");
			}
			case SAHF -> {
				page.element("li",
					"SAHF are one sign of senescence and need not be there: many senescent cells, and most tumour lines, have none. A SAHF-negative nucleus says nothing.");
				page.element("li",
					"A SAHF-positive nucleus is one that meets the written rule (count, area, contrast); the limits depend on stain, objective and cell type and are to be checked on known senescent and growing cells of the same experiment.");
				page.element("li",
					"Nuclei out of focus, mitotic or apoptotic are not called; the table of cells flags them.");
			}
			case DNA_DAMAGE_FOCI -> {
				page.element("li",
					"Foci show damage now. They speak for senescence only where they persist for days after treatment; without the time since treatment that is not known.");
				page.element("li",
					"Replicating nuclei have γH2AX foci without being damaged from outside, and pan-nuclear γH2AX is a sign of apoptosis; such nuclei are flagged, not called.");
				page.element("li",
					"Foci nearer to each other than the picture can show count as one: counts of crowded nuclei are lower limits.");
			}
			case COSTAIN -> {
				page.element("li",
					"Cells of a slide are not independent of each other: observed over expected is one number a slide, and slides, not cells, are what a comparison counts.");
				page.element("li",
					"A pair that is positive together more often than expected may be so because light bleeds from one channel into the other, because cells touch, or because one kind of cell carries both; single-stain controls and the flag spill_over tell.");
				page.element("li",
					"A marker without a gate was measured and not called: its values stand in the table of cells.");
			}
			case NUCLEI -> page.element("li",
				"Nuclei were found and their shape was measured; no marker was read, so nothing is said of the state of any cell.");
		}
		page.element("li",
			"One picture at one time cannot show that an arrest is permanent.");
		page.raw("</ul>\n</section>\n");
	}

	private void picture() {
		final ImageInfo info = result.image();
		page.raw("<section aria-labelledby=\"facts\">\n").element("h2 id=\"facts\"",
			"Image and specimen").raw(
				"<div class=\"columns\">\n<table>\n<caption>Image</caption>\n");
		row("Name", result.summary().image());
		row("Size", Words.count(info.width()) + " × " + Words.count(info.height()) +
			" px (" + Words.plain(info.width() * result.summary().pixelSizeUm() /
				1000, 3) + " × " + Words.plain(info.height() * result.summary()
					.pixelSizeUm() / 1000, 3) + " mm)");
		row("Pixel size", Words.plain(result.summary().pixelSizeUm(), 4, "µm") +
			origin("pixel_size_origin"));
		row("Kind", kind() + origin("kind_origin"));
		row("Format", info.format());
		if (!info.rgb()) row("Channels", String.join(", ", info.channels().stream()
			.map(c -> c.name()).toList()));
		row("Analysed area", Words.plain(result.summary().analysedAreaMm2(), 3,
			"mm²") + origin("tissue_mask"));
		row("Region", protocol.region().isEmpty() ? "whole picture" : protocol
			.region() + " (x,y,width,height in pixels)");
		row("Annotations", protocol.annotations().isEmpty() ? "none" : "given");
		page.raw("</table>\n<table>\n<caption>Specimen and staining</caption>\n");
		row("Preservation", word(protocol.specimen().preservation()));
		row("Specimen", word(protocol.specimen().kind()));
		row("Organ", known(protocol.specimen().organ()));
		row("Tumour type", known(protocol.specimen().tumourType()));
		row("Species", known(protocol.specimen().species()));
		row("Section thickness", unit(protocol.specimen().sectionUm(), "µm"));
		row("Treatment", known(protocol.specimen().treatment()));
		row("Days since treatment", unit(protocol.specimen().daysSinceTreatment(),
			"days"));
		row("Lineage of the cells", word(protocol.lineage()));
		if (protocol.assay() == AssayKind.SAGAL) {
			row("pH of the X-gal solution", unit(protocol.staining().ph(), ""));
			row("Staining time", unit(protocol.staining().hours(), "h"));
		}
		if (protocol.assay() == AssayKind.KI67 || protocol
			.assay() == AssayKind.IHC)
		{
			row("Antibody clone", known(protocol.staining().antibodyClone()));
			row("Lot", known(protocol.staining().lot()));
		}
		row("Scanner", known(protocol.staining().scanner()));
		row("Controls", protocol.control().isEmpty() ? "none" : "given");
		page.raw("</table>\n</div>\n</section>\n");
	}

	private String kind() {
		// where the protocol leaves it to the image, the record has what was found
		final ImageKind kind = Stream.of(ImageKind.values()).filter(k -> word(k)
			.equals(recorded("kind"))).findFirst().orElse(protocol.kind());
		return switch (kind) {
			case AUTO -> "not known";
			case FLUORESCENCE -> "fluorescence";
			case H_DAB -> "brightfield, hematoxylin and DAB";
			case H_E -> "brightfield, hematoxylin and eosin";
			case X_GAL -> "brightfield, X-gal without counterstain";
			case SBB_NFR -> "brightfield, Sudan Black B with nuclear fast red";
			case X_GAL_NFR -> "brightfield, X-gal with nuclear fast red";
			case X_GAL_H -> "brightfield, X-gal with hematoxylin";
			case X_GAL_E -> "brightfield, X-gal with eosin";
			case X_GAL_HDAB -> "brightfield, X-gal, DAB and hematoxylin";
		};
	}

	private void method() {
		page.raw("<section aria-labelledby=\"method\">\n").element(
			"h2 id=\"method\"", "Method").raw("<table class=\"full\">\n");
		row("Software", "Senoscope " + version);
		row("Protocol", (protocol.name().isEmpty() ? "unnamed" : protocol.name()) +
			(protocol.description().isEmpty() ? "" : " – " + protocol.description()));
		row("Nuclei", nuclei());
		if (protocol.assay() != AssayKind.NUCLEI) row("Cells",
			"nuclei grown by up to " + Words.plain(protocol.cells().expansionUm(), 3,
				"µm") + ", never over a neighbour" + (protocol
					.assay() == AssayKind.SAGAL ? "; perinuclear ring " + Words.plain(
						protocol.cells().ringUm(), 3, "µm") : ""));
		for (final MarkerSummary m : result.summary().markers()) {
			row(m.label() + " reading", m.reading());
			row(m.label() + " gate", Words.plain(m.gate(), 4) + " – " + m
				.gateOrigin());
			if (!Double.isNaN(m.areaPercent())) row(m.label() + " stained area",
				"pixels from an optical density of " + Words.plain(protocol.sagal()
					.stainedPixel(), 3) + ", at full resolution");
		}
		stains();
		if (protocol.assay() != AssayKind.NUCLEI) row("Interval", protocol
			.statistics().bootstrapSamples() + " resamplings of squares of up to " +
			Words.plain(protocol.statistics().bootstrapSquareUm(), 3, "µm") +
			", seed " + protocol.statistics().seed());
		page.raw("</table>\n</section>\n");
	}

	private String nuclei() {
		if (!(result.record().get("nuclei") instanceof Map<?, ?> nuclei))
			return word(protocol.method());
		final Object method = nuclei.get("method");
		final StringBuilder found = new StringBuilder((method == null ? word(
			protocol.method()) : method.toString()) + " segmentation");
		final boolean network = nuclei.get("model") != null;
		if (network) found.append(" by the network ").append(nuclei.get("model"));
		if (nuclei.get("nucleus_diameter_px") instanceof Number px && !Double.isNaN(
			px.doubleValue())) found.append(", typical nucleus diameter ").append(
				Words.plain(px.doubleValue() * result.summary().pixelSizeUm(), 3, "µm"))
				.append(Double.isNaN(protocol.nuclei().diameterUm())
					? " (found from the image)" : "");
		if (network && nuclei.get("network_pixel_px") instanceof Number step &&
			nuclei.get("probability_threshold") instanceof Number probability &&
			nuclei.get("overlap_threshold") instanceof Number overlap) found.append(
				"; network pixel ").append(Words.plain(step.doubleValue() * result
					.summary().pixelSizeUm(), 3, "µm")).append(" (").append(nuclei.get(
						"scale_origin")).append("), probability above ").append(Words.plain(
							probability.doubleValue(), 3)).append(", shared area up to ")
				.append(Words.plain(100 * overlap.doubleValue(), 3, "%")).append(" (")
				.append(nuclei.get("overlap")).append(')');
		return found.toString();
	}

	private void stains() {
		if (!(result.record().get("stains") instanceof Map<?, ?> stains)) return;
		if (stains.get("vectors") instanceof Map<?, ?> vectors) {
			page.raw("<tr><th scope=\"row\">Stain vectors</th><td>");
			vectors.forEach((name, vector) -> {
				// the third vector only completes the basis
				if (!(vector instanceof double[] v) || v.length != 3 || "residual"
					.equals(name)) return;
				page.raw("<span class=\"stain\"><i style=\"background:" + swatch(v) +
					"\"></i>").text(name + " (" + Words.plain(v[0], 3) + ", " + Words
						.plain(v[1], 3) + ", " + Words.plain(v[2], 3) + ")").raw(
							"</span> ");
			});
			page.raw("</td></tr>\n");
		}
		row("Origin of the vectors", String.valueOf(stains.get("origin")));
		if (stains.get("quality") instanceof Double quality) row(
			"Quality of the vectors", quality.isNaN() ? "not estimated on this slide"
				: Words.plain(quality, 2) +
					" (1: the slide shows both stains clearly; 0: not at all)");
		if (stains.get("white") instanceof double[] white && white.length == 3) row(
			"White of the glass", Math.round(white[0]) + ", " + Math.round(white[1]) +
				", " + Math.round(white[2]) + (Boolean.TRUE.equals(stains.get(
					"white_found")) ? " (found on the slide)" : " (assumed)"));
	}

	/** The colour of a layer of optical density 0.8 of one stain. */
	private static String swatch(final double[] vector) {
		final double length = Math.sqrt(vector[0] * vector[0] + vector[1] *
			vector[1] + vector[2] * vector[2]);
		final StringBuilder rgb = new StringBuilder("#");
		for (final double v : vector)
			rgb.append(String.format(java.util.Locale.ROOT, "%02x", (int) Math.max(0,
				Math.min(255, Math.round(255 * Math.pow(10, -0.8 * v / (length == 0 ? 1
					: length)))))));
		return rgb.toString();
	}

	private void repeat() {
		page.raw("<section aria-labelledby=\"repeat\">\n").element(
			"h2 id=\"repeat\"", "How to repeat this run");
		page.raw("<pre>").text(String.join(" ", command())).raw("</pre>\n");
		page.element("p",
			"IMAGE, FILE and DIR stand for names of files, which this page does not show. The command as it was given, the full protocol, checksums of the image and of the model, timings and failed tiles are in run.json beside this report.")
			.raw("</section>\n");
	}

	/** The shortest command with the same settings. */
	private List<String> command() {
		final boolean builtIn = BuiltInProtocols.names().contains(protocol.name());
		final Protocol ofVerb = AssayProtocols.of(protocol.assay());
		final boolean verb = !builtIn && protocol.name().equals(ofVerb.name());
		final Protocol base = builtIn ? BuiltInProtocols.load(protocol.name())
			: verb ? ofVerb : Protocol.DEFAULTS;
		final List<String> words = new ArrayList<>(List.of("senoscope", verb
			? ofVerb.name() : "analyze", "IMAGE"));
		if (!verb) words.addAll(List.of("--protocol", builtIn ? protocol.name()
			: "FILE"));
		words.addAll(List.of("--out", "DIR"));
		for (final ProtocolKey key : ProtocolKeys.protocol()) {
			final Object value = ProtocolKeys.value(protocol, key);
			if (value.equals(ProtocolKeys.value(base, key))) continue;
			final String text = key.namesFiles() ? "FILE" : key.text(value);
			words.add(key.flag());
			words.add(text.matches("[A-Za-z0-9.,:+_-]+") ? text : "\"" + text + "\"");
		}
		return words;
	}

	private void row(final String name, final String value) {
		page.raw("<tr>").element("th scope=\"row\"", name).element("td", value).raw(
			"</tr>\n");
	}

	private String recorded(final String key) {
		return result.record().get(key) instanceof String text ? text : "";
	}

	private String origin(final String key) {
		final String text = recorded(key);
		return switch (text) {
			case "" -> "";
			case "protocol" -> " – stated by the protocol or the user";
			case "file" -> " – from the file";
			default -> " – " + text;
		};
	}

	private static String known(final String text) {
		return text.isEmpty() ? "unknown" : text;
	}

	private static String unit(final double number, final String unit) {
		return Double.isNaN(number) ? "unknown" : unit.isEmpty() ? Words.plain(
			number, 3) : Words.plain(number, 3, unit);
	}

	private static String word(final Enum<?> value) {
		return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}
}
