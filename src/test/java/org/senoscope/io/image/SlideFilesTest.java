
package org.senoscope.io.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;

/**
 * Opens every file of the collection of small slides. Sizes, pixel sizes and
 * sums of samples were found with other readers: OpenSlide 4.0.1, tifffile,
 * imagecodecs, pydicom with Pillow, czifile.
 */
class SlideFilesTest {

	private static final Path SLIDES = Path.of("../shared/data/slides");

	/**
	 * Decoders of JPEG may differ by rounding, of JPEG 2000 by up to 2 levels.
	 */
	private static final double JPEG = 5e-4, JPEG_2000 = 5e-3;
	private static final double EXACT = 0;
	private static final double UNKNOWN = Double.NaN;

	@BeforeAll
	static void needsTheCollection() {
		Assumptions.assumeTrue(Files.isDirectory(SLIDES), SLIDES +
			" is not there: format tests are skipped");
	}

	/**
	 * What must be found in a file.
	 *
	 * @param sums sums of all samples at level 0 by channel, NaN where no other
	 *          reader gave it
	 * @param tolerance relative tolerance of the sums
	 */
	private record Facts(String file, int series, String levels, PixelType type,
			boolean rgb, String channels, int sizeZ, int sizeT, double pixelSizeUm,
			double tolerance, double... sums) {

		@Override
		public String toString() {
			return file;
		}
	}

	private static Facts rgb(final String file, final String levels,
		final double pixelSizeUm, final double tolerance, final double... sums)
	{
		return new Facts(file, 1, levels, PixelType.UINT8, true, "Red,Green,Blue",
			1, 1, pixelSizeUm, tolerance, sums);
	}

	private static Facts grey(final String file, final String levels,
		final PixelType type, final double pixelSizeUm, final double sum)
	{
		return new Facts(file, 1, levels, type, false, "Channel 1", 1, 1,
			pixelSizeUm, EXACT, sum);
	}

	static Stream<Facts> facts() {
		final PixelType u8 = PixelType.UINT8, u16 = PixelType.UINT16;
		final double[] boxes = { 11931705, 12263205, 14362620 };
		final double[] cells = { 2590413, 2602485, 2613599 };
		return Stream.of( //
			rgb("svs/CMU-1-Small-Region.svs", "2220x2967", 0.499, JPEG, 1409636442,
				1283164125, 1369410799), //
			rgb("svs/TCGA-CR-7395-01A-01-TS1.svs", "4443x3567/1 2221x1783/2", UNKNOWN,
				JPEG_2000, 3450208183d, 2513806266d, 2986913180d), //
			rgb("svs/openslide-python_small.svs", "16x16", 0.499, JPEG, 60967, 59890,
				60625), //
			rgb("openslide-python/boxes.png", "300x250", UNKNOWN, EXACT, boxes), //
			rgb("openslide-python/boxes.tiff", "300x250/1 150x125/2 75x62/4 37x31/8",
				UNKNOWN, EXACT, boxes), //
			rgb("pathml/small_HE_levels.tiff", "300x250/1 150x125/2 75x62/4 37x31/8",
				UNKNOWN, EXACT, boxes), //
			rgb("openslide-python/boxes_0.dcm", "16x16", 0.499, JPEG), //
			rgb("openslide-python/boxes_1.dcm", "16x16", 0.499, JPEG), //
			rgb("pathml/small_dicom.dcm", "3236x2638", UNKNOWN, JPEG, 1.55805876e9,
				1.40482008e9, 1.50203170e9), //
			rgb("qupath-cells/cells.tif", "93x131", 0.25, EXACT, cells), //
			rgb("qupath-cells/cells.ome.tif", "93x131", 0.25, EXACT, cells), //
			rgb("qupath-cells/cells.png", "93x131", UNKNOWN, EXACT, cells), //
			rgb("qupath-cells/cells.jpg", "185x261", UNKNOWN, JPEG, 10267017,
				10313867, 10358052), //
			rgb("qupath-cells/cells-1.jp2",
				"185x261/1 92x130/2 46x65/4 23x32/8 11x16/16 5x8/32", UNKNOWN, JPEG,
				10266758, 10314797, 10358662), //
			grey("qupath-cells/cells-gray8.png", "93x131", u8, UNKNOWN, 2602211), //
			grey("qupath-cells/cells-gray16.tif", "93x131", u16, 0.25, 668768227), //
			grey("qupath-cells/cells-gray32.tif", "93x131", PixelType.FLOAT, 0.25,
				2602211), //
			new Facts("qupath-cells/cells-2c.ome.tif", 1, "93x131", u8, false,
				"Channel 1,Channel 2", 1, 1, 0.25, EXACT, 2602485, 2613599), //
			new Facts("qupath-cells/cells-2z.ome.tif", 1, "93x131", u8, false,
				"Channel 1", 2, 1, 0.25, EXACT, 2602485), //
			new Facts("qupath-cells/cells-2t.ome.tif", 1, "93x131", u8, false,
				"Channel 1", 1, 2, 0.25, EXACT, 2602485), //
			// The 160 x 120 preview on its second page is no picture to analyse.
			grey("pathml/smalltif.tif", "640x480", u16, UNKNOWN, 4973584400d), //
			new Facts("pathml/small_vectra.qptiff", 1, "1920x1440", u8, false,
				"DAPI,FITC,Cy3", 1, 1, 0.4965, EXACT, 12473736, 23080687, 30432353), //
			grey("large_image/grey10kx5k.tif", "10000x5000", u8, UNKNOWN, 4.48e9), //
			// Both files store 120 x 180; the second asks viewers to turn it.
			new Facts("large_image/test_orient1.tif", 1, "120x180/1 60x90/2 30x45/4",
				u8, false, "Channel 1", 1, 1, UNKNOWN, JPEG, 3999923), //
			new Facts("large_image/test_orient6.tif", 1, "120x180/1 60x90/2 30x45/4",
				u8, false, "Channel 1", 1, 1, UNKNOWN, JPEG, 3999923), //
			new Facts("czi/100x100.czi", 1, "10x10", u8, false, "C1", 1, 1, 0.1,
				EXACT, 4950), //
			new Facts("czi/CellDivision_T3_Z5_CH2_X240_Y170_comp1.czi", 1, "240x170",
				u16, false, "Channel 1,Channel 2", 5, 3, UNKNOWN, EXACT, UNKNOWN,
				UNKNOWN), //
			new Facts("czi/DAPI_GFP.czi", 1, "640x640", u8, false, "DAPI,GFP", 1, 1,
				UNKNOWN, EXACT, UNKNOWN, UNKNOWN), //
			new Facts("czi/S3_1Pos_2Mosaic_T1_Z1_CH1.czi", 3, "295x122", u16, false,
				"DAPI", 1, 1, 1.6, EXACT, UNKNOWN), //
			new Facts("czi/WellD6_S1.czi", 1, "544x440/1 272x220/2", u16, false,
				"AF488", 1, 1, 0.1, EXACT, 2945007207d), //
			new Facts("czi/newCZI_compressed.czi", 1, "512x512", u16, false,
				"Channel 1", 1, 1, UNKNOWN, EXACT, UNKNOWN), //
			new Facts("czi/nuc_small.czi", 1, "320x240", u8, false, "AF568", 1, 1,
				0.4572, EXACT, 136608), //
			new Facts("czi/nuc_small_new_red.czi", 1, "320x240", u8, false, "nuclei",
				1, 1, 0.1, EXACT, 136608));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("facts")
	void opensWithTheRightSizeChannelsPixelSizeAndSamples(final Facts facts) {
		final Path file = SLIDES.resolve(facts.file);
		assertEquals(facts.series, ImageSources.list(file).size());
		final OpenOptions options = new OpenOptions(1, "1", 1, 1024, 0, 1);
		try (BioFormatsSource source = ImageSources.open(file, options)) {
			final ImageInfo info = source.info();
			assertEquals(file.getFileName().toString(), info.name());
			assertEquals(facts.levels.contains("/") ? facts.levels : facts.levels +
				"/1", String.join(" ", info.levels().stream().map(SlideFilesTest::words)
					.toList()));
			assertEquals(facts.type, info.type());
			assertEquals(facts.rgb, info.rgb());
			assertEquals(facts.channels, String.join(",", info.channels().stream()
				.map(Channel::name).toList()));
			assertEquals(facts.sizeZ, info.sizeZ());
			assertEquals(facts.sizeT, info.sizeT());
			assertEquals(facts.pixelSizeUm, info.pixelSizeUm(), 5e-5);
			source.probe();
			for (int c = 0; c < facts.sums.length; c++) {
				if (Double.isNaN(facts.sums[c])) continue;
				assertEquals(facts.sums[c], sum(source, 0, c), facts.tolerance *
					facts.sums[c], "sum of channel " + c);
			}
		}
	}

	private static String words(final PyramidLevel level) {
		return level.width() + "x" + level.height() + "/" + (int) level
			.downsample();
	}

	private static double sum(final PixelSource source, final int level,
		final int channel)
	{
		final PyramidLevel size = source.info().levels().get(level);
		double sum = 0;
		for (int y = 0; y < size.height(); y += 500) {
			final Region strip = new Region(0, y, size.width(), Math.min(500, size
				.height() - y));
			final float[] values = new float[(int) strip.size()];
			source.readChannel(level, channel, strip, values);
			for (final float v : values)
				sum += v;
		}
		return sum;
	}

	@ParameterizedTest
	@CsvSource({ //
		"large_image/sample_float32_8bit_range.zarr.zip, format is not known", //
		"large_image/yb10kx5k.zstd.tiff, pixels cannot be read", //
		"openslide-python/unopenable.tiff, compression is not supported", //
		"svs/broken.svs, cannot be opened", //
		// Opens, but its one tile is no JPEG: the reader alone would give black.
		"svs/openslide-python_unreadable.svs, Bogus marker length" })
	void brokenFilesGiveOneLineThatNamesThem(final String name,
		final String what)
	{
		final Path file = SLIDES.resolve(name);
		final UserException exc = assertThrows(UserException.class, () -> {
			try (BioFormatsSource source = ImageSources.open(file,
				OpenOptions.DEFAULTS))
			{
				source.probe();
			}
		});
		assertOneLine(exc, file.getFileName().toString(), what);
		assertEquals(UserException.Kind.INPUT, exc.kind());
		assertThrows(UserException.class, () -> InfoReport.of(file));
	}

	private static void assertOneLine(final UserException exc,
		final String... parts)
	{
		final String message = exc.getMessage();
		assertEquals(1, message.lines().count(), message);
		for (final String part : parts)
			assertTrue(message.contains(part), message);
		assertTrue(message.contains(";"), "says what to do: " + message);
	}

	@Test
	void whatIsNoImageGivesOneLine(@TempDir final Path folder)
		throws IOException
	{
		final Path empty = Files.createFile(folder.resolve("empty.svs"));
		final Path text = Files.writeString(folder.resolve("text.svs"),
			"not a slide\n".repeat(50));
		final Path zarr = Files.createDirectory(folder.resolve("a.ome.zarr"));
		assertOneLine(openFails(empty), "empty.svs", "0 bytes");
		assertOneLine(openFails(text), "text.svs", "cannot be opened");
		assertOneLine(openFails(zarr), "a.ome.zarr", "OME-Zarr");
		assertOneLine(openFails(folder), "folder");
		assertOneLine(openFails(folder.resolve("none.svs")), "none.svs",
			"no such file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "qupath-cells/cells.tif", "qupath-cells/cells.jpg",
		"qupath-cells/cells.png", "pathml/small_vectra.qptiff",
		"svs/CMU-1-Small-Region.svs", "czi/nuc_small.czi" })
	void truncatedFilesAreRefused(final String name, @TempDir final Path folder)
		throws IOException
	{
		final byte[] whole = Files.readAllBytes(SLIDES.resolve(name));
		final Path file = Files.write(folder.resolve(Path.of(name).getFileName()),
			Arrays.copyOf(whole, whole.length * 6 / 10));
		assertOneLine(openFails(file), file.getFileName().toString());
	}

	private static UserException openFails(final Path file) {
		return assertThrows(UserException.class, () -> {
			try (BioFormatsSource source = ImageSources.open(file,
				OpenOptions.DEFAULTS))
			{
				source.probe();
			}
		});
	}

	@Test
	void labelAndMacroPicturesAreNeverGiven() {
		for (final String name : List.of("svs/CMU-1-Small-Region.svs",
			"pathml/small_vectra.qptiff", "openslide-python/boxes_0.dcm",
			"pathml/smalltif.tif"))
		{
			final Path file = SLIDES.resolve(name);
			assertEquals(1, ImageSources.list(file).size());
			assertOneLine(assertThrows(UserException.class, () -> ImageSources.open(
				file, OpenOptions.DEFAULTS.withSeries(2))), "series 2");
			final String report = InfoReport.of(file).map() + InfoReport.of(file)
				.text();
			for (final String word : List.of("label", "macro", "thumbnail",
				"overview"))
			{
				assertFalse(report.toLowerCase().contains(word), report);
			}
		}
	}

	@Test
	void implausiblePixelSizesAreLeftOutWithAWarning() {
		try (BioFormatsSource source = ImageSources.open(SLIDES.resolve(
			"openslide-python/boxes.tiff"), OpenOptions.DEFAULTS))
		{
			assertFalse(source.info().hasPixelSize());
			assertTrue(source.info().warnings().get(0).contains("352.8"), source
				.info().warnings().toString());
		}
	}

	@Test
	void levelsShowTheSamePicture() {
		for (final String name : List.of("openslide-python/boxes.tiff",
			"svs/TCGA-CR-7395-01A-01-TS1.svs", "large_image/test_orient1.tif",
			"czi/WellD6_S1.czi"))
		{
			try (BioFormatsSource source = ImageSources.open(SLIDES.resolve(name),
				OpenOptions.DEFAULTS))
			{
				final int channels = source.info().channels().size();
				for (int c = 0; c < channels; c++) {
					final double mean = mean(source, 0, c);
					for (int level = 1; level < source.info().levels().size(); level++) {
						assertEquals(mean, mean(source, level, c), 0.02 * mean, name +
							" level " + level);
					}
				}
			}
		}
	}

	private static double mean(final PixelSource source, final int level,
		final int channel)
	{
		final PyramidLevel size = source.info().levels().get(level);
		return sum(source, level, channel) / ((double) size.width() * size
			.height());
	}

	@ParameterizedTest
	@ValueSource(strings = { "svs/CMU-1-Small-Region.svs",
		"pathml/small_dicom.dcm", "qupath-cells/cells.png",
		"pathml/small_HE_levels.tiff" })
	void regionsEqualTheWholePlaneWhateverTheTilesAndThreads(final String name)
		throws Exception
	{
		final Path file = SLIDES.resolve(name);
		final ImageInfo info;
		final byte[] plane;
		try (BioFormatsSource source = ImageSources.open(file, new OpenOptions(1,
			"best", 1, 16384, 0, 1)))
		{
			info = source.info();
			plane = new byte[3 * info.width() * info.height()];
			source.readRgb(0, info.bounds(), plane);
		}
		final Random random = new Random(5);
		final List<Region> regions = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			final int x = random.nextInt(info.width()), y = random.nextInt(info
				.height());
			regions.add(new Region(x, y, 1 + random.nextInt(Math.min(700, info
				.width() - x)), 1 + random.nextInt(Math.min(700, info.height() - y))));
		}
		for (final int tileSize : new int[] { 64, 300, 1024 }) {
			final ExecutorService pool = Executors.newFixedThreadPool(4);
			try (BioFormatsSource source = ImageSources.open(file, new OpenOptions(1,
				"best", 1, tileSize, 30_000_000, 4)))
			{
				final List<Future<byte[]>> read = new ArrayList<>();
				for (final Region region : regions) {
					read.add(pool.submit(() -> {
						final byte[] rgb = new byte[(int) (3 * region.size())];
						source.readRgb(0, region, rgb);
						return rgb;
					}));
				}
				for (int i = 0; i < regions.size(); i++) {
					assertArrayEquals(crop(plane, info.width(), regions.get(i)), read.get(
						i).get(), regions.get(i).toString());
				}
				assertTrue(source.cachedBytes() <= 30_000_000);
			}
			finally {
				pool.shutdown();
			}
		}
	}

	private static byte[] crop(final byte[] plane, final int width,
		final Region region)
	{
		final byte[] rgb = new byte[(int) (3 * region.size())];
		for (int y = 0; y < region.height(); y++) {
			System.arraycopy(plane, 3 * ((region.y() + y) * width + region.x()), rgb,
				3 * y * region.width(), 3 * region.width());
		}
		return rgb;
	}

	@Test
	void planesAndTimePointsAreChosen() {
		final Path stack = SLIDES.resolve("qupath-cells/cells-2z.ome.tif");
		final Path times = SLIDES.resolve("qupath-cells/cells-2t.ome.tif");
		assertEquals(2613599, sum(stack, "2", 1));
		assertEquals(2613599, sum(times, "best", 2));
		assertTrue(sum(stack, "max", 1) > 2613599);
		final double best = sum(stack, "best", 1);
		assertTrue(best == 2602485 || best == 2613599);
		assertOneLine(assertThrows(UserException.class, () -> sum(stack, "3", 1)),
			"cells-2z.ome.tif", "z from 1 to 2");
		assertOneLine(assertThrows(UserException.class, () -> sum(times, "1", 3)),
			"cells-2t.ome.tif", "t from 1 to 2");
	}

	private static double sum(final Path file, final String z, final int t) {
		try (BioFormatsSource source = ImageSources.open(file, new OpenOptions(1, z,
			t, 1024, 0, 1)))
		{
			return sum(source, 0, 0);
		}
	}

	@Test
	void nothingIsWrittenBesideTheFile(@TempDir final Path folder)
		throws IOException
	{
		final Path file = Files.copy(SLIDES.resolve("svs/CMU-1-Small-Region.svs"),
			folder.resolve("a.svs"));
		InfoReport.of(file);
		try (Stream<Path> entries = Files.list(folder)) {
			assertEquals(List.of(file), entries.toList());
		}
	}

	@Test
	void theReportSaysWhatIsInTheFile() {
		final InfoReport report = InfoReport.of(SLIDES.resolve(
			"pathml/small_vectra.qptiff"));
		final Object series = ((List<?>) report.map().get("series")).get(0);
		final String json = series.toString();
		for (final String part : List.of("width=1920", "height=1440", "size_z=1",
			"size_t=1", "name=DAPI", "downsample=1.0", "pixel_size_um=0.49653",
			"kind_guess=fluorescence"))
		{
			assertTrue(json.contains(part), json);
		}
		final String text = report.text();
		assertTrue(text.contains("1 DAPI, 2 FITC, 3 Cy3"), text);
		assertTrue(InfoReport.of(SLIDES.resolve("svs/TCGA-CR-7395-01A-01-TS1.svs"))
			.text().contains("not in the file: give --pixel-size"));
	}
}
