
package org.senoscope.io.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.output.OutputErrors;
import org.senoscope.io.output.StagedFile;

/**
 * A table with one row a cell, from any tool, as CSV or Parquet by the
 * extension of its file. It is read in blocks of rows, parsed by several
 * threads and handed on in order, so that memory does not grow with the table.
 * Parquet passes through CSV in a temporary file, so that both are read the
 * same way.
 */
public final class TableFile implements AutoCloseable {

	private static final int BLOCK_BYTES = 1 << 22;
	private static final int LONGEST_ROW_BYTES = 1 << 26;

	private final Path file;
	private final Path csv;
	private final CsvFormat format;

	private TableFile(final Path file, final Path csv, final CsvFormat format) {
		this.file = file;
		this.csv = csv;
		this.format = format;
	}

	/**
	 * Opens a table.
	 *
	 * @param file CSV in UTF-8 (comma, semicolon or tab; '.' or ',' as decimal
	 *          sign), or Parquet
	 * @throws UserException if it is missing, empty or no table
	 */
	public static TableFile open(final Path file) {
		if (!Files.isRegularFile(file)) throw new UserException(file +
			": there is no such table; check the path");
		final boolean parquet = isParquet(file);
		Path csv = file;
		try {
			if (parquet) {
				csv = Files.createTempFile("senoscope-", ".csv");
				DuckDb.parquetToCsv(file, csv);
			}
			try (InputStream in = Files.newInputStream(csv)) {
				final byte[] start = in.readNBytes(1 << 20);
				return new TableFile(file, csv, CsvFormat.of(file.toString(), start,
					start.length));
			}
		}
		catch (final IOException e) {
			delete(parquet, csv);
			throw unreadable(file, e);
		}
		catch (final RuntimeException e) {
			delete(parquet, csv);
			throw e;
		}
	}

	/** Returns whether a file is Parquet by its extension, else CSV. */
	public static boolean isParquet(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return name.endsWith(".parquet") || name.endsWith(".pq");
	}

	/**
	 * Returns the version of DuckDB, which reads and writes Parquet.
	 *
	 * @throws UserException if it is not there, with what to do
	 */
	public static String duckDbVersion() {
		return DuckDb.version();
	}

	/** Returns whether a file is a table by its extension. */
	public static boolean isTable(final Path file) {
		return isParquet(file) || file.getFileName().toString().toLowerCase(
			Locale.ROOT).matches(".*\\.(csv|tsv)");
	}

	/** Returns the file. */
	public Path file() {
		return file;
	}

	/** Returns the names of all columns, in order. */
	public List<String> columns() {
		return format.names();
	}

	/**
	 * Reads the table in blocks.
	 *
	 * @param <T> what is made of a block
	 * @param names columns to read
	 * @param threads how many blocks are worked on at once
	 * @param work makes something of a block, called by several threads
	 * @param inOrder takes what was made, in the order of the table, on the
	 *          caller's thread
	 * @param progress told how much is done
	 * @param cancellation checked between blocks
	 * @throws UserException if the table lacks a column or a row is broken
	 */
	public <T> void read(final List<String> names, final int threads,
		final Function<RowBlock, T> work, final Consumer<T> inOrder,
		final Progress progress, final Cancellation cancellation)
	{
		read(indices(names), names, threads, work, inOrder, progress, cancellation);
	}

	/**
	 * Returns all values as texts, row by row in the order of the columns, which
	 * may lack names; for small tables.
	 *
	 * @throws UserException if a row is broken
	 */
	public List<List<String>> texts() {
		final int[] all = IntStream.range(0, columns().size()).toArray();
		final List<List<String>> texts = new ArrayList<>();
		read(all, columns(), 1, rows -> IntStream.range(0, rows.rows()).mapToObj(
			row -> Arrays.stream(all).mapToObj(c -> rows.text(row, c)).toList())
			.toList(), texts::addAll, Progress.SILENT, new Cancellation());
		return texts;
	}

	private <T> void read(final int[] wanted, final List<String> names,
		final int threads, final Function<RowBlock, T> work,
		final Consumer<T> inOrder, final Progress progress,
		final Cancellation cancellation)
	{
		final ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
			final Thread thread = new Thread(task, "senoscope-table");
			thread.setDaemon(true);
			return thread;
		});
		try (InputStream in = Files.newInputStream(csv)) {
			final long total = Files.size(csv);
			in.skipNBytes(format.headerEnd());
			final Deque<Future<T>> open = new ArrayDeque<>();
			byte[] buffer = new byte[BLOCK_BYTES];
			int filled = 0;
			long done = format.headerEnd(), firstRow = 0;
			for (boolean more = true; more;) {
				cancellation.check();
				final int n = in.readNBytes(buffer, filled, buffer.length - filled);
				more = n == buffer.length - filled;
				filled += n;
				final int[] ends = rowEnds(buffer, filled, !more);
				if (ends.length == 0) {
					if (!more) break;
					if (buffer.length >= LONGEST_ROW_BYTES) throw new UserException(file +
						", row " + (firstRow + 2) +
						": does not end; is a quotation mark not closed?");
					buffer = Arrays.copyOf(buffer, 2 * buffer.length);
					continue;
				}
				final int used = ends[ends.length - 1];
				final byte[] bytes = buffer;
				final long row = firstRow;
				open.add(pool.submit(() -> work.apply(block(bytes, ends, row, wanted,
					names))));
				firstRow += ends.length;
				buffer = new byte[Math.max(BLOCK_BYTES, filled - used)];
				System.arraycopy(bytes, used, buffer, 0, filled - used);
				filled -= used;
				done += used;
				while (open.size() > threads || !open.isEmpty() && open.peek().isDone())
					inOrder.accept(result(open.remove()));
				progress.update(done, total);
			}
			while (!open.isEmpty()) {
				cancellation.check();
				inOrder.accept(result(open.remove()));
			}
			progress.update(total, total);
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
		finally {
			pool.shutdownNow();
		}
	}

	/**
	 * Writes the table anew with more columns. Rows and columns that were there
	 * stay as they are, byte for byte between CSV files; a column that is there
	 * already under a name of {@code added} gets the new values in its place. The
	 * output appears complete or not at all.
	 *
	 * @param out CSV or Parquet by its extension; may be the table itself
	 * @param names columns to read
	 * @param added columns to write
	 * @param threads how many blocks are worked on at once
	 * @param work fills the new columns of a block, called by several threads
	 * @param progress told how much is done
	 * @param cancellation checked between blocks
	 * @throws UserException if the table lacks a column, a row is broken, or the
	 *           output cannot be written
	 */
	public void complete(final Path out, final List<String> names,
		final List<AddedColumn> added, final int threads, final RowFunction work,
		final Progress progress, final Cancellation cancellation)
	{
		final boolean parquet = isParquet(out);
		final List<String> read = new ArrayList<>(names);
		// to Parquet only the new columns go by text, the others keep their types
		if (!parquet) added.stream().map(AddedColumn::name).filter(
			columns()::contains).filter(n -> !read.contains(n)).forEach(read::add);
		Path columns = null;
		try (StagedFile whole = new StagedFile(out)) {
			columns = parquet ? Files.createTempFile("senoscope-", ".csv") : whole
				.path();
			try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(
				columns), 1 << 16))
			{
				final RowWriter writer = parquet ? RowWriter.columnsOnly(added)
					: RowWriter.whole(format, added, added.stream().mapToInt(a -> read
						.indexOf(columns().contains(a.name()) ? a.name() : null))
						.toArray());
				stream.write(writer.header(header()));
				read(read, threads, block -> {
					final AddedValues values = new AddedValues(added, block.rows());
					work.apply(block, values);
					return writer.rows(block, values);
				}, text -> write(stream, text, out), progress, cancellation);
			}
			if (parquet) {
				progress.stage("Writing " + out.getFileName());
				DuckDb.join(isParquet(file) ? file : csv, format, columns, added, whole
					.path());
			}
			cancellation.check();
			whole.commit();
		}
		catch (final IOException e) {
			throw OutputErrors.of(out, e);
		}
		finally {
			delete(parquet && columns != null, columns);
		}
	}

	/** Returns the first line with what stands before and behind it. */
	private byte[] header() throws IOException {
		try (InputStream in = Files.newInputStream(csv)) {
			return in.readNBytes(format.headerEnd());
		}
	}

	/** Deletes what is temporary. */
	@Override
	public void close() {
		delete(!csv.equals(file), csv);
	}

	private int[] indices(final List<String> names) {
		final Set<String> seen = new HashSet<>(), twice = new HashSet<>();
		for (final String name : columns())
			if (!seen.add(name)) twice.add(name);
		final List<String> missing = names.stream().filter(n -> !seen.contains(n))
			.toList();
		if (!missing.isEmpty()) throw new UserException(file + ": has no column " +
			String.join(", ", missing.stream().map(n -> n + Nearest.hint(n,
				columns())).toList()) + "; its columns are " + listed());
		for (final String name : names)
			if (twice.contains(name)) throw new UserException(file + ": the column " +
				name + " is there twice; rename one");
		return names.stream().mapToInt(columns()::indexOf).toArray();
	}

	/** Returns the names of the columns for messages, cut if there are many. */
	public String listed() {
		final List<String> names = columns();
		return names.size() <= 60 ? String.join(", ", names) : String.join(", ",
			names.subList(0, 60)) + " and " + (names.size() - 60) + " more";
	}

	private static int[] rowEnds(final byte[] bytes, final int length,
		final boolean last)
	{
		int[] ends = new int[256];
		int n = 0, at = 0;
		while (at < length) {
			int end = RowScan.rowEnd(bytes, at, length);
			if (end < 0 && last) end = length;
			if (end < 0) break;
			if (n == ends.length) ends = Arrays.copyOf(ends, 2 * n);
			ends[n++] = at = end;
		}
		return Arrays.copyOf(ends, n);
	}

	private RowBlock block(final byte[] bytes, final int[] ends,
		final long firstRow, final int[] wanted, final List<String> names)
	{
		final int[] rowBounds = new int[2 * ends.length];
		final long[] places = new long[ends.length];
		final int[] bounds = new int[2 * ends.length * wanted.length];
		final int fields = columns().size();
		final int[] fieldBounds = new int[2 * fields];
		int start = 0, rows = 0;
		for (int line = 0; line < ends.length; start = ends[line++]) {
			final int stop = RowScan.contentEnd(bytes, start, ends[line]);
			if (stop == start && fields > 1) continue; // a blank line is no cell
			final int n = split(bytes, start, stop, fieldBounds);
			if (n != fields) throw new UserException(file + ", row " + (firstRow +
				line + 2) + " (the column names are row 1): has " + n + " values for " +
				fields +
				" columns; mend the row, or put values that hold the separator in quotation marks");
			rowBounds[2 * rows] = start;
			rowBounds[2 * rows + 1] = stop;
			places[rows] = firstRow + line;
			for (int c = 0; c < wanted.length; c++) {
				bounds[2 * (rows * wanted.length + c)] = fieldBounds[2 * wanted[c]];
				bounds[2 * (rows * wanted.length + c) + 1] = fieldBounds[2 * wanted[c] +
					1];
			}
			rows++;
		}
		return new RowBlock(file.toString(), format, names, bytes,
			ends[ends.length - 1], places, rows, bounds, rowBounds);
	}

	private int split(final byte[] bytes, final int start, final int stop,
		final int[] fieldBounds)
	{
		int n = 0, at = start;
		while (true) {
			final int end = RowScan.fieldEnd(bytes, at, stop, format.separator());
			if (2 * n < fieldBounds.length) {
				fieldBounds[2 * n] = at;
				fieldBounds[2 * n + 1] = end;
			}
			n++;
			if (end >= stop) return n;
			at = end + 1;
		}
	}

	private static <T> T result(final Future<T> future) {
		try {
			return future.get();
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof final RuntimeException cause) throw cause;
			if (e.getCause() instanceof final Error cause) throw cause;
			throw new IllegalStateException(e.getCause());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new java.util.concurrent.CancellationException();
		}
	}

	private static void write(final OutputStream stream, final byte[] text,
		final Path target)
	{
		try {
			stream.write(text);
		}
		catch (final IOException e) {
			throw OutputErrors.of(target, e);
		}
	}

	private static UserException unreadable(final Path file,
		final IOException e)
	{
		return new UserException(UserException.Kind.INPUT, file +
			": cannot be read (" + OutputErrors.reason(e) + ")", e);
	}

	private static void delete(final boolean wanted, final Path path) {
		if (!wanted) return;
		try {
			Files.deleteIfExists(path);
		}
		catch (final IOException e) {
			path.toFile().deleteOnExit();
		}
	}
}
