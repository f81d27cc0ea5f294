
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.senoscope.app.NucleiTraining;
import org.senoscope.core.UserException;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.io.output.JsonText;
import org.senoscope.io.training.AnnotatedFolder;
import org.senoscope.tensorflow.StarConvexNetwork;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code senoscope train-nuclei}: a nucleus model from annotated pictures. */
@Command(name = "train-nuclei",
	description = "Train a star-convex network on pictures whose nuclei are annotated, from nothing or from a model.")
final class TrainNucleiVerb extends Verb {

	@Option(names = "--images", paramLabel = "DIR",
		description = "Folder of pictures. Required.")
	private String images = "";

	@Option(names = "--labels", paramLabel = "DIR",
		description = "Folder of label images with the base names of the pictures (grey PNG or TIFF, one value a nucleus, 0 background), or a folder of Senoscope's results. Required.")
	private String labels = "";

	@Option(names = "--index", paramLabel = "CSV",
		description = "List with a column image, and perhaps fold, modality and group (what is held out together).")
	private String index = "";

	@Option(names = "--folds", paramLabel = "N,...",
		description = "Take the pictures of these folds of the list only.")
	private String folds = "";

	@Option(names = "--modality", paramLabel = "NAME",
		description = "Take the pictures of this modality of the list only.")
	private String modality = "";

	@Option(names = "--out", paramLabel = "MODEL",
		description = "Folder for the model, which must not exist. Required.")
	private String out = "";

	@Option(names = "--from", paramLabel = "MODEL",
		description = "Continue from this model (folder or zip).")
	private String from = "";

	@Option(names = "--resume",
		description = "Go on with a training that was stopped.")
	private boolean resume;

	@Option(names = "--kind", paramLabel = "KIND",
		description = "fluorescence, h-dab, h-e, x-gal or x-gal-nfr. Default: that of the model, else by the colours of the first picture.")
	private String kind = "auto";

	@Option(names = "--channel", paramLabel = "N|NAME",
		description = "Channel that shows nuclei, where pictures have several.")
	private String channel = "";

	@Option(names = "--steps", paramLabel = "N",
		description = "Steps of training. Default: 10000; 300 with --from.")
	private String steps = "";

	@Option(names = "--batch", paramLabel = "N",
		description = "Patches a step. Default: 4.")
	private String batch = "4";

	@Option(names = "--patch", paramLabel = "N",
		description = "Side of a patch in pixels, a multiple of 16. Default: 256.")
	private String patch = "256";

	@Option(names = "--filters", paramLabel = "N",
		description = "Filters of the first level of a network from nothing; 16 takes half the time. Default: 32.")
	private String filters = "32";

	@Option(names = "--learning-rate", paramLabel = "NUMBER",
		description = "Highest step size. Default: 0.001; 0.0003 with --from.")
	private String learningRate = "";

	@Option(names = "--nucleus-diameter-px", paramLabel = "NUMBER",
		description = "Diameter to which the typical nucleus of a picture is brought. Default: 24; that of the model with --from.")
	private String diameter = "";

	@Option(names = "--scale-range", paramLabel = "NUMBER",
		description = "Patches are shrunk or enlarged at random by up to this factor. Default: 1.5.")
	private String scaleRange = "1.5";

	@Option(names = "--held-out", paramLabel = "NUMBER",
		description = "Share of the pictures by which thresholds and the best step are chosen. Default: 0.15.")
	private String heldOut = "0.15";

	@Option(names = "--seed", paramLabel = "N",
		description = "Start of the random numbers. Default: 1.")
	private String seed = "1";

	@Option(names = "--threads", paramLabel = "N",
		description = "Processor threads; with one, the same seed gives the same model. Default: all.")
	private String threads = Integer.toString(Runtime.getRuntime()
		.availableProcessors());

	@Option(names = "--name", paramLabel = "TEXT",
		description = "Name of the model. Default: that of its folder.")
	private String name = "";

	@Option(names = "--licence", paramLabel = "TEXT",
		description = "Licence of pictures and model, for its card.")
	private String licence = "not stated";

	@Option(names = "--json", description = "Print the card as one JSON object.")
	private boolean json;

	private final List<String> problems = new ArrayList<>();

	TrainNucleiVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "train-nuclei --images DIR --labels DIR [--index CSV --folds N,...] --out MODEL [--from MODEL] [--resume]";
	}

	@Override
	public Integer call() {
		required("--images", images);
		required("--labels", labels);
		required("--out", out);
		final int side = whole("--patch", patch, 64, 2048);
		if (side % StarConvexNetwork.SIZE_DIVISOR != 0) problems.add("--patch: " +
			side + " is no multiple of " + StarConvexNetwork.SIZE_DIVISOR);
		final ImageKind chosen = kind();
		final int count = steps.isEmpty() ? 0 : whole("--steps", steps, 1,
			10_000_000);
		final int patches = whole("--batch", batch, 1, 256);
		final int width = whole("--filters", filters, 4, 128);
		final int start = whole("--seed", seed, 0, Integer.MAX_VALUE);
		final int workers = whole("--threads", threads, 1, 1024);
		final double rate = number("--learning-rate", learningRate, 1e-7, 1);
		final double px = number("--nucleus-diameter-px", diameter, 4, 200);
		final double range = number("--scale-range", scaleRange, 1, 4);
		final double share = number("--held-out", heldOut, 0, 0.9);
		if (index.isEmpty() && !(folds.isEmpty() && modality.isEmpty())) problems
			.add("--folds and --modality need the list they stand in (--index)");
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final Path folder = OutputFolder.check(out);
		final ConsoleProgress progress = new ConsoleProgress(context.err(), context
			.terminal());
		progress.image("train-nuclei", "train-nuclei");
		final NucleiTraining.Result result;
		try {
			result = NucleiTraining.run(new NucleiTraining.Request(Path.of(images),
				Path.of(labels), new AnnotatedFolder.Choice(index.isEmpty() ? null
					: Path.of(index), folds.isEmpty() ? List.of() : Arrays.asList(folds
						.split("\\s*,\\s*")), modality), folder, from.isEmpty() ? null
							: Path.of(from), resume, chosen, channel, count, patches, side,
				rate, width, px, range, share, start, workers, name, licence,
				command()), progress, progress::say, context.cancellation());
		}
		finally {
			progress.clear();
		}
		if (json) context.out().print(JsonText.of(result.card()));
		else context.out().println(result.folder());
		return ExitCode.DONE;
	}

	private String command() {
		final StringBuilder words = new StringBuilder("senoscope train-nuclei");
		spec.commandLine().getParseResult().originalArgs().stream().skip(1).filter(
			word -> !word.equals("--resume")).forEach(word -> words.append(' ')
				.append(word.contains(" ") ? "'" + word + "'" : word));
		return words.toString();
	}

	private ImageKind kind() {
		final List<String> words = Arrays.stream(ImageKind.values()).map(k -> k
			.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList();
		final int at = words.indexOf(kind);
		if (at >= 0) return ImageKind.values()[at];
		problems.add("--kind: '" + kind + "' is not one of " + String.join(", ",
			words) + Nearest.hint(kind, words));
		return ImageKind.AUTO;
	}

	private void required(final String flag, final String value) {
		if (value.isBlank()) problems.add(flag + " is required");
	}

	private int whole(final String flag, final String text, final int least,
		final int most)
	{
		final double value = text.matches("\\d{1,9}") ? Double.parseDouble(text)
			: -1;
		if (value >= least && value <= most) return (int) value;
		problems.add(flag + ": '" + text + "' is not a whole number from " + least +
			" to " + most);
		return least;
	}

	/** A number, or NaN where nothing was given. */
	private double number(final String flag, final String text,
		final double least, final double most)
	{
		if (text.isEmpty()) return Double.NaN;
		final double value = text.matches("\\d*\\.?\\d+([eE]-?\\d+)?") ? Double
			.parseDouble(text) : Double.NaN;
		if (value >= least && value <= most) return value;
		problems.add(flag + ": '" + text + "' is not a number from " + least +
			" to " + most);
		return Double.NaN;
	}
}
