
package org.senoscope.core.nuclei;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/**
 * Drawn fields: blurred ellipses on a noisy background; the truth is what was
 * drawn.
 */
class ClassicalNucleiTest {

	private static final class Field {

		final int w;
		final int h;
		final float[] signal;
		final int[] truth;

		/**
		 * Ellipses of about the given diameter at random places, at least gap
		 * diameters apart.
		 */
		Field(final int w, final int h, final double diameter, final double gap,
			final int tries, final long seed)
		{
			this.w = w;
			this.h = h;
			truth = new int[w * h];
			final float[] sharp = new float[w * h];
			final Random random = new Random(seed);
			int n = 0;
			final double[] xs = new double[tries];
			final double[] ys = new double[tries];
			for (int t = 0; t < tries; t++) {
				final double cx = random.nextDouble() * w;
				final double cy = random.nextDouble() * h;
				boolean free = true;
				for (int k = 0; k < n && free; k++)
					free = Math.hypot(cx - xs[k], cy - ys[k]) > gap * diameter;
				if (!free) continue;
				xs[n] = cx;
				ys[n++] = cy;
				final double a = diameter / 2 * (0.9 + 0.3 * random.nextDouble());
				final double b = diameter / 2 * (0.75 + 0.25 * random.nextDouble());
				final double angle = Math.PI * random.nextDouble();
				final float brightness = (float) (80 + 100 * random.nextDouble());
				for (int y = (int) Math.max(0, cy - a - 1); y < Math.min(h, cy + a +
					1); y++)
					for (int x = (int) Math.max(0, cx - a - 1); x < Math.min(w, cx + a +
						1); x++)
					{
						final double u = (x + 0.5 - cx) * Math.cos(angle) + (y + 0.5 - cy) *
							Math.sin(angle);
						final double v = (y + 0.5 - cy) * Math.cos(angle) - (x + 0.5 - cx) *
							Math.sin(angle);
						if (u * u / (a * a) + v * v / (b * b) > 1 || truth[y * w + x] != 0)
							continue;
						truth[y * w + x] = n;
						sharp[y * w + x] = brightness;
					}
			}
			signal = ClassicalNuclei.smooth(sharp, w, h, 1.2, 0,
				new ClassicalNuclei.Scratch()).clone();
			for (int i = 0; i < signal.length; i++)
				signal[i] += (float) (20 + 3 * random.nextGaussian());
		}

		SignalPlane plane() {
			return new SignalPlane(signal, w, h);
		}
	}

	private static ClassicalModel model(final SignalPlane plane) {
		return ClassicalModel.calibrate(List.of(plane), Double.NaN,
			ClassicalSettings.defaults());
	}

	/** Labels at working resolution, the first value is the number of nuclei. */
	private static int count(final SignalPlane plane) {
		final ClassicalModel model = model(plane);
		final SignalPlane working = plane.areaAveraged(model.workingDownsample());
		return new ClassicalNuclei(model).segment(working.values(), working.width(),
			working.height(), new int[working.width() * working.height()],
			new ClassicalNuclei.Scratch());
	}

	@Test
	void drawnNucleiAreFoundWithTheirOutlines() {
		final Field field = new Field(400, 300, 20, 1.0, 2000, 1);
		final ClassicalModel model = model(field.plane());
		final int[] labels = new int[400 * 300];
		new ClassicalNuclei(model).segment(field.signal, 400, 300, labels,
			new ClassicalNuclei.Scratch());
		final LabelMatching matching = new LabelMatching(0.5, 0.7);
		matching.add(labels, field.truth);
		assertEquals(1, model.workingDownsample());
		assertTrue(matching.scores()[0].f1() > 0.95, "F1 at 0.5 is " + matching
			.scores()[0].f1());
		assertTrue(matching.scores()[1].f1() > 0.9, "F1 at 0.7 is " + matching
			.scores()[1].f1());
	}

	@Test
	void diameterIsFoundFromTheImageWhateverThePixelSize() {
		for (final double diameter : new double[] { 10, 24, 60, 110 }) {
			final int side = (int) Math.max(256, 6 * diameter);
			final Field field = new Field(side, side, diameter, 1.5, 500, 3);
			for (final double pixelSize : new double[] { Double.NaN, 0.25, 0.5 }) {
				final ClassicalModel model = ClassicalModel.calibrate(List.of(field
					.plane()), pixelSize, ClassicalSettings.defaults());
				// The drawn axes are 0.75 to 1.2 of the nominal diameter.
				assertEquals(1, model.nucleusDiameterPx() / diameter, 0.25,
					"diameter " + diameter + " at " + pixelSize + " µm");
				assertTrue(model.nucleusDiameterPx() / model.workingDownsample() <= 26);
			}
		}
	}

	@Test
	void givenDiameterIsTaken() {
		final Field field = new Field(256, 256, 24, 1.5, 200, 5);
		final ClassicalModel model = ClassicalModel.calibrate(List.of(field
			.plane()), 0.5, ClassicalSettings.defaults().withDiameterUm(10));
		assertEquals(20, model.nucleusDiameterPx(), 1e-9);
	}

	@Test
	void overlappingWindowsGiveTheSameNuclei() {
		final int w = 640;
		final int h = 576;
		final Field field = new Field(w, h, 20, 0.85, 6000, 7);
		final ClassicalModel model = model(field.plane());
		final ClassicalNuclei nuclei = new ClassicalNuclei(model);
		final ClassicalNuclei.Scratch scratch = new ClassicalNuclei.Scratch();
		final int[] whole = new int[w * h];
		assertTrue(nuclei.segment(field.signal, w, h, whole, scratch) > 300);
		final int margin = model.marginPx();
		int compared = 0;
		for (final int x0 : new int[] { 0, 16, 112, 208 })
			for (final int y0 : new int[] { 0, 48, 160 }) {
				final int sw = 416;
				final int sh = 400;
				final float[] part = new float[sw * sh];
				for (int y = 0; y < sh; y++)
					System.arraycopy(field.signal, (y0 + y) * w + x0, part, y * sw, sw);
				final int[] labels = new int[sw * sh];
				nuclei.segment(part, sw, sh, labels, scratch);
				compared += assertSameNuclei(whole, w, labels, sw, sh, x0, y0, margin);
			}
		assertTrue(compared > 500, "only " + compared + " nuclei compared");
	}

	/**
	 * Every nucleus of either that has a pixel further than the margin from the
	 * window's border is the same in both.
	 */
	private static int assertSameNuclei(final int[] whole, final int w,
		final int[] part, final int sw, final int sh, final int x0, final int y0,
		final int margin)
	{
		final int[] partOfWhole = new int[Arrays.stream(whole).max().orElse(0) + 1];
		final int[] wholeOfPart = new int[Arrays.stream(part).max().orElse(0) + 1];
		for (int y = margin; y < sh - margin; y++)
			for (int x = margin; x < sw - margin; x++) {
				final int a = whole[(y0 + y) * w + x0 + x];
				final int b = part[y * sw + x];
				assertEquals(a == 0, b == 0, "at " + x + ", " + y);
				if (a == 0) continue;
				partOfWhole[a] = b;
				wholeOfPart[b] = a;
			}
		int compared = 0;
		for (int y = 0; y < sh; y++)
			for (int x = 0; x < sw; x++) {
				final int a = whole[(y0 + y) * w + x0 + x];
				final int b = part[y * sw + x];
				if (partOfWhole[a] != 0) assertEquals(partOfWhole[a], b, "at " + x +
					", " + y);
				if (wholeOfPart[b] != 0) assertEquals(wholeOfPart[b], a, "at " + x +
					", " + y);
			}
		for (final int b : partOfWhole)
			if (b != 0) compared++;
		return compared;
	}

	@Test
	void repeatAndSharedScratchGiveTheSame() {
		final Field field = new Field(300, 200, 18, 0.9, 1000, 9);
		final ClassicalNuclei nuclei = new ClassicalNuclei(model(field.plane()));
		final int[] a = new int[300 * 200];
		final int[] b = new int[300 * 200];
		final ClassicalNuclei.Scratch scratch = new ClassicalNuclei.Scratch();
		final int n = nuclei.segment(field.signal, 300, 200, a, scratch);
		nuclei.segment(new Field(500, 400, 18, 0.9, 1000, 10).signal, 500, 400,
			new int[500 * 400], scratch);
		assertEquals(n, nuclei.segment(field.signal, 300, 200, b, scratch));
		assertArrayEquals(a, b);
		// Numbered by first pixel.
		int last = 0;
		for (final int label : a)
			if (label > last) assertEquals(++last, label);
		assertEquals(n, last);
	}

	@Test
	void deadFieldsHoldNoNuclei() {
		final int side = 128;
		final float[] values = new float[side * side];
		assertEquals(0, count(new SignalPlane(values, side, side)), "empty");
		Arrays.fill(values, 255);
		assertEquals(0, count(new SignalPlane(values, side, side)), "saturated");
		Arrays.fill(values, Float.NaN);
		assertEquals(0, count(new SignalPlane(values, side, side)), "NaN");
		for (int i = 0; i < values.length; i++)
			values[i] = i % side + i / side;
		assertEquals(0, count(new SignalPlane(values, side, side)), "gradient");
		assertEquals(0, count(new SignalPlane(new float[] { 7 }, 1, 1)),
			"one pixel");
		assertEquals(0, count(new SignalPlane(new float[0], 0, 0)), "no pixel");
		assertEquals(0, count(new SignalPlane(new float[] { 1, 5, 2 }, 3, 1)),
			"three pixels");
	}

	@Test
	void noiseHoldsNoNuclei() {
		for (int seed = 0; seed < 6; seed++) {
			final Random random = new Random(seed);
			final float[] values = new float[256 * 256];
			for (int i = 0; i < values.length; i++)
				values[i] = Math.round(30 + 5 * random.nextGaussian());
			assertEquals(0, count(new SignalPlane(values, 256, 256)), "seed " + seed);
		}
	}

	@Test
	void deadPixelsDoNotSpreadOverNuclei() {
		final Field field = new Field(200, 200, 20, 1.2, 300, 11);
		final int clean = count(field.plane());
		final float[] holed = field.signal.clone();
		for (int x = 0; x < 200; x++)
			holed[100 * 200 + x] = x % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
		final int[] top = new int[200 * 90];
		final ClassicalModel model = model(new SignalPlane(holed, 200, 200));
		final int n = new ClassicalNuclei(model).segment(Arrays.copyOf(holed, 200 *
			90), 200, 90, top, new ClassicalNuclei.Scratch());
		assertTrue(n > 0.3 * clean, n + " of " + clean);
	}

	@Test
	void settingsReportAllProblemsAtOnce() {
		assertTrue(ClassicalSettings.defaults().validate().isEmpty());
		final List<String> problems = new ClassicalSettings(-1, 50, 20, 0, 0.06, 20)
			.validate();
		assertEquals(4, problems.size(), problems.toString());
		assertFalse(problems.get(0).isBlank());
	}
}
