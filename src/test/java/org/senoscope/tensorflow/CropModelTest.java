
package org.senoscope.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.crop.CropMorphology;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * From drawn nuclei to a model and back. Each nucleus holds the same eight
 * bright blobs: in "ring" they lie in a circle, in "spread" anywhere apart;
 * area, level, variation and grain are alike, so that plain readings cannot
 * tell them.
 */
class CropModelTest {

	@TempDir
	static Path folder;

	private static TrainingReport report;
	private static Path model;

	@BeforeAll
	static void train() {
		model = folder.resolve("model");
		report = train(1, 240, model, "");
	}

	private record Nuclei(CellFeatures cells, float[] crops) {
	}

	private static Nuclei nuclei(final long seed, final int n) {
		final Random random = new Random(seed);
		final float[] crops = new float[n * NucleusCrop.SIZE];
		final String[] labels = new String[n], slides = new String[n];
		for (int i = 0; i < n; i++) {
			final boolean ring = i % 2 == 0;
			labels[i] = ring ? "ring" : "spread";
			slides[i] = "slide " + i / 2 % 10;
			draw(crops, i * NucleusCrop.SIZE, ring, random);
		}
		return new Nuclei(new CellFeatures(CropMorphology.NAMES, CropMorphology.of(
			crops), labels, slides, null, null), crops);
	}

	/**
	 * A disc of 9 to 11 µm radius, level 0.6, with eight blobs of 0.9 µm at least
	 * 3.5 µm apart.
	 */
	private static void draw(final float[] crops, final int at,
		final boolean ring, final Random random)
	{
		final double radius = 18 + 4 * random.nextDouble(), turn = 7 * random
			.nextDouble();
		final double[] bx = new double[8], by = new double[8];
		for (int b = 0; b < 8;) {
			final double a = ring ? turn + b * Math.PI / 4 : 7 * random.nextDouble(),
					r = ring ? 0.7 * radius : 0.8 * radius * Math.sqrt(random
						.nextDouble());
			bx[b] = 31.5 + r * Math.cos(a);
			by[b] = 31.5 + r * Math.sin(a);
			boolean apart = true;
			for (int o = 0; o < b; o++)
				apart &= Math.hypot(bx[b] - bx[o], by[b] - by[o]) > 7;
			if (ring || apart) b++;
			// a start that leaves no room is drawn again
			else if (random.nextInt(200) == 0) b = 0;
		}
		for (int y = 0; y < NucleusCrop.SIDE; y++)
			for (int x = 0; x < NucleusCrop.SIDE; x++) {
				if (Math.hypot(x - 31.5, y - 31.5) > radius) continue;
				double v = 0.6 + 0.05 * random.nextGaussian();
				for (int b = 0; b < 8; b++)
					v += 0.8 * Math.exp(-((x - bx[b]) * (x - bx[b]) + (y - by[b]) * (y -
						by[b])) / (2 * 1.8 * 1.8));
				crops[at + y * NucleusCrop.SIDE + x] = (float) v;
			}
	}

	private static TrainingReport train(final long seed, final int n,
		final Path out, final String from)
	{
		final Nuclei nuclei = nuclei(seed, n);
		final TrainingSettings d = TrainingSettings.DEFAULTS;
		return PhenotypeModels.trainCrops(nuclei.cells(), nuclei.crops(),
			new TrainingSettings("label", "slide", "", "", "", d.anchoring(), d
				.prior(), d.classifier(), 0.9, 1, 18, 2, 2, d.markerDropout(), from, d
					.crop()), out, Progress.SILENT, new Cancellation());
	}

	@Test
	void theNetworkSeesWhatPlainReadingsDoNot() {
		final double network = report.methods().get(0).rocAuc(), forest = report
			.methods().get(1).rocAuc();
		assertTrue(network > 0.9, "network " + network);
		assertTrue(network > forest + 0.15, "forest " + forest);
		final double texture = report.featureWeights().stream().filter(w -> w
			.feature().equals("nucleus_texture")).findFirst().orElseThrow().aucLoss();
		assertEquals(0.5, texture, 0.1, "without texture nothing is left");
	}

	@Test
	void newNucleiAreCalledWithReasons() {
		final Nuclei fresh = nuclei(5, 100);
		try (PhenotypeModel m = PhenotypeModels.open(model)) {
			assertTrue(m.seesCrops());
			final PhenotypeCalls calls = m.classify(new CellFeatures(
				NucleusCrop.NAMES, fresh.crops()));
			int right = 0, texture = 0;
			for (int i = 0; i < 100; i++) {
				if (calls.classes().get(calls.likeliest(i)).equals(fresh.cells()
					.labels()[i])) right++;
				if (calls.reason(i).startsWith("ring: nucleus_texture +")) texture++;
			}
			assertTrue(right >= 85, "right: " + right);
			assertEquals(50, texture, 8, "the ring is texture");
		}
	}

	@Test
	void debrisAndAnEmptyCropAreNotCalled() {
		final float[] crops = new float[2 * NucleusCrop.SIZE];
		for (int i = 0; i < 9; i++)
			crops[(30 + i / 3) * NucleusCrop.SIDE + 30 + i % 3] = 3;
		try (PhenotypeModel m = PhenotypeModels.open(model)) {
			final PhenotypeCalls calls = m.classify(new CellFeatures(
				NucleusCrop.NAMES, crops));
			assertTrue(calls.outOfDistribution()[0], "a speck of 2 µm²");
			assertTrue(calls.abstained()[1], "nothing there");
			assertTrue(Float.isNaN(calls.probability(1, 0)));
		}
	}

	@Test
	void theSameSeedGivesTheSameModelAndItLearnsOn() {
		final Path again = folder.resolve("again"), on = folder.resolve("on");
		train(1, 240, again, "");
		final Nuclei fresh = nuclei(6, 20);
		final float[] p;
		try (PhenotypeModel a = PhenotypeModels.open(model);
				PhenotypeModel b = PhenotypeModels.open(again))
		{
			p = a.classify(new CellFeatures(NucleusCrop.NAMES, fresh.crops()))
				.probabilities();
			assertArrayEquals(p, b.classify(new CellFeatures(NucleusCrop.NAMES, fresh
				.crops())).probabilities());
		}
		final TrainingReport more = train(2, 100, on, model.toString());
		assertTrue(more.notes().stream().anyMatch(n -> n.startsWith(
			"Continued from")));
		assertTrue(more.methods().get(0).rocAuc() > 0.9);
	}

	@Test
	void aModelOfReadingsIsNotContinuedWithCrops() {
		final Nuclei nuclei = nuclei(3, 60);
		final Path readings = folder.resolve("readings");
		final TrainingSettings d = TrainingSettings.DEFAULTS;
		PhenotypeModels.train(nuclei.cells(), new TrainingSettings("label", "slide",
			"", "", "", d.anchoring(), d.prior(), d.classifier(), 0.9, 1, 2, 2, 1, 0,
			"", d.crop()), readings, Progress.SILENT, new Cancellation());
		final UserException refused = assertThrows(UserException.class, () -> train(
			1, 60, folder.resolve("x"), readings.toString()));
		assertTrue(refused.getMessage().contains("model of readings, not of crops"),
			refused.getMessage());
	}
}
