
package org.senoscope.io.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.UserException;

class ImageNamesTest {

	@ParameterizedTest
	@CsvSource({ "slide.svs, slide", "a.b.tif, a.b", "a.ome.tif, a",
		"a.OME.TIFF, a", "a.ome.zarr, a", "a.zarr.zip, a", "a.ome.zarr.zip, a",
		"noextension, noextension", ".hidden, .hidden",
		"'c:1/2 stack.tif', 'c_1_2 stack'" })
	void extensionsAreCutAndDoubleOnesAreOne(final String file,
		final String name)
	{
		assertEquals(name, ImageNames.outputName(file));
	}

	@Test
	void furtherSeriesAreNumbered() {
		assertEquals("a", ImageNames.ofSeries("a", 1));
		assertEquals("a_s2", ImageNames.ofSeries("a", 2));
	}

	@Test
	void imagesThatWouldCollideKeepTheirExtension() {
		assertEquals(List.of("a.svs", "a.tif", "b"), names("a.svs", "a.tif",
			"b.tif"));
		// File systems that know no case.
		assertEquals(List.of("A.svs", "a.tif"), names("A.svs", "a.tif"));
		assertEquals(List.of("one_a.svs", "two_a.svs"), names("one/a.svs",
			"two/a.svs"));
		assertEquals(List.of("one_a.svs", "one_a.svs_2"), names("x/one/a.svs",
			"y/one/a.svs"));
	}

	private static List<String> names(final String... images) {
		return ImageNames.outputNames(Stream.of(images).map(Path::of).toList());
	}

	@Test
	void foldersGiveTheirImagesSortedAndCountTheRest(@TempDir final Path folder)
		throws IOException
	{
		for (final String name : List.of("b.svs", "a.ome.tif", "C.PNG", "notes.txt",
			"._b.svs", ".hidden", "table.csv"))
		{
			Files.createFile(folder.resolve(name));
		}
		Files.createDirectory(folder.resolve("sub.tif"));
		Files.createFile(folder.resolve("sub.tif/inner.tif"));
		final ImageFolder listed = ImageFolder.list(folder);
		assertEquals(List.of("C.PNG", "a.ome.tif", "b.svs"), listed.images()
			.stream().map(p -> p.getFileName().toString()).toList());
		assertEquals(4, listed.passedOver());
		assertThrows(UserException.class, () -> ImageFolder.list(folder.resolve(
			"none")));
	}

	@ParameterizedTest
	@CsvSource({ "label image, true", "Macro, true", "THUMBNAIL, true",
		"a.tif label #2, true", "Overview, true", "barcode image, true",
		"nuclei-labels, false", "Labelled cells, false",
		"Overview of well 3, false", "macrophages, false", "'', false" })
	void picturesOfTheSlideAreTold(final String series, final boolean slide) {
		assertEquals(slide, PictureNames.isOfTheSlide(series, "a.tif"));
	}

	@Test
	void pixelSizesMustBePlausible() {
		final List<String> warnings = new ArrayList<>();
		assertArrayEquals(new double[] { 0.25, 0.26 }, PixelSizes.plausible(0.25,
			0.26, warnings));
		assertArrayEquals(new double[] { 0.25, 0.25 }, PixelSizes.plausible(0.25,
			Double.NaN, warnings));
		assertArrayEquals(new double[] { Double.NaN, Double.NaN }, PixelSizes
			.plausible(Double.NaN, Double.NaN, warnings));
		assertTrue(warnings.isEmpty(), warnings.toString());
		for (final double um : new double[] { 352.78, 0.001, 5.1 }) {
			assertArrayEquals(new double[] { Double.NaN, Double.NaN }, PixelSizes
				.plausible(um, um, warnings));
		}
		assertEquals(3, warnings.size());
		assertEquals(0.499, PixelSizes.aperio(
			"Aperio Image Library v11|AppMag = 20|MPP = 0.4990|Left = 3"));
		assertTrue(Double.isNaN(PixelSizes.aperio("ImageJ=1.54p")));
	}

	@Test
	void downsamplesOfRoundedLevelsAreWhole() {
		assertEquals(2, FileCatalogue.downsample(4443, 3567, 2221, 1783));
		assertEquals(16, FileCatalogue.downsample(185, 261, 11, 16));
		assertEquals(3, FileCatalogue.downsample(3000, 1501, 1000, 500));
		assertEquals(2.5, FileCatalogue.downsample(5000, 2500, 2000, 1000));
	}

	@Test
	void optionsAreChecked() {
		assertThrows(UserException.class, () -> new OpenOptions(0, "best", 1, 1024,
			0, 1));
		assertThrows(UserException.class, () -> new OpenOptions(1, "sharp", 1, 1024,
			0, 1));
		assertThrows(UserException.class, () -> new OpenOptions(1, "0", 1, 1024, 0,
			1));
		assertTrue(OpenOptions.DEFAULTS.threads() >= 1);
	}
}
