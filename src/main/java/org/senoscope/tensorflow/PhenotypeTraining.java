
package org.senoscope.tensorflow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.Abstention;
import org.senoscope.core.phenotype.Baselines;
import org.senoscope.core.phenotype.Calibration;
import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.CellForest;
import org.senoscope.core.phenotype.DensityCheck;
import org.senoscope.core.phenotype.GroupFolds;
import org.senoscope.core.phenotype.Scores;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingReport.FeatureWeight;
import org.senoscope.core.phenotype.TrainingReport.LearningPoint;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.TrainingSettings.Classifier;
import org.senoscope.core.phenotype.ValueScaling;
import org.senoscope.core.phenotype.crop.CropAspect;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * From a table of labelled cells to a model's folder: scaling, cross-validation
 * of the network and what it is compared with on the same folds, calibration on
 * the cells held out, the final network on all cells.
 */
final class PhenotypeTraining {

	/** Label of a cell that is known to be of no class. */
	private static final String NONE = "none";
	private static final int FEWEST_OF_CLASS = 10;
	private static final int HIDDEN = 64;

	/**
	 * Frequencies of each feature, chosen by cross-validation of three classes of
	 * cells; with many features they cost much and what tells cells apart is how
	 * features go together.
	 */
	private static final int WAVES = 4;
	private static final int FEW_FEATURES = 8;
	private static final double[] LEARNING_SHARES = { 0.25, 0.5 };

	/** In the order of the scores in the report. */
	private static final List<Classifier> METHODS = List.of(Classifier.NETWORK,
		Classifier.FOREST, Classifier.BOTH);

	/** A network that goes on learning takes smaller steps. */
	private static final double CONTINUE_RATE = 0.3;

	/** So does one of convolutions. */
	private static final double CROP_RATE = 0.3;

	private final TensorFlowBackend backend;
	private final float[] crops;
	private final TrainingSettings settings;
	private final Progress progress;
	private final Cancellation cancellation;
	private final List<String> notes = new ArrayList<>();
	private final AtomicInteger fitted = new AtomicInteger();

	private List<String> classes;
	private boolean exclusive;
	private ValueScaling scaling;
	private PhenotypeNetwork.Dimensions form;
	/** Anchored readings of all labelled cells. */
	private float[] readings;
	private Map<String, float[]> start;
	private EnsembleTraining.Cells all;
	private float[] truth;
	private GroupFolds folds;

	/**
	 * @param crops {@code cells x pixels} of the table's cells, which the network
	 *          sees in place of their readings; null: it sees the readings
	 */
	PhenotypeTraining(final TensorFlowBackend backend, final float[] crops,
		final TrainingSettings settings, final Progress progress,
		final Cancellation cancellation)
	{
		this.backend = backend;
		this.crops = crops;
		this.settings = settings;
		this.progress = progress;
		this.cancellation = cancellation;
	}

	/**
	 * @param kept labelled cells to calibrate the final network by, of which
	 *          nothing is learned; null: it is calibrated by cross-validation
	 */
	TrainingReport train(final CellFeatures given, final CellFeatures kept,
		final Path out)
	{
		checkPlace(out);
		final PhenotypeCard before = settings.from().isBlank() ? null
			: PhenotypeModels.card(Path.of(settings.from()));
		final CellFeatures cells = features(given, before);
		prepare(cells, before);
		progress.stage("Cross-validating");
		final float[] logits = new float[truth.length];
		final List<FeatureWeight> weights = crossValidate(logits);
		final List<MethodScores> methods = new ArrayList<>();
		methods.add(score("network", logits));
		final int f = scaling.features().size();
		final float[] z = scaling.standard(readings);
		final float[] forest = held((train, test) -> Baselines.forest(z, truth,
			train, test, f, form.classes(), exclusive, settings.seed()));
		methods.add(score("forest", forest));
		methods.add(score("both", ForestModel.logits(forest, logits)));
		methods.add(score("rules", held((train, test) -> Baselines.rules(z, truth,
			train, test, f, form.classes(), exclusive))));
		final Classifier classifier = classifier(methods);
		final List<LearningPoint> curve = learningCurve(methods.get(0));
		final int[] kinds = kinds();
		final CellDensity density = CellDensity.fit(z, kinds, f, settings.seed(),
			scaling.standard(DensityCheck.doublets(scaling, readings, kinds, settings
				.seed())));
		if (classifier == Classifier.NETWORK && methods.get(0).rocAuc() < methods
			.get(1).rocAuc() - 0.005) notes.add(
				"The random forest does better than the network on these cells: more cells or other markers may help, a larger network will not; --classifier auto takes what does best.");
		progress.stage("Training on all cells");
		try (PhenotypeNetwork network = network(settings.seed())) {
			fit(network, all, settings.seed());
			cancellation.check();
			final EnsembleTraining.Cells judged = kept == null ? all : judged(cells,
				kept);
			final float[] l = kept == null ? logits : EnsembleTraining.mean(network,
				form, judged.values());
			// What was measured differs between slides, not between cells: only many
			// slides of their own say what it means.
			final float[] values = kept == null ? null : judged.values();
			final Calibration calibration = Calibration.fit(l, judged.truth(), form
				.classes(), exclusive, settings.prior(), values);
			float[] p = calibration.probabilities(l, values);
			CellForest grown = null;
			Calibration answer = calibration;
			if (classifier != Classifier.NETWORK) {
				grown = CellForest.fit(z, truth, IntStream.range(0, all.count())
					.toArray(), f, form.classes(), exclusive, settings.seed());
				final float[] both = ForestModel.logits(kept == null ? forest : grown
					.logits(scaling.standard(values)), classifier == Classifier.FOREST
						? null : l);
				answer = Calibration.fit(both, judged.truth(), form.classes(),
					exclusive, settings.prior(), values);
				p = answer.probabilities(both, values);
			}
			final Abstention abstention = Abstention.fit(p, form.classes(),
				exclusive);
			final TrainingReport report = new TrainingReport(labelled(), cells
				.cells() - all.count(), folds.groups(), folds.folds(), exclusive, Arrays
					.stream(answer.prior()).boxed().toList(), methods, curve, weights,
				DensityCheck.run(scaling, readings, kinds, folds.fold(), settings
					.seed()), classifier.name().toLowerCase(Locale.ROOT), List.copyOf(
						notes));
			final PhenotypeCard card = new PhenotypeCard(PhenotypeCard.TASK, out
				.toAbsolutePath().normalize().getFileName().toString(), description(),
				calibrationNote(methods.get(METHODS.indexOf(classifier))), crops == null
					? PhenotypeCard.READINGS : PhenotypeCard.CROPS, classes, scaling,
				calibration, null, abstention, classifier, answer == calibration ? null
					: answer, settings, methods, List.copyOf(notes), Map.of());
			write(out, network, calibration, card, report, density, grown);
			return report;
		}
	}

	/** What answers: as asked for, or what does best on the cells left out. */
	private Classifier classifier(final List<MethodScores> methods) {
		final Classifier wanted = settings.classifier();
		if (crops != null) {
			if (wanted != Classifier.NETWORK && wanted != Classifier.AUTO)
				throw new UserException(
					"pictures of nuclei are told by the network alone: leave --classifier out");
			return Classifier.NETWORK;
		}
		if (wanted != Classifier.AUTO) return wanted;
		Classifier best = Classifier.NETWORK;
		for (final Classifier c : METHODS)
			if (methods.get(METHODS.indexOf(c)).rocAuc() > methods.get(METHODS
				.indexOf(best)).rocAuc()) best = c;
		return best;
	}

	/** Cells of slides that were not learned from. */
	private EnsembleTraining.Cells judged(final CellFeatures like,
		final CellFeatures kept)
	{
		final CellFeatures cells = kept.select(like.names());
		final ValueScaling.Anchors anchors = scaling.newAnchors();
		anchors.add(cells);
		final int[] labelled = IntStream.range(0, cells.cells()).filter(
			i -> isLabelled(cells, i)).toArray();
		return new EnsembleTraining.Cells(scaling.anchored(cells.rows(labelled),
			anchors), truth(labels(cells, labelled)), null, labelled.length);
	}

	private static List<List<String>> labels(final CellFeatures cells,
		final int[] labelled)
	{
		return Arrays.stream(labelled).mapToObj(i -> Arrays.stream(cells.labels()[i]
			.split(";")).map(String::strip).filter(l -> !l.isEmpty()).toList())
			.toList();
	}

	private CellFeatures features(final CellFeatures given,
		final PhenotypeCard before)
	{
		if (given.labels() == null) throw new UserException(
			"the table has no labels; name the column with the class of each cell with --label");
		if (before != null) {
			final List<String> missing = before.scaling().features().stream().filter(
				f -> !given.names().contains(f)).toList();
			if (before.sees().equals(PhenotypeCard.CROPS) != (crops != null))
				throw new UserException(settings.from() + ": is a model of " + before
					.sees() + ", not of " + (crops == null ? PhenotypeCard.READINGS
						: PhenotypeCard.CROPS) + "; train a new model instead");
			if (!missing.isEmpty()) throw new UserException(settings.from() +
				": the table lacks features that this model has: " + String.join(", ",
					missing));
			return given.select(before.scaling().features());
		}
		final List<String> kept = new ArrayList<>();
		for (int j = 0; j < given.names().size(); j++) {
			float low = Float.POSITIVE_INFINITY, high = Float.NEGATIVE_INFINITY;
			for (int i = 0; i < given.cells(); i++) {
				final float x = given.value(i, j);
				if (!Float.isFinite(x) || !isLabelled(given, i)) continue;
				low = Math.min(low, x);
				high = Math.max(high, x);
			}
			if (high > low) kept.add(given.names().get(j));
			else notes.add(given.names().get(j) +
				" is left out: it has one value, or none, in the labelled cells.");
		}
		if (kept.isEmpty()) throw new UserException(
			"no feature differs between the labelled cells; name others with --features");
		return given.select(kept);
	}

	/** A blank lacks the stains, so its label teaches nothing. */
	private static boolean isLabelled(final CellFeatures cells, final int i) {
		return cells.labels()[i] != null && !cells.labels()[i].isBlank() && cells
			.control(i) != ControlRole.BLANK;
	}

	private void prepare(final CellFeatures cells, final PhenotypeCard before) {
		final int[] labelled = IntStream.range(0, cells.cells()).filter(
			i -> isLabelled(cells, i)).toArray();
		final List<List<String>> labels = labels(cells, labelled);
		final boolean anyNone = labels.stream().anyMatch(l -> l.contains(NONE));
		classes = List.copyOf(new TreeSet<>(labels.stream().flatMap(List::stream)
			.filter(l -> !l.equals(NONE)).toList()));
		exclusive = classes.size() > 1 && !anyNone && labels.stream().allMatch(
			l -> l.size() == 1);
		if (before != null) {
			if (!before.classes().containsAll(classes) || before.calibration()
				.exclusive() && !exclusive) throw new UserException(settings.from() +
					": this model tells " + String.join(", ", before.classes()) +
					", the labels are " + String.join(", ", classes) + (anyNone ? ", none"
						: "") + "; train a new model instead");
			classes = before.classes();
			exclusive = before.calibration().exclusive();
		}
		truth = truth(labels);
		all = new EnsembleTraining.Cells(new float[0], truth, cells.groups() == null
			? null : Arrays.stream(labelled).mapToObj(i -> cells.groups()[i]).toArray(
				String[]::new), labelled.length);
		check();
		if (before == null) scaling = ValueScaling.fit(cells, settings.anchoring(),
			notes);
		else scaling = before.scaling();
		final ValueScaling.Anchors anchors = scaling.newAnchors();
		anchors.add(cells);
		notes.addAll(anchors.notes());
		readings = scaling.anchored(cells.rows(labelled), anchors);
		all = new EnsembleTraining.Cells(crops == null ? readings : pick(crops,
			labelled, NucleusCrop.SIZE), all.truth(), all.groups(), all.count());
		form = form(settings.members(), HIDDEN, scaling.features()
			.size() <= FEW_FEATURES ? WAVES : 0);
		if (before != null) {
			start = crops == null ? backend.phenotypeWeights(Path.of(settings.from()))
				: backend.cropWeights(Path.of(settings.from()));
			final int members = start.get("output/bias").length / classes.size();
			form = form(members, crops == null ? start.get("layer1/bias").length /
				members : 0, start.containsKey(PhenotypeNetwork.FREQUENCY) ? start.get(
					PhenotypeNetwork.FREQUENCY).length / members / scaling.features()
						.size() : 0);
			notes.add("Continued from " + before.name() +
				": the figures are of cells that this training held out; the model it continues from may have seen them.");
		}
		folds = GroupFolds.of(all.groups(), truth, classes.size(), settings.folds(),
			settings.seed(), notes);
	}

	private PhenotypeNetwork.Dimensions form(final int members, final int hidden,
		final int waves)
	{
		return crops != null ? new PhenotypeNetwork.CropForm(NucleusCrop.SIDE,
			classes.size(), exclusive, members) : new PhenotypeNetwork.Form(scaling
				.cofactor(), scaling.mean(), scaling.deviation(), classes.size(),
				exclusive, members, hidden, waves);
	}

	private float[] truth(final List<List<String>> labels) {
		final int k = classes.size();
		final float[] t = new float[labels.size() * k];
		for (int a = 0; a < labels.size(); a++)
			for (final String label : labels.get(a))
				if (classes.contains(label)) t[a * k + classes.indexOf(label)] = 1;
		return t;
	}

	private void check() {
		final int k = classes.size();
		final int n = all.count();
		if (k == 0) throw new UserException(
			"no cell has a label; fill the column of labels");
		for (int c = 0; c < k; c++) {
			int own = 0;
			for (int i = 0; i < n; i++)
				if (truth[i * k + c] > 0.5f) own++;
			if (own == n) throw new UserException("all labelled cells are " + classes
				.get(c) +
				"; label others too (none, where a cell is of no class), for a class shows only beside another");
			if (own < FEWEST_OF_CLASS || n - own < FEWEST_OF_CLASS)
				throw new UserException("there are " + Math.min(own, n - own) +
					" labelled cells that are " + (own < FEWEST_OF_CLASS ? "" : "not ") +
					classes.get(c) + "; at least " + FEWEST_OF_CLASS + " are needed");
		}
	}

	private Map<String, Integer> labelled() {
		final Map<String, Integer> counts = new LinkedHashMap<>();
		final int k = classes.size();
		for (int c = 0; c < k; c++) {
			int own = 0;
			for (int i = 0; i < all.count(); i++)
				if (truth[i * k + c] > 0.5f) own++;
			counts.put(classes.get(c), own);
		}
		return counts;
	}

	/** The classes of each cell as one number. */
	private int[] kinds() {
		final int k = classes.size();
		final Map<List<Float>, Integer> numbers = new LinkedHashMap<>();
		return IntStream.range(0, all.count()).map(i -> {
			final List<Float> own = new ArrayList<>();
			for (int c = 0; c < k; c++)
				own.add(truth[i * k + c]);
			return numbers.computeIfAbsent(own, o -> numbers.size());
		}).toArray();
	}

	private PhenotypeNetwork network(final long seed) {
		final PhenotypeNetwork network =
			form instanceof final PhenotypeNetwork.Form f ? backend.phenotypeNetwork(
				f, seed) : backend.cropNetwork((PhenotypeNetwork.CropForm) form, seed);
		if (start != null) try {
			network.restore(start);
		}
		catch (final IllegalArgumentException e) {
			network.close();
			throw new UserException(UserException.Kind.INPUT, settings.from() + ": " +
				e.getMessage() + "; train a new model instead", e);
		}
		return network;
	}

	private void fit(final PhenotypeNetwork network,
		final EnsembleTraining.Cells cells, final long seed)
	{
		EnsembleTraining.train(network, form, cells, settings.epochs(),
			crops == null ? EnsembleTraining.hiding(form.features(), settings
				.markerDropout()) : EnsembleTraining.turning(), seed, (crops == null ? 1
					: CROP_RATE) * (start == null ? 1 : CONTINUE_RATE), crops == null,
			cancellation);
		progress.update(fitted.incrementAndGet(), folds.folds() * (1 +
			LEARNING_SHARES.length) + 1);
	}

	/** Rows of {@link #all} that a fold learns from. */
	private int[] learned(final int fold, final IntPredicate which) {
		return IntStream.range(0, all.count()).filter(a -> folds
			.fold()[a] != fold && which.test(a)).toArray();
	}

	private int[] heldOut(final int fold) {
		return IntStream.range(0, all.count()).filter(a -> folds.fold()[a] == fold)
			.toArray();
	}

	/** Log-odds of cells held out, and what each feature is worth on them. */
	private List<FeatureWeight> crossValidate(final float[] logits) {
		final int f = aspects().size(), k = form.classes();
		final double[] loss = new double[f], change = new double[f];
		// Each fold has random numbers of its own, so they may run side by side.
		IntStream.range(0, folds.folds()).parallel().forEach(fold -> {
			final int[] test = heldOut(fold);
			final EnsembleTraining.Cells cells = all.rows(test);
			try (PhenotypeNetwork network = network(settings.seed() + 1 + fold)) {
				fit(network, all.rows(learned(fold, a -> true)), settings.seed() + 1 +
					fold);
				final float[] l = EnsembleTraining.mean(network, form, cells.values());
				for (int a = 0; a < test.length; a++)
					System.arraycopy(l, a * k, logits, test[a] * k, k);
				final double base = auc(l, cells.truth(), k);
				for (int j = 0; j < f; j++) {
					final int feature = j;
					final int[] order = shuffled(test.length, settings.seed() + j);
					final float[] without = EnsembleTraining.mean(network, form,
						crops == null ? changed(cells.values(), feature, a -> -1)
							: CropAspect.values()[feature].without(cells.values()));
					final float[] mixed = crops == null ? EnsembleTraining.mean(network,
						form, changed(cells.values(), feature, a -> order[a])) : without;
					double sum = 0;
					for (int i = 0; i < l.length; i++)
						sum += Math.abs(l[i] - without[i]) / l.length;
					final double share = (double) test.length / all.count();
					synchronized (loss) {
						loss[j] += share * (base - auc(mixed, cells.truth(), k));
						change[j] += share * sum;
					}
				}
			}
		});
		return IntStream.range(0, f).mapToObj(j -> new FeatureWeight(aspects().get(
			j), rounded(loss[j]), rounded(change[j]))).sorted(Comparator
				.comparingDouble((final FeatureWeight w) -> -w.aucLoss())).toList();
	}

	/** What the network's calls are put down to. */
	private List<String> aspects() {
		return crops == null ? scaling.features() : CropAspect.NAMES;
	}

	/** Sums over folds come in any order; their last digits mean nothing. */
	private static double rounded(final double x) {
		return Math.rint(x * 1e6) / 1e6;
	}

	private float[] changed(final float[] values, final int feature,
		final IntUnaryOperator from)
	{
		final int f = form.features();
		final float[] out = values.clone();
		for (int i = 0; i < values.length / f; i++) {
			final int source = from.applyAsInt(i);
			out[i * f + feature] = source < 0 ? Float.NaN : values[source * f +
				feature];
		}
		return out;
	}

	private static int[] shuffled(final int n, final long seed) {
		final int[] order = IntStream.range(0, n).toArray();
		final Random random = new Random(seed);
		for (int i = n - 1; i > 0; i--) {
			final int j = random.nextInt(i + 1);
			final int t = order[i];
			order[i] = order[j];
			order[j] = t;
		}
		return order;
	}

	private static double auc(final float[] logits, final float[] truth,
		final int k)
	{
		return IntStream.range(0, k).mapToDouble(c -> Scores.rocAuc(column(logits,
			c, k), column(truth, c, k))).filter(a -> !Double.isNaN(a)).average()
			.orElse(0.5);
	}

	private static float[] column(final float[] x, final int c, final int k) {
		final float[] out = new float[x.length / k];
		for (int i = 0; i < out.length; i++)
			out[i] = x[i * k + c];
		return out;
	}

	/** Learns from some rows of all cells and judges others. */
	private interface Method {

		float[] logits(int[] train, int[] test);
	}

	private float[] held(final Method method) {
		final int k = form.classes();
		final float[] logits = new float[truth.length];
		IntStream.range(0, folds.folds()).parallel().forEach(fold -> {
			cancellation.check();
			final int[] test = heldOut(fold);
			final float[] l = method.logits(learned(fold, a -> true), test);
			for (int a = 0; a < test.length; a++)
				System.arraycopy(l, a * k, logits, test[a] * k, k);
		});
		return logits;
	}

	/** The calibration of each fold is learned from the others. */
	private MethodScores score(final String method, final float[] logits) {
		final int k = form.classes();
		final float[] p = new float[logits.length];
		for (int fold = 0; fold < folds.folds(); fold++) {
			final int held = fold;
			final int[] others = IntStream.range(0, all.count()).filter(a -> folds
				.fold()[a] != held).toArray();
			final Calibration calibration = Calibration.fit(pick(logits, others, k),
				pick(truth, others, k), k, exclusive, settings.prior(), null);
			final int[] test = heldOut(fold);
			final float[] own = calibration.probabilities(pick(logits, test, k),
				null);
			for (int a = 0; a < test.length; a++)
				System.arraycopy(own, a * k, p, test[a] * k, k);
		}
		final Abstention abstention = Abstention.fit(p, k, exclusive);
		final boolean[] called = new boolean[all.count()];
		for (int i = 0; i < called.length; i++)
			called[i] = !abstention.abstains(p, i, k, exclusive, settings.coverage());
		return Scores.of(method, classes, p, truth, exclusive, called);
	}

	private static float[] pick(final float[] x, final int[] rows, final int k) {
		final float[] out = new float[rows.length * k];
		for (int a = 0; a < rows.length; a++)
			System.arraycopy(x, rows[a] * k, out, a * k, k);
		return out;
	}

	private List<LearningPoint> learningCurve(final MethodScores whole) {
		progress.stage("Learning curve");
		final int k = form.classes();
		final List<LearningPoint> curve = new ArrayList<>();
		final String[] groups = folds.groups() == 0 ? null : all.groups();
		for (final double share : LEARNING_SHARES) {
			final AtomicInteger cells = new AtomicInteger();
			final float[] logits = new float[truth.length];
			IntStream.range(0, folds.folds()).parallel().forEach(fold -> {
				// Whole groups, so that a quarter of the slides is what it says; single
				// cells where there are too few.
				final int parts = (int) Math.round(1 / share);
				final int[] rest = IntStream.range(0, all.count()).filter(a -> folds
					.fold()[a] != fold).toArray();
				final int[] split = GroupFolds.even(groups == null ? null : Arrays
					.stream(rest).mapToObj(a -> groups[a]).toArray(String[]::new), pick(
						truth, rest, k), k, parts, settings.seed() + fold);
				final boolean[] kept = new boolean[all.count()];
				for (int a = 0; a < rest.length; a++)
					kept[rest[a]] = split[a] == 0;
				final int[] train = learned(fold, a -> kept[a]);
				cells.addAndGet((int) Arrays.stream(rest).filter(a -> kept[a]).count());
				try (PhenotypeNetwork network = network(settings.seed() + fold)) {
					fit(network, all.rows(train), settings.seed() + fold);
					final int[] test = heldOut(fold);
					final float[] l = EnsembleTraining.mean(network, form, all.rows(test)
						.values());
					for (int a = 0; a < test.length; a++)
						System.arraycopy(l, a * k, logits, test[a] * k, k);
				}
			});
			final MethodScores s = score("network", logits);
			curve.add(new LearningPoint(cells.get() / folds.folds(), s
				.balancedAccuracy(), s.rocAuc()));
		}
		curve.add(new LearningPoint(all.count() - all.count() / folds.folds(), whole
			.balancedAccuracy(), whole.rocAuc()));
		return curve;
	}

	private String description() {
		final Map<String, Integer> counts = new TreeMap<>(labelled());
		return "Trained on " + all.count() + " labelled cells (" + String.join(", ",
			counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey())
				.toList()) + ")" + (folds.groups() > 0 ? " of " + folds.groups() +
					" groups" : "") +
			". Labels come from the table; what they mean, and whether they were right, is known to who made it. Research use only.";
	}

	private String calibrationNote(final MethodScores network) {
		return String.format(Locale.ROOT,
			"calibrated on held-out %s of the training table (expected calibration error %.3f); prior: %s",
			folds.groups() > 0 ? "groups" : "cells", network.calibrationError(),
			switch (settings.prior()) {
				case NATURAL -> "class frequencies of the training cells";
				case HALFWAY ->
					"halfway, in log-odds, between the class frequencies of the training cells and all classes alike";
				case BALANCED -> "all classes alike";
			});
	}

	private void write(final Path out, final PhenotypeNetwork network,
		final Calibration calibration, final PhenotypeCard card,
		final TrainingReport report, final CellDensity density,
		final CellForest forest)
	{
		final Path target = out.toAbsolutePath().normalize();
		Path staging = null;
		try {
			Files.createDirectories(target.getParent());
			staging = Files.createTempDirectory(target.getParent(), "." + target
				.getFileName() + ".partial-");
			// a temporary folder is its owner's alone, a model is not
			final Path folder = Files.createDirectory(staging.resolve("model"));
			network.save(folder, calibration);
			PhenotypeModels.JSON.writeValue(folder.resolve(PhenotypeModels.REPORT)
				.toFile(), report);
			PhenotypeModels.JSON.writer().without(
				com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
				.writeValue(folder.resolve(PhenotypeModels.DENSITY).toFile(), density);
			if (forest != null) try (OutputStream packed = new GZIPOutputStream(Files
				.newOutputStream(folder.resolve(PhenotypeModels.FOREST))))
			{
				PhenotypeModels.JSON.writer().without(
					com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
					.writeValue(packed, forest);
			}
			final Map<String, String> files = new TreeMap<>();
			try (Stream<Path> written = Files.walk(folder)) {
				written.filter(Files::isRegularFile).forEach(f -> files.put(folder
					.relativize(f).toString().replace('\\', '/'), PhenotypeCard.sha256(
						f)));
			}
			PhenotypeModels.JSON.writeValue(folder.resolve(PhenotypeModels.CARD)
				.toFile(), new PhenotypeCard(card.task(), card.name(), card
					.description(), card.calibrationNote(), card.sees(), card.classes(),
					card.scaling(), card.calibration(), card.certainty(), card
						.abstention(), card.classifier(), card.answerCalibration(), card
							.settings(), card.scores(), card.notes(), files));
			delete(target);
			Files.move(folder, target);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, out +
				": the model cannot be written (" + e.getMessage() +
				"); give a folder that can be written to", e);
		}
		finally {
			if (staging != null) delete(staging);
		}
	}

	/** An earlier model is replaced, anything else stays. */
	private static void checkPlace(final Path out) {
		if (Files.isRegularFile(out)) throw new UserException(out +
			": is a file; give a folder for the model");
		if (!Files.isDirectory(out) || Files.isRegularFile(out.resolve(
			PhenotypeModels.CARD))) return;
		try (Stream<Path> there = Files.list(out)) {
			if (there.findAny().isPresent()) throw new UserException(out +
				": the folder holds other files than a model; give another for the model");
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, out +
				": cannot be read (" + e.getMessage() + ")", e);
		}
	}

	private static void delete(final Path folder) {
		if (!Files.exists(folder)) return;
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
		}
		catch (final IOException left) {
			// A hidden folder that stays behind harms no model.
		}
	}
}
