
package org.senoscope.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.LabelMatching;
import org.senoscope.core.nuclei.starconvex.NetworkCard.Normalisation;
import org.senoscope.core.nuclei.starconvex.ThresholdSearch;
import org.senoscope.core.nuclei.starconvex.training.AnnotatedPicture;
import org.senoscope.core.nuclei.starconvex.training.PatchBatch;
import org.senoscope.core.nuclei.starconvex.training.PatchFeeder;
import org.senoscope.core.nuclei.starconvex.training.PatchMaker;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.model.ModelFolder;
import org.senoscope.io.model.ModelFolders;
import org.senoscope.io.model.SafeTensors;
import org.senoscope.io.output.OutputErrors;
import org.senoscope.io.training.AnnotatedFolder;
import org.senoscope.io.training.PictureReader;
import org.senoscope.tensorflow.IsolatedTensorFlow;
import org.senoscope.tensorflow.SavedNetwork;
import org.senoscope.tensorflow.StarConvexNetwork;
import org.senoscope.tensorflow.StarConvexTrainer;
import org.senoscope.tensorflow.TensorFlowBackend;
import org.senoscope.tensorflow.TensorFlowUnavailableException;

/**
 * Trains a nucleus model on annotated pictures, from nothing or from a model,
 * and writes its folder. Between steps the network is tried on pictures that
 * are held out, the best so far is kept, and all is saved beside the output, so
 * that a training that was stopped goes on where it was.
 */
public final class NucleiTraining {

	private static final int RAYS = 32;
	private static final int HEAD_FILTERS = 64;
	private static final double DIAMETER_PX = 24;
	private static final Normalisation GREY = new Normalisation(false, 1, 99.8,
		true);
	private static final Normalisation STAINED = new Normalisation(true, 0, 0,
		false);

	private static final double LAST_RATE = 0.01;
	private static final int LONGEST_WARM_UP = 100;
	private static final int TRIALS = 20;
	private static final int FEWEST_STEPS_BETWEEN = 50;
	/** Fewer pictures are all trained on. */
	private static final int LEAST_TO_HOLD_OUT = 3;

	/** Pieces of one label above which it is no nucleus. */
	private static final double MOST_PIECES = 2;

	private static final String STATE = "state.safetensors";
	private static final String BEST = "best/";
	private static final ObjectMapper JSON = new ObjectMapper();

	/**
	 * What to train, and how.
	 *
	 * @param images folder of pictures
	 * @param labels folder of label images
	 * @param choice which of them
	 * @param out folder of the model, which must not exist
	 * @param from model to continue from; null: from nothing
	 * @param resume whether to go on with a training that was stopped
	 * @param kind kind of the pictures; AUTO: by the model or the first picture
	 * @param channel nuclear channel where pictures have several, or empty
	 * @param steps steps; 0: 10,000, or 300 from a model
	 * @param batch patches a step
	 * @param patchPx side of a patch, a multiple of 16
	 * @param learningRate highest step size of Adam; NaN: 0.001, or 0.0003 from a
	 *          model
	 * @param filters filters of the first level; from a model its own
	 * @param diameterPx diameter of a typical nucleus as the network sees it;
	 *          NaN: 24, or that of the model
	 * @param scaleRange patches are shrunk or enlarged up to this factor
	 * @param heldOut share of the pictures that are held out
	 * @param seed start of the random numbers
	 * @param threads processor threads
	 * @param name name of the model; empty: that of its folder
	 * @param licence licence of pictures and model, for the card
	 * @param command the command that repeats the training, for the card
	 */
	public record Request(Path images, Path labels, AnnotatedFolder.Choice choice,
			Path out, Path from, boolean resume, ImageKind kind, String channel,
			int steps, int batch, int patchPx, double learningRate, int filters,
			double diameterPx, double scaleRange, double heldOut, int seed,
			int threads, String name, String licence, String command) {
	}

	/**
	 * The model.
	 *
	 * @param folder its folder
	 * @param card its card
	 */
	public record Result(Path folder, Map<String, Object> card) {
	}

	/** A model to continue from. */
	private record Origin(StarConvexNetwork network, Map<String, float[]> weights,
			JsonNode card, String fingerprint) {
	}

	private final Request request;
	private final Progress progress;
	private final Consumer<String> log;
	private final Cancellation cancellation;
	private final TensorFlowBackend tensorflow;
	private final Path checkpoint;
	private final List<Object> history = new ArrayList<>();

	private Origin origin;
	private StarConvexNetwork network;
	private ImageKind kind;
	private List<String> kinds;
	private Normalisation normalisation;
	private double diameterPx;
	private int steps;
	private double learningRate;
	private List<AnnotatedPicture> trained;
	private List<AnnotatedPicture> held;

	private Map<String, float[]> best;
	private double bestF1 = -1;
	private int bestStep;

	private NucleiTraining(final Request request, final Progress progress,
		final Consumer<String> log, final Cancellation cancellation)
	{
		this.request = request;
		this.progress = progress;
		this.log = log;
		this.cancellation = cancellation;
		try {
			tensorflow = IsolatedTensorFlow.load();
		}
		catch (final TensorFlowUnavailableException e) {
			throw new UserException(UserException.Kind.INPUT, e.getMessage(), e);
		}
		final Path out = request.out().toAbsolutePath().normalize();
		checkpoint = out.resolveSibling(out.getFileName() + ".training");
	}

	/**
	 * Trains.
	 *
	 * @param request what and how
	 * @param progress told how far it is
	 * @param log takes lines that are to stay: what was read, how each trial went
	 * @param cancellation checked at every step; what was learnt so far is saved
	 * @throws UserException if input or output cannot be used
	 * @throws CancellationException if it was stopped
	 */
	public static Result run(final Request request, final Progress progress,
		final Consumer<String> log, final Cancellation cancellation)
	{
		return new NucleiTraining(request, progress, log, cancellation).run();
	}

	private Result run() {
		if (Files.exists(request.out())) throw new UserException(request.out() +
			" exists already: give a folder that does not with --out, or delete it");
		final boolean stopped = Files.exists(checkpoint.resolve(STATE));
		if (request.resume() && !stopped) throw new UserException(checkpoint +
			": there is no training to go on with; leave --resume away");
		if (!request.resume() && stopped) throw new UserException(checkpoint +
			": holds a training that was stopped; go on with it by --resume, or delete that folder");
		final long start = System.nanoTime();
		if (request.from() != null) origin = origin();
		read();
		log.accept(String.format(Locale.ROOT,
			"%d pictures to learn from (%,d nuclei), %d held out; %s, nuclei %.3g px across; %s; TensorFlow %s",
			trained.size(), nuclei(trained), held.size(), String.join(", ", kinds),
			diameterPx, network, tensorflow.version()));
		try (StarConvexTrainer trainer = tensorflow.trainer(network, origin == null
			? null : origin.weights(), request.seed(), request.threads()))
		{
			train(trainer, request.resume() ? resume(trainer) : 0);
		}
		final Result result = finish((System.nanoTime() - start) / 1e9);
		delete(checkpoint);
		return result;
	}

	private Origin origin() {
		try (ModelFolder model = ModelFolders.open(request.from())) {
			final JsonNode config = model.config();
			if (!config.path("architecture").asText().equals(
				StarConvexNetwork.ARCHITECTURE)) throw new UserException(request
					.from() + ": is no " + StarConvexNetwork.ARCHITECTURE +
					", and only those can be trained further; give a model that Senoscope ships or train-nuclei wrote");
			final StarConvexNetwork shape = new StarConvexNetwork(config.path(
				"n_channel_in").asInt(), config.path("base_filters").asInt(), config
					.path("head_filters").asInt(), config.path("n_rays").asInt());
			return new Origin(shape, tensorflow.weights(shape, model.folder()), model
				.card(), model.fingerprint());
		}
		catch (final IllegalArgumentException e) {
			throw new UserException(UserException.Kind.INPUT, request.from() +
				": cannot be trained further (" + e.getMessage() + ")", e);
		}
	}

	/** Reads the pictures and settles what depends on them. */
	private void read() {
		progress.stage("Reading pictures");
		final AnnotatedFolder folder = AnnotatedFolder.match(request.images(),
			request.labels(), request.choice());
		if (!folder.withoutLabels().isEmpty()) progress.warn(folder.withoutLabels()
			.size() + " pictures have no label image in " + request.labels() +
			" and were left out: " + first(folder.withoutLabels()));
		settle(folder.items().get(0));
		final List<AnnotatedPicture> pictures = readAll(folder.items());
		final List<String> empty = pictures.stream().filter(p -> Double.isNaN(p
			.diameterPx())).map(AnnotatedPicture::name).toList();
		if (empty.size() == pictures.size()) throw new UserException(request
			.labels() +
			": no label image holds a nucleus; labels are grey values above 0, one a nucleus");
		final long pieces = pictures.stream().mapToLong(AnnotatedPicture::pieces)
			.sum();
		if (pieces > MOST_PIECES * nuclei(pictures)) throw new UserException(request
			.labels() + ": the label images hold " + nuclei(pictures) +
			" values in " + pieces +
			" separate pieces, so they are masks; each nucleus needs a value of its own (in Fiji: MorphoLibJ, Connected Components Labeling)");
		if (!empty.isEmpty()) progress.warn(empty.size() +
			" label images hold no nucleus and count as background: " + first(empty));
		split(folder.items(), pictures);
	}

	private static String first(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(5, names.size()))) +
			(names.size() > 5 ? ", ..." : "");
	}

	private void settle(final AnnotatedFolder.Item first) {
		kind = request.kind();
		kinds = List.of();
		// A model that is trained further stays one of all its kinds.
		if (kind == ImageKind.AUTO && origin != null) kinds = StreamSupport.stream(
			origin.card().path("kinds").spliterator(), false).map(JsonNode::asText)
			.toList();
		for (final ImageKind k : ImageKind.values())
			if (!kinds.isEmpty() && NucleusModels.id(k).equals(kinds.get(0))) kind =
				k;
		if (kind == ImageKind.AUTO) kind = PictureReader.guessKind(first);
		if (kinds.isEmpty()) kinds = List.of(NucleusModels.id(kind));
		final int channels = kind == ImageKind.FLUORESCENCE ? 1 : 3;
		steps = request.steps() > 0 ? request.steps() : origin == null ? 10_000
			: 300;
		learningRate = !Double.isNaN(request.learningRate()) ? request
			.learningRate() : origin == null ? 1e-3 : 3e-4;
		diameterPx = request.diameterPx();
		if (origin == null) {
			network = new StarConvexNetwork(channels, request.filters(), HEAD_FILTERS,
				RAYS);
			normalisation = channels == 1 ? GREY : STAINED;
			if (Double.isNaN(diameterPx)) diameterPx = DIAMETER_PX;
			return;
		}
		network = origin.network();
		if (network.channels() != channels) throw new UserException(request.from() +
			": takes " + network.channels() + " channels, pictures of kind " +
			NucleusModels.id(kind) + " have " + channels +
			"; continue from another model or give the right --kind");
		normalisation = SavedRadialNetwork.normalisation(request.from(), origin
			.card().path("normalisation"));
		final double own = origin.card().path("nucleus_diameter_px").asDouble(
			Double.NaN);
		if (Double.isNaN(diameterPx)) diameterPx = Double.isNaN(own) ? DIAMETER_PX
			: own;
	}

	private List<AnnotatedPicture> readAll(
		final List<AnnotatedFolder.Item> items)
	{
		final PictureReader reader = new PictureReader(network.channels(), request
			.channel(), normalisation);
		final ExecutorService pool = Executors.newFixedThreadPool(request
			.threads());
		try {
			final List<Future<AnnotatedPicture>> futures = items.stream().map(
				item -> pool.submit(() -> {
					cancellation.check();
					return reader.read(item);
				})).toList();
			final List<AnnotatedPicture> pictures = new ArrayList<>();
			for (final Future<AnnotatedPicture> future : futures) {
				pictures.add(future.get());
				progress.update(pictures.size(), items.size());
			}
			return pictures;
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("interrupted");
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof RuntimeException r) throw r;
			throw new IllegalStateException(e.getCause());
		}
		finally {
			pool.shutdownNow();
		}
	}

	/** Holds out whole groups, drawn by the seed. */
	private void split(final List<AnnotatedFolder.Item> items,
		final List<AnnotatedPicture> pictures)
	{
		final List<String> groups = new ArrayList<>(new TreeSet<>(items.stream()
			.map(AnnotatedFolder.Item::group).toList()));
		Collections.shuffle(groups, new Random(request.seed()));
		trained = new ArrayList<>(pictures);
		held = new ArrayList<>();
		final long wanted = Math.max(1, Math.round(request.heldOut() * pictures
			.size()));
		if (request.heldOut() > 0 && groups.size() >= LEAST_TO_HOLD_OUT)
			for (final String group : groups)
			{
				if (held.size() >= wanted && nuclei(held) > 0) break;
				final List<AnnotatedPicture> some = new ArrayList<>();
				for (int i = 0; i < items.size(); i++)
					if (items.get(i).group().equals(group)) some.add(pictures.get(i));
				if (nuclei(trained) == nuclei(some)) continue;
				held.addAll(some);
				trained.removeAll(some);
			}
		if (nuclei(held) == 0) {
			trained = pictures;
			held = List.of();
			progress.warn(
				"No picture is held out: how good the model is on other pictures is not known, and its thresholds are those of the pictures it learnt from");
		}
	}

	private static long nuclei(final List<AnnotatedPicture> pictures) {
		return pictures.stream().mapToLong(p -> p.areas().length).sum();
	}

	private void train(final StarConvexTrainer trainer, final int from) {
		final int every = Math.max(FEWEST_STEPS_BETWEEN, steps / TRIALS);
		final PatchMaker maker = new PatchMaker(trained, new PatchMaker.Settings(
			diameterPx, request.patchPx(), StarConvexNetwork.GRID, network.rays(),
			request.scaleRange(), request.seed()));
		if (from == 0 && origin != null) attempt(trainer, 0, Double.NaN,
			Double.NaN);
		progress.stage("Training");
		double loss = 0, distance = 0;
		int averaged = 0;
		int step = from;
		try (PatchFeeder feeder = new PatchFeeder(maker, request.batch(), from, Math
			.max(1, request.threads() / 2)))
		{
			while (step < steps) {
				cancellation.check();
				final PatchBatch b = feeder.next();
				final StarConvexTrainer.Loss now = trainer.step(
					new StarConvexTrainer.Batch(b.images(), b.probability(), b
						.distances(), b.count(), b.side(), b.side()), rate(step));
				if (!Double.isFinite(now.total())) throw new UserException(
					UserException.Kind.FAILURE,
					"the loss is no longer a number at step " + step +
						"; train with a lower --learning-rate than " + learningRate, null);
				step++;
				loss += now.probability();
				distance += now.distances();
				averaged++;
				progress.update(step, steps);
				if (step % every == 0 || step == steps) {
					attempt(trainer, step, loss / averaged, distance / averaged);
					progress.stage("Training");
					loss = distance = averaged = 0;
					save(trainer, step);
				}
			}
		}
		catch (final CancellationException e) {
			save(trainer, step);
			log.accept("Stopped at step " + step + " of " + steps +
				"; --resume goes on from there");
			throw e;
		}
	}

	/** Rises at first, then falls as half a cosine. */
	private double rate(final int step) {
		final int warmUp = Math.max(1, Math.min(LONGEST_WARM_UP, steps / 10));
		if (step < warmUp) return learningRate * (step + 1) / warmUp;
		final double done = (step - warmUp) / (double) Math.max(1, steps - warmUp);
		return learningRate * (LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + Math.cos(
			Math.PI * done)));
	}

	/** Tries the averaged weights on the pictures held out. */
	private void attempt(final StarConvexTrainer trainer, final int step,
		final double loss, final double distance)
	{
		final Map<String, float[]> weights = trainer.weights();
		final Map<String, Object> row = new LinkedHashMap<>();
		row.put("step", step);
		final StringBuilder line = new StringBuilder("step " + step + " of " +
			steps);
		if (step > 0) {
			row.put("probability_loss", loss);
			row.put("distance_loss_px", distance);
			line.append(String.format(Locale.ROOT,
				": probability loss %.4f, distances off by %.2f px", loss, distance));
		}
		if (held.isEmpty()) best = weights;
		else {
			progress.stage("Trying the network on pictures held out");
			final ThresholdSearch.Found found = search(weights, held);
			row.put("held_out_f1", found.meanF1());
			line.append(String.format(Locale.ROOT,
				"; held out: F1 %.3f over IoU 0.5-0.7 at probability %.2f, overlap %.1f",
				found.meanF1(), found.probability(), found.overlap()));
			if (found.meanF1() > bestF1) {
				best = weights;
				bestF1 = found.meanF1();
				bestStep = step;
				line.append(" (best)");
			}
		}
		history.add(row);
		log.accept(line.toString());
	}

	/** Finds thresholds through the very folder and code that a run uses. */
	private ThresholdSearch.Found search(final Map<String, float[]> weights,
		final List<AnnotatedPicture> pictures)
	{
		Path folder = null;
		try {
			folder = Files.createTempDirectory("senoscope-training-");
			StarConvexModelFolder.write(network, weights, card(null, 0), folder
				.resolve("model"));
			try (ModelFolder model = ModelFolders.open(folder.resolve("model"));
					SavedNetwork saved = tensorflow.open(model.folder()))
			{
				return ThresholdSearch.search(new SavedRadialNetwork(saved, model),
					pictures, request.threads(), cancellation);
			}
		}
		catch (final IOException e) {
			throw OutputErrors.of(folder == null ? Path.of(System.getProperty(
				"java.io.tmpdir")) : folder, e);
		}
		finally {
			if (folder != null) delete(folder);
		}
	}

	private Result finish(final double seconds) {
		progress.stage("Settling thresholds");
		final ThresholdSearch.Found found = search(best, held.isEmpty() ? trained
			: held);
		final Map<String, Object> card = card(found, seconds);
		StarConvexModelFolder.write(network, best, card, request.out());
		return new Result(request.out().toAbsolutePath().normalize(), card);
	}

	private Map<String, Object> card(final ThresholdSearch.Found found,
		final double seconds)
	{
		final Map<String, Object> card = new LinkedHashMap<>();
		card.put("format", 1);
		card.put("name", request.name().isEmpty() ? request.out().toAbsolutePath()
			.normalize().getFileName().toString() : request.name());
		card.put("task", "nuclei");
		card.put("architecture", StarConvexNetwork.ARCHITECTURE);
		card.put("kinds", kinds);
		card.put("channels", network.channels());
		card.put("nucleus_diameter_px", diameterPx);
		card.put("pixel_size_um", null);
		final Map<String, Object> n = new LinkedHashMap<>();
		n.put("type", normalisation.white() ? "white" : "percentile");
		if (!normalisation.white()) {
			n.put("low", normalisation.low());
			n.put("high", normalisation.high());
			n.put("channels", normalisation.joint() ? "joint" : "separate");
		}
		card.put("normalisation", n);
		final Map<String, Object> thresholds = new LinkedHashMap<>();
		thresholds.put("prob", found == null ? 0.5 : round(found.probability()));
		thresholds.put("nms", found == null ? 0.4 : found.overlap());
		card.put("thresholds", thresholds);
		card.put("training", training(seconds));
		card.put("scores", found == null ? Map.of() : scores(found));
		card.put("licence", request.licence());
		card.put("version", Version.get());
		return card;
	}

	private Map<String, Object> training(final double seconds) {
		final Map<String, Object> t = new LinkedHashMap<>();
		t.put("how", "senoscope train-nuclei, TensorFlow " + tensorflow.version());
		t.put("command", request.command());
		t.put("data", request.images().toString());
		t.put("pictures", trained.stream().map(AnnotatedPicture::name).toList());
		t.put("nuclei", nuclei(trained));
		t.put("held_out", held.stream().map(AnnotatedPicture::name).toList());
		t.put("folds", request.choice().folds());
		t.put("steps", steps);
		t.put("batch", request.batch());
		t.put("patch_px", request.patchPx());
		t.put("learning_rate", learningRate);
		t.put("scale_range", request.scaleRange());
		t.put("seed", request.seed());
		t.put("best_step", held.isEmpty() ? steps : bestStep);
		t.put("seconds", Math.round(seconds));
		if (origin != null) {
			final Map<String, Object> from = new LinkedHashMap<>();
			from.put("name", origin.card().path("name").asText());
			from.put("sha256", origin.fingerprint());
			from.put("licence", origin.card().path("licence").asText());
			t.put("from", from);
		}
		t.put("history", List.copyOf(history));
		return t;
	}

	private Map<String, Object> scores(final ThresholdSearch.Found found) {
		final Map<String, Object> scores = new LinkedHashMap<>();
		scores.put("on", held.isEmpty() ? "the pictures it learnt from"
			: "pictures held out, by which the step and the thresholds were chosen; brought to scale by their true diameter");
		scores.put("pictures", found.scores()[0].images());
		for (final LabelMatching.Score s : found.scores()) {
			scores.put("ap" + Math.round(100 * s.iou()), round(s.averagePrecision()));
			scores.put("f1_" + Math.round(100 * s.iou()), round(s.f1()));
		}
		scores.put("pq50", round(found.scores()[0].panopticQuality()));
		return scores;
	}

	private static double round(final double v) {
		return Math.round(1e4 * v) / 1e4;
	}

	/** What must be the same for a training to go on. */
	private String settings() {
		final Map<String, Object> s = new LinkedHashMap<>();
		s.put("network", network.toString());
		s.put("kind", kind);
		s.put("pictures", trained.stream().map(AnnotatedPicture::name).toList());
		s.put("held_out", held.stream().map(AnnotatedPicture::name).toList());
		s.put("from", origin == null ? "" : origin.fingerprint());
		s.put("steps", steps);
		s.put("batch", request.batch());
		s.put("patch", request.patchPx());
		s.put("learning-rate", learningRate);
		s.put("nucleus-diameter-px", diameterPx);
		s.put("scale-range", request.scaleRange());
		s.put("seed", request.seed());
		return json(s);
	}

	private static String json(final Object value) {
		try {
			return JSON.writeValueAsString(value);
		}
		catch (final JsonProcessingException e) {
			throw new IllegalStateException(e);
		}
	}

	private void save(final StarConvexTrainer trainer, final int step) {
		final Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
		trainer.state().forEach((name, values) -> arrays.put(name,
			new SafeTensors.Array(values, new long[] { values.length })));
		if (best != null) best.forEach((name, values) -> arrays.put(BEST + name,
			new SafeTensors.Array(values, new long[] { values.length })));
		final Map<String, String> metadata = new LinkedHashMap<>();
		metadata.put("settings", settings());
		metadata.put("step", Integer.toString(step));
		metadata.put("best_f1", Double.toString(bestF1));
		metadata.put("best_step", Integer.toString(bestStep));
		metadata.put("history", json(history));
		final Path file = checkpoint.resolve(STATE);
		try {
			Files.createDirectories(checkpoint);
			final Path whole = checkpoint.resolve(STATE + ".partial");
			SafeTensors.write(new SafeTensors.Content(arrays, metadata), whole);
			Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}

	/** Takes up a training that was stopped and returns its step. */
	private int resume(final StarConvexTrainer trainer) {
		final Path file = checkpoint.resolve(STATE);
		final SafeTensors.Content content = SafeTensors.read(file);
		final Map<String, String> metadata = content.metadata();
		if (!settings().equals(metadata.get("settings"))) throw new UserException(
			file +
				": was begun with other pictures or settings; go on with the same ones, or delete " +
				checkpoint);
		final Map<String, float[]> state = new LinkedHashMap<>();
		final Map<String, float[]> kept = new LinkedHashMap<>();
		content.arrays().forEach((name, array) -> {
			if (name.startsWith(BEST)) kept.put(name.substring(BEST.length()), array
				.values());
			else state.put(name, array.values());
		});
		trainer.restore(state);
		best = kept.isEmpty() ? null : kept;
		bestF1 = Double.parseDouble(metadata.get("best_f1"));
		bestStep = Integer.parseInt(metadata.get("best_step"));
		try {
			history.addAll(JSON.readValue(metadata.get("history"),
				new TypeReference<List<Object>>()
				{}));
		}
		catch (final JsonProcessingException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": its history cannot be read; delete " + checkpoint, e);
		}
		final int step = Integer.parseInt(metadata.get("step"));
		log.accept("Going on from step " + step);
		return step;
	}

	private static void delete(final Path folder) {
		if (!Files.exists(folder)) return;
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
		}
		catch (final IOException gone) {
			// what stays behind harms no result
		}
	}
}
