
package org.senoscope.app;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.senoscope.io.table.TableFile;
import org.senoscope.tensorflow.CacheFolder;
import org.senoscope.tensorflow.IsolatedTensorFlow;
import org.senoscope.tensorflow.TensorFlowBackend;

/**
 * Tries out everything that an installation needs: what
 * {@code senoscope doctor} and {@code Check Senoscope Installation} show. No
 * check throws; what fails says why in its detail.
 */
public final class Doctor {

	private static final double GIB = 1024.0 * 1024 * 1024;
	private static final int OLDEST_JAVA = 17;
	private static final double LEAST_HEAP_GIB = 0.9;

	private Doctor() {}

	/**
	 * What one check found.
	 *
	 * @param name what was checked ("TensorFlow")
	 * @param ok whether it works; a machine without a display is fine, so that is
	 *          told in the detail only
	 * @param detail version or figure if it works, else the reason and what to
	 *          do; one line
	 */
	public record Check(String name, boolean ok, String detail) {
	}

	/**
	 * Runs all checks, one after the other. The first run on a machine unpacks
	 * TensorFlow, which takes some seconds.
	 */
	public static List<Check> run() {
		return List.of(java(), memory(), cacheFolder(CacheFolder.path()), check(
			"Bio-Formats", Doctor::bioFormats), check("TensorFlow",
				Doctor::tensorFlow), check("DuckDB (Parquet)",
					TableFile::duckDbVersion), display());
	}

	private static Check java() {
		return new Check("Java", Runtime.version().feature() >= OLDEST_JAVA, System
			.getProperty("java.version") + ", " + System.getProperty("java.vendor") +
			", " + System.getProperty("os.name") + " " + System.getProperty(
				"os.arch") + (Runtime.version().feature() >= OLDEST_JAVA ? ""
					: ": install Java " + OLDEST_JAVA + " or newer"));
	}

	private static Check memory() {
		final double heapGib = Runtime.getRuntime().maxMemory() / GIB;
		final boolean ok = heapGib >= LEAST_HEAP_GIB;
		return new Check("Memory", ok, String.format(Locale.ROOT,
			"%.1f GB for Java, %d processors%s", heapGib, Runtime.getRuntime()
				.availableProcessors(), ok ? ""
					: ": give it 1 GB or more (SENOSCOPE_OPTS=-Xmx2g, in Fiji Edit > Options > Memory & Threads)"));
	}

	static Check cacheFolder(final Path folder) {
		final String name = "Cache folder";
		try {
			Files.createDirectories(folder);
			Files.delete(Files.createTempFile(folder, "doctor", null));
			return new Check(name, true, String.format(Locale.ROOT,
				"%s, %.0f GB free", folder, Files.getFileStore(folder)
					.getUsableSpace() / GIB));
		}
		catch (final IOException e) {
			return new Check(name, false, folder +
				" cannot be written to: set SENOSCOPE_HOME to a folder that can");
		}
	}

	/** Any throwable is a finding: missing libraries end in Errors. */
	private static Check check(final String name, final Callable<String> work) {
		try {
			return new Check(name, true, work.call());
		}
		catch (final Throwable t) {
			return new Check(name, false, t.getMessage() == null ? t.getClass()
				.getSimpleName() : t.getMessage().lines().findFirst().orElse(""));
		}
	}

	/**
	 * By name, because a Fiji without Bio-Formats must hear about it, and because
	 * the compiler would copy the version of the day into our jar.
	 */
	private static String bioFormats() throws ReflectiveOperationException {
		try {
			final Object version = Class.forName("loci.formats.FormatTools").getField(
				"VERSION").get(null);
			final Object reader = Class.forName("loci.formats.ImageReader")
				.getConstructor().newInstance();
			final Object[] readers = (Object[]) reader.getClass().getMethod(
				"getReaders").invoke(reader);
			return version + ", " + readers.length + " readers";
		}
		catch (final ClassNotFoundException | NoClassDefFoundError e) {
			throw new ClassNotFoundException(
				"not found: in Fiji, enable it by Help > Update...; else run ./build install again",
				e);
		}
	}

	private static String tensorFlow() throws Exception {
		final TensorFlowBackend backend = IsolatedTensorFlow.load();
		final float[] product = backend.multiply(new float[] { 1, 2, 3, 4 },
			new float[] { 5, 6, 7, 8 }, 2, 2, 2);
		final float[] ones = new float[9];
		Arrays.fill(ones, 1);
		final float[] sums = backend.convolve(new float[] { 1, 2, 3, 4, 5, 6, 7, 8,
			9 }, 3, 3, ones, 3);
		if (!Arrays.equals(product, new float[] { 19, 22, 43, 50 }) || !Arrays
			.equals(sums, new float[] { 12, 21, 16, 27, 45, 33, 24, 39, 28 }))
		{
			throw new IllegalStateException(backend.version() +
				" loads but computes wrongly: " + Arrays.toString(product) + " " +
				Arrays.toString(sums));
		}
		return backend.version() + ", computes";
	}

	private static Check display() {
		return new Check("Display", true, GraphicsEnvironment.isHeadless()
			? "none: command line and macros only" : "yes");
	}
}
