
package org.senoscope.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

import org.senoscope.core.UserException;
import org.senoscope.io.model.SafeTensors;
import org.senoscope.io.output.OutputErrors;
import org.senoscope.io.output.StagedFolder;
import org.senoscope.tensorflow.IsolatedTensorFlow;
import org.senoscope.tensorflow.StarConvexNetwork;
import org.senoscope.tensorflow.TensorFlowUnavailableException;

/**
 * Writes the folder of a nucleus model: SavedModel, {@code config.json} and
 * {@code thresholds.json} as StarDist has them, and the model card
 * {@code model.json} with the SHA-256 of every other file.
 */
public final class StarConvexModelFolder {

	/** What a card must say; the rest is for the reader. */
	private static final List<String> REQUIRED = List.of("format", "name", "task",
		"kinds", "channels", "nucleus_diameter_px", "normalisation", "thresholds",
		"training", "licence");

	private static final ObjectMapper JSON = new ObjectMapper();
	private static final ObjectWriter WRITER = JSON.writer(
		new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ",
			"\n")));

	private StarConvexModelFolder() {}

	/**
	 * {@code ./build export-model WEIGHTS CARD OUT}.
	 *
	 * @param arguments a safetensors file with the weights, a JSON file with the
	 *          model card, and the folder to write, which must not exist
	 */
	public static void main(final String[] arguments) {
		if (arguments.length != 3) {
			System.err.println(
				"give the weights (.safetensors), the model card (.json) and the folder to write");
			System.exit(2);
		}
		try {
			final Path file = Path.of(arguments[0]);
			final Map<String, SafeTensors.Array> arrays = SafeTensors.read(file)
				.arrays();
			final Map<String, float[]> weights = new LinkedHashMap<>();
			arrays.forEach((name, array) -> weights.put(name, array.values()));
			write(networkOf(file, arrays), weights, readCard(Path.of(arguments[1])),
				Path.of(arguments[2]));
			System.out.println(Path.of(arguments[2]).toAbsolutePath());
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	/** Reads the shape of the network off the shapes of the weights. */
	private static StarConvexNetwork networkOf(final Path weights,
		final Map<String, SafeTensors.Array> arrays)
	{
		final int[] numbers = new int[4];
		final List<String> tell = List.of("stem/kernel", "enc0a/kernel",
			"head/kernel", "dist/kernel");
		for (int i = 0; i < numbers.length; i++) {
			final SafeTensors.Array array = arrays.get(tell.get(i));
			if (array == null || array.shape().length != 4) throw new UserException(
				weights + ": has no kernel " + tell.get(i) + ", so it is no " +
					StarConvexNetwork.ARCHITECTURE);
			numbers[i] = (int) array.shape()[i == 0 ? 2 : 3];
		}
		return new StarConvexNetwork(numbers[0], numbers[1], numbers[2],
			numbers[3]);
	}

	/**
	 * Reads a model card.
	 *
	 * @throws UserException if it is no JSON object
	 */
	public static Map<String, Object> readCard(final Path file) {
		try {
			return JSON.readValue(file.toFile(), new TypeReference<>() {});
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": cannot be read as a model card (" + e.getMessage().lines()
					.findFirst().orElse("") + "); give a JSON object", e);
		}
	}

	/**
	 * Writes the folder; it appears complete or not at all.
	 *
	 * @param network shape of the network
	 * @param weights its weights by name
	 * @param card the model card; {@code architecture} and {@code sha256} are
	 *          filled in
	 * @param out the folder, which must not exist
	 * @throws UserException if weights or card are not as they should be, the
	 *           folder exists or cannot be written, or there is no TensorFlow
	 */
	public static void write(final StarConvexNetwork network,
		final Map<String, float[]> weights, final Map<String, Object> card,
		final Path out)
	{
		final List<String> missing = REQUIRED.stream().filter(key -> !card
			.containsKey(key)).toList();
		if (!missing.isEmpty()) throw new UserException("the model card lacks " +
			String.join(", ", missing));
		if (!(card.get("channels") instanceof final Number channels) || channels
			.intValue() != network.channels()) throw new UserException(
				"the model card says " + card.get("channels") +
					" channels, the weights " + network.channels());
		final Path folder = out.toAbsolutePath().normalize();
		if (Files.exists(folder)) throw new UserException(out +
			" exists already: give a folder that does not, or delete it");
		try (StagedFolder staged = StagedFolder.open(folder.getParent(), folder
			.getFileName().toString()))
		{
			final Path files = staged.file("");
			IsolatedTensorFlow.load().save(network, weights, files);
			WRITER.writeValue(files.resolve("config.json").toFile(), config(network));
			WRITER.writeValue(files.resolve("thresholds.json").toFile(), card.get(
				"thresholds"));
			final Map<String, Object> complete = new LinkedHashMap<>(card);
			complete.put("architecture", StarConvexNetwork.ARCHITECTURE);
			complete.put("sha256", hashes(files));
			WRITER.writeValue(files.resolve("model.json").toFile(), complete);
			staged.commit();
		}
		catch (final TensorFlowUnavailableException | IllegalArgumentException e) {
			throw new UserException(UserException.Kind.INPUT, e.getMessage(), e);
		}
		catch (final IOException e) {
			throw OutputErrors.of(out, e);
		}
	}

	private static Map<String, Object> config(final StarConvexNetwork network) {
		final Map<String, Object> config = new LinkedHashMap<>();
		config.put("architecture", StarConvexNetwork.ARCHITECTURE);
		config.put("base_filters", network.baseFilters());
		config.put("head_filters", network.headFilters());
		config.put("n_dim", 2);
		config.put("axes", "YXC");
		config.put("n_channel_in", network.channels());
		config.put("n_channel_out", 1 + network.rays());
		config.put("n_rays", network.rays());
		config.put("grid", List.of(StarConvexNetwork.GRID, StarConvexNetwork.GRID));
		return config;
	}

	private static Map<String, String> hashes(final Path folder)
		throws IOException
	{
		final Map<String, String> hashes = new LinkedHashMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(Files::isRegularFile).sorted()
				.toList())
			{
				final MessageDigest digest = MessageDigest.getInstance("SHA-256");
				try (InputStream in = new DigestInputStream(Files.newInputStream(file),
					digest))
				{
					in.transferTo(OutputStream.nullOutputStream());
				}
				hashes.put(folder.relativize(file).toString().replace('\\', '/'),
					HexFormat.of().formatHex(digest.digest()));
			}
			return hashes;
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}
}
