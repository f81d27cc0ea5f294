
package org.senoscope.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TensorFlow behind its own class loader, whatever else is on the class path.
 */
class IsolatedTensorFlowTest {

	@TempDir
	Path folder;

	@Test
	void tinyGraphsRunThroughTheIsolatedLoader() throws Exception {
		final TensorFlowBackend backend = IsolatedTensorFlow.load();
		assertTrue(backend.version().startsWith("2.18"), backend.version());
		assertArrayEquals(new float[] { 19, 22, 43, 50 }, backend.multiply(
			new float[] { 1, 2, 3, 4 }, new float[] { 5, 6, 7, 8 }, 2, 2, 2));
		// A kernel that is not symmetric shows that it is not mirrored: it takes
		// the pixel on the right.
		assertArrayEquals(new float[] { 2, 3, 0, 5, 6, 0 }, backend.convolve(
			new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3, new float[] { 0, 0, 0, 0, 0, 1, 0,
				0, 0 }, 3));
	}

	@Test
	void backendAndItsTensorFlowAreNotThoseOfTheClassPath() throws Exception {
		final TensorFlowBackend backend = IsolatedTensorFlow.load();
		assertSame(backend, IsolatedTensorFlow.load());
		final ClassLoader own = backend.getClass().getClassLoader();
		final ClassLoader ordinary = getClass().getClassLoader();
		for (final String name : List.of("org.tensorflow.TensorFlow",
			"org.bytedeco.javacpp.Loader", "com.google.protobuf.Message"))
		{
			assertSame(own, Class.forName(name, false, own).getClassLoader(), name);
			assertNotSame(own, Class.forName(name, false, ordinary).getClassLoader(),
				name);
		}
		assertSame(TensorFlowBackend.class, Class.forName(TensorFlowBackend.class
			.getName(), false, own));
	}

	/** In a Java of its own, as one process can link the native library once. */
	@Test
	void anotherTensorFlowOnTheClassPathDoesNotMatter() throws Exception {
		final Path old = folder.resolve("old");
		compile(old, "org/tensorflow/TensorFlow.java",
			"package org.tensorflow; public final class TensorFlow { static { if (true) throw new UnsatisfiedLinkError(\"old\"); } public static String version() { return \"1.12.0\"; } }");
		compile(old, "org/tensorflow/Session.java",
			"package org.tensorflow; public final class Session { public Session(String graph) {} }");
		compile(old, "com/google/protobuf/Message.java",
			"package com.google.protobuf; public class Message {}");
		final List<String> command = new ArrayList<>(List.of(Path.of(System
			.getProperty("java.home"), "bin", "java").toString(), "-cp", old +
				File.pathSeparator + System.getProperty("java.class.path"), Probe.class
					.getName()));
		final Path output = folder.resolve("output.txt");
		final Process process = new ProcessBuilder(command).redirectErrorStream(
			true).redirectOutput(output.toFile()).start();
		assertTrue(process.waitFor(120, TimeUnit.SECONDS));
		final String text = Files.readString(output);
		assertEquals(0, process.exitValue(), text);
		assertTrue(text.contains("class path: org.tensorflow.TensorFlow is broken"),
			text);
		assertTrue(text.contains("isolated: 2.18"), text);
		assertTrue(text.contains("product: 6.0"), text);
	}

	/** What the test above runs. */
	static final class Probe {

		public static void main(final String[] args) throws Exception {
			try {
				Class.forName("org.tensorflow.TensorFlow");
			}
			catch (final UnsatisfiedLinkError e) {
				System.out.println("class path: org.tensorflow.TensorFlow is broken: " +
					e.getMessage());
			}
			final TensorFlowBackend backend = IsolatedTensorFlow.load();
			System.out.println("isolated: " + backend.version());
			System.out.println("product: " + backend.multiply(new float[] { 2 },
				new float[] { 3 }, 1, 1, 1)[0]);
		}
	}

	@Test
	void javacppCachePropertyIsLeftAsItWas() throws Exception {
		final String before = System.getProperty("org.bytedeco.javacpp.cachedir");
		IsolatedTensorFlow.load();
		assertEquals(before, System.getProperty("org.bytedeco.javacpp.cachedir"));
	}

	@Test
	void machineWithoutNativesIsToldWhatStillWorks() throws IOException {
		final List<Path> jars = List.of(jar("tensorflow-core-api-1.1.0.jar"), jar(
			"tensorflow-core-native-1.1.0-macosx-arm64.jar"));
		final String message = assertThrows(TensorFlowUnavailableException.class,
			() -> IsolatedTensorFlow.load(jars, "macosx-x86_64")).getMessage();
		assertTrue(message.contains("macosx-x86_64"), message);
		assertTrue(message.contains("everything but neural networks works"),
			message);
	}

	@Test
	void libraryThatDoesNotLoadIsSaidInOneLine() throws IOException {
		// An empty file for each jar: nothing can be loaded from them.
		final List<Path> jars = List.of(jar(
			"tensorflow-core-native-1.1.0-linux-x86_64.jar"));
		final String message = assertThrows(TensorFlowUnavailableException.class,
			() -> IsolatedTensorFlow.load(jars, "linux-x86_64")).getMessage();
		assertTrue(message.contains("does not load"), message);
		assertEquals(1, message.lines().count());
	}

	@Test
	void nativesForGraphicsCardsCountAsNatives() throws IOException {
		final List<Path> jars = List.of(jar(
			"tensorflow-core-native-1.1.0-linux-x86_64-gpu.jar"));
		assertTrue(assertThrows(TensorFlowUnavailableException.class,
			() -> IsolatedTensorFlow.load(jars, "linux-x86_64")).getMessage()
			.contains("does not load"));
	}

	@Test
	void missingJarsAreSaidInOneLine() {
		final Path plugin = folder.resolve("plugins/Senoscope_-1.0.0.jar");
		final String message = assertThrows(TensorFlowUnavailableException.class,
			() -> IsolatedTensorFlow.findJars(null, plugin, "/x/other.jar"))
			.getMessage();
		assertTrue(message.contains("no TensorFlow jars"), message);
		assertTrue(message.contains(plugin.toString()), message);
		assertTrue(message.contains("./build fiji"), message);
		assertEquals(1, message.lines().count());
	}

	@Test
	void aChosenFolderWithoutJarsIsNamedAndNothingElseTried() throws IOException {
		jar("lib/senoscope/tensorflow-core-api-1.1.0.jar");
		final String chosen = folder.resolve("nowhere").toString();
		final String message = assertThrows(TensorFlowUnavailableException.class,
			() -> IsolatedTensorFlow.findJars(chosen, folder.resolve("S_-1.jar"), ""))
			.getMessage();
		assertTrue(message.contains(chosen), message);
		assertTrue(message.contains(IsolatedTensorFlow.LIBRARY_PROPERTY), message);
	}

	@Test
	void jarsAreFoundInEachInstalledLayout() throws Exception {
		final Path jar = jar("lib/senoscope/tensorflow-core-api-1.1.0.jar");
		jar("lib/senoscope/unrelated-1.0.jar");
		// beside the plugin jar; Fiji's and ImageJ's plugins/; a folder in plugins/
		for (final String plugin : List.of("Senoscope_-1.jar",
			"plugins/Senoscope_-1.jar", "plugins/Senoscope/Senoscope_-1.jar"))
			assertEquals(List.of(jar), IsolatedTensorFlow.findJars(null, folder
				.resolve(plugin), "/x/tensorflow-core-api-0.1.jar"), plugin);
	}

	private Path jar(final String name) throws IOException {
		final Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, "");
	}

	private static void compile(final Path root, final String name,
		final String code) throws IOException
	{
		final Path source = root.resolve(name);
		Files.createDirectories(source.getParent());
		Files.writeString(source, code, StandardCharsets.UTF_8);
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(InputStream
			.nullInputStream(), null, null, "-proc:none", "-cp", root.toString(),
			source.toString()));
	}
}
