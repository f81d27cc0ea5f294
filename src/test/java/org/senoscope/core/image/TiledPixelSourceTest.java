
package org.senoscope.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import org.junit.jupiter.api.Test;

class TiledPixelSourceTest {

	private static final long PLENTY = 10_000_000;

	private static GradientSource rgb(final int tileWidth, final int tileHeight,
		final long cache)
	{
		return new GradientSource(101, 67, 3, PixelType.UINT8, true, tileWidth,
			tileHeight, cache);
	}

	@Test
	void regionsHoldTheSamplesOfTheirPlaceAcrossTileBorders() {
		try (GradientSource source = rgb(16, 24, PLENTY)) {
			final Region region = new Region(10, 20, 50, 40);
			final byte[] pixels = new byte[3 * 2000];
			final float[] blue = new float[2000];
			source.readRgb(0, region, pixels);
			source.readChannel(0, 2, region, blue);
			for (int y = 0; y < 40; y++) {
				for (int x = 0; x < 50; x++) {
					for (int c = 0; c < 3; c++) {
						assertEquals(GradientSource.value(0, c, 10 + x, 20 + y), pixels[3 *
							(y * 50 + x) + c] & 255);
					}
					assertEquals(GradientSource.value(0, 2, 10 + x, 20 + y), blue[y * 50 +
						x]);
				}
			}
		}
	}

	@Test
	void samplesKeepTheirTypeAndHaveNoSign() {
		for (final PixelType type : PixelType.values()) {
			try (GradientSource source = new GradientSource(40, 30, 2, type, false, 7,
				9, PLENTY))
			{
				final float[] values = new float[20 * 15];
				source.readChannel(1, 1, new Region(0, 0, 20, 15), values);
				final double offset = type == PixelType.UINT16 ? 60_000
					: type == PixelType.FLOAT ? 0.25 : 0;
				for (int i = 0; i < values.length; i++) {
					assertEquals(GradientSource.value(1, 1, i % 20, i / 20) + offset,
						values[i]);
				}
			}
		}
	}

	@Test
	void tileSizeNeverChangesAValue() {
		final Random random = new Random(1);
		try (GradientSource small = rgb(5, 3, PLENTY); //
				GradientSource wide = rgb(101, 2, PLENTY); //
				GradientSource whole = rgb(200, 200, PLENTY))
		{
			for (int i = 0; i < 200; i++) {
				final int x = random.nextInt(101), y = random.nextInt(67);
				final Region region = new Region(x, y, random.nextInt(102 - x), random
					.nextInt(68 - y));
				final byte[] a = new byte[(int) (3 * region.size())], b = a.clone(), c =
					a.clone();
				small.readRgb(0, region, a);
				wide.readRgb(0, region, b);
				whole.readRgb(0, region, c);
				assertArrayEquals(a, b);
				assertArrayEquals(a, c);
			}
		}
	}

	@Test
	void aTileThatManyThreadsWantIsLoadedOnce() throws Exception {
		final int threads = 8;
		try (GradientSource source = rgb(64, 64, PLENTY)) {
			source.delayMs = 100;
			final ExecutorService pool = Executors.newFixedThreadPool(threads);
			final CountDownLatch start = new CountDownLatch(1);
			final List<Future<byte[]>> results = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				results.add(pool.submit(() -> {
					start.await();
					final byte[] pixels = new byte[3 * 900];
					source.readRgb(0, new Region(0, 0, 30, 30), pixels);
					return pixels;
				}));
			}
			start.countDown();
			final byte[] first = results.get(0).get();
			for (final Future<byte[]> other : results)
				assertArrayEquals(first, other.get());
			pool.shutdown();
			assertEquals(1, source.loads.get());
		}
	}

	@Test
	void theCacheStaysWithinItsBound() {
		// A tile has 3 * 16 * 16 bytes: 5 fit.
		final long bound = 5 * (3 * 256 + 200);
		try (GradientSource source = rgb(16, 16, bound)) {
			final byte[] pixels = new byte[3 * 101 * 67];
			for (int i = 0; i < 3; i++) {
				source.readRgb(0, new Region(0, 0, 101, 67), pixels);
				assertTrue(source.cachedBytes() <= bound, "holds " + source
					.cachedBytes());
			}
			assertTrue(source.cachedBytes() > 3 * 256, "nothing is kept");
		}
	}

	@Test
	void whatIsReadAgainComesFromTheCache() {
		try (GradientSource source = rgb(16, 16, PLENTY)) {
			final byte[] pixels = new byte[3 * 101 * 67];
			source.readRgb(0, new Region(0, 0, 101, 67), pixels);
			final int loads = source.loads.get();
			source.readRgb(0, new Region(3, 3, 50, 50), pixels);
			source.readChannel(0, 0, new Region(3, 3, 50, 50), new float[2500]);
			assertEquals(loads, source.loads.get());
		}
	}

	@Test
	void regionsOutsideAndRgbOfChannelsAreRefused() {
		try (GradientSource source = rgb(16, 16, PLENTY); //
				GradientSource grey = new GradientSource(9, 9, 1, PixelType.UINT8,
					false, 4, 4, PLENTY))
		{
			assertThrows(IndexOutOfBoundsException.class, () -> source.readRgb(0,
				new Region(90, 0, 12, 5), new byte[1000]));
			assertThrows(IndexOutOfBoundsException.class, () -> source.readChannel(0,
				3, new Region(0, 0, 1, 1), new float[1]));
			assertThrows(IllegalStateException.class, () -> grey.readRgb(0,
				new Region(0, 0, 1, 1), new byte[3]));
		}
	}

	@Test
	void lazyImagesShowTheSamplesWithAxesXyc() {
		try (GradientSource source = rgb(16, 24, PLENTY)) {
			final RandomAccessibleInterval<? extends RealType<?>> image = LazyImages
				.of(source, 1);
			assertEquals(0, source.loads.get(), "nothing is read before");
			assertArrayEquals(new long[] { 50, 33, 3 }, image
				.dimensionsAsLongArray());
			assertSamples(image, 1, 0);
		}
		for (final PixelType type : PixelType.values()) {
			try (GradientSource source = new GradientSource(40, 30, 4, type, false, 7,
				9, PLENTY))
			{
				assertSamples(LazyImages.of(source, 0), 0, type == PixelType.UINT16
					? 60_000 : type == PixelType.FLOAT ? 0.25 : 0);
			}
		}
	}

	private static void assertSamples(
		final RandomAccessibleInterval<? extends RealType<?>> image,
		final int level, final double offset)
	{
		final RandomAccess<? extends RealType<?>> at = image.randomAccess();
		for (int c = 0; c < image.dimension(2); c++) {
			for (int y = 0; y < image.dimension(1); y++) {
				for (int x = 0; x < image.dimension(0); x++) {
					assertEquals(GradientSource.value(level, c, x, y) + offset, at
						.setPositionAndGet(x, y, c).getRealDouble());
				}
			}
		}
	}

	@Test
	void gridsFollowTheTilesOfTheFile() {
		// 240 px tiles: 960 is the multiple next to 1,024.
		assertEquals(new TileGrid(5000, 4000, 960, 960), TileGrid.fitting(5000,
			4000, 240, 240, 1024));
		// Strips are read in full width, as many as make a tile's area.
		assertEquals(new TileGrid(10000, 5000, 10000, 128), TileGrid.fitting(10000,
			5000, 10000, 64, 1024));
		// A small picture is one tile.
		assertEquals(new TileGrid(300, 250, 300, 250), TileGrid.fitting(300, 250,
			64, 64, 1024));
		// A plane without tiles is cut into strips, a wider one into squares.
		assertEquals(new TileGrid(4096, 4096, 4096, 256), TileGrid.fitting(4096,
			4096, 4096, 4096, 1024));
		assertEquals(new TileGrid(40000, 9000, 1024, 1024), TileGrid.fitting(40000,
			9000, 40000, 9000, 1024));
		final TileGrid grid = new TileGrid(100, 50, 30, 20);
		assertEquals(4, grid.columns());
		assertEquals(3, grid.rows());
		assertEquals(new Region(90, 40, 10, 10), grid.tile(3, 2));
	}
}
