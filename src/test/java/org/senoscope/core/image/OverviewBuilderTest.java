
package org.senoscope.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

class OverviewBuilderTest {

	/** Counts tiles and loses those whose top left corner is named. */
	private static final class Flat extends TiledPixelSource {

		private final ImageInfo info;
		private final TileGrid grid;
		private final Region lost;

		Flat(final int width, final int height, final Region lost) {
			super(20_000_000);
			this.lost = lost;
			info = new ImageInfo("flat.tif", 0, "", "test", PixelType.UINT8, true,
				List.of(new Channel(0, "Red", 0xff0000), new Channel(1, "Green",
					0xff00), new Channel(2, "Blue", 0xff)), List.of(new PyramidLevel(
						width, height, 1)), 1, 1, 0.5, 0.5, List.of());
			grid = new TileGrid(width, height, 1024, 1024);
		}

		@Override
		public ImageInfo info() {
			return info;
		}

		@Override
		public TileGrid grid(final int level) {
			return grid;
		}

		/** Red grows to the right, green downwards, blue is 9. */
		@Override
		protected Object loadTile(final int level, final int channel,
			final Region region)
		{
			if (lost.contains(region.x(), region.y())) throw new UserException(
				"flat.tif: tile at " + region.x() + "," + region.y() + " is lost");
			final byte[] rgb = new byte[(int) (3 * region.size())];
			for (int i = 0; i < region.size(); i++) {
				rgb[3 * i] = (byte) ((region.x() + i % region.width()) * 256L / info
					.width());
				rgb[3 * i + 1] = (byte) ((region.y() + i / region.width()) * 256L / info
					.height());
				rgb[3 * i + 2] = 9;
			}
			return rgb;
		}
	}

	private static final Region NOTHING = new Region(0, 0, 0, 0);

	@Test
	void averagesAreasAndKeepsTheAspectRatio() {
		try (Flat source = new Flat(6000, 3000, NOTHING)) {
			final Overview overview = OverviewBuilder.build(source, 200, 2,
				Progress.SILENT, new Cancellation());
			assertEquals(200, overview.width());
			assertEquals(100, overview.height());
			assertEquals(30, overview.downsample(), 1e-9);
			for (int y = 0; y < 100; y++) {
				for (int x = 0; x < 200; x++) {
					final int o = 3 * (y * 200 + x);
					// The middle of the area; a step of the ramp of tolerance.
					assertEquals((x + 0.5) * 1.28, overview.rgb()[o] & 255, 1.01);
					assertEquals((y + 0.5) * 2.56, overview.rgb()[o + 1] & 255, 1.01);
					assertEquals(9, overview.rgb()[o + 2]);
				}
			}
		}
	}

	@Test
	void everySourcePixelCountsOnceAtOddScales() {
		// 7 pixels in 3: 2, 2 and 3 of them.
		final byte[] rgb = new byte[21];
		final int[] grey = { 10, 20, 30, 50, 60, 70, 110 };
		for (int i = 0; i < 21; i++)
			rgb[i] = (byte) grey[i / 3];
		final Overview overview = OverviewBuilder.build(ArrayPixelSource.rgb(
			"a.png", 7, 1, 1, rgb), 3, 1, Progress.SILENT, new Cancellation());
		assertArrayEquals(new byte[] { 15, 15, 15, 40, 40, 40, 80, 80, 80 },
			overview.rgb());
	}

	@Test
	void threadsDoNotChangeIt() {
		try (Flat source = new Flat(5003, 4001, NOTHING)) {
			final byte[] one = OverviewBuilder.build(source, 333, 1, Progress.SILENT,
				new Cancellation()).rgb();
			final byte[] four = OverviewBuilder.build(source, 333, 4, Progress.SILENT,
				new Cancellation()).rgb();
			assertArrayEquals(one, four);
		}
	}

	@Test
	void smallPicturesStayAsTheyAre() {
		final byte[] rgb = new byte[3 * 12];
		for (int i = 0; i < rgb.length; i++)
			rgb[i] = (byte) (7 * i);
		final Overview overview = OverviewBuilder.build(ArrayPixelSource.rgb(
			"a.png", 4, 3, 1, rgb), 2000, 4, Progress.SILENT, new Cancellation());
		assertArrayEquals(rgb, overview.rgb());
		assertEquals(1, overview.downsample());
	}

	@Test
	void aPyramidLevelIsUsedWhereItIsFineEnough() {
		// The second level holds one more than the first.
		try (GradientSource source = new GradientSource(100, 60, 3, PixelType.UINT8,
			true, 16, 16, 100_000))
		{
			final Overview overview = OverviewBuilder.build(source, 50, 1,
				Progress.SILENT, new Cancellation());
			assertEquals(GradientSource.value(1, 0, 49, 29), overview.rgb()[3 * (29 *
				50 + 49)] & 255);
		}
	}

	@Test
	void lostTilesStayWhiteAndAreNamed() {
		final List<String> warnings = Collections.synchronizedList(
			new ArrayList<>());
		final Progress progress = new Progress() {

			@Override
			public void stage(final String what) {}

			@Override
			public void update(final long done, final long total) {}

			@Override
			public void warn(final String message) {
				warnings.add(message);
			}
		};
		try (Flat source = new Flat(4096, 1024, new Region(0, 0, 1, 1))) {
			final Overview overview = OverviewBuilder.build(source, 400, 2, progress,
				new Cancellation());
			assertEquals(255, overview.rgb()[0] & 255);
			assertEquals(9, overview.rgb()[3 * 399 + 2]);
			assertTrue(warnings.get(0).contains("0,0"), warnings.toString());
		}
		try (Flat source = new Flat(4096, 1024, new Region(0, 0, 9999, 9999))) {
			assertThrows(UserException.class, () -> OverviewBuilder.build(source, 400,
				2, Progress.SILENT, new Cancellation()));
		}
	}

	@Test
	void aRequestToStopIsHeard() {
		final Cancellation cancellation = new Cancellation();
		cancellation.request();
		try (Flat source = new Flat(4096, 1024, NOTHING)) {
			assertThrows(CancellationException.class, () -> OverviewBuilder.build(
				source, 400, 2, Progress.SILENT, cancellation));
		}
	}

	@Test
	void channelsAreStretchedAndAddedInTheirColours() {
		// Left half dark, right half bright; the second channel the other way.
		final short[] a = new short[200], b = new short[200];
		for (int i = 0; i < 200; i++) {
			a[i] = (short) (i % 20 < 10 ? 1000 : 50_000);
			b[i] = (short) (i % 20 < 10 ? 40_000 : 30);
		}
		final ArrayPixelSource source = ArrayPixelSource.channels("a.tif", 20, 10,
			1, List.of("DAPI", "GFP"), a, b);
		final Display display = Display.of(source);
		assertEquals(1000, display.low(0));
		assertEquals(50_000, display.high(0));
		final byte[] shown = display.rgb(0, new Region(9, 0, 2, 1));
		final int first = source.info().channels().get(0).rgb(), second = source
			.info().channels().get(1).rgb();
		assertArrayEquals(new byte[] { (byte) (second >> 16), (byte) (second >> 8),
			(byte) second, (byte) (first >> 16), (byte) (first >> 8), (byte) first },
			shown);
	}

	@Test
	void aConstantChannelIsShownBlack() {
		final float[] flat = new float[100];
		Arrays.fill(flat, 3.5f);
		final byte[] shown = Display.of(ArrayPixelSource.channels("a.tif", 10, 10,
			1, List.of("x"), flat)).rgb(0, new Region(0, 0, 10, 10));
		assertArrayEquals(new byte[300], shown);
	}
}
