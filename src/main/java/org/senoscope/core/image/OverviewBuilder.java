
package org.senoscope.core.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * Builds the small picture of a whole slide: from the coarsest pyramid level
 * that is fine enough, by averaging areas. Where there is no pyramid the full
 * resolution is read piece by piece; the picture is never held.
 */
public final class OverviewBuilder {

	/** Longest side that reports, overlays and tissue masks ask for. */
	public static final int LONGEST_SIDE_PX = 2000;

	/** Side of the pieces that are read, in pixels of the level. */
	private static final int PIECE_PX = 1024;

	private final PixelSource source;
	private final Display display;
	private final int level;
	private final PyramidLevel from;
	private final int width;
	private final int height;
	private final byte[] rgb;

	private OverviewBuilder(final PixelSource source, final int longestSide) {
		this.source = source;
		display = Display.of(source);
		final ImageInfo info = source.info();
		final double scale = Math.max(1, (double) Math.max(info.width(), info
			.height()) / longestSide);
		width = Math.max(1, (int) Math.round(info.width() / scale));
		height = Math.max(1, (int) Math.round(info.height() / scale));
		int coarsest = 0;
		for (int l = 1; l < info.levels().size(); l++) {
			final PyramidLevel candidate = info.levels().get(l);
			if (candidate.width() >= width && candidate.height() >= height) coarsest =
				l;
		}
		level = coarsest;
		from = info.levels().get(level);
		rgb = new byte[3 * width * height];
	}

	/**
	 * Builds an overview. A piece that the file fails to give stays white (black
	 * on fluorescence), and {@code progress} is warned.
	 *
	 * @param source the picture
	 * @param longestSide longest side of the overview in pixels, about
	 * @param threads threads that read
	 * @param progress told of the pieces done and of failed ones
	 * @param cancellation checked between pieces
	 * @return the overview, all of it analysed
	 * @throws UserException if no piece at all could be read
	 * @throws java.util.concurrent.CancellationException if cancelled
	 */
	public static Overview build(final PixelSource source, final int longestSide,
		final int threads, final Progress progress, final Cancellation cancellation)
	{
		return new OverviewBuilder(source, longestSide).run(threads, progress,
			cancellation);
	}

	private Overview run(final int threads, final Progress progress,
		final Cancellation cancellation)
	{
		final List<Region> pieces = pieces();
		final AtomicInteger next = new AtomicInteger(), done = new AtomicInteger(),
				failed = new AtomicInteger();
		final AtomicReference<UserException> failure = new AtomicReference<>();
		final Runnable worker = () -> {
			for (int i = next.getAndIncrement(); i < pieces.size(); i = next
				.getAndIncrement())
			{
				cancellation.check();
				try {
					fill(pieces.get(i));
				}
				catch (final UserException exc) {
					failure.compareAndSet(null, exc);
					failed.incrementAndGet();
					blank(pieces.get(i));
					progress.warn(exc.getMessage());
				}
				progress.update(done.incrementAndGet(), pieces.size());
			}
		};
		runAll(worker, Math.max(1, Math.min(threads, pieces.size())));
		if (failed.get() == pieces.size()) throw failure.get();
		final boolean[] analysed = new boolean[width * height];
		Arrays.fill(analysed, true);
		final ImageInfo info = source.info();
		return new Overview(width, height, ((double) info.width() / width +
			(double) info.height() / height) / 2, rgb, analysed);
	}

	private static void runAll(final Runnable worker, final int threads) {
		final ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
			final Thread thread = new Thread(task, "overview");
			thread.setDaemon(true);
			return thread;
		});
		try {
			final List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++)
				futures.add(pool.submit(worker));
			for (final Future<?> future : futures)
				future.get();
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new java.util.concurrent.CancellationException("interrupted");
		}
		catch (final ExecutionException exc) {
			if (exc.getCause() instanceof RuntimeException cause) throw cause;
			if (exc.getCause() instanceof Error cause) throw cause;
			throw new IllegalStateException(exc.getCause());
		}
		finally {
			pool.shutdownNow();
		}
	}

	/** Cuts the overview so that a piece covers about one tile of the level. */
	private List<Region> pieces() {
		final int w = Math.max(1, (int) ((long) PIECE_PX * width / from.width()));
		final int h = Math.max(1, (int) ((long) PIECE_PX * height / from.height()));
		final List<Region> pieces = new ArrayList<>();
		for (int y = 0; y < height; y += h) {
			for (int x = 0; x < width; x += w) {
				pieces.add(new Region(x, y, Math.min(w, width - x), Math.min(h, height -
					y)));
			}
		}
		return pieces;
	}

	/** First column of the level that falls into a column of the overview. */
	private int column(final int x) {
		return (int) ((long) x * from.width() / width);
	}

	private int row(final int y) {
		return (int) ((long) y * from.height() / height);
	}

	private void fill(final Region piece) {
		final int x0 = column(piece.x()), y0 = row(piece.y());
		final Region region = new Region(x0, y0, column(piece.right()) - x0, row(
			piece.bottom()) - y0);
		final byte[] fine = display.rgb(level, region);
		for (int y = piece.y(); y < piece.bottom(); y++) {
			for (int x = piece.x(); x < piece.right(); x++) {
				average(fine, region, x, y);
			}
		}
	}

	private void average(final byte[] fine, final Region region, final int x,
		final int y)
	{
		final int left = column(x) - region.x(), right = column(x + 1) - region.x();
		final int top = row(y) - region.y(), bottom = row(y + 1) - region.y();
		long red = 0, green = 0, blue = 0;
		for (int j = top; j < bottom; j++) {
			for (int i = left, k = 3 * (j * region.width() +
				left); i < right; i++, k += 3)
			{
				red += fine[k] & 255;
				green += fine[k + 1] & 255;
				blue += fine[k + 2] & 255;
			}
		}
		final long count = (long) (right - left) * (bottom - top), half = count / 2;
		final int o = 3 * (y * width + x);
		rgb[o] = (byte) ((red + half) / count);
		rgb[o + 1] = (byte) ((green + half) / count);
		rgb[o + 2] = (byte) ((blue + half) / count);
	}

	private void blank(final Region piece) {
		final byte value = source.info().rgb() ? (byte) 255 : 0;
		for (int y = piece.y(); y < piece.bottom(); y++) {
			Arrays.fill(rgb, 3 * (y * width + piece.x()), 3 * (y * width + piece
				.right()), value);
		}
	}
}
