
package org.senoscope.io.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Region;

import loci.common.RandomAccessInputStream;
import loci.formats.FormatException;
import loci.formats.tiff.IFD;
import loci.formats.tiff.TiffCompression;
import loci.formats.tiff.TiffParser;

/**
 * The pages of a TIFF file as they lie in it, for what the readers of
 * Bio-Formats do not tell: levels that generic pyramids keep as pages of
 * reduced resolution, files that end before their pixels do, and JPEG tiles
 * that do not decode (which read as black). Not thread-safe.
 */
final class TiffPages implements Closeable {

	/** Stacks may have very many pages; the first ones tell enough. */
	private static final int MOST_PAGES = 256;
	private static final int REDUCED = 1;
	/** Scanners state some bytes too many for the last compressed strip. */
	private static final int SLACK_BYTES = 1024;

	private final Path file;
	private final TiffParser parser;
	private final List<IFD> pages = new ArrayList<>();

	private TiffPages(final Path file, final TiffParser parser)
		throws IOException, FormatException
	{
		this.file = file;
		this.parser = parser;
		parser.setDoCaching(true);
		final long[] offsets = parser.getIFDOffsets();
		for (int i = 0; i < Math.min(MOST_PAGES, offsets.length); i++) {
			final IFD page = parser.getIFD(offsets[i]);
			if (page == null) continue;
			pages.add(page);
			for (final IFD sub : parser.getSubIFDs(page))
				pages.add(sub);
		}
	}

	/** Opens a TIFF file, null if it is none. */
	static TiffPages open(final Path file) throws IOException, FormatException {
		final TiffParser parser = new TiffParser(new RandomAccessInputStream(file
			.toString()));
		try {
			if (parser.isValidHeader()) return new TiffPages(file, parser);
		}
		catch (final IOException | FormatException | RuntimeException exc) {
			parser.close();
			throw exc;
		}
		parser.close();
		return null;
	}

	/** Returns the number of pages, those of reduced resolution included. */
	int count() {
		return pages.size();
	}

	/** Returns a page. */
	IFD page(final int index) {
		return pages.get(index);
	}

	/**
	 * Checks that the file does not end before its pixels do.
	 *
	 * @throws UserException if it does
	 */
	void checkComplete() {
		final long length = file.toFile().length();
		for (final IFD page : pages) {
			final long end;
			try {
				end = end(page);
			}
			catch (final IOException | FormatException | RuntimeException exc) {
				// A page without pixels of its own, or one that the reader knows
				// better.
				continue;
			}
			if (end > length) throw new UserException(ImageErrors.name(file) +
				": is truncated: its pixels reach to byte " + end +
				", the file ends at byte " + length + "; copy the file again");
		}
	}

	/** Returns the first byte behind the pixels of a page. */
	private long end(final IFD page) throws IOException, FormatException {
		parser.fillInIFD(page);
		final long[] offsets = page.getStripOffsets();
		final long[] counts = page.getStripByteCounts();
		long end = 0;
		for (int i = 0; i < Math.min(offsets.length, counts.length); i++) {
			end = Math.max(end, offsets[i] + needed(page, counts[i], offsets.length));
		}
		return end;
	}

	/** Returns how many of the stated bytes of a strip must be there. */
	private static long needed(final IFD page, final long stated,
		final int strips) throws FormatException
	{
		if (strips > 1 || page.getCompression() != TiffCompression.UNCOMPRESSED)
			return Math.max(0, stated - SLACK_BYTES);
		long bits = 0;
		for (final int b : page.getBitsPerSample())
			bits += b;
		return Math.min(stated, page.getImageWidth() * page.getImageLength() *
			bits / 8);
	}

	/** Returns whether a page is marked as a smaller version of another. */
	boolean isReduced(final int index) throws FormatException {
		return page(index).getIFDIntValue(IFD.NEW_SUBFILE_TYPE, 0) == REDUCED;
	}

	/**
	 * Reads a region of a page.
	 *
	 * @return samples as they are stored, one after the other in planes
	 */
	byte[] read(final int index, final Region region) throws IOException,
		FormatException
	{
		final IFD page = page(index);
		parser.fillInIFD(page);
		final int bytes = (int) region.size() * page.getSamplesPerPixel() * page
			.getBytesPerSample()[0];
		return parser.getSamples(page, new byte[bytes], region.x(), region.y(),
			region.width(), region.height());
	}

	/**
	 * Checks that a tile that reads as black is black, and no JPEG that failed.
	 *
	 * @param width width of the level that holds it
	 * @param height height of that level
	 * @param column column of the tile
	 * @param row row of the tile
	 * @throws IOException if the tile does not decode
	 */
	void checkTile(final int width, final int height, final int column,
		final int row) throws IOException, FormatException
	{
		for (final IFD page : pages) {
			if (page.getImageWidth() != width || page.getImageLength() != height ||
				!page.isTiled() || page.getCompression() != TiffCompression.JPEG)
				continue;
			parser.fillInIFD(page);
			final int tile = (int) (row * page.getTilesPerRow() + column);
			final long[] counts = page.getStripByteCounts();
			if (tile >= counts.length || counts[tile] == 0) continue;
			decode(page, page.getStripOffsets()[tile], (int) counts[tile]);
		}
	}

	private void decode(final IFD page, final long offset, final int count)
		throws IOException, FormatException
	{
		final byte[] tile = new byte[count];
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			in.seek(offset);
			in.readFully(tile);
		}
		catch (final EOFException exc) {
			throw new EOFException("a tile lies beyond the end of the file");
		}
		final ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
		final Object tables = page.getIFDValue(IFD.JPEG_TABLES);
		if (tables instanceof byte[] bytes && bytes.length > 4) {
			// The tables without their end mark, the tile without its start mark.
			jpeg.write(bytes, 0, bytes.length - 2);
			jpeg.write(tile, Math.min(2, count), Math.max(0, count - 2));
		}
		else jpeg.write(tile);
		if (ImageIO.read(new ByteArrayInputStream(jpeg.toByteArray())) == null)
			throw new IOException("a tile is no JPEG picture");
	}

	@Override
	public void close() throws IOException {
		parser.close();
	}
}
