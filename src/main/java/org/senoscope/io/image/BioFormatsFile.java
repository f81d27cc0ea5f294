
package org.senoscope.io.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.senoscope.core.UserException;

import loci.common.services.ServiceFactory;
import loci.formats.ClassList;
import loci.formats.IFormatReader;
import loci.formats.ImageReader;
import loci.formats.in.APNGReader;
import loci.formats.in.ImageIOReader;
import loci.formats.in.JPEGReader;
import loci.formats.meta.IMetadata;
import loci.formats.services.OMEXMLService;

/** A file that Bio-Formats opened: its pictures, and readers for its pixels. */
final class BioFormatsFile implements AutoCloseable {

	private final Path file;
	private final List<Picture> pictures;
	private final ReaderPool pool;

	private BioFormatsFile(final Path file, final List<Picture> pictures,
		final ReaderPool pool)
	{
		this.file = file;
		this.pictures = pictures;
		this.pool = pool;
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
		try {
			first = new ImageReader();
			final IMetadata metadata = new ServiceFactory().getInstance(
				OMEXMLService.class).createOMEXMLMetadata();
			first.setMetadataStore(metadata);
			first.setFlattenedResolutions(false);
			first.setGroupFiles(true);
			first.setId(file.toString());
			final List<Picture> pictures = FileCatalogue.list(file, first, metadata);
			final Class<? extends IFormatReader> type = first.getReader().getClass();
			final ReaderPool pool = new ReaderPool(first, () -> another(file, type),
				decodesWholePlanes(first.getReader()) ? 1 : readers);
			return new BioFormatsFile(file, pictures, pool);
		}
		catch (final Exception | LinkageError | OutOfMemoryError
				| StackOverflowError exc)
		{
			closeQuietly(first);
			throw ImageErrors.opening(file, exc);
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

	private static void closeQuietly(final ImageReader reader) {
		if (reader == null) return;
		try {
			reader.close();
		}
		catch (final Exception exc) {
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
	<R> R read(final String where, final ReaderPool.Use<R> use) {
		try {
			return pool.use(use);
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new java.util.concurrent.CancellationException(
				"interrupted while reading");
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
			pool.close();
		}
		catch (final IOException exc) {
			throw ImageErrors.reading(file, " to the end", exc);
		}
	}
}
