
package org.senoscope.io.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.nuclei.ClassicalModel;
import org.senoscope.core.nuclei.ClassicalNuclei;
import org.senoscope.core.nuclei.ClassicalSettings;
import org.senoscope.core.nuclei.LabelMatching;
import org.senoscope.core.nuclei.SignalPlane;

/**
 * The classical segmentation on every eighth fluorescence image of the Data
 * Science Bowl 2018, each calibrated by itself.
 */
class ClassicalFluorescenceTest {

	private static final Path DATA = Path.of("..", "shared", "data",
		"nuclei-dsb2018");

	@Test
	void fluorescenceNucleiReachTheFloor() throws Exception {
		assumeTrue(Files.exists(DATA.resolve("index.csv")), "no " + DATA +
			", not measured");
		final LabelMatching matching = new LabelMatching(0.5, 0.7);
		int number = 0;
		for (final String line : Files.readAllLines(DATA.resolve("index.csv"))) {
			final String[] fields = line.split(",");
			if (!fields[3].equals("fluorescence") || number++ % 8 != 0) continue;
			final LabelFolderValidation.Labels image = LabelFolderValidation.read(DATA
				.resolve("images/" + fields[0] + ".png"));
			final float[] signal = new float[image.values().length];
			for (int i = 0; i < signal.length; i++)
				signal[i] = image.values()[i];
			final SignalPlane plane = new SignalPlane(signal, image.width(), image
				.height());
			// The pixel size is not known and wrong on purpose.
			final ClassicalModel model = ClassicalModel.calibrate(List.of(plane), 0.5,
				ClassicalSettings.defaults());
			final int f = model.workingDownsample();
			final SignalPlane working = plane.areaAveraged(f);
			final int[] labels = new int[working.width() * working.height()];
			new ClassicalNuclei(model).segment(working.values(), working.width(),
				working.height(), labels, new ClassicalNuclei.Scratch());
			final int[] full = new int[signal.length];
			for (int i = 0; i < full.length; i++)
				full[i] = labels[i / plane.width() / f * working.width() + i % plane
					.width() / f];
			matching.add(full, LabelFolderValidation.read(DATA.resolve("labels/" +
				fields[0] + ".png")).values());
		}
		final LabelMatching.Score[] scores = matching.scores();
		System.out.printf(
			"DSB 2018 fluorescence, %d images: AP@.5 %.3f, AP@.7 %.3f, F1@.5 %.3f%n",
			scores[0].images(), scores[0].averagePrecision(), scores[1]
				.averagePrecision(), scores[0].f1());
		assertTrue(scores[0].averagePrecision() >= 0.70, "AP@.5 is " + scores[0]
			.averagePrecision());
		assertTrue(scores[1].averagePrecision() >= 0.54, "AP@.7 is " + scores[1]
			.averagePrecision());
	}
}
