
package org.senoscope.io.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

	/** Returns the SHA-256 of a file of the model, in hexadecimal. */
	public String sha256(final String file) {
		try (DigestInputStream in = new DigestInputStream(Files.newInputStream(
			folder.resolve(file)), MessageDigest.getInstance("SHA-256")))
		{
			in.transferTo(java.io.OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(in.getMessageDigest().digest());
		}
		catch (final IOException | NoSuchAlgorithmException unreadable) {
			throw new UserException(UserException.Kind.INPUT, given + ": its " +
				file + " cannot be read (" + unreadable.getMessage() + ")", unreadable);
		}
	}

	/** Deletes what was unpacked. */
	@Override
	public void close() {
		if (temporary != null) ModelFolders.delete(temporary);
	}
}
