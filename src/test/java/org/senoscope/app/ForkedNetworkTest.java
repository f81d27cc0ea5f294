
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;

/**
 * Whole runs in a Java of their own, because a process links TensorFlow once:
 * beside the old TensorFlow that Fiji's StarDist and CSBDeep bring, and without
 * any.
 */
class ForkedNetworkTest {

	private static final Path OLD = Path.of(
		"target/old-tensorflow/libtensorflow-1.15.0.jar");

	@TempDir
	Path folder;

	@BeforeEach
	void writeModel() {
		BlobNetwork.write(folder.resolve("models/nuclei-fluorescence"), 1, Map
			.of());
	}

	@Test
	void networkRunsBesideAnOldTensorFlow() throws Exception {
		assumeTrue(Files.exists(OLD), "fetched by Maven");
		final String text = fork(OLD + File.pathSeparator + classPath(false),
			tensorFlow(), "star-convex");
		assertTrue(text.contains("parent: libtensorflow-1.15.0.jar"), text);
		assertTrue(text.contains("method: star-convex, cells: 64"), text);
	}

	@Test
	void withoutTensorFlowAutoFallsBackAndSaysSo() throws Exception {
		final String text = fork(classPath(false), Files.createDirectories(folder
			.resolve("empty")), "auto");
		assertTrue(text.contains("method: classical, cells: 64"), text);
		assertTrue(text.contains("warning: Nuclei were found by the classical"),
			text);
		assertTrue(text.contains("no TensorFlow jars"), text);
	}

	@Test
	void withoutTensorFlowStarConvexIsRefused() throws Exception {
		final String text = fork(classPath(false), Files.createDirectories(folder
			.resolve("empty")), "star-convex");
		assertTrue(text.contains(
			"refused INPUT: blobs.tif: nuclei cannot be found"), text);
	}

	private String fork(final String classPath, final Path tensorFlow,
		final String method) throws Exception
	{
		final Path output = folder.resolve("output.txt");
		final Process process = new ProcessBuilder(Path.of(System.getProperty(
			"java.home"), "bin", "java").toString(), "-Xmx1g",
			"-Djava.awt.headless=true", "-Dsenoscope.tensorflow.lib=" + tensorFlow,
			"-Dsenoscope.models=" + folder.resolve("models"), "-cp", classPath,
			Probe.class.getName(), method, folder.resolve("out").toString())
			.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertTrue(process.waitFor(180, TimeUnit.SECONDS));
		final String text = Files.readString(output);
		assertEquals(0, process.exitValue(), text);
		return text;
	}

	private static boolean isTensorFlow(final String jar) {
		return Path.of(jar).getFileName().toString().matches(
			"(tensorflow-|ndarray-|javacpp-|protobuf-java-).*\\.jar");
	}

	private static String classPath(final boolean tensorFlow) {
		return Arrays.stream(System.getProperty("java.class.path").split(
			File.pathSeparator)).filter(j -> isTensorFlow(j) == tensorFlow).collect(
				Collectors.joining(File.pathSeparator));
	}

	/** A folder with our TensorFlow, as ./build installs it. */
	private Path tensorFlow() throws Exception {
		final Path lib = Files.createDirectories(folder.resolve("lib"));
		for (final String jar : classPath(true).split(File.pathSeparator))
			Files.createSymbolicLink(lib.resolve(Path.of(jar).getFileName()), Path.of(
				jar));
		return lib;
	}

	/** What the tests run. */
	static final class Probe {

		public static void main(final String[] arguments) throws Exception {
			try {
				final String where = Class.forName("org.tensorflow.TensorFlow", false,
					Probe.class.getClassLoader()).getProtectionDomain().getCodeSource()
					.getLocation().getPath();
				System.out.println("parent: " + where.substring(where.lastIndexOf('/') +
					1));
			}
			catch (final ClassNotFoundException none) {
				System.out.println("parent: none");
			}
			try {
				final SlideOutcome outcome = SlideJob.run(new SlideRequest(null,
					BlobNetwork.source(), ProtocolOverrides.apply(BuiltInProtocols.load(
						"nuclei-fluorescence"), Map.of("method", arguments[0])),
					RunOptions.DEFAULTS, Path.of(arguments[1]), "blobs", new ArrayList<>(
						List.of())), Progress.SILENT, new Cancellation());
				final String run = Files.readString(outcome.folder().resolve(
					"run.json"));
				System.out.println("method: " + run.replaceAll(
					"(?s).*\"nuclei\" : \\{\\s*\"method\" : \"([a-z-]+)\".*", "$1") +
					", cells: " + outcome.summary().cells());
				outcome.summary().warnings().forEach(w -> System.out.println(
					"warning: " + w));
			}
			catch (final UserException refused) {
				System.out.println("refused " + refused.kind() + ": " + refused
					.getMessage());
			}
		}
	}
}
