
package org.senoscope.io.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.senoscope.core.UserException;

import loci.common.services.ServiceFactory;
import loci.formats.ClassList;
import loci.formats.FormatException;
import loci.formats.IFormatReader;
import loci.formats.ImageReader;
import loci.formats.in.APNGReader;
import loci.formats.in.ImageIOReader;
import loci.formats.in.JPEGReader;
import loci.formats.in.NDPIReader;
import loci.formats.meta.IMetadata;
import loci.formats.services.OMEXMLService;

/** A file that Bio-Formats opened: its pictures, and readers for its pixels. */
final class BioFormatsFile implements AutoCloseable {

	private final Path file;
	private final List<Picture> pictures;
	private final ReaderPool<IFormatReader> readers;
	/** Null where the file is no TIFF. */
	private final ReaderPool<TiffPages> pages;

	private BioFormatsFile(final Path file, final List<Picture> pictures,
		final ReaderPool<IFormatReader> readers, final ReaderPool<TiffPages> pages)
	{
		this.file = file;
		this.pictures = pictures;
		this.readers = readers;
		this.pages = pages;
	}

	/**
	 * Opens a file; reads no pixels.
	 *
	 * @param file the file
	 * @param readers readers at most
	 * @throws UserException if it cannot be opened
	 */
	static BioFormatsFile open(final Path file, final int readers) {
		ImageErrors.checkReadable(file);
		ImageReader first = null;
		TiffPages pages = null;
		try {
			first = new ImageReader();
			final IMetadata metadata = new ServiceFactory().getInstance(
				OMEXMLService.class).createOMEXMLMetadata();
			first.setMetadataStore(metadata);
			first.setFlattenedResolutions(false);
			first.setGroupFiles(true);
			first.setId(file.toString());
			pages = pages(file, first.getReader());
			if (pages != null) pages.checkComplete();
			else if (first.getReader() instanceof JPEGReader) JpegEnd.check(file);
			final List<Picture> pictures = FileCatalogue.list(file, first, metadata,
				pages);
			final Class<? extends IFormatReader> type = first.getReader().getClass();
			return new BioFormatsFile(file, pictures, new ReaderPool<>(first,
				() -> another(file, type), decodesWholePlanes(first.getReader()) ? 1
					: readers), pages == null ? null : new ReaderPool<>(pages,
						() -> TiffPages.open(file), readers));
		}
		catch (final Exception | LinkageError | OutOfMemoryError
				| StackOverflowError exc)
		{
			closeQuietly(first);
			closeQuietly(pages);
			throw ImageErrors.opening(file, exc);
		}
	}

	/** Returns the pages of a TIFF file, null where they are of no help. */
	private static TiffPages pages(final Path file, final IFormatReader reader) {
		// Offsets in NDPI files beyond 4 GB are not what TIFF says they are.
		if (reader instanceof NDPIReader) return null;
		try {
			return TiffPages.open(file);
		}
		catch (final IOException | FormatException | RuntimeException exc) {
			// The reader understands the file; that is enough.
			return null;
		}
	}

	/** A further reader: of the known format, without metadata. */
	private static IFormatReader another(final Path file,
		final Class<? extends IFormatReader> type) throws Exception
	{
		final ClassList<IFormatReader> types = new ClassList<>(IFormatReader.class);
		types.addClass(type);
		final ImageReader reader = new ImageReader(types);
		try {
			reader.setFlattenedResolutions(false);
			reader.setGroupFiles(true);
			reader.setId(file.toString());
			return reader;
		}
		catch (final Throwable exc) {
			closeQuietly(reader);
			throw exc;
		}
	}

	/**
	 * Whether a reader keeps a whole decoded picture: then a second one would
	 * only double time and memory.
	 */
	private static boolean decodesWholePlanes(final IFormatReader reader) {
		return reader instanceof APNGReader || reader instanceof ImageIOReader ||
			reader instanceof JPEGReader;
	}

	private static void closeQuietly(final Closeable reader) {
		if (reader == null) return;
		try {
			reader.close();
		}
		catch (final IOException exc) {
			// The failure that led here is what the user hears of.
		}
	}

	Path file() {
		return file;
	}

	/** Returns the pictures that may be analysed, in file order. */
	List<Picture> pictures() {
		return pictures;
	}

	/**
	 * Reads with one of the readers.
	 *
	 * @param where what is read, for the message (" at 0,0,16,16"), may be empty
	 * @throws UserException if that fails
	 */
	<R> R read(final String where, final ReaderPool.Use<IFormatReader, R> use) {
		return read(readers, where, use);
	}

	/** Returns whether the file is a TIFF. */
	boolean hasPages() {
		return pages != null;
	}

	/**
	 * Reads with the pages of a TIFF file.
	 *
	 * @param where what is read, for the message
	 * @throws UserException if that fails
	 */
	<R> R readPages(final String where, final ReaderPool.Use<TiffPages, R> use) {
		return read(pages, where, use);
	}

	private <T extends Closeable, R> R read(final ReaderPool<T> pool,
		final String where, final ReaderPool.Use<T, R> use)
	{
		try {
			return pool.use(use);
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new CancellationException("interrupted while reading");
		}
		catch (final Exception | LinkageError | OutOfMemoryError
				| StackOverflowError exc)
		{
			throw ImageErrors.reading(file, where, exc);
		}
	}

	/** Closes all readers. */
	@Override
	public void close() {
		try {
			try {
				readers.close();
			}
			finally {
				if (pages != null) pages.close();
			}
		}
		catch (final IOException exc) {
			throw ImageErrors.reading(file, " to the end", exc);
		}
	}
}
