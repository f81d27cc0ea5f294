
package org.senoscope.io.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.senoscope.core.UserException;

/**
 * A model as it lies on disk: a folder with a card ({@code model.json}) and
 * whatever its network needs. A model that came as a zip lies in a temporary
 * folder until it is closed.
 *
 * @param given the folder or zip that was asked for, as messages name it
 * @param folder the folder with the files
 * @param config {@code config.json} as StarDist writes it; a missing node if
 *          there is none
 * @param thresholds {@code thresholds.json} as StarDist writes it; a missing
 *          node if there is none
 * @param card {@code model.json}; a missing node if there is none
 * @param temporary folder to delete when closed, null if nothing is
 */
public record ModelFolder(Path given, Path folder, JsonNode config,
		JsonNode thresholds, JsonNode card, Path temporary)
		implements
			AutoCloseable {

	/** The network: TensorFlow's own name. */
	public static final String SAVED_MODEL = "saved_model.pb";

	/** What the model is, how it was trained and how good it is. */
	public static final String CARD = "model.json";

	private static final ObjectMapper JSON = new ObjectMapper();

	static ModelFolder read(final Path given, final Path folder,
		final Path beside, final Path temporary)
	{
		return new ModelFolder(given, folder, json(given, folder, beside,
			"config.json"), json(given, folder, beside, "thresholds.json"), json(
				given, folder, beside, CARD), temporary);
	}

	/** The file in the folder, else in the one it was packed in. */
	private static JsonNode json(final Path given, final Path folder,
		final Path beside, final String name)
	{
		final Path inside = folder.resolve(name), outside = beside.resolve(name);
		final Path file = Files.isRegularFile(inside) ? inside : outside;
		if (!Files.isRegularFile(file)) return MissingNode.getInstance();
		try {
			final JsonNode node = JSON.readTree(file.toFile());
			if (node.isObject()) return node;
		}
		catch (final JsonProcessingException broken) {
			throw new UserException(UserException.Kind.INPUT, given + ": its " +
				name + " is no JSON (" + broken.getOriginalMessage() +
				"); export or download the model again", broken);
		}
		catch (final IOException unreadable) {
			throw new UserException(UserException.Kind.INPUT, given + ": its " +
				name + " cannot be read (" + unreadable.getMessage() + ")", unreadable);
		}
		throw new UserException(given + ": its " + name +
			" holds no keys; export or download the model again");
	}

	/** Returns the name of the model: that of its card, else of its file. */
	public String name() {
		final String file = given.toAbsolutePath().normalize().getFileName()
			.toString();
		return card.path("name").asText(file.replaceFirst("(?i)\\.zip$", ""));
	}

	/** Returns whether the folder holds a TensorFlow SavedModel. */
	public boolean hasSavedModel() {
		return Files.isRegularFile(folder.resolve(SAVED_MODEL));
	}

	/**
	 * Returns the SHA-256 of the zip; of a folder that of all its files, with
	 * their names, one after the other.
	 */
	public String fingerprint() {
		final MessageDigest digest = digest();
		if (Files.isRegularFile(given)) feed(digest, given);
		else for (final Path file : files()) {
			digest.update(folder.relativize(file).toString().replace('\\', '/')
				.getBytes(StandardCharsets.UTF_8));
			feed(digest, file);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/**
	 * Compares the files with the SHA-256 that the card gives.
	 *
	 * @throws UserException if one is missing or differs
	 */
	public void checkFiles() {
		card.path("sha256").fields().forEachRemaining(entry -> {
			final Path file = folder.resolve(entry.getKey());
			final MessageDigest digest = digest();
			if (Files.isRegularFile(file)) feed(digest, file);
			if (!HexFormat.of().formatHex(digest.digest()).equalsIgnoreCase(entry
				.getValue().asText())) throw new UserException(given + ": its " + entry
					.getKey() +
					" is not the one that its model.json describes (SHA-256 differs); export or download the model again");
		});
	}

	private List<Path> files() {
		try (Stream<Path> all = Files.walk(folder)) {
			return all.filter(Files::isRegularFile).sorted().toList();
		}
		catch (final IOException unreadable) {
			throw unreadable(unreadable);
		}
	}

	private void feed(final MessageDigest digest, final Path file) {
		try (InputStream in = new DigestInputStream(Files.newInputStream(file),
			digest))
		{
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (final IOException unreadable) {
			throw unreadable(unreadable);
		}
	}

	private UserException unreadable(final IOException cause) {
		return new UserException(UserException.Kind.INPUT, given +
			": it cannot be read (" + cause.getMessage() + ")", cause);
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible); // every Java has it
		}
	}

	/** Deletes what was unpacked. */
	@Override
	public void close() {
		if (temporary != null) ModelFolders.delete(temporary);
	}
}
