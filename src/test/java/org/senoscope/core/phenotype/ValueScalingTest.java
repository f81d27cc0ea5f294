
package org.senoscope.core.phenotype;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.phenotype.TrainingSettings.Anchoring;
import org.senoscope.core.protocol.ControlRole;

class ValueScalingTest {

	private static final List<String> FEATURES = List.of("sagal", "score");

	/** Cells of one slide, the first half negative controls. */
	private static CellFeatures slide(final String name, final double gain,
		final boolean controls)
	{
		final int n = 200;
		final Random random = new Random(3);
		final float[] values = new float[2 * n];
		final ControlRole[] roles = new ControlRole[n];
		final String[] slides = new String[n];
		Arrays.fill(slides, name);
		for (int i = 0; i < n; i++) {
			values[2 * i] = (float) (gain * Math.exp(random.nextGaussian()));
			values[2 * i + 1] = (float) (gain * random.nextGaussian());
			if (controls && i < n / 2) roles[i] = ControlRole.NEGATIVE;
		}
		return new CellFeatures(FEATURES, values, null, null, slides, roles);
	}

	private static float[] anchored(final ValueScaling scaling,
		final CellFeatures cells)
	{
		final ValueScaling.Anchors anchors = scaling.newAnchors();
		anchors.add(cells);
		return scaling.anchored(cells, anchors);
	}

	@Test
	void aSlideStainedTwiceAsStronglyIsTheSameSlideWhereControlsAreGiven() {
		final List<String> notes = new ArrayList<>();
		final ValueScaling scaling = ValueScaling.fit(slide("a", 1, true),
			Anchoring.AUTO, notes);
		assertEquals(Anchoring.CONTROL, scaling.anchoring());
		final float[] once = anchored(scaling, slide("a", 1, true));
		// Relative 1e-5: single precision.
		final float[] twice = anchored(scaling, slide("b", 2, true));
		for (int i = 0; i < once.length; i++)
			assertEquals(once[i], twice[i], 1e-5 * (1 + Math.abs(once[i])));
		assertEquals(List.of(), notes);
	}

	@Test
	void aSlideWithoutControlsIsTakenAsItIsAndSaidSo() {
		final ValueScaling scaling = ValueScaling.fit(slide("a", 1, true),
			Anchoring.CONTROL, new ArrayList<>());
		final CellFeatures bare = slide("b", 2, false);
		final ValueScaling.Anchors anchors = scaling.newAnchors();
		anchors.add(bare);
		assertArrayEquals(bare.values(), scaling.anchored(bare, anchors), 1e-4f);
		assertTrue(anchors.notes().get(0).startsWith(
			"1 slide has fewer than 20 negative control cells (b)"), anchors.notes()
				.toString());
	}

	@Test
	void aSlideWithoutControlsIsAnchoredByAllItsCellsWhereThatIsAskedFor() {
		final ValueScaling scaling = ValueScaling.fit(slide("a", 1, true),
			Anchoring.CONTROL_OR_SLIDE, new ArrayList<>());
		final float[] once = anchored(scaling, slide("b", 1, false)), twice =
			anchored(scaling, slide("c", 2, false));
		// Relative 1e-5: single precision.
		for (int i = 0; i < once.length; i++)
			assertEquals(once[i], twice[i], 1e-5 * (1 + Math.abs(once[i])));
		final ValueScaling.Anchors anchors = scaling.newAnchors();
		anchors.add(slide("b", 1, false));
		assertTrue(anchors.notes().get(0).contains("all their cells together"),
			anchors.notes().toString());
	}

	@Test
	void aSlideWithoutANameIsNotNamed() {
		final ValueScaling.Anchors anchors = ValueScaling.fit(slide("a", 1, true),
			Anchoring.CONTROL, new ArrayList<>()).newAnchors();
		anchors.add(slide("", 1, false));
		assertTrue(anchors.notes().get(0).startsWith(
			"1 slide has fewer than 20 negative control cells: "), anchors.notes()
				.toString());
	}

	@Test
	void controlAnchoringWithoutControlsFallsBackAndSaysSo() {
		final List<String> notes = new ArrayList<>();
		final ValueScaling scaling = ValueScaling.fit(slide("a", 1, false),
			Anchoring.CONTROL, notes);
		assertEquals(Anchoring.NONE, scaling.anchoring());
		assertEquals(1, notes.size());
	}

	@Test
	void blanksGiveTheFloorAndTheEndOfTheLinearRange() {
		final CellFeatures a = slide("a", 100, true);
		final ControlRole[] roles = a.controls();
		for (int i = 150; i < 200; i++) {
			roles[i] = ControlRole.BLANK;
			a.values()[2 * i] = 7;
		}
		final ValueScaling scaling = ValueScaling.fit(a, Anchoring.AUTO,
			new ArrayList<>());
		assertEquals(7, scaling.floor()[0]);
		assertEquals(7, scaling.cofactor()[0]);
	}

	@Test
	void cellsInPartsGiveTheSameAnchors() {
		final CellFeatures a = slide("a", 2, true);
		final ValueScaling scaling = ValueScaling.fit(a, Anchoring.SLIDE,
			new ArrayList<>());
		final ValueScaling.Anchors parts = scaling.newAnchors();
		for (int i = 0; i < a.cells(); i += 50)
			parts.add(a.rows(java.util.stream.IntStream.range(i, i + 50).toArray()));
		assertArrayEquals(anchored(scaling, a), scaling.anchored(a, parts));
	}

	@Test
	void whatIsNotMeasuredStaysSo() {
		final ValueScaling scaling = ValueScaling.fit(slide("a", 1, true),
			Anchoring.AUTO, new ArrayList<>());
		final CellFeatures other = new CellFeatures(List.of("score", "unknown"),
			new float[] { 0.5f, 3 }).select(FEATURES);
		final float[] z = scaling.standard(anchored(scaling, other));
		assertTrue(Float.isNaN(z[0]));
		assertTrue(Float.isFinite(z[1]));
	}
}
