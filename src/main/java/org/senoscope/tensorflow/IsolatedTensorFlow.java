
package org.senoscope.tensorflow;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Loads TensorFlow in a class loader of its own. Fiji's StarDist and CSBDeep
 * bring TensorFlow 1 under the same package names, and two versions on one
 * class path break each other; here ours never meets theirs.
 * <p>
 * The jars are looked for in the folder that the system property
 * {@code senoscope.tensorflow.lib} names, else in {@code lib/senoscope} beside
 * the plugin jar or one or two folders above it (the installed command line,
 * Fiji, plain ImageJ), else on the ordinary class path (development). The
 * native libraries (650 MB) are unpacked once into {@link CacheFolder}, unless
 * {@code org.bytedeco.javacpp.cachedir} names another folder.
 */
public final class IsolatedTensorFlow {

	/** System property that names the folder with TensorFlow's jars. */
	public static final String LIBRARY_PROPERTY = "senoscope.tensorflow.lib";

	private static final String BACKEND =
		"org.senoscope.tensorflow.backend.GraphBackend";
	private static final String JAVACPP_CACHE_PROPERTY =
		"org.bytedeco.javacpp.cachedir";
	private static final Pattern JAR_NAME = Pattern.compile(
		"(tensorflow-|ndarray-|javacpp-|protobuf-java-).*\\.jar");
	private static final int LONGEST_CAUSE = 200;

	private static TensorFlowBackend loaded;
	private static TensorFlowUnavailableException failure;

	private IsolatedTensorFlow() {}

	/**
	 * Returns TensorFlow, loading it at the first call (about a second; the first
	 * time on a machine longer, for unpacking). A failure is final for this Java
	 * process and the same at every call.
	 *
	 * @return the backend, the same at every call
	 * @throws TensorFlowUnavailableException if the jars are missing or the
	 *           native library does not load, with one line that says why
	 */
	public static synchronized TensorFlowBackend load()
		throws TensorFlowUnavailableException
	{
		if (failure != null) throw failure;
		if (loaded == null) {
			try {
				loaded = load(findJars(System.getProperty(LIBRARY_PROPERTY), ownHome(),
					System.getProperty("java.class.path")), platform());
			}
			catch (final TensorFlowUnavailableException e) {
				failure = e;
				throw e;
			}
		}
		return loaded;
	}

	static TensorFlowBackend load(final List<Path> jars, final String platform)
		throws TensorFlowUnavailableException
	{
		if (jars.stream().noneMatch(j -> isNativeJarFor(platform, j))) {
			throw new TensorFlowUnavailableException(
				"TensorFlow has no native library for this machine (" + platform +
					"): everything but neural networks works", null);
		}
		final String cacheBefore = System.getProperty(JAVACPP_CACHE_PROPERTY);
		try {
			final List<URL> urls = new ArrayList<>();
			for (final Path jar : jars)
				urls.add(jar.toUri().toURL());
			urls.add(ownHome().toUri().toURL());
			// Held by the backend's classes for the life of the process, never
			// closed.
			final ClassLoader loader = new ChildFirstClassLoader(urls.toArray(
				URL[]::new), IsolatedTensorFlow.class.getClassLoader());
			if (cacheBefore == null) System.setProperty(JAVACPP_CACHE_PROPERTY, Files
				.createDirectories(CacheFolder.path().resolve("natives")).toString());
			final TensorFlowBackend backend = (TensorFlowBackend) loader.loadClass(
				BACKEND).getConstructor().newInstance();
			backend.version(); // JavaCPP has unpacked and linked all after this
			return backend;
		}
		// An UnsatisfiedLinkError is no Exception, and it is what is to be
		// expected.
		catch (final Throwable t) {
			throw new TensorFlowUnavailableException(
				"TensorFlow does not load on this machine (" + platform + "): " +
					oneLine(t), t);
		}
		finally {
			// Another plugin's JavaCPP must not find our folder.
			if (cacheBefore == null) System.clearProperty(JAVACPP_CACHE_PROPERTY);
		}
	}

	/**
	 * Finds TensorFlow's jars.
	 *
	 * @param chosenFolder value of the system property, or null
	 * @param ownHome jar or folder that holds our own classes
	 * @param classPath the ordinary class path
	 */
	static List<Path> findJars(final String chosenFolder, final Path ownHome,
		final String classPath) throws TensorFlowUnavailableException
	{
		if (chosenFolder != null) {
			final List<Path> jars = jarsIn(Path.of(chosenFolder));
			if (!jars.isEmpty()) return jars;
			throw new TensorFlowUnavailableException(
				"there are no TensorFlow jars in " + chosenFolder +
					" (system property " + LIBRARY_PROPERTY +
					"): everything but neural networks works; run ./build install again",
				null);
		}
		Path folder = ownHome.getParent();
		for (int up = 0; up < 3 && folder != null; up++) {
			final List<Path> jars = jarsIn(folder.resolve("lib").resolve(
				"senoscope"));
			if (!jars.isEmpty()) return jars;
			folder = folder.getParent();
		}
		final List<Path> jars = Stream.of(classPath.split(Pattern.quote(
			File.pathSeparator))).filter(Predicate.not(String::isEmpty)).map(Path::of)
			.filter(IsolatedTensorFlow::isTensorFlowJar).toList();
		if (!jars.isEmpty()) return jars;
		throw new TensorFlowUnavailableException(
			"there are no TensorFlow jars in lib/senoscope near " + ownHome +
				": everything but neural networks works; run ./build install, or ./build fiji FOLDER, again",
			null);
	}

	private static List<Path> jarsIn(final Path folder) {
		if (!Files.isDirectory(folder)) return List.of();
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(IsolatedTensorFlow::isTensorFlowJar).sorted()
				.toList();
		}
		catch (final IOException unreadable) {
			return List.of();
		}
	}

	private static boolean isTensorFlowJar(final Path file) {
		return JAR_NAME.matcher(file.getFileName().toString()).matches();
	}

	private static boolean isNativeJarFor(final String platform, final Path jar) {
		final String name = jar.getFileName().toString();
		return name.startsWith("tensorflow-core-native-") && (name.endsWith("-" +
			platform + ".jar") || name.endsWith("-" + platform + "-gpu.jar"));
	}

	/** This machine in the words of TensorFlow's jar names ("linux-x86_64"). */
	private static String platform() {
		final String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		final String arch = System.getProperty("os.arch");
		final String family = os.startsWith("mac") ? "macosx" : os.startsWith(
			"windows") ? "windows" : "linux";
		return family + "-" + switch (arch) {
			case "amd64", "x86_64" -> "x86_64";
			case "aarch64" -> "arm64";
			default -> arch;
		};
	}

	private static Path ownHome() {
		final URL location = IsolatedTensorFlow.class.getProtectionDomain()
			.getCodeSource().getLocation();
		try {
			return Path.of(location.toURI());
		}
		catch (final URISyntaxException unescaped) {
			// Some class loaders hand out blanks as they are.
			return new File(location.getPath()).toPath();
		}
	}

	/** The innermost cause that has something to say, in one line. */
	private static String oneLine(final Throwable thrown) {
		Throwable cause = thrown;
		while (cause.getCause() != null && cause.getCause() != cause)
			cause = cause.getCause();
		final String message = cause.getMessage() == null ? "" : cause.getMessage()
			.lines().findFirst().orElse("");
		final String line = cause.getClass().getSimpleName() + ": " + message;
		return line.length() <= LONGEST_CAUSE ? line : line.substring(0,
			LONGEST_CAUSE) + "...";
	}
}
