
package org.senoscope.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.nuclei.starconvex.RadialNetwork;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.io.model.ModelFolder;
import org.senoscope.io.model.ModelFolders;
import org.senoscope.tensorflow.IsolatedTensorFlow;
import org.senoscope.tensorflow.SavedNetwork;
import org.senoscope.tensorflow.TensorFlowUnavailableException;

/**
 * The networks of this installation and those of users. A network is read once
 * for the life of the program and shared by all runs.
 */
public final class NucleusModels implements NucleusNetworks {

	/** The shipped models, the first that knows a kind of image is taken. */
	private static final List<String> SHIPPED = List.of("nuclei-fluorescence",
		"nuclei-hdab", "nuclei-brightfield");

	private static final Map<String, RadialNetwork> OPENED = new HashMap<>();

	private final int threads;

	/** @param threads threads that a network may use, 1 or more */
	public NucleusModels(final int threads) {
		this.threads = threads;
	}

	/** Returns networks that may use all processors. */
	public static NucleusModels shared() {
		return new NucleusModels(Runtime.getRuntime().availableProcessors());
	}

	static String id(final ImageKind kind) {
		return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public RadialNetwork shipped(final ImageKind kind)
		throws NetworksUnavailableException
	{
		for (final String name : SHIPPED) {
			final Optional<Path> folder = ModelFolders.shipped(name);
			if (folder.isEmpty()) continue;
			try (ModelFolder model = ModelFolders.open(folder.get())) {
				for (final var word : model.card().path("kinds"))
					if (id(kind).equals(word.asText())) return network(model);
			}
		}
		return null;
	}

	@Override
	public RadialNetwork open(final String path)
		throws NetworksUnavailableException
	{
		try (ModelFolder model = ModelFolders.open(Path.of(path))) {
			return network(model);
		}
	}

	private RadialNetwork network(final ModelFolder model)
		throws NetworksUnavailableException
	{
		synchronized (OPENED) {
			return opened(model);
		}
	}

	private RadialNetwork opened(final ModelFolder model)
		throws NetworksUnavailableException
	{
		if (!model.hasSavedModel()) throw new UserException(model.given() +
			": there is no " + ModelFolder.SAVED_MODEL +
			" in it, so it is no network of nuclei");
		final String key = model.fingerprint();
		final RadialNetwork known = OPENED.get(key);
		if (known != null) return known;
		model.checkFiles();
		try {
			final SavedNetwork network = IsolatedTensorFlow.load().open(model
				.folder(), threads);
			try {
				final RadialNetwork read = new SavedRadialNetwork(network, model);
				OPENED.put(key, read);
				return read;
			}
			catch (final RuntimeException refused) {
				network.close();
				throw refused;
			}
		}
		catch (final TensorFlowUnavailableException missing) {
			throw new NetworksUnavailableException(missing.getMessage(), missing);
		}
		catch (final IllegalArgumentException refused) {
			throw new UserException(UserException.Kind.INPUT, model.given() +
				": TensorFlow cannot read it (" + refused.getMessage() +
				"); export or download the model again", refused);
		}
	}
}
