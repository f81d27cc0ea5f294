
package org.senoscope.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.Baselines;
import org.senoscope.core.phenotype.Calibration;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.CellForest;
import org.senoscope.core.phenotype.DensityCheck;
import org.senoscope.core.phenotype.GroupFolds;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.Scores;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingReport.ClassScores;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.TrainingSettings.Anchoring;
import org.senoscope.core.phenotype.TrainingSettings.Classifier;
import org.senoscope.core.phenotype.TrainingSettings.Prior;
import org.senoscope.core.phenotype.ValueScaling;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.table.RowBlock;
import org.senoscope.io.table.TableFile;
import org.senoscope.tensorflow.PhenotypeModels;

/**
 * How well phenotypes are learned from real tables, by the program that users
 * call: treatment of cultured cells on the FAST plate, and arrest of breast
 * tumour cells under palbociclib. Everything is chosen by cross-validation on
 * training wells; with the word {@code cv} the test wells are not touched.
 */
public final class PhenotypeScores {

	private static final List<String> HEADLINE = List.of("Nuclear_Area", "EdU",
		"SABGal");
	private static final List<String> WITH_DAPI = List.of("Nuclear_Area", "EdU",
		"SABGal", "DAPI");
	private static final List<String> PALBOCICLIB = List.of("DNA", "CDK2", "CDK4",
		"Cdt1", "E2F1", "Ki67", "cycA", "cycB1", "cycD1", "cycE", "p21");
	private static final double COVERAGE = 0.85;
	private static final int SEED = 1;

	/** A row of a table: texts by column, in the order asked for. */
	private record Row(String[] texts) {
	}

	private final PrintStream out;
	private final Path work;
	private final boolean test;

	private PhenotypeScores(final PrintStream out, final Path work,
		final boolean test)
	{
		this.out = out;
		this.work = work;
		this.test = test;
	}

	/**
	 * @param args folder of the data sets; then {@code cv}: training wells only
	 */
	public static void main(final String[] args) throws IOException {
		final Path data = Path.of(args.length > 0 ? args[0] : "../shared/data");
		final Path work = Files.createTempDirectory("senoscope-scores-");
		try {
			final PhenotypeScores scores = new PhenotypeScores(System.out, work,
				!Arrays.asList(args).contains("cv"));
			scores.plate(data.resolve("cells-fast-plate").resolve("cells.csv"));
			scores.palbociclib(data.resolve("cells-tables").resolve(
				"breast_tumour_4i_palbociclib.csv"));
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
		finally {
			try (Stream<Path> files = Files.walk(work)) {
				files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile()
					.delete());
			}
		}
	}

	// --- FAST plate: Neri et al., 2024

	private void plate(final Path file) {
		final List<Row> rows = rows(file, List.of("Condition", "Serum", "well",
			"split", "Nuclear_Area", "EdU", "SABGal", "DAPI"));
		final Function<Row, String> binary = r -> irradiated(r) ? "senescent"
			: "none";
		final Function<Row, String> three = r -> irradiated(r) ? "senescent"
			: r.texts[1].equals("SS") ? "quiescent" : "proliferating";
		plate("FAST plate, senescent or not, without DAPI (the headline)", rows,
			HEADLINE, binary);
		plate("FAST plate, senescent or not, with DAPI", rows, WITH_DAPI, binary);
		plate("FAST plate, three classes, without DAPI", rows, HEADLINE, three);
		plate("FAST plate, three classes, with DAPI", rows, WITH_DAPI, three);
		if (test) publishedRule(rows);
	}

	private static boolean irradiated(final Row r) {
		return r.texts[0].startsWith("IR");
	}

	private void plate(final String title, final List<Row> rows,
		final List<String> features, final Function<Row, String> label)
	{
		final List<String> columns = List.of("Nuclear_Area", "EdU", "SABGal",
			"DAPI");
		final List<Row> used = new ArrayList<>();
		final List<ControlRole> controls = new ArrayList<>();
		final List<String> labels = new ArrayList<>();
		final List<float[]> values = new ArrayList<>();
		for (final Row r : rows) {
			if (r.texts[3].equals("test")) continue;
			final boolean blank = r.texts[3].equals("background");
			final float[] v = new float[features.size()];
			for (int j = 0; j < v.length; j++)
				v[j] = Float.parseFloat(r.texts[4 + columns.indexOf(features.get(j))]);
			used.add(r);
			values.add(v);
			controls.add(blank ? ControlRole.BLANK : null);
			labels.add(blank ? "" : label.apply(r));
		}
		final CellFeatures train = new CellFeatures(features, joined(values), labels
			.toArray(String[]::new), used.stream().map(r -> r.texts[2]).toArray(
				String[]::new), null, controls.toArray(ControlRole[]::new));
		final List<Row> testRows = rows.stream().filter(r -> r.texts[3].equals(
			"test")).toList();
		final CellFeatures asked = new CellFeatures(features, joined(testRows
			.stream().map(r -> {
				final float[] v = new float[features.size()];
				for (int j = 0; j < v.length; j++)
					v[j] = Float.parseFloat(r.texts[4 + columns.indexOf(features.get(
						j))]);
				return v;
			}).toList()), testRows.stream().map(label).toArray(String[]::new), null,
			null, null);
		final Predicate<Integer> starved = i -> !irradiated(testRows.get(i)) &&
			testRows.get(i).texts[1].equals("SS");
		// Chosen on the training wells: halfway has the best balanced accuracy at
		// an error of calibration of about 0.03, and where classes exclude each
		// other gains nothing. No marker ever lacks here, so none is hidden.
		trainAndTest(title, train, asked, labels.contains("none") ? Prior.HALFWAY
			: Prior.NATURAL, 0, starved);
	}

	/**
	 * SA-beta-gal above the 95th percentile of the background wells of the same
	 * treatment and serum, EdU below theirs.
	 */
	private void publishedRule(final List<Row> rows) {
		int[] n = new int[4];
		for (final Row r : rows) {
			if (!r.texts[3].equals("test")) continue;
			final float[][] blank = new float[2][];
			for (int m = 0; m < 2; m++) {
				final int column = 5 + m;
				final double[] own = rows.stream().filter(b -> b.texts[3].equals(
					"background") && b.texts[1].equals(r.texts[1]) && irradiated(
						b) == irradiated(r)).mapToDouble(b -> Double.parseDouble(
							b.texts[column])).sorted().toArray();
				blank[m] = new float[] { (float) own[(int) Math.round(0.95 *
					(own.length - 1))] };
			}
			final boolean called = Float.parseFloat(r.texts[6]) > blank[1][0] && Float
				.parseFloat(r.texts[5]) <= blank[0][0];
			n[called ? irradiated(r) ? 0 : 1 : irradiated(r) ? 3 : 2]++;
		}
		say("published rule on the test wells: balanced accuracy %.4f", (n[0] /
			(double) (n[0] + n[3]) + n[2] / (double) (n[2] + n[1])) / 2);
	}

	// --- Palbociclib, 4i

	private void palbociclib(final Path file) {
		final List<String> columns = new ArrayList<>(List.of("RB_status", "well"));
		columns.addAll(PALBOCICLIB);
		final List<Row> rows = rows(file, columns);
		for (final String dose : List.of("0", "100")) {
			final CellFeatures train = tumour(rows, dose);
			final CellFeatures asked = tumour(rows, dose.equals("0") ? "100" : "0");
			trainAndTest("Palbociclib, arrested, trained at dose " + dose +
				", tested at the other", train, asked, Prior.NATURAL,
				TrainingSettings.DEFAULTS.markerDropout(), null);
		}
	}

	private static CellFeatures tumour(final List<Row> rows, final String dose) {
		final List<Row> own = rows.stream().filter(r -> r.texts[1].equals(dose))
			.toList();
		return new CellFeatures(PALBOCICLIB, joined(own.stream().map(r -> {
			final float[] v = new float[PALBOCICLIB.size()];
			for (int j = 0; j < v.length; j++)
				v[j] = r.texts[2 + j].isEmpty() ? Float.NaN : Float.parseFloat(
					r.texts[2 + j]);
			return v;
		}).toList()), own.stream().map(r -> r.texts[0].equals("arrested")
			? "arrested" : "none").toArray(String[]::new), null, null, null);
	}

	// --- common

	private void trainAndTest(final String title, final CellFeatures train,
		final CellFeatures asked, final Prior prior, final double markerDropout,
		final Predicate<Integer> starved)
	{
		say("%n%s", title);
		final TrainingSettings d = TrainingSettings.DEFAULTS;
		final TrainingSettings settings = new TrainingSettings("label", "", "", "",
			"", Anchoring.AUTO, prior, Classifier.BOTH, COVERAGE, SEED, d.epochs(), 6,
			d.members(), markerDropout, "", d.crop());
		final Path folder = work.resolve("model-" + Math.abs(title.hashCode()));
		final long start = System.nanoTime();
		final TrainingReport report = PhenotypeModels.train(train, settings, folder,
			Progress.SILENT, new Cancellation());
		report.methods().forEach(m -> show("held out " + m.method(), m));
		report.learningCurve().forEach(p -> say(
			"  learning curve: %d cells, balanced accuracy %.4f, AUC %.4f", p.cells(),
			p.balancedAccuracy(), p.rocAuc()));
		report.featureWeights().forEach(w -> say(
			"  %s: AUC loss when shuffled %.4f, mean change of log-odds %.2f", w
				.feature(), w.aucLoss(), w.meanContribution()));
		say(
			"  out of distribution: false %.3f, debris %.3f, doublets %.3f, unseen %.3f",
			report.outOfDistribution().falseFlags(), report.outOfDistribution()
				.debris(), report.outOfDistribution().doublets(), report
					.outOfDistribution().unseen());
		if (train.groups() != null) doublets(train);
		report.notes().forEach(n -> say("  note: %s", n));
		say("  (%.0f s)", (System.nanoTime() - start) / 1e9);
		if (!test) return;
		try (PhenotypeModel network = PhenotypeModels.network(folder);
				PhenotypeModel both = PhenotypeModels.open(folder))
		{
			final List<String> classes = network.classes();
			show("test network", classes, network.classify(asked).probabilities(),
				asked, starved);
			show("test both", classes, both.classify(asked).probabilities(), asked,
				starved);
			forest(train, asked, classes, prior, starved);
		}
	}

	/** The forest on the same scaling, calibrated on the same kind of folds. */
	private void forest(final CellFeatures train, final CellFeatures asked,
		final List<String> classes, final Prior prior,
		final Predicate<Integer> starved)
	{
		final int f = train.names().size(), k = classes.size();
		final boolean exclusive = k > 1;
		final List<String> notes = new ArrayList<>();
		final ValueScaling scaling = ValueScaling.fit(train, Anchoring.AUTO, notes);
		final int[] labelled = IntStream.range(0, train.cells()).filter(i -> !train
			.labels()[i].isEmpty() && train.control(i) == null).toArray();
		final CellFeatures own = train.rows(labelled);
		final float[] z = scaling.standard(own.values());
		final float[] truth = truth(own, classes);
		final GroupFolds folds = GroupFolds.of(own.groups(), truth, k, 6, SEED,
			notes);
		final float[] logits = new float[truth.length];
		for (int fold = 0; fold < folds.folds(); fold++) {
			final int now = fold;
			final int[] held = IntStream.range(0, own.cells()).filter(i -> folds
				.fold()[i] == now).toArray();
			final float[] l = Baselines.forest(z, truth, IntStream.range(0, own
				.cells()).filter(i -> folds.fold()[i] != now).toArray(), held, f, k,
				exclusive, SEED);
			for (int a = 0; a < held.length; a++)
				System.arraycopy(l, a * k, logits, held[a] * k, k);
		}
		final Calibration calibration = Calibration.fit(logits, truth, k, exclusive,
			prior, own.values());
		final float[] both = Arrays.copyOf(z, z.length + asked.values().length);
		System.arraycopy(scaling.standard(asked.values()), 0, both, z.length, asked
			.values().length);
		final float[] bothTruth = Arrays.copyOf(truth, truth.length + asked
			.cells() * k);
		final float[] p = calibration.probabilities(Baselines.forest(both,
			bothTruth, IntStream.range(0, own.cells()).toArray(), IntStream.range(own
				.cells(), own.cells() + asked.cells()).toArray(), f, k, exclusive,
			SEED), asked.values());
		show("test forest", classes, p, asked, starved);
	}

	/**
	 * How many doublets could be told at all: by a forest that learns nothing
	 * else than to tell pairs taken for one from cells, asked about other wells.
	 */
	private void doublets(final CellFeatures train) {
		final int f = train.names().size();
		final ValueScaling scaling = ValueScaling.fit(train, Anchoring.AUTO,
			new ArrayList<>());
		final CellFeatures own = train.rows(IntStream.range(0, train.cells())
			.filter(i -> !train.labels()[i].isEmpty() && train.control(i) == null)
			.toArray());
		final int n = own.cells();
		final List<String> kinds = Arrays.stream(own.labels()).distinct().toList();
		final int[] kind = Arrays.stream(own.labels()).mapToInt(kinds::indexOf)
			.toArray();
		final float[] truth = new float[n];
		for (int i = 0; i < n; i++)
			truth[i] = kind[i] == 0 ? 1 : 0;
		final int[] fold = GroupFolds.of(own.groups(), truth, 1, 6, SEED,
			new ArrayList<>()).fold();
		final float[] cells = new float[n], pairs = new float[n];
		for (int part = 0; part < 6; part++) {
			final int now = part;
			final int[] learned = IntStream.range(0, n).filter(i -> fold[i] != now)
				.toArray(), held = IntStream.range(0, n).filter(i -> fold[i] == now)
					.toArray();
			final int m = learned.length;
			final float[] both = Arrays.copyOf(own.rows(learned).values(), 2 * m * f);
			System.arraycopy(DensityCheck.doublets(scaling, own.rows(learned)
				.values(), kinds(kind, learned), SEED + 1), 0, both, m * f, m * f);
			final float[] isPair = new float[2 * m];
			Arrays.fill(isPair, m, 2 * m, 1);
			final CellForest forest = CellForest.fit(scaling.standard(both), isPair,
				IntStream.range(0, 2 * m).toArray(), f, 1, false, SEED);
			final float[] ofCells = forest.logits(scaling.standard(own.rows(held)
				.values())), ofPairs = forest.logits(scaling.standard(DensityCheck
					.doublets(scaling, own.rows(held).values(), kinds(kind, held),
						SEED)));
			for (int a = 0; a < held.length; a++) {
				cells[held[a]] = ofCells[a];
				pairs[held[a]] = ofPairs[a];
			}
		}
		final float[] sorted = cells.clone();
		Arrays.sort(sorted);
		for (final double wrong : new double[] { 0.03, 0.05 }) {
			final float cut = sorted[(int) ((1 - wrong) * (n - 1))];
			say(
				"  doublets that a forest trained for nothing else tells, with %.0f %% of cells taken for one: %.3f",
				100 * wrong, IntStream.range(0, n).filter(i -> pairs[i] > cut).count() /
					(double) n);
		}
	}

	private static int[] kinds(final int[] kind, final int[] rows) {
		return Arrays.stream(rows).map(i -> kind[i]).toArray();
	}

	private static float[] truth(final CellFeatures cells,
		final List<String> classes)
	{
		final int k = classes.size();
		final float[] truth = new float[cells.cells() * k];
		for (int i = 0; i < cells.cells(); i++)
			if (classes.contains(cells.labels()[i])) truth[i * k + classes.indexOf(
				cells.labels()[i])] = 1;
		return truth;
	}

	private void show(final String method, final List<String> classes,
		final float[] p, final CellFeatures asked, final Predicate<Integer> starved)
	{
		// At exactly the coverage asked for, whatever the test cells are like.
		final int k = classes.size();
		final float[] certainty = new float[p.length / k];
		for (int i = 0; i < certainty.length; i++)
			certainty[i] = Calibration.certainty(p, i, k, k > 1);
		final float[] sorted = certainty.clone();
		Arrays.sort(sorted);
		final float least = sorted[(int) Math.round((1 - COVERAGE) *
			sorted.length)];
		final boolean[] called = new boolean[certainty.length];
		for (int i = 0; i < called.length; i++)
			called[i] = certainty[i] >= least;
		show(method, Scores.of(method, classes, p, truth(asked, classes), k > 1,
			called));
		if (starved == null) return;
		final int senescent = classes.indexOf("senescent");
		final int[] own = IntStream.range(0, asked.cells()).filter(starved::test)
			.toArray();
		say("    starved cells called senescent %.2f %%", 100.0 * Arrays.stream(own)
			.filter(i -> p[i * classes.size() + senescent] > 0.5f).count() /
			own.length);
	}

	private void show(final String method, final MethodScores s) {
		say(
			"  %-17s balanced accuracy %.4f, macro-F1 %.4f, AUC %.4f, ECE %.4f, Brier %.4f; at coverage %.3f: %.4f",
			method, s.balancedAccuracy(), s.macroF1(), s.rocAuc(), s
				.calibrationError(), s.brier(), s.coverage(), s
					.balancedAccuracyAtCoverage());
		for (final ClassScores c : s.classes())
			say("    %s: sensitivity %.4f, specificity %.4f, F1 %.4f, AUC %.4f", c
				.name(), c.sensitivity(), c.specificity(), c.f1(), c.rocAuc());
		if (!s.confusion().isEmpty()) say(
			"    confusion (true class by row, likeliest by column): %s", s
				.confusion());
	}

	private void say(final String format, final Object... values) {
		out.println(String.format(Locale.ROOT, format, values));
	}

	private static List<Row> rows(final Path file, final List<String> columns) {
		final List<Row> rows = new ArrayList<>();
		try (TableFile table = TableFile.open(file)) {
			table.read(columns, 1, block -> texts(block, columns.size()),
				rows::addAll, Progress.SILENT, new Cancellation());
		}
		return rows;
	}

	private static List<Row> texts(final RowBlock block, final int columns) {
		return IntStream.range(0, block.rows()).mapToObj(r -> new Row(IntStream
			.range(0, columns).mapToObj(c -> block.text(r, c)).toArray(
				String[]::new))).toList();
	}

	private static float[] joined(final List<float[]> rows) {
		final int f = rows.get(0).length;
		final float[] values = new float[rows.size() * f];
		for (int i = 0; i < rows.size(); i++)
			System.arraycopy(rows.get(i), 0, values, i * f, f);
		return values;
	}
}
