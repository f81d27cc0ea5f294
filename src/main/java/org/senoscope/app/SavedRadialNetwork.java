
package org.senoscope.app;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.starconvex.NetworkCard;
import org.senoscope.core.nuclei.starconvex.NetworkCard.Normalisation;
import org.senoscope.core.nuclei.starconvex.RadialNetwork;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.io.model.ModelFolder;
import org.senoscope.tensorflow.SavedNetwork;
import org.senoscope.tensorflow.SavedNetwork.Slot;
import org.senoscope.tensorflow.SavedNetwork.Values;

/**
 * A star-convex network in TensorFlow: one of our own or of StarDist, with two
 * outputs (probability, distances) or with one that holds both, on a grid or
 * brought back to full size as StarDist exports it for Fiji.
 */
final class SavedRadialNetwork implements RadialNetwork {

	/** StarDist's thresholds where a model has none of its own. */
	private static final double PROBABILITY = 0.5;
	private static final double OVERLAP = 0.4;

	private final SavedNetwork network;
	private final NetworkCard card;
	private final int probabilityOutput;
	private final int distanceOutput;
	private final int spread;

	/**
	 * @param network the network
	 * @param model where it comes from
	 * @throws UserException if it is no star-convex network of two dimensions
	 */
	SavedRadialNetwork(final SavedNetwork network, final ModelFolder model) {
		this.network = network;
		final JsonNode config = model.config();
		final Object given = model.given();
		if (config.path("n_dim").asInt(2) != 2) throw new UserException(given +
			": the network is for volumes (n_dim " + config.path("n_dim").asInt() +
			"); give one for pictures (n_dim 2)");
		final int channels = channels(given, config);
		final int divisor = divisor(config);
		final List<Values> probe = probe(given, channels, 4 * divisor);
		final int first = (int) last(probe.get(0)), second = probe.size() > 1
			? (int) last(probe.get(1)) : 0;
		final int rays;
		if (probe.size() == 1) {
			probabilityOutput = distanceOutput = 0;
			rays = first - 1;
		}
		else {
			probabilityOutput = first == 1 ? 0 : 1;
			distanceOutput = 1 - probabilityOutput;
			rays = first == 1 ? second : first;
		}
		final boolean plausible = probe.size() <= 2 && rays >= 3 && (probe
			.size() == 1 || Math.min(first, second) == 1) && probe.stream().allMatch(
				v -> v.shape().length == 4 && v.shape()[0] == 1 && v.shape()[1] == v
					.shape()[2] && v.shape()[1] > 0 && 4 * divisor % v.shape()[1] == 0) &&
			probe.get(probabilityOutput).shape()[1] == probe.get(distanceOutput)
				.shape()[1];
		if (!plausible) throw new UserException(given +
			": its outputs are not those of a star-convex network (probability and at least 3 distances): " +
			probe.stream().map(v -> shape(v.shape())).toList() +
			"; give a StarDist 2D model or one of senoscope train-nuclei");
		spread = probe.size() == 1 ? spread(probe.get(0)) : 1;
		final int stated = config.path("n_rays").asInt(rays);
		if (stated != rays) throw new UserException(given + ": the network gives " +
			rays + " distances, its config.json says " + stated +
			" rays; export the model again");
		final JsonNode own = model.card();
		final JsonNode thresholds = own.has("thresholds") ? own.get("thresholds")
			: model.thresholds();
		card = new NetworkCard(model.name(), kinds(own), channels, rays, own.path(
			"nucleus_diameter_px").asDouble(Double.NaN), own.path("pixel_size_um")
				.asDouble(Double.NaN), normalisation(given, own.path("normalisation")),
			threshold(thresholds, "prob", PROBABILITY), threshold(thresholds, "nms",
				OVERLAP), divisor, halo(config, divisor), Math.max(0, own.path("border")
					.asInt(NetworkCard.STARDIST_BORDER)), model.fingerprint());
	}

	private int channels(final Object given, final JsonNode config) {
		final List<Slot> inputs = network.inputs();
		final long[] shape = inputs.size() == 1 ? inputs.get(0).shape() : null;
		final int stated = config.path("n_channel_in").asInt(-1);
		if (inputs.size() != 1 || shape != null && shape.length != 4)
			throw new UserException(given +
				": a network of nuclei takes one input [1, height, width, channels], this one takes " +
				inputs.stream().map(s -> s.name() + " " + shape(s.shape())).toList() +
				"; give a StarDist 2D model or one of senoscope train-nuclei");
		final int channels = shape == null || shape[3] < 0 ? stated
			: (int) shape[3];
		if (channels != 1 && channels != 3) throw new UserException(given +
			": the network takes " + (channels < 0 ? "an unknown number of"
				: channels) +
			" channels; give one for 1 (nuclear signal) or 3 (red, green, blue)");
		if (stated >= 0 && stated != channels) throw new UserException(given +
			": the network takes " + channels + " channels, its config.json says " +
			stated + "; export the model again");
		return channels;
	}

	/** Runs the network once: only that shows every size. */
	private List<Values> probe(final Object given, final int channels,
		final int side)
	{
		try {
			return network.run(List.of(new Values(new float[side * side * channels],
				new long[] { 1, side, side, channels })));
		}
		catch (final IllegalArgumentException refused) {
			throw new UserException(UserException.Kind.INPUT, given +
				": the network does not run on " + shape(new long[] { 1, side, side,
					channels }) + " (" + refused.getMessage() +
				"); give a StarDist 2D model or one of senoscope train-nuclei",
				refused);
		}
	}

	private static long last(final Values values) {
		return values.shape().length == 0 ? 0 : values.shape()[values
			.shape().length - 1];
	}

	private static String shape(final long[] shape) {
		return shape == null ? "of unknown shape" : java.util.Arrays.toString(shape)
			.replace("-1", "any");
	}

	private static int grid(final JsonNode config) {
		return Math.max(1, config.path("grid").path(0).asInt(2));
	}

	private static int pooling(final JsonNode config) {
		final int pool = Math.max(1, config.path("unet_pool").path(0).asInt(2));
		return (int) Math.pow(pool, config.path("unet_n_depth").asInt(3));
	}

	private static int divisor(final JsonNode config) {
		return pooling(config) * grid(config);
	}

	/**
	 * How far the network sees: half a kernel for each convolution, at its level
	 * of pooling, and what pooling itself brings together.
	 */
	private static int halo(final JsonNode config, final int divisor) {
		final int half = config.path("unet_kernel_size").path(0).asInt(3) / 2;
		final int each = config.path("unet_n_conv_per_depth").asInt(2) * half;
		final int grid = grid(config);
		int reach = grid * half + divisor - 1;
		for (int level = 1; level < grid; level *= 2)
			reach += each * level;
		for (int level = grid; level < divisor; level *= 2)
			reach += 2 * each * level;
		return reach + each * divisor;
	}

	private static Set<ImageKind> kinds(final JsonNode own) {
		final Set<ImageKind> kinds = EnumSet.noneOf(ImageKind.class);
		for (final ImageKind kind : ImageKind.values())
			for (final JsonNode word : own.path("kinds"))
				if (NucleusModels.id(kind).equals(word.asText())) kinds.add(kind);
		return kinds;
	}

	static Normalisation normalisation(final Object given, final JsonNode own) {
		if (own.isMissingNode()) return Normalisation.STARDIST;
		return switch (own.path("type").asText()) {
			case "white" -> new Normalisation(true, 0, 0, false);
			case "percentile" -> new Normalisation(false, own.path("low").asDouble(1),
				own.path("high").asDouble(99.8), "joint".equals(own.path("channels")
					.asText()));
			default -> throw new UserException(given +
				": its model.json asks for an unknown normalisation (" + own.path(
					"type").asText() + "); there are percentile and white");
		};
	}

	/** As StarDist: what is no probability is as good as not there. */
	private static double threshold(final JsonNode thresholds, final String key,
		final double otherwise)
	{
		final double value = thresholds.path(key).asDouble(Double.NaN);
		return value > 0 && value < 1 ? value : otherwise;
	}

	@Override
	public NetworkCard card() {
		return card;
	}

	/**
	 * The grid of a network whose output was brought back to full size for Fiji:
	 * probabilities between the grid points are then exactly zero, which they are
	 * nowhere else.
	 */
	private static int spread(final Values output) {
		final int side = (int) output.shape()[1], step = (int) last(output);
		for (int grid = 4; grid > 1; grid /= 2) {
			boolean zero = true;
			for (int y = 0; y < side; y++)
				for (int x = 0; x < side; x++)
					zero &= y % grid == 0 && x % grid == 0 || output.values()[(y * side +
						x) * step] == 0;
			if (zero) return grid;
		}
		return 1;
	}

	@Override
	public Prediction predict(final float[] pixels, final int width,
		final int height)
	{
		final List<Values> out = network.run(List.of(new Values(pixels, new long[] {
			1, height, width, card.channels() })));
		final Values p = out.get(probabilityOutput), d = out.get(distanceOutput);
		final int w = (int) p.shape()[2], h = (int) p.shape()[1];
		final int all = card.rays() + 1;
		if (p != d) return new Prediction(w, h, width / w, p.values(), 0, 1, d
			.values(), 0, card.rays());
		final float[] values = spread == 1 ? p.values() : gathered(p.values(), w, h,
			all);
		return new Prediction(w / spread, h / spread, width / w * spread, values, 0,
			all, values, 1, all);
	}

	/** The grid points alone. */
	private float[] gathered(final float[] full, final int w, final int h,
		final int all)
	{
		final float[] values = new float[w / spread * (h / spread) * all];
		for (int y = 0, at = 0; y < h; y += spread)
			for (int x = 0; x < w; x += spread, at += all)
				System.arraycopy(full, (y * w + x) * all, values, at, all);
		return values;
	}
}
