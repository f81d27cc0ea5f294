
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.run.Cancellation;

import loci.common.services.ServiceFactory;
import loci.formats.ImageReader;
import loci.formats.meta.IMetadata;
import loci.formats.services.OMEXMLService;

/** Tests {@link LabelsWriter} and what lies under it. */
class LabelsWriterTest {

	private record Picture(int width, int height, int bytes, double umX,
			String name, int[] values) {
	}

	@TempDir
	private Path folder;

	@Test
	void everyNucleusIsReadBackWhereItWas() throws Exception {
		// wider and higher than one square, and no multiple of a tile
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 2600, 2100,
			Integer.MAX_VALUE, "a<µ>.tif");
		final Picture picture = write(slide);
		assertEquals(2600, picture.width);
		assertEquals(2100, picture.height);
		assertEquals(2, picture.bytes);
		assertEquals(0.5, picture.umX, 1e-9);
		assertEquals("a<µ>.tif nuclei", picture.name);
		final long[] areas = new long[slide.cells().size() + 1];
		for (final int value : picture.values)
			areas[value]++;
		for (final Cell cell : slide.cells()) {
			// a raster's area is the polygon's but for the pixels of the rim
			assertEquals(cell.nucleus().area(), areas[(int) cell.id()], 0.25 * cell
				.nucleus().perimeter());
			final int x = (int) slide.table().number(cell, "centroid_x_px");
			final int y = (int) slide.table().number(cell, "centroid_y_px");
			assertEquals(cell.id(), picture.values[y * picture.width + x]);
		}
	}

	@Test
	void above65535NucleiValuesHave32Bits() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.NUCLEI, 8960,
			8000, 70000, "a.tif");
		final Path file = folder.resolve("wide.ome.tif");
		LabelsWriter.write(slide, file, new Cancellation());
		try (ImageReader reader = new ImageReader()) {
			reader.setId(file.toString());
			assertEquals(loci.formats.FormatTools.UINT32, reader.getPixelType());
			final Cell last = slide.cells().get(slide.cells().size() - 1);
			final int x = (int) slide.table().number(last, "centroid_x_px");
			final int y = (int) slide.table().number(last, "centroid_y_px");
			assertEquals(last.id(), ByteBuffer.wrap(reader.openBytes(0, x, y, 1, 1))
				.order(ByteOrder.LITTLE_ENDIAN).getInt());
		}
	}

	/**
	 * <pre>
	 * Unit squares that share edges, in a picture of 4 x 2:
	 *   1 1 2 2
	 *   1 1 3 .      3 is one pixel; 4 lies between pixel centres in the last
	 * </pre>
	 */
	@Test
	void sharedEdgesShareNoPixelAndTinyNucleiKeepOne() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.NUCLEI, 4, 2, 0,
			"a.tif");
		slide.add(1, box(0, 0, 2, 2));
		slide.add(2, box(2, 0, 4, 1));
		slide.add(3, box(2, 1, 3, 2));
		slide.add(4, box(3.6f, 1.6f, 3.8f, 1.8f));
		assertArrayEquals(new int[] { 1, 1, 2, 2, 1, 1, 3, 4 }, write(
			slide).values);
	}

	@Test
	void edgesThroughPixelCentresShareNoPixelAndLeaveNone() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.NUCLEI, 6, 3, 0,
			"a.tif");
		slide.add(1, box(0, 0, 2.5f, 1.5f));
		slide.add(2, box(2.5f, 0, 6, 1.5f));
		slide.add(3, box(0, 1.5f, 6, 3));
		assertArrayEquals(new int[] { 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3,
			3, 3, 3 }, write(slide).values);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void classicAndBigTiffHoldTheSamePixels(final boolean big) throws Exception {
		final Path file = folder.resolve("t.ome.tif");
		final int[] tile = new int[TiledTiff.TILE * TiledTiff.TILE];
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.NUCLEI, 700, 600,
			0, "a.tif");
		try (TiledTiff tiff = new TiledTiff(file, 700, 600, 4, OmeXml.labels(slide
			.info(), 0.5, true), big))
		{
			for (int y = 0; y < 600; y += TiledTiff.TILE)
				for (int x = 0; x < 700; x += TiledTiff.TILE) {
					for (int i = 0; i < tile.length; i++)
						tile[i] = 100000 + x + i % TiledTiff.TILE + y + i / TiledTiff.TILE;
					tiff.tile(x, y, tile, 0, TiledTiff.TILE);
				}
			tiff.finish();
		}
		assertEquals(big ? 43 : 42, Files.readAllBytes(file)[2]);
		final Picture picture = read(file);
		assertEquals(100000, picture.values[0]);
		assertEquals(100000 + 699 + 599, picture.values[700 * 600 - 1]);
		assertEquals(100000 + 513 + 20, picture.values[20 * 700 + 513]);
	}

	@Test
	void aPictureOfOneTileIsReadBack() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.NUCLEI, 200, 100,
			5, "a.tif");
		final Set<Integer> values = new TreeSet<>();
		for (final int value : write(slide).values)
			values.add(value);
		assertEquals(Set.of(0, 1, 2, 3, 4, 5), values);
	}

	@Test
	void largeSlidesNeedAWord() {
		final SyntheticSlide small = new SyntheticSlide(AssayKind.NUCLEI, 10000,
			10000, 0, "a.tif"), large = new SyntheticSlide(AssayKind.NUCLEI, 10001,
				10000, 0, "a.tif");
		assertTrue(LabelsWriter.isWanted(small.info(), false));
		assertFalse(LabelsWriter.isWanted(large.info(), false));
		assertTrue(LabelsWriter.isWanted(large.info(), true));
	}

	private static Outline box(final float x0, final float y0, final float x1,
		final float y1)
	{
		return new Outline(new float[] { x0, x1, x1, x0 }, new float[] { y0, y0, y1,
			y1 });
	}

	private Picture write(final SyntheticSlide slide) throws Exception {
		final Path file = folder.resolve("nuclei-labels.ome.tif");
		LabelsWriter.write(slide, file, new Cancellation());
		return read(file);
	}

	private static Picture read(final Path file) throws Exception {
		try (ImageReader reader = new ImageReader()) {
			final IMetadata meta = new ServiceFactory().getInstance(
				OMEXMLService.class).createOMEXMLMetadata();
			reader.setMetadataStore(meta);
			reader.setId(file.toString());
			assertEquals("OME-TIFF", reader.getFormat());
			final ByteBuffer bytes = ByteBuffer.wrap(reader.openBytes(0)).order(
				ByteOrder.LITTLE_ENDIAN);
			final int[] values = new int[reader.getSizeX() * reader.getSizeY()];
			final int size = loci.formats.FormatTools.getBytesPerPixel(reader
				.getPixelType());
			for (int i = 0; i < values.length; i++)
				values[i] = size == 2 ? bytes.getShort() & 0xffff : bytes.getInt();
			return new Picture(reader.getSizeX(), reader.getSizeY(), size, meta
				.getPixelsPhysicalSizeX(0).value().doubleValue(), meta.getImageName(0),
				values);
		}
	}
}
