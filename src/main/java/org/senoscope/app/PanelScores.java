
package org.senoscope.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.senoscope.core.UserException;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.EvidenceCall;
import org.senoscope.core.evidence.EvidenceCaller;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Finding;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.simulation.CellSimulation;
import org.senoscope.core.phenotype.simulation.MarkerProfiles;
import org.senoscope.core.phenotype.simulation.SimulatedCells;
import org.senoscope.core.phenotype.simulation.SimulationSettings;
import org.senoscope.core.protocol.SpecimenKind;
import org.senoscope.core.protocol.SpecimenSettings;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.model.ModelFolders;
import org.senoscope.tensorflow.PhenotypeModels;

/**
 * How the shipped panel model does on simulated slides that it has not seen:
 * drawn from the evidence definition as it is, which is circular, and from the
 * same with its weights and directions changed, which is less so. Nothing here
 * says how it does on real cells.
 */
public final class PanelScores {

	private static final MarkerProfiles OWN = MarkerProfiles.of(EvidenceDefinition
		.builtIn());

	/** A panel that labs could stain. */
	static final List<String> PANEL = List.of("sagal", "ki67", "p16", "p21",
		"lmnb1", "gh2ax", "p53bp1", "il6", "p27", "nr2f1", "cd44", "sox2",
		"nuclear_area", "dna_content");

	/** Seeds of tests are far from those of training. */
	private static final long TEST_SEED = 900_000;

	/** The specimen that the simulation has in mind. */
	private static final SpecimenSettings SPECIMEN = ClassificationSettings.KEYS
		.read(Map.of("specimen_kind", SpecimenKind.CULTURE.name().toLowerCase(
			Locale.ROOT), "specimen_days_since_treatment", "7")).specimen();

	private final Path folder;
	private final PhenotypeModel model;
	private final PrintStream out;

	private PanelScores(final Path folder, final PhenotypeModel model,
		final PrintStream out)
	{
		this.folder = folder;
		this.model = model;
		this.out = out;
	}

	/**
	 * Prints the tables.
	 *
	 * @param arguments folder of the model, none: the shipped one; then, if
	 *          wanted, {@code speed} for the time that a table of 1,000,000 cells
	 *          takes
	 */
	public static void main(final String[] arguments) throws IOException {
		final List<String> words = new ArrayList<>(List.of(arguments));
		final boolean speed = words.remove("speed");
		try {
			final Path folder = words.isEmpty() ? ModelFolders.shipped(
				PanelTraining.NAME).orElseThrow(() -> new UserException(
					"models/phenotype-panel is not there; run ./build train-panel"))
				: Path.of(words.get(0));
			if (speed) speed(folder, System.out);
			else try (PhenotypeModel model = PhenotypeModels.open(folder)) {
				new PanelScores(folder, model, System.out).print();
			}
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	private void print() {
		byAxes("the evidence definition as it is (circular)", OWN);
		for (int seed = 1; seed <= 2; seed++)
			byAxes(
				"weights changed by a factor of 1.5 (standard deviation), one direction in ten reversed, draw " +
					seed, OWN.perturbed(Math.log(1.5), 0.1, seed));
		byAxes(
			"weights changed by a factor of 2, one direction in five reversed: more than any slide of training",
			OWN.perturbed(Math.log(2), 0.2, 3));
		dapiAndKi67();
		batches();
		outOfDistribution();
	}

	/** Calls of a model with the truth. */
	private record Called(SimulatedCells cells, PhenotypeCalls calls) {

		/** F1 of a state over some cells; NaN if none of them is in it. */
		double f1(final int state, final IntPredicate which) {
			int both = 0, called = 0, true0 = 0;
			for (int cell = 0; cell < calls.cells(); cell++) {
				if (!which.test(cell)) continue;
				final boolean is = cells.is(cell, state), says = calls.probability(cell,
					calls.classes().indexOf(MarkerProfiles.STATES.get(state))) > 0.5;
				if (is) true0++;
				if (says) called++;
				if (is && says) both++;
			}
			return true0 == 0 ? Double.NaN : 2.0 * both / (true0 + called);
		}

		double macroF1(final IntPredicate which) {
			return IntStream.range(0, MarkerProfiles.STATES.size()).mapToDouble(
				s -> f1(s, which)).filter(f -> !Double.isNaN(f)).average().orElse(
					Double.NaN);
		}

		/** The calibration error, and what of it is left to chance. */
		String calibration(final IntPredicate which) {
			final SplittableRandom random = new SplittableRandom(TEST_SEED);
			return String.format(Locale.ROOT, "%.3f (%.3f)", calibrationError(which,
				cells::is), calibrationError(which, (cell, state) -> random
					.nextDouble() < calls.probability(cell, calls.classes().indexOf(
						MarkerProfiles.STATES.get(state)))));
		}

		/**
		 * Expected calibration error in 10 bins of equal width, averaged over the
		 * states.
		 */
		private double calibrationError(final IntPredicate which,
			final Truth truth)
		{
			double sum = 0;
			for (int state = 0; state < MarkerProfiles.STATES.size(); state++) {
				final int c = calls.classes().indexOf(MarkerProfiles.STATES.get(state));
				final double[] said = new double[10], was = new double[10];
				int n = 0;
				for (int cell = 0; cell < calls.cells(); cell++) {
					final double p = calls.probability(cell, c);
					if (!which.test(cell) || Double.isNaN(p)) continue;
					final int bin = Math.min(9, (int) (10 * p));
					said[bin] += p;
					if (truth.is(cell, state)) was[bin]++;
					n++;
				}
				double error = 0;
				for (int b = 0; b < 10; b++)
					error += Math.abs(said[b] - was[b]) / n;
				sum += error / MarkerProfiles.STATES.size();
			}
			return sum;
		}
	}

	/** Whether a cell is of a state. */
	private interface Truth {

		boolean is(int cell, int state);
	}

	private Called call(final SimulatedCells cells) {
		return new Called(cells, model.classify(cells.features()));
	}

	private void byAxes(final String what, final MarkerProfiles profiles) {
		out.printf(Locale.ROOT, "%nSimulated slides from %s%n%n", what);
		out.println(
			"| axes measured | cells | network, macro F1 | calibration error (by chance) | abstained | rules alone, macro F1 |");
		out.println("|---|---|---|---|---|---|");
		final Called called = call(CellSimulation.run(profiles,
			SimulationSettings.DEFAULTS.size(3000, 50).seed(TEST_SEED)));
		final int[] axes = axesMeasured(called.cells());
		final boolean[] rules = rules(called.cells());
		for (int n = 1; n <= OWN.axes().size(); n++) {
			final int wanted = n;
			row(Integer.toString(n), called, rules, c -> axes[c] == wanted && called
				.cells().features().control(c) == null);
		}
		row("all slides", called, rules, c -> called.cells().features().control(
			c) == null);
		row("slides with a control", called, rules, c -> controlled(called.cells(),
			c) && called.cells().features().control(c) == null);
		row("slides without", called, rules, c -> !controlled(called.cells(), c));
	}

	private void row(final String name, final Called called,
		final boolean[] rules, final IntPredicate which)
	{
		final int[] of = IntStream.range(0, called.calls().cells()).filter(which)
			.toArray();
		if (of.length == 0) return;
		final double abstained = Arrays.stream(of).filter(c -> called.calls()
			.abstained()[c] || called.calls().outOfDistribution()[c]).count() /
			(double) of.length;
		out.printf(Locale.ROOT, "| %s | %d | %.3f | %s | %.0f %% | %.3f |%n", name,
			of.length, called.macroF1(which), called.calibration(which), 100 *
				abstained, rulesMacroF1(called.cells(), rules, which));
	}

	private static boolean controlled(final SimulatedCells cells,
		final int cell)
	{
		// the first cells of a slide are its control
		for (int c = cell; c >= 0 && cells.features().slide(c).equals(cells
			.features().slide(cell)); c--)
			if (cells.features().control(c) != null) return true;
		return false;
	}

	/** Axes on which a marker of the cell's slide speaks. */
	private static int[] axesMeasured(final SimulatedCells cells) {
		final CellFeatures f = cells.features();
		final Map<String, boolean[]> measured = new TreeMap<>();
		for (int c = 0; c < f.cells(); c++) {
			final boolean[] of = measured.computeIfAbsent(f.slide(c),
				s -> new boolean[f.names().size()]);
			for (int m = 0; m < of.length; m++)
				of[m] |= !Float.isNaN(f.value(c, m));
		}
		final List<List<Integer>> markers = OWN.axes().stream().map(a -> OWN
			.markersOf(a).stream().map(f.names()::indexOf).toList()).toList();
		return IntStream.range(0, f.cells()).map(c -> (int) markers.stream().filter(
			of -> of.stream().anyMatch(m -> measured.get(f.slide(c))[m])).count())
			.toArray();
	}

	/** The states by the evidence rules, with the gates of a lab. */
	private static boolean[] rules(final SimulatedCells cells) {
		final EvidenceDefinition definition = EvidenceDefinition.builtIn();
		final CellFeatures f = cells.features();
		final int k = MarkerProfiles.STATES.size();
		final boolean[] states = new boolean[f.cells() * k];
		final List<Marker> panel = f.names().stream().map(definition::marker)
			.toList();
		final EvidenceCaller caller = new EvidenceCaller(definition, panel,
			SPECIMEN, P53Pattern.WILD_TYPE);
		final MarkerState[] markers = new MarkerState[panel.size()];
		for (int c = 0; c < f.cells(); c++) {
			for (int m = 0; m < markers.length; m++)
				markers[m] = Float.isNaN(f.value(c, m)) ? MarkerState.NOT_MEASURED
					: cells.positive(c, m) ? MarkerState.POSITIVE : MarkerState.NEGATIVE;
			final EvidenceCall call = caller.call(markers, Lineage.TUMOUR, 0);
			for (int s = 0; s < k; s++)
				states[c * k + s] = call.states().get(definition.state(
					MarkerProfiles.STATES.get(s)).index()) == Finding.MET;
		}
		return states;
	}

	private static double rulesMacroF1(final SimulatedCells cells,
		final boolean[] rules, final IntPredicate which)
	{
		final int k = MarkerProfiles.STATES.size();
		return IntStream.range(0, k).mapToDouble(s -> {
			int both = 0, called = 0, true0 = 0;
			for (int c = 0; c < cells.features().cells(); c++) {
				if (!which.test(c)) continue;
				final boolean is = cells.is(c, s), says = rules[c * k + s];
				if (is) true0++;
				if (says) called++;
				if (is && says) both++;
			}
			return true0 == 0 ? Double.NaN : 2.0 * both / (true0 + called);
		}).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
	}

	/** What two markers of one axis are allowed to say. */
	private void dapiAndKi67() {
		final SimulatedCells cells = CellSimulation.run(OWN,
			SimulationSettings.DEFAULTS.size(4, 1000).panel(List.of("dna_content",
				"ki67")).seed(TEST_SEED + 1));
		try {
			final Path work = Files.createTempDirectory("senoscope-scores-");
			final Path table = work.resolve("cells.csv"), called = work.resolve(
				"called.csv");
			try {
				write(cells.features(), List.of("dna_content", "ki67"), table);
				final ClassifyOutcome outcome = ClassifyJob.run(table, called,
					ClassificationSettings.KEYS.read(Map.of("model", folder.toString(),
						"lineage", "tumour", "specimen_kind", "culture", "slide_column",
						"slide")), Progress.SILENT, new Cancellation());
				out.printf(Locale.ROOT,
					"%nDAPI and Ki-67 alone, %d cells of all states: %s%n", outcome
						.cells(), outcome.phenotypes());
			}
			finally {
				Files.deleteIfExists(table);
				Files.deleteIfExists(called);
				Files.deleteIfExists(work);
			}
		}
		catch (final IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}

	/** The same cells on slides of other gains. */
	private void batches() {
		out.printf(Locale.ROOT,
			"%nBatch shifts, one panel (%s)%n%n| gains | with a control, macro F1 | calibration error (by chance) | without, macro F1 | calibration error (by chance) |%n|---|---|---|---|---|%n",
			String.join(", ", PANEL));
		for (final double fold : new double[] { 1, 1.5, 2, 3 }) {
			final SimulationSettings settings = SimulationSettings.DEFAULTS.panel(
				PANEL).size(100, 300).seed(TEST_SEED + 2).fold(fold);
			final Called with = call(CellSimulation.run(OWN, settings.controlled(1))),
					without = call(CellSimulation.run(OWN, settings.controlled(0)));
			final IntPredicate test = c -> with.cells().features().control(c) == null;
			out.printf(Locale.ROOT, "| up to %.1f-fold | %.3f | %s | %.3f | %s |%n",
				fold, with.macroF1(test), with.calibration(test), without.macroF1(
					c -> true), without.calibration(c -> true));
		}
	}

	/** Objects that are no single cell, and stains beyond all seen. */
	private void outOfDistribution() {
		final SimulatedCells cells = CellSimulation.run(OWN,
			SimulationSettings.DEFAULTS.panel(PANEL).size(20, 200).controlled(1).seed(
				TEST_SEED + 3));
		out.printf(Locale.ROOT,
			"%nOut of distribution, the same panel: false flags %.1f %%, debris %.1f %%, doubled nuclei %.1f %%, a marker beyond its range %.1f %%%n",
			flagged(cells, (values, row, random) -> {}), flagged(cells,
				PanelScores::debris), flagged(cells, this::doublet), flagged(cells,
					PanelScores::unseen));
	}

	/** Changes one row of a table. */
	private interface Change {

		void apply(CellFeatures values, int row, SplittableRandom random);
	}

	/** Percentage flagged of the cells that are no control, all changed. */
	private double flagged(final SimulatedCells cells, final Change change) {
		final CellFeatures f = cells.features();
		final CellFeatures changed = new CellFeatures(f.names(), f.values().clone(),
			null, null, f.slides(), f.controls());
		final SplittableRandom random = new SplittableRandom(TEST_SEED);
		// anchors are those of the sound slide: few objects are no cells
		final var anchors = model.newAnchors();
		anchors.add(f);
		final int[] test = IntStream.range(0, f.cells()).filter(c -> f.control(
			c) == null).toArray();
		for (final int row : test)
			change.apply(changed, row, random);
		final PhenotypeCalls calls = model.classify(changed.rows(test), anchors);
		int flags = 0;
		for (int i = 0; i < test.length; i++)
			if (calls.outOfDistribution()[i]) flags++;
		return 100.0 * flags / test.length;
	}

	/** A fragment: a tenth to a third of a nucleus, hardly stained. */
	private static void debris(final CellFeatures f, final int row,
		final SplittableRandom random)
	{
		final double size = 0.1 + 0.2 * random.nextDouble();
		for (int m = 0; m < f.names().size(); m++)
			f.values()[row * f.names().size() + m] *= (float) (size * Math.exp(0.3 *
				random.nextGaussian()));
	}

	/** Two nuclei taken for one: areas and amounts add up. */
	private void doublet(final CellFeatures f, final int row,
		final SplittableRandom random)
	{
		final int n = f.names().size();
		for (int m = 0; m < n; m++)
			f.values()[row * n + m] *= (float) (1.8 + 0.4 * random.nextDouble());
	}

	/** One marker ten times as strong as in the brightest of 50 cells. */
	private static void unseen(final CellFeatures f, final int row,
		final SplittableRandom random)
	{
		final int n = f.names().size();
		final int[] measured = IntStream.range(0, n).filter(m -> !Float.isNaN(f
			.value(row, m))).toArray();
		if (measured.length == 0) return;
		final int m = measured[random.nextInt(measured.length)];
		float most = 0;
		for (int other = row; other < Math.min(f.cells(), row + 50); other++)
			if (f.value(other, m) > most) most = f.value(other, m);
		f.values()[row * n + m] = 10 * most;
	}

	/** Writes some columns of simulated cells. */
	static void write(final CellFeatures cells, final List<String> markers,
		final Path file) throws IOException
	{
		final int[] places = markers.stream().mapToInt(cells.names()::indexOf)
			.toArray();
		try (BufferedWriter writer = Files.newBufferedWriter(file)) {
			writer.write("slide,control," + String.join(",", markers) + "\n");
			final StringBuilder line = new StringBuilder();
			for (int c = 0; c < cells.cells(); c++) {
				line.setLength(0);
				line.append(cells.slide(c)).append(',');
				if (cells.control(c) != null) line.append(cells.control(c).name()
					.toLowerCase(Locale.ROOT));
				for (final int place : places) {
					line.append(',');
					if (!Float.isNaN(cells.value(c, place))) line.append(Math.round(
						1000.0 * cells.value(c, place)) / 1000.0);
				}
				writer.write(line.append('\n').toString());
			}
		}
	}

	/** Times a table of 1,000,000 cells and 40 columns on two threads. */
	private static void speed(final Path folder, final PrintStream out)
		throws IOException
	{
		final Path work = Files.createTempDirectory("senoscope-speed-");
		final Path table = work.resolve("cells.csv"), called = work.resolve(
			"called.csv");
		try {
			final List<String> markers = OWN.markers().subList(0, 38);
			final int parts = 100;
			try (var all = Files.newOutputStream(table)) {
				for (int part = 0; part < parts; part++) {
					write(CellSimulation.run(OWN, SimulationSettings.DEFAULTS.size(1,
						10_000).panel(markers).seed(part)).features(), markers, called);
					final byte[] text = Files.readAllBytes(called);
					final int header = part == 0 ? 0 : IntStream.range(0, text.length)
						.filter(i -> text[i] == '\n').findFirst().getAsInt() + 1;
					all.write(text, header, text.length - header);
				}
			}
			for (final String name : new String[] { "", folder.toString() })
				for (int round = 0; round < 2; round++) {
					final Peak peak = new Peak();
					final long start = System.nanoTime();
					final ClassifyOutcome outcome = ClassifyJob.run(table, called,
						ClassificationSettings.KEYS.read(Map.of("model", name, "lineage",
							"tumour", "slide_column", "slide", "control_column", "control",
							"threads", "2")), peak, new Cancellation());
					out.printf(Locale.ROOT,
						"%,d cells, 40 columns, %d MB, two threads, by %s: %.1f s, heap at most %d MB%n",
						outcome.cells(), Files.size(table) / 1_000_000, outcome.caller(),
						(System.nanoTime() - start) / 1e9, peak.mb);
				}
		}
		finally {
			Files.deleteIfExists(called);
			Files.deleteIfExists(table);
			Files.deleteIfExists(work);
		}
	}

	/** Looks at the heap whenever there is progress. */
	private static final class Peak implements Progress {

		private long mb;

		@Override
		public void stage(final String what) {}

		@Override
		public void update(final long done, final long total) {
			final Runtime runtime = Runtime.getRuntime();
			mb = Math.max(mb, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
		}

		@Override
		public void warn(final String message) {}
	}
}
