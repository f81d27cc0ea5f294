
package org.senoscope.io.validation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.LabelMatching;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.TableStyle;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.core.run.SpillStore;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.output.LabelsWriter;
import org.senoscope.io.output.TempFileSpill;

/**
 * How well nuclei are found and Ki-67 is counted on pictures with a truth.
 * Every picture goes by itself through the pipeline of every other run, with
 * the protocol a user would name and nothing set but the pixel size, which is
 * not known of the pictures of the Data Science Bowl: 0.5 µm stands in.
 */
public final class NucleiScores {

	private static final double[] IOUS = { 0.5, 0.7, 0.9 };
	private static final int FOLDS = 5;
	private static final double UNKNOWN_PIXEL_UM = 0.5;
	private static final double KI67_PIXEL_UM = 0.25;
	private static final String KI67 = "ki67";

	/** A set of pictures and how they are analysed. */
	private record PictureSet(String modality, String protocolName,
			Protocol protocol) {
	}

	private final PrintStream out;
	private final Path spill;
	private final NucleusNetworks networks;
	private final Map<String, Map<String, String>> methods;
	private final Choice choice;

	/**
	 * What is scored.
	 *
	 * @param pictures fluorescence, histology-colour, brightfield-gray or ki67;
	 *          empty: all of them
	 * @param fold the only fold of nuclei-dsb2018; -1: all of them
	 */
	public record Choice(String pictures, int fold) {

		/** All there is. */
		public static final Choice ALL = new Choice("", -1);

		private boolean has(final String name) {
			return pictures.isEmpty() || pictures.equals(name);
		}
	}

	private NucleiScores(final PrintStream out, final Path spill,
		final NucleusNetworks networks,
		final Map<String, Map<String, String>> methods, final Choice choice)
	{
		this.out = out;
		this.spill = spill;
		this.networks = networks;
		this.methods = methods;
		this.choice = choice;
	}

	/**
	 * Prints the tables of the data that are there.
	 *
	 * @param data folder that holds {@code nuclei-dsb2018}, {@code ki67-ihc} or
	 *          both
	 * @param out where they are printed
	 * @param networks where star-convex networks come from
	 * @param methods protocol keys and values of each method, by the name it has
	 *          in the tables
	 * @param choice what is scored
	 * @throws UserException if neither is there or something cannot be read
	 */
	public static void print(final Path data, final PrintStream out,
		final NucleusNetworks networks,
		final Map<String, Map<String, String>> methods, final Choice choice)
	{
		final Path nuclei = data.resolve("nuclei-dsb2018");
		final Path ki67 = data.resolve("ki67-ihc/multipanel");
		if (!Files.isDirectory(nuclei) && !Files.isDirectory(ki67))
			throw new UserException(data +
				" holds neither nuclei-dsb2018 nor ki67-ihc/multipanel: give the folder of the data");
		try {
			final Path spill = Files.createTempDirectory("senoscope-scores");
			try {
				final NucleiScores scores = new NucleiScores(out, spill, networks,
					methods, choice);
				if (Files.isDirectory(nuclei) && !choice.pictures().equals(KI67)) scores
					.printNuclei(NucleiDataset.open(nuclei));
				if (Files.isDirectory(ki67) && choice.has(KI67)) scores.printKi67(ki67);
			}
			finally {
				Files.deleteIfExists(spill);
			}
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, "Cannot score: " + e
				.getMessage(), e);
		}
	}

	private static List<PictureSet> sets() {
		return List.of(new PictureSet("fluorescence", "nuclei-fluorescence",
			BuiltInProtocols.load("nuclei-fluorescence")), new PictureSet(
				"histology-colour", "nuclei-he", BuiltInProtocols.load("nuclei-he")),
			new PictureSet("brightfield-gray", "none (segment)", AssayProtocols.of(
				AssayKind.NUCLEI)));
	}

	private void printNuclei(final NucleiDataset data) {
		out.printf(
			"Nuclei of nuclei-dsb2018, pooled over pictures; last column: mean of the pictures; as 0.5 µm/px%n%n");
		out.printf("%-17s %-19s %-18s %4s %8s %7s %6s %6s %6s %6s %6s %10s%n",
			"pictures", "protocol", "method", "fold", "pictures", "nuclei", "AP@.5",
			"AP@.7", "AP@.9", "F1@.5", "PQ@.5", "mean AP@.5");
		for (final PictureSet set : sets())
			if (choice.has(set.modality())) methods.forEach((name,
				settings) -> printNuclei(data, set, name, settings));
		out.println();
	}

	private void printNuclei(final NucleiDataset data, final PictureSet set,
		final String method, final Map<String, String> settings)
	{
		final LabelMatching[] folds = new LabelMatching[FOLDS + 1];
		for (int i = 0; i <= FOLDS; i++)
			folds[i] = new LabelMatching(IOUS);
		for (final NucleiDataset.Item item : data.items()) {
			if (!item.modality().equals(set.modality()) || choice.fold() >= 0 && item
				.fold() != choice.fold()) continue;
			final int[] truth = LabelFolderValidation.read(data.labels(item))
				.values();
			final int[] found = segment(data.image(item), set, settings);
			folds[item.fold() % FOLDS].add(found, truth);
			folds[FOLDS].add(found, truth);
		}
		for (int i = 0; i <= FOLDS; i++) {
			if (folds[i].images() == 0 || i == FOLDS && choice.fold() >= 0) continue;
			final LabelMatching.Score[] s = folds[i].scores();
			out.printf(Locale.ROOT,
				"%-17s %-19s %-18s %4s %8d %7d %6.3f %6.3f %6.3f %6.3f %6.3f %10.3f%n",
				set.modality(), set.protocolName(), method, i == FOLDS ? "all" : Integer
					.toString(i), s[0].images(), s[0].truePositives() + s[0]
						.falseNegatives(), s[0].averagePrecision(), s[1].averagePrecision(),
				s[2].averagePrecision(), s[0].f1(), s[0].panopticQuality(), s[0]
					.meanImageAp());
		}
	}

	private int[] segment(final Path image, final PictureSet set,
		final Map<String, String> settings)
	{
		try (PixelSource source = ImageSources.open(image, OpenOptions.DEFAULTS);
				SpillStore store = new TempFileSpill(spill);
				SlideResult result = run(source, withPixelSize(set.protocol(), settings,
					UNKNOWN_PIXEL_UM), store))
		{
			return labels(result);
		}
	}

	private static int[] labels(final SlideResult result) {
		final int[] labels = new int[(int) result.image().bounds().size()];
		LabelsWriter.paint(result, result.image().bounds(), labels);
		return labels;
	}

	private static Protocol withPixelSize(final Protocol protocol,
		final Map<String, String> settings, final double um)
	{
		final Map<String, String> all = new HashMap<>(settings);
		all.put("pixel_size", Double.toString(um));
		return ProtocolOverrides.apply(protocol, all);
	}

	private SlideResult run(final PixelSource source, final Protocol protocol,
		final SpillStore store)
	{
		return SlidePipeline.run(new SlideInputs(source, null, List.of(), source
			.info().name(), EvidenceDefinition.builtIn(), null, networks, List.of()),
			protocol, new RunOptions(1, 0, 1024, false, TableStyle.SENOSCOPE, ""),
			store, Progress.SILENT, new Cancellation());
	}

	private void printKi67(final Path folder) {
		out.printf(
			"Ki-67 of ki67-ihc/multipanel, protocol ki67-hdab, 0.25 µm/px; F1@.5 of all nuclei, of positive and of negative ones without the drawn edge,%nof all with it; the truth lies on the hematoxylin panel, nuclei are moved there by the bend between the panels%n(shift: F1@.5 of all by the shift alone); agree: share of matched nuclei, and their number, that have the class of the truth%n%n");
		out.printf(
			"%-10s %-18s %8s %9s %8s %9s %8s %8s %7s %7s %6s %6s %6s %6s %6s %6s %4s%n",
			"tissue", "method", "positive", "official", "nuclei", "official",
			"index %", "official", "points", "px", "shift", "F1@.5", "pos.", "neg.",
			"edge", "agree", "of");
		for (final String tissue : List.of("Bladder1", "Lung1"))
			methods.forEach((name, settings) -> printKi67(folder, tissue, name,
				settings));
	}

	private void printKi67(final Path folder, final String tissue,
		final String method, final Map<String, String> settings)
	{
		final Path counts = folder.resolve(tissue + ".json");
		final Ki67Truth truth = Ki67Truth.read(folder.resolve(tissue +
			"_gt_seg.png"));
		try (PixelSource source = ImageSources.open(folder.resolve(tissue +
			"_ihc.png"), OpenOptions.DEFAULTS);
				SpillStore store = new TempFileSpill(spill);
				SlideResult result = run(source, withPixelSize(BuiltInProtocols.load(
					"ki67-hdab"), settings, KI67_PIXEL_UM), store))
		{
			final JsonNode official = new ObjectMapper().readTree(counts.toFile());
			final MarkerSummary ki67 = result.summary().markers().get(0);
			final int positive = official.path("num_pos").asInt();
			final int all = official.path("num_total").asInt();
			final double index = 100.0 * positive / all;
			final BufferedImage panel = ImageIO.read(folder.resolve(tissue +
				"_ihc.png").toFile());
			final BufferedImage hematoxylin = ImageIO.read(folder.resolve(tissue +
				"_hematoxylin.png").toFile());
			final PanelShift shift = PanelShift.between(panel, hematoxylin);
			final int[] found = labels(result);
			final int[] labels = PanelBend.between(panel, hematoxylin, shift).apply(
				found);
			final boolean[] called = new boolean[Arrays.stream(labels).max().orElse(
				0) + 1];
			result.forEachCell(cell -> {
				if (cell.id() < called.length) called[(int) cell.id()] = result.table()
					.number(cell, "ki67_positive") == 1;
			});
			final LabelMatching.Score both = score(labels, truth.inside()), pos =
				score(Ki67Truth.only(labels, called, true), truth.only(true)), neg =
					score(Ki67Truth.only(labels, called, false), truth.only(false));
			out.printf(Locale.ROOT,
				"%-10s %-18s %8d %9d %8d %9d %8.1f %8.1f %+7.1f %7s %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f %4d%n",
				tissue, method, ki67.positive(), positive, ki67.measured(), all, ki67
					.positivePercent(), index, ki67.positivePercent() - index, shift.x() +
						"," + shift.y(), score(shift.apply(found, panel.getWidth(), panel
							.getHeight()), truth.inside()).f1(), both.f1(), pos.f1(), neg
								.f1(), score(labels, truth.labels()).f1(), (double) (pos
									.truePositives() + neg.truePositives()) / both
										.truePositives(), both.truePositives());
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, "Cannot read " +
				counts + ": " + e.getMessage(), e);
		}
	}

	private static LabelMatching.Score score(final int[] found,
		final int[] truth)
	{
		final LabelMatching matching = new LabelMatching(IOUS[0]);
		matching.add(found, truth);
		return matching.scores()[0];
	}
}
