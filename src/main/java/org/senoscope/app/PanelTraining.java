
package org.senoscope.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.simulation.CellSimulation;
import org.senoscope.core.phenotype.simulation.MarkerProfiles;
import org.senoscope.core.phenotype.simulation.SimulationSettings;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.model.ModelFolder;
import org.senoscope.tensorflow.PhenotypeModels;

/**
 * Trains the shipped panel model on simulated slides: a third of them with
 * every marker, so that it is known how markers go together, the others with
 * panels from one marker to many; half of them with a control.
 */
public final class PanelTraining {

	/** Name of the shipped model. */
	public static final String NAME = "phenotype-panel";

	/** What stands in every table that it calls. */
	private static final String CALIBRATION =
		"simulated, not verified on real cells";

	/**
	 * So many slides that many panels and mixes are learned from; cells of a
	 * control are anchors alone, as in use, and enough for one.
	 */
	private static final int SLIDES = 400;
	private static final int CELLS = 80;
	private static final double CONTROLS = 0.5;
	private static final double COMPLETE = 0.33;

	/** Slides that the final network is calibrated by, fewer of every marker. */
	private static final int KEPT_SLIDES = 1500;
	private static final double KEPT_COMPLETE = 0.1;
	private static final long KEPT_SEED = 100_000;

	/** Share of the slides whose profiles differ from the definition's. */
	private static final double PERTURBED = 0.5;
	private static final double PERTURBED_SD = Math.log(1.5);
	private static final double PERTURBED_REVERSED = 0.1;

	private static final String DESCRIPTION =
		"Trained on cells simulated from the marker table of %s %s (directions, weights; graded, overlapping, noisy values, missing markers, slides of different gain, half of them with weights and directions changed). It encodes published marker knowledge; it has not seen patients, nor any real cell. Research use only.";

	private PanelTraining() {}

	/**
	 * Trains.
	 *
	 * @param arguments folder of the model to write
	 */
	public static void main(final String[] arguments) {
		if (arguments.length != 1) {
			System.err.println("give the folder of the model to write");
			System.exit(2);
		}
		final Path folder = Path.of(arguments[0]);
		try {
			final TrainingReport report = train(folder, SimulationSettings.DEFAULTS
				.size(SLIDES, CELLS).complete(COMPLETE).controls(CONTROLS),
				KEPT_SLIDES);
			for (final MethodScores m : report.methods())
				System.out.printf(Locale.ROOT,
					"%-8s balanced accuracy %.3f, macro F1 %.3f, ROC AUC %.3f, calibration error %.3f%n",
					m.method(), m.balancedAccuracy(), m.macroF1(), m.rocAuc(), m
						.calibrationError());
			System.out.println(folder);
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	static TrainingReport train(final Path folder,
		final SimulationSettings simulation, final int keptSlides)
	{
		final EvidenceDefinition definition = EvidenceDefinition.builtIn();
		final MarkerProfiles profiles = MarkerProfiles.of(definition);
		final TrainingReport report = PhenotypeModels.train(cells(profiles,
			simulation), cells(profiles, simulation.size(keptSlides, simulation
				.cellsPerSlide()).complete(KEPT_COMPLETE).seed(KEPT_SEED)),
			TrainingSettings.KEYS.read(Map.of("folds", "2", "members", "3", "epochs",
				"40", "anchoring", "control-or-slide")), folder, new Stages(),
			new Cancellation());
		describe(folder.resolve(ModelFolder.CARD), DESCRIPTION.formatted(definition
			.name(), definition.version()));
		return report;
	}

	/**
	 * Slides by the definition, and as many whose weights and directions differ
	 * from it, each in its own way: what is published of a marker is not certain,
	 * and a model that takes it for certain says so too often.
	 */
	private static CellFeatures cells(final MarkerProfiles profiles,
		final SimulationSettings simulation)
	{
		final int changed = (int) Math.round(PERTURBED * simulation.slides());
		final List<CellFeatures> parts = new ArrayList<>(List.of(CellSimulation.run(
			profiles, simulation.size(simulation.slides() - changed, simulation
				.cellsPerSlide())).features()));
		for (int slide = 0; slide < changed; slide++)
			parts.add(CellSimulation.run(profiles.perturbed(PERTURBED_SD,
				PERTURBED_REVERSED, simulation.seed() + 1000 + slide), simulation.size(
					1, simulation.cellsPerSlide()).seed(simulation.seed() + 1000 + slide))
				.features());
		final int f = profiles.markers().size();
		final int n = parts.stream().mapToInt(CellFeatures::cells).sum();
		final float[] values = new float[n * f];
		final String[] labels = new String[n], slides = new String[n];
		final ControlRole[] controls = new ControlRole[n];
		int at = 0;
		for (int part = 0; part < parts.size(); part++)
			for (int i = 0; i < parts.get(part).cells(); i++, at++) {
				final CellFeatures p = parts.get(part);
				System.arraycopy(p.values(), i * f, values, at * f, f);
				controls[at] = p.control(i);
				labels[at] = controls[at] == null ? p.labels()[i] : "";
				slides[at] = part + "/" + p.slide(i);
			}
		return new CellFeatures(profiles.markers(), values, labels, slides, slides,
			controls);
	}

	/** Says on the card what the trainer cannot know. */
	private static void describe(final Path card, final String description) {
		final ObjectMapper json = new ObjectMapper().enable(
			SerializationFeature.INDENT_OUTPUT);
		try {
			final ObjectNode node = (ObjectNode) json.readTree(card.toFile());
			node.put("name", NAME).put("description", description).put(
				"calibrationNote", CALIBRATION);
			json.writeValue(card.toFile(), node);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Prints each stage as it begins. */
	private static final class Stages implements Progress {

		private final long start = System.nanoTime();

		@Override
		public void stage(final String what) {
			System.err.printf(Locale.ROOT, "%4.0f s  %s%n", (System.nanoTime() -
				start) / 1e9, what);
		}

		@Override
		public void update(final long done, final long total) {
			System.err.printf(Locale.ROOT, "%4.0f s  %d of %d%n", (System.nanoTime() -
				start) / 1e9, done, total);
		}

		@Override
		public void warn(final String message) {
			System.err.println(message);
		}
	}
}
