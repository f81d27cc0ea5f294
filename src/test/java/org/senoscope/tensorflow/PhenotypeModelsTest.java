
package org.senoscope.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.Calibration;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.Scores;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.TrainingSettings.Classifier;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.tensorflow.SavedNetwork.Values;

/** From a small table of made-up cells to a model and back. */
class PhenotypeModelsTest {

	private static final List<String> FEATURES = List.of("sagal", "ki67",
		"noise");

	@TempDir
	static Path folder;

	private static TrainingReport report;
	private static Path model;

	@BeforeAll
	static void train() {
		model = folder.resolve("model");
		report = train(cells(1), model, settings(""));
	}

	private static TrainingSettings settings(final String from) {
		return settings(from, Classifier.NETWORK);
	}

	private static TrainingSettings settings(final String from,
		final Classifier classifier)
	{
		final TrainingSettings d = TrainingSettings.DEFAULTS;
		return new TrainingSettings("label", "", "", "", "", d.anchoring(), d
			.prior(), classifier, 0.8, 1, 12, 3, 2, d.markerDropout(), from, d
				.crop());
	}

	/**
	 * Ten wells; in senescent cells sagal is up and ki67 is down, by one and a
	 * half standard deviations of the logarithm each.
	 */
	private static CellFeatures cells(final long seed) {
		final int n = 600;
		final Random random = new Random(seed);
		final float[] values = new float[3 * n];
		final String[] labels = new String[n];
		final String[] wells = new String[n];
		for (int i = 0; i < n; i++) {
			final boolean senescent = i % 3 == 0;
			final double shift = senescent ? 1.5 : 0;
			values[3 * i] = (float) Math.exp(random.nextGaussian() + shift);
			values[3 * i + 1] = (float) Math.exp(random.nextGaussian() - shift);
			values[3 * i + 2] = (float) Math.exp(random.nextGaussian());
			labels[i] = senescent ? "senescent" : "none";
			wells[i] = "well " + i % 10;
		}
		return new CellFeatures(FEATURES, values, labels, wells, null, null);
	}

	private static TrainingReport train(final CellFeatures cells, final Path out,
		final TrainingSettings settings)
	{
		return PhenotypeModels.train(cells, settings, out, Progress.SILENT,
			new Cancellation());
	}

	@Test
	void networkForestAndRulesAreJudgedOnTheSameFolds() {
		assertEquals(List.of("network", "forest", "both", "rules"), report.methods()
			.stream().map(MethodScores::method).toList());
		assertEquals(10, report.groups());
		assertEquals(3, report.folds());
		// The best possible: distance of 2.12 deviations, AUC 0.933.
		final MethodScores network = report.methods().get(0);
		assertTrue(network.rocAuc() > 0.88 && network.rocAuc() < 0.96, "" +
			network);
		assertTrue(network.calibrationError() < 0.06, "" + network);
		assertEquals(0.8, network.coverage(), 0.01);
		assertTrue(network.balancedAccuracyAtCoverage() > network
			.balancedAccuracy());
		assertEquals("noise", report.featureWeights().get(2).feature());
	}

	@Test
	void classesThatExcludeEachOtherAreToldApartAndSumToOne() {
		final CellFeatures cells = cells(1);
		final String[] labels = cells.labels().clone();
		for (int i = 0; i < labels.length; i++)
			if (labels[i].equals("none")) labels[i] = cells.value(i, 2) > 1 ? "noisy"
				: "quiet";
		final Path three = folder.resolve("three");
		final TrainingReport r = train(new CellFeatures(FEATURES, cells.values(),
			labels, cells.groups(), null, null), three, settings(""));
		assertTrue(r.exclusive());
		// Noise tells noisy from quiet without error, senescence as above.
		assertTrue(r.methods().get(0).rocAuc() > 0.88, r.methods().get(0)
			.toString());
		try (PhenotypeModel m = PhenotypeModels.open(three)) {
			final PhenotypeCalls calls = m.classify(cells(2));
			for (int i = 0; i < calls.cells(); i++)
				assertEquals(1, calls.probability(i, 0) + calls.probability(i, 1) +
					calls.probability(i, 2), 1e-5);
		}
	}

	@Test
	void theSameSeedGivesTheSameModel() throws Exception {
		final Path again = folder.resolve("again");
		assertEquals(report, train(cells(1), again, settings("")));
		assertArrayEquals(probabilities(model), probabilities(again));
	}

	private static float[] probabilities(final Path folder) {
		try (PhenotypeModel m = PhenotypeModels.open(folder)) {
			return m.classify(cells(2)).probabilities();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "FOREST", "BOTH" })
	void theForestAnswersAloneOrWithTheNetworkAsItsScoresSay(
		final Classifier classifier) throws Exception
	{
		final Path out = folder.resolve(classifier.name());
		final TrainingReport r = train(cells(1), out, settings("", classifier));
		assertEquals(classifier.name().toLowerCase(Locale.ROOT), r.classifier());
		final CellFeatures asked = cells(2);
		try (PhenotypeModel m = PhenotypeModels.open(out)) {
			final PhenotypeCalls calls = m.classify(asked);
			final float[] truth = new float[asked.cells()];
			for (int i = 0; i < truth.length; i++)
				truth[i] = asked.labels()[i].equals("senescent") ? 1 : 0;
			final MethodScores s = Scores.of("", m.classes(), calls.probabilities(),
				truth, false, null);
			// 600 cells: AUC is certain to about 0.01, the calibration error to 0.02.
			assertEquals(r.methods().get(1).rocAuc(), s.rocAuc(), 0.04);
			assertTrue(s.calibrationError() < 0.08, "" + s.calibrationError());
			int told = 0, noise = 0;
			for (int i = 0; i < truth.length; i++) {
				if (calls.reasons()[i * PhenotypeCalls.REASONS] >= 0) told++;
				if (calls.reasons()[i * PhenotypeCalls.REASONS] == 2) noise++;
			}
			assertTrue(told > 550 && noise < 60, told + " told, " + noise +
				" by noise");
			// What was not measured is taken to be at the mean.
			assertFalse(Float.isNaN(m.classify(asked.select(List.of("ki67")))
				.probability(0, 0)));
		}
		Files.write(out.resolve(PhenotypeModels.FOREST), new byte[] { 1, 2 });
		assertTrue(assertThrows(UserException.class, () -> PhenotypeModels.open(
			out)).getMessage().contains(PhenotypeModels.FOREST));
	}

	@Test
	void autoTakesWhatDoesBestOnTheCellsLeftOut() {
		final TrainingReport r = train(cells(1), folder.resolve("auto"), settings(
			"", Classifier.AUTO));
		final MethodScores best = r.methods().subList(0, 3).stream().max(Comparator
			.comparingDouble(MethodScores::rocAuc)).orElseThrow();
		assertEquals(best.method(), r.classifier());
	}

	@Test
	void aSavedNetworkIsCalibratedByWhatWasMeasured() throws Exception {
		final float[] ones = { 1, 1, 1 }, zeros = new float[3];
		final float[] cells = { 3, Float.NaN, 2, Float.NaN, 1, 4, 1, 2, 3 };
		final PhenotypeNetwork.Form form = new PhenotypeNetwork.Form(ones, zeros,
			ones, 2, false, 2, 8, 0);
		final Calibration calibration = new Calibration(new float[] { 2, 0.5f },
			new float[] { 0.3f, -1 }, false, new double[2], new float[] { 0.5f, -0.5f,
				1, 0, -0.2f, 0.7f }, new float[] { 1, -1, 0.5f, 0.25f, 0, 2 });
		final Path saved = Files.createDirectory(folder.resolve("calibrated"));
		final float[] logits;
		try (PhenotypeNetwork network = PhenotypeModels.backend().phenotypeNetwork(
			form, 1))
		{
			logits = EnsembleTraining.mean(network, form, cells);
			network.save(saved, calibration);
		}
		try (SavedNetwork network = PhenotypeModels.backend().open(saved)) {
			assertArrayEquals(calibration.probabilities(logits, cells), network.run(
				List.of(new Values(cells, new long[] { 3, 3 }))).get(1).values(),
				1e-5f);
		}
	}

	@Test
	void cellsAreCalledAloneAsTheyAreTogether() {
		final CellFeatures cells = cells(2);
		try (PhenotypeModel m = PhenotypeModels.open(model)) {
			final PhenotypeCalls all = m.classify(cells);
			final PhenotypeCalls some = m.classify(cells.rows(IntStream.range(100,
				117).toArray()));
			// Products of single precision over batches of another size.
			for (int i = 0; i < 17; i++)
				assertEquals(all.probability(100 + i, 0), some.probability(i, 0), 1e-6);
		}
	}

	@Test
	void theMarkerThatMovedTheCallIsNamedFirst() {
		final CellFeatures one = new CellFeatures(FEATURES, new float[] { 20, 1,
			1 });
		try (PhenotypeModel m = PhenotypeModels.open(model)) {
			final String reason = m.classify(one).reason(0);
			assertTrue(reason.startsWith("senescent: sagal +"), reason);
		}
	}

	@Test
	void missingAndForeignColumnsAreBorne() {
		try (PhenotypeModel m = PhenotypeModels.open(model)) {
			final PhenotypeCalls calls = m.classify(new CellFeatures(List.of("other",
				"sagal"), new float[] { 1, 20, 1, 0.1f, 1, Float.NaN }));
			assertTrue(calls.probability(0, 0) > calls.probability(1, 0));
			assertEquals(1, calls.reasons()[1 * PhenotypeCalls.REASONS + 1] + 2,
				"one reason only");
			assertTrue(Float.isNaN(calls.probability(2, 0)));
			assertTrue(calls.abstained()[2]);
			assertEquals("no feature of the model was measured", calls.reason(2));
			final CellFeatures foreign = new CellFeatures(List.of("other"),
				new float[] { 1 });
			assertTrue(assertThrows(UserException.class, () -> m.classify(foreign))
				.getMessage().contains("sagal, ki67, noise"));
		}
	}

	@Test
	void abstentionLeavesTheShareAskedFor() {
		try (PhenotypeModel m = PhenotypeModels.open(model)) {
			final PhenotypeCalls calls = m.classify(cells(3));
			final long called = IntStream.range(0, calls.cells()).filter(i -> !calls
				.abstained()[i]).count();
			// 600 new cells: two standard errors are 0.033; the threshold has its
			// own.
			assertEquals(0.8, called / 600.0, 0.06);
		}
	}

	@Test
	void anotherCoverageCallsAnotherShare() {
		try (PhenotypeModel half = PhenotypeModels.open(model, 0.5);
				PhenotypeModel all = PhenotypeModels.open(model, 1))
		{
			final PhenotypeCalls few = half.classify(cells(3));
			assertEquals(0.5, IntStream.range(0, few.cells()).filter(i -> !few
				.abstained()[i]).count() / 600.0, 0.08);
			final PhenotypeCalls every = all.classify(cells(3));
			assertTrue(IntStream.range(0, every.cells()).noneMatch(i -> every
				.abstained()[i]));
		}
	}

	@Test
	void theShippedModelOpensAndKnowsWhatSpeaksForSenescence() {
		try (PhenotypeModel m = PhenotypeModels.open(Path.of(
			"models/phenotype-panel")))
		{
			assertEquals(List.of("csc", "dormant", "proliferating", "senescent"), m
				.classes());
			assertEquals("simulated, not verified on real cells", m.calibration());
			final List<String> panel = List.of("sagal", "p16", "ki67");
			// a slide of resting cells with one in ten that is high, high and low
			final int n = 100;
			final float[] values = new float[3 * n];
			final Random random = new Random(1);
			for (int i = 0; i < n; i++) {
				final boolean senescent = i % 10 == 0;
				for (int j = 0; j < 3; j++)
					values[3 * i + j] = (float) (100 * Math.exp(0.4 * random
						.nextGaussian()) * (!senescent ? 1 : j < 2 ? 5 : 0.5));
			}
			final PhenotypeCalls calls = m.classify(new CellFeatures(panel, values));
			double own = 0, others = 0;
			for (int i = 0; i < n; i++)
				if (i % 10 == 0) own += calls.probability(i, 3) / 10;
				else others += calls.probability(i, 3) / 90;
			assertTrue(own > 0.5 && others < 0.25, own + " " + others);
		}
	}

	@Test
	void trainingGoesOnFromAModel() {
		final Path next = folder.resolve("next");
		final TrainingReport r = train(cells(4), next, settings(model.toString()));
		assertTrue(r.notes().stream().anyMatch(n -> n.startsWith(
			"Continued from model")), r.notes().toString());
		assertTrue(r.methods().get(0).rocAuc() > 0.88);
		final CellFeatures other = cells(4);
		final String[] labels = other.labels().clone();
		Arrays.setAll(labels, i -> i % 2 == 0 ? "csc" : "none");
		final CellFeatures relabelled = new CellFeatures(FEATURES, other.values(),
			labels, null, null, null);
		assertTrue(assertThrows(UserException.class, () -> train(relabelled, folder
			.resolve("x"), settings(model.toString()))).getMessage().contains(
				"tells senescent, the labels are csc"));
	}

	@Test
	void whatCannotBeLearnedIsSaidInOneLine() {
		final CellFeatures cells = cells(1);
		final String[] few = cells.labels().clone();
		int left = 5;
		for (int i = 0; i < few.length; i++)
			if (few[i].equals("senescent") && left-- <= 0) few[i] = "";
		final Path out = folder.resolve("none");
		assertEquals(
			"there are 5 labelled cells that are senescent; at least 10 are needed",
			assertThrows(UserException.class, () -> train(new CellFeatures(FEATURES,
				cells.values(), few, null, null, null), out, settings("")))
				.getMessage());
		Arrays.fill(few, "senescent");
		assertTrue(assertThrows(UserException.class, () -> train(new CellFeatures(
			FEATURES, cells.values(), few, null, null, null), out, settings("")))
			.getMessage().startsWith("all labelled cells are senescent"));
		assertFalse(Files.exists(out));
	}

	@Test
	void aModelWhoseFilesWereChangedIsRefused() throws Exception {
		final Path broken = folder.resolve("broken");
		train(cells(1), broken, settings(""));
		Files.writeString(broken.resolve("density.json"), "{}");
		final String message = assertThrows(UserException.class,
			() -> PhenotypeModels.open(broken)).getMessage();
		assertTrue(message.contains("density.json is not the one"), message);
		final Path foreign = Files.createDirectories(folder.resolve("foreign"));
		Files.writeString(foreign.resolve("notes.txt"), "mine");
		assertTrue(assertThrows(UserException.class, () -> train(cells(1), foreign,
			settings(""))).getMessage().contains("other files"));
		assertTrue(Files.exists(foreign.resolve("notes.txt")));
	}
}
