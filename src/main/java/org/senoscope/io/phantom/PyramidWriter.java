
package org.senoscope.io.phantom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.senoscope.core.run.Progress;

/**
 * Writes an RGB picture of any size as a pyramidal OME-TIFF of JPEG tiles, in
 * one pass and a bounded memory: blocks of tiles are drawn, compressed and
 * halved by worker threads and written in a fixed order, so the bytes do not
 * depend on the number of threads.
 * <p>
 * Levels lie in SubIFDs of the one image and are means of 2 x 2 pixels; level
 * sizes are rounded up, an odd last row or column counts twice. BigTIFF above
 * {@value #CLASSIC_LIMIT} pixels.
 */
public final class PyramidWriter {

	/** Side of a tile in pixels. */
	public static final int TILE = 512;
	private static final long CLASSIC_LIMIT = 400_000_000L;
	private static final int DEEPEST_BLOCK = 3;

	private final int width, height;
	private final double pixelSizeUm;
	private final float quality;
	private final int threads;

	/**
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param pixelSizeUm pixel size in µm
	 * @param quality quality of JPEG, 0..1
	 * @param threads worker threads
	 */
	public PyramidWriter(final int width, final int height,
		final double pixelSizeUm, final float quality, final int threads)
	{
		if (width < 1 || height < 1) throw new IllegalArgumentException("size " +
			width + "x" + height);
		this.width = width;
		this.height = height;
		this.pixelSizeUm = pixelSizeUm;
		this.quality = quality;
		this.threads = Math.max(1, threads);
	}

	/** Offsets and lengths of the tiles of one level. */
	private static final class Level {

		final int width, height, columns, rows;
		final long[] offsets, lengths;

		Level(final int width, final int height) {
			this.width = width;
			this.height = height;
			columns = (width + TILE - 1) / TILE;
			rows = (height + TILE - 1) / TILE;
			offsets = new long[columns * rows];
			lengths = new long[columns * rows];
		}

		boolean has(final int column, final int row) {
			return column < columns && row < rows;
		}
	}

	/** A compressed tile. */
	private record Tile(int level, int column, int row, byte[] jpeg) {
	}

	/**
	 * A finished block: its tiles and the picture of its top level halved.
	 *
	 * @param half TILE/2 squared pixels, null where no level lies above
	 */
	private record Block(List<Tile> tiles, byte[] half) {
	}

	/** One run of the writer. */
	private final class Run {

		private final TileProvider picture;
		private final TiffOutput out;
		private final List<Level> levels;
		private final int depth;
		private final byte[][] pending;
		private final JpegEncoder encoder = new JpegEncoder(TILE, quality);

		Run(final TileProvider picture, final TiffOutput out,
			final List<Level> levels)
		{
			this.picture = picture;
			this.out = out;
			this.levels = levels;
			int d = Math.min(DEEPEST_BLOCK, levels.size() - 1);
			// Enough blocks to keep threads busy on small slides.
			while (d > 0 && (long) levels.get(d).columns * levels.get(d).rows < 16) {
				d--;
			}
			depth = d;
			pending = new byte[levels.size()][];
			for (int l = depth + 1; l < pending.length; l++) {
				pending[l] = new byte[3 * TILE * TILE * levels.get(l).columns];
			}
		}

		void write(final ExecutorService pool, final Progress progress)
			throws IOException
		{
			final Level top = levels.get(depth);
			final ThreadLocal<Worker> workers = ThreadLocal.withInitial(
				() -> new Worker(picture, levels, depth));
			final ArrayDeque<Future<Block>> queue = new ArrayDeque<>();
			final int blocks = top.columns * top.rows;
			int asked = 0;
			for (int b = 0; b < blocks; b++) {
				while (asked < blocks && queue.size() < threads + 2) {
					final int column = asked % top.columns, row = asked / top.columns;
					final Callable<Block> task = () -> workers.get().block(column, row);
					queue.add(pool.submit(task));
					asked++;
				}
				final Block block = take(queue.remove());
				for (final Tile t : block.tiles) {
					store(t);
				}
				final int column = b % top.columns, row = b / top.columns;
				if (block.half != null && levels.get(depth + 1).has(column / 2, row /
					2)) place(block.half, depth + 1, column, row);
				if (column == top.columns - 1) rowDone(depth, row);
				progress.update(b + 1L, blocks);
			}
			encoder.close();
		}

		private void store(final Tile t) throws IOException {
			final Level level = levels.get(t.level);
			final int i = t.row * level.columns + t.column;
			level.offsets[i] = out.append(t.jpeg);
			level.lengths[i] = t.jpeg.length;
		}

		/** Puts a halved tile into its quarter of the tile above. */
		private void place(final byte[] half, final int level, final int column,
			final int row)
		{
			final int half3 = 3 * TILE / 2;
			final int base = 3 * TILE * TILE * (column / 2);
			for (int y = 0; y < TILE / 2; y++) {
				System.arraycopy(half, y * half3, pending[level], base + 3 * TILE *
					(row % 2 * TILE / 2 + y) + column % 2 * half3, half3);
			}
		}

		/** Carries a finished row of tiles to the levels above. */
		private void rowDone(final int level, final int row) throws IOException {
			if (level + 1 >= levels.size()) return;
			final boolean last = row == levels.get(level).rows - 1;
			if (row % 2 == 0 && !last) return;
			final Level above = levels.get(level + 1);
			if (row / 2 >= above.rows) return;
			final byte[] tile = new byte[3 * TILE * TILE];
			final byte[] half = new byte[3 * TILE * TILE / 4];
			for (int c = 0; c < above.columns; c++) {
				System.arraycopy(pending[level + 1], c * tile.length, tile, 0,
					tile.length);
				store(new Tile(level + 1, c, row / 2, encoder.encode(tile)));
				if (level + 2 < levels.size() && levels.get(level + 2).has(c / 2, row /
					4))
				{
					halve(tile, half, 0, TILE / 2);
					place(half, level + 2, c, row / 2);
				}
			}
			rowDone(level + 1, row / 2);
		}
	}

	/** Draws blocks; one a thread, so its buffers are reused. */
	private final class Worker {

		private final TileProvider picture;
		private final List<Level> levels;
		private final int depth;
		private final byte[][] tiles;
		private final byte[] clipped = new byte[3 * TILE * TILE];
		private final JpegEncoder encoder = new JpegEncoder(TILE, quality);

		Worker(final TileProvider picture, final List<Level> levels,
			final int depth)
		{
			this.picture = picture;
			this.levels = levels;
			this.depth = depth;
			tiles = new byte[depth + 1][3 * TILE * TILE];
		}

		Block block(final int column, final int row) throws IOException {
			final List<Tile> done = new ArrayList<>();
			draw(depth, column, row, done);
			byte[] half = null;
			if (depth + 1 < levels.size()) {
				half = new byte[3 * TILE * TILE / 4];
				halve(tiles[depth], half, 0, TILE / 2);
			}
			return new Block(done, half);
		}

		private void draw(final int level, final int column, final int row,
			final List<Tile> done) throws IOException
		{
			final byte[] tile = tiles[level];
			if (level == 0) full(column, row, tile);
			else for (int q = 0; q < 4; q++) {
				final int c = 2 * column + q % 2, r = 2 * row + q / 2;
				final int corner = 3 * (q / 2 * TILE / 2 * TILE + q % 2 * TILE / 2);
				if (levels.get(level - 1).has(c, r)) {
					draw(level - 1, c, r, done);
					halve(tiles[level - 1], tile, corner, TILE);
				}
				else for (int y = 0; y < TILE / 2; y++) {
					Arrays.fill(tile, corner + 3 * TILE * y, corner + 3 * TILE * y + 3 *
						TILE / 2, (byte) 255);
				}
			}
			if (levels.get(level).has(column, row)) done.add(new Tile(level, column,
				row, encoder.encode(tile)));
		}

		/** Beyond the picture a tile repeats the last row and column. */
		private void full(final int column, final int row, final byte[] tile) {
			final int x0 = column * TILE, y0 = row * TILE;
			final int w = Math.min(TILE, width - x0), h = Math.min(TILE, height - y0);
			if (w == TILE && h == TILE) {
				picture.read(x0, y0, w, h, tile);
				return;
			}
			picture.read(x0, y0, w, h, clipped);
			for (int y = 0; y < TILE; y++) {
				final int from = 3 * w * Math.min(y, h - 1);
				System.arraycopy(clipped, from, tile, 3 * TILE * y, 3 * w);
				for (int x = w; x < TILE; x++) {
					System.arraycopy(clipped, from + 3 * (w - 1), tile, 3 * (TILE * y +
						x), 3);
				}
			}
		}
	}

	/** Means of 2 x 2 pixels of a tile, rounded. */
	private static void halve(final byte[] tile, final byte[] target,
		final int corner, final int stride)
	{
		for (int y = 0; y < TILE / 2; y++) {
			int from = 3 * TILE * 2 * y, to = corner + 3 * stride * y;
			for (int x = 0; x < TILE / 2; x++) {
				for (int c = 0; c < 3; c++) {
					target[to + c] = (byte) ((tile[from + c] & 0xff) + (tile[from + 3 +
						c] & 0xff) + (tile[from + 3 * TILE + c] & 0xff) + (tile[from + 3 *
							TILE + 3 + c] & 0xff) + 2 >> 2);
				}
				from += 6;
				to += 3;
			}
		}
	}

	/**
	 * Writes the file.
	 *
	 * @param file target, replaced
	 * @param name name of the image inside
	 * @param pyramid whether to write reduced levels
	 * @param picture what to write
	 * @param progress told of finished blocks
	 * @throws IOException if the file cannot be written
	 */
	public void write(final Path file, final String name, final boolean pyramid,
		final TileProvider picture, final Progress progress) throws IOException
	{
		final List<Level> levels = new ArrayList<>();
		levels.add(new Level(width, height));
		while (pyramid) {
			final Level last = levels.get(levels.size() - 1);
			if (Math.max(last.width, last.height) <= TILE) break;
			levels.add(new Level((last.width + 1) / 2, (last.height + 1) / 2));
		}
		final ExecutorService pool = Executors.newFixedThreadPool(threads, r -> {
			final Thread t = new Thread(r, "phantom");
			t.setDaemon(true);
			return t;
		});
		try (TiffOutput out = TiffOutput.create(file, (long) width *
			height > CLASSIC_LIMIT))
		{
			new Run(picture, out, levels).write(pool, progress);
			finish(out, levels, name);
		}
		finally {
			pool.shutdownNow();
		}
	}

	private static Block take(final Future<Block> future) throws IOException {
		try {
			return future.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("stopped on request");
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof IOException) throw (IOException) e.getCause();
			if (e.getCause() instanceof UncheckedIOException) {
				throw ((UncheckedIOException) e.getCause()).getCause();
			}
			throw new IllegalStateException(e.getCause());
		}
	}

	private void finish(final TiffOutput out, final List<Level> levels,
		final String name) throws IOException
	{
		final long[] reduced = new long[levels.size() - 1];
		for (int l = 1; l < levels.size(); l++) {
			reduced[l - 1] = directory(out, levels.get(l), l).write(0);
		}
		final TiffOutput.Directory first = directory(out, levels.get(0), 0).text(
			270, OmeXml.of(name, "uint8", width, height, 3, "", pixelSizeUm));
		if (reduced.length > 0) first.offsets(330, reduced);
		out.finish(first.write(0));
	}

	private TiffOutput.Directory directory(final TiffOutput out,
		final Level level, final int index)
	{
		return out.directory().longs(254, index == 0 ? 0 : 1).longs(256,
			level.width).longs(257, level.height).shorts(258, 8, 8, 8).shorts(259, 7)
			.shorts(262, 6).shorts(277, 3).rational(282, resolution(index), 1000)
			.rational(283, resolution(index), 1000).shorts(284, 1).shorts(296, 3)
			.text(305, "Senoscope").longs(322, TILE).longs(323, TILE).offsets(324,
				level.offsets).longs(325, level.lengths).shorts(339, 1, 1, 1).shorts(
					530, 2, 2);
	}

	/** Pixels a metre times 10, which is a thousandth of pixels a cm. */
	private long resolution(final int level) {
		return Math.round(1e7 / (pixelSizeUm * (1 << level)));
	}
}
