
package org.senoscope.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class CompartmentReadingsTest {

	private static final int W = 40, H = 30, SCALE = 2;

	/** Two nuclei, ring and cytoplasm, against sums over all pixels. */
	@Test
	void readingsAreThoseOfThePixelsOfEachCompartment() {
		final CellRaster raster = raster();
		final float[] plane = plane(new Random(3));
		final CompartmentReadings r = new CompartmentReadings();
		r.measure(raster, new int[] { -1, 1, 0 }, 2, SCALE, plane, 2.5, false, true,
			0.95, 1, 0.9, 0.25);
		for (int label = 1; label <= 2; label++)
			for (final Compartment c : Compartment.values()) {
				final double[] values = values(raster, plane, label, c);
				final int slot = label == 1 ? 1 : 0;
				assertTrue(values.length > 20);
				assertEquals(Arrays.stream(values).average().orElseThrow(), r.get(slot,
					c, CompartmentReadings.MEAN), 1e-9);
				assertEquals(Arrays.stream(values).sum() * 0.25, r.get(slot, c,
					CompartmentReadings.INTEGRATED), 1e-6);
				Arrays.sort(values);
				assertEquals(values[(int) Math.floor(0.95 * (values.length - 1) + 0.5)],
					r.get(slot, c, CompartmentReadings.P05), 0);
			}
		final double[] all = values(raster, plane, 1, Compartment.CELL);
		assertEquals(Arrays.stream(all).filter(v -> v >= 0.9f).count() /
			(double) all.length, r.saturatedShare(1), 1e-9);
	}

	@Test
	void anEvenPlaneHasNoGranularityAndAChequeredOneHas() {
		final CellRaster raster = raster();
		final float[] even = new float[W * H * SCALE * SCALE];
		Arrays.fill(even, 0.3f);
		final CompartmentReadings r = new CompartmentReadings();
		r.measure(raster, new int[] { -1, 0, 1 }, 2, SCALE, even, 2.5, false, false,
			0.95, 1, 9, 1);
		assertEquals(0, r.get(0, Compartment.CYTOPLASM,
			CompartmentReadings.GRANULARITY), 1e-6);
		for (int i = 0; i < even.length; i++)
			even[i] = (i % (W * SCALE) + i / (W * SCALE)) % 2;
		r.measure(raster, new int[] { -1, 0, 1 }, 2, SCALE, even, 2.5, false, false,
			0.95, 1, 9, 1);
		assertEquals(1, r.get(0, Compartment.NUCLEUS,
			CompartmentReadings.GRANULARITY), 1e-6);
	}

	@Test
	void nucleiAloneAreReadTheSameAsWithTheirCells() {
		final CellRaster raster = raster();
		final float[] plane = plane(new Random(4));
		final CompartmentReadings alone = new CompartmentReadings(), whole =
			new CompartmentReadings();
		alone.measure(raster, new int[] { -1, 0, 1 }, 2, SCALE, plane, 2.5, true,
			false, 0.95, 1, 9, 1);
		whole.measure(raster, new int[] { -1, 0, 1 }, 2, SCALE, plane, 2.5, false,
			false, 0.95, 1, 9, 1);
		for (int slot = 0; slot < 2; slot++)
			for (int s = 0; s < CompartmentReadings.STATISTICS; s++)
				assertEquals(whole.get(slot, Compartment.NUCLEUS, s), alone.get(slot,
					Compartment.NUCLEUS, s), 0);
	}

	private static CellRaster raster() {
		final CellRaster raster = new CellRaster();
		raster.reset(W, H);
		for (int y = 0; y < H; y++)
			for (int x = 0; x < W; x++)
				raster.nuclei()[y * W + x] = Math.hypot(x - 11, y - 14) < 4 ? 1 : Math
					.hypot(x - 23, y - 15) < 5 ? 2 : 0;
		raster.expand(6);
		raster.markBorders(1, 1);
		return raster;
	}

	private static float[] plane(final Random random) {
		final float[] plane = new float[W * H * SCALE * SCALE];
		for (int i = 0; i < plane.length; i++)
			plane[i] = random.nextFloat();
		return plane;
	}

	/** Whether one of the four pixels beside a pixel belongs to another cell. */
	private static boolean rim(final CellRaster raster, final int i) {
		final int own = raster.cells()[i];
		return raster.cells()[i - 1] != own || raster.cells()[i + 1] != own ||
			raster.cells()[i - W] != own || raster.cells()[i + W] != own;
	}

	private static double[] values(final CellRaster raster, final float[] plane,
		final int label, final Compartment c)
	{
		final double[] found = new double[plane.length];
		int n = 0;
		for (int y = 0; y < H * SCALE; y++)
			for (int x = 0; x < W * SCALE; x++) {
				final int i = y / SCALE * W + x / SCALE;
				if (raster.cells()[i] != label) continue;
				final boolean nucleus = raster.nuclei()[i] == label, ring = !nucleus &&
					raster.distance2()[i] <= 6;
				if (switch (c) {
					case NUCLEUS -> nucleus;
					case RING -> ring;
					case MEMBRANE -> !nucleus && rim(raster, i);
					case CYTOPLASM -> !nucleus;
					case CELL -> true;
				}) found[n++] = plane[y * W * SCALE + x];
			}
		return Arrays.copyOf(found, n);
	}
}
