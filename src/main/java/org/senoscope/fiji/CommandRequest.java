
package org.senoscope.fiji;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.app.SlideRequest;
import org.senoscope.core.UserException;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.RunOptions;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.imagej.ImagePlusSource;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileInfo;
import ij.io.RoiEncoder;

/**
 * Turns the settings of a command and the active image into the request that
 * every door makes.
 */
final class CommandRequest implements AutoCloseable {

	private static final long BYTES_PER_MB = 1_000_000;

	private final SlideRequest slide;

	/**
	 * Builds the request.
	 *
	 * @param door the command
	 * @param settings values as text by macro key
	 * @param active the active image with its selection, null if none is open
	 * @throws UserException for an unknown key, a bad value, no image or no
	 *           folder
	 */
	CommandRequest(final AnalysisDoor door, final Map<String, String> settings,
		final ImagePlus active) throws IOException
	{
		check(door, settings);
		final Path folder = outputFolder(settings);
		if (usesActiveImage(settings)) {
			if (active == null) throw new UserException(
				"no image is open: open one, or give input_file");
			final String name = RunNames.folder(settings, active);
			final Map<String, String> all = withSelection(settings, active, folder
				.resolve(name + "-selection.roi"));
			final ProtocolOverrides what = overrides(door, all);
			slide = new SlideRequest(null, source(active, what), what.protocol(), what
				.options(), folder, name, List.of(macro(door, all, active)));
		}
		else {
			final ProtocolOverrides what = overrides(door, settings);
			slide = new SlideRequest(RunNames.file(settings), null, what.protocol(),
				what.options(), folder, RunNames.folder(settings, null), commandLine(
					door, settings));
		}
	}

	/** Returns the request. */
	SlideRequest slide() {
		return slide;
	}

	/** Releases what was made of the active image, which itself stays open. */
	@Override
	public void close() {
		if (slide.source() != null) slide.source().close();
	}

	/** Returns whether the settings name no file. */
	static boolean usesActiveImage(final Map<String, String> settings) {
		return settings.getOrDefault(CommandKey.INPUT_FILE.name(), "").isEmpty();
	}

	/**
	 * Checks all that can be checked before an image is looked at.
	 *
	 * @throws UserException naming what is wrong
	 */
	static void check(final AnalysisDoor door,
		final Map<String, String> settings)
	{
		final List<String> names = door.keys().stream().map(CommandKey::name)
			.toList();
		for (final String name : settings.keySet()) {
			// The catalogue names the nearest of its own keys.
			final String near = names.contains(name) || ProtocolKeys.find(
				name) != null ? null : Nearest.of(name, names);
			if (CommandKey.INPUT_FILE.name().equals(near) || CommandKey.OUTPUT_DIR
				.name().equals(near)) throw new UserException("unknown key " + name +
					" (did you mean " + near + "?)");
		}
		overrides(door, settings);
		outputFolder(settings);
	}

	private static ProtocolOverrides overrides(final AnalysisDoor door,
		final Map<String, String> settings)
	{
		final Map<String, String> keys = new LinkedHashMap<>(settings);
		keys.remove(CommandKey.INPUT_FILE.name());
		keys.remove(CommandKey.OUTPUT_DIR.name());
		if (door.assay() == null) keys.remove(CommandKey.PROTOCOL.name());
		final ProtocolOverrides what = ProtocolOverrides.apply(door.start(settings),
			RunOptions.DEFAULTS, keys);
		if (door.assay() != null && what.protocol().assay() != door.assay())
			throw new UserException("assay: this command measures " + door.assay()
				.name().toLowerCase(Locale.ROOT) + " only, leave assay out");
		return what;
	}

	private static Path outputFolder(final Map<String, String> settings) {
		final String folder = settings.getOrDefault(CommandKey.OUTPUT_DIR.name(),
			"");
		if (folder.isEmpty()) throw new UserException(
			"no output folder: give output_dir, the folder that receives the results");
		try {
			return Path.of(folder).toAbsolutePath();
		}
		catch (final InvalidPathException e) {
			throw new UserException("output_dir: '" + folder + "' is no path: " + e
				.getReason());
		}
	}

	/**
	 * Makes a rectangle on the image the region and any other outline the
	 * annotation, unless the settings name either.
	 */
	private static Map<String, String> withSelection(
		final Map<String, String> settings, final ImagePlus active,
		final Path roiFile) throws IOException
	{
		final Roi roi = active.getRoi();
		if (roi == null || !roi.isArea() || !settings.getOrDefault("region", "")
			.isEmpty() || !settings.getOrDefault("annotations", "").isEmpty())
			return settings;
		final Map<String, String> all = new LinkedHashMap<>(settings);
		if (roi.getType() == Roi.RECTANGLE && roi.getCornerDiameter() == 0) {
			final Rectangle r = roi.getBounds().intersection(new Rectangle(active
				.getWidth(), active.getHeight()));
			if (r.isEmpty()) throw new UserException(
				"the selection lies outside the image: move it, or remove it (Edit > Selection > Select None)");
			all.put("region", r.x + "," + r.y + "," + r.width + "," + r.height);
		}
		else {
			// Kept with the results: without it nobody could repeat the run.
			Files.createDirectories(roiFile.getParent());
			Files.write(roiFile, RoiEncoder.saveAsByteArray(roi));
			all.put("annotations", roiFile.toString());
		}
		return all;
	}

	private static PixelSource source(final ImagePlus active,
		final ProtocolOverrides what)
	{
		final Protocol protocol = what.protocol();
		final RunOptions options = what.options();
		return new ImagePlusSource(RgbComposite.merged(active, protocol),
			new OpenOptions(1, protocol.z(), protocol.t(), options.tileSize(), options
				.memory() * BYTES_PER_MB, options.threads()));
	}

	/** The macro that repeats the run, without names that a pseudonym hides. */
	private static String macro(final AnalysisDoor door,
		final Map<String, String> settings, final ImagePlus active)
	{
		final FileInfo file = active.getOriginalFileInfo();
		final boolean named = RunNames.pseudonym(settings).isEmpty();
		final String open = !named || file == null || file.getFilePath() == null
			? "" : "open(\"" + escaped(file.getFilePath()) + "\"); ";
		final Map<String, String> shown = new LinkedHashMap<>(settings);
		shown.replaceAll((key, value) -> RunNames.hidden(value, settings, active));
		return open + "run(\"" + door.label() + "\", \"" + escaped(MacroOptions
			.format(shown)) + "\");";
	}

	private static String escaped(final String text) {
		return text.replace("\\", "\\\\").replace("\"", "\\\"");
	}

	/** The command line that repeats the run, without hidden names likewise. */
	private static List<String> commandLine(final AnalysisDoor door,
		final Map<String, String> settings)
	{
		final List<String> words = new ArrayList<>(List.of("senoscope", door.verb(),
			RunNames.file(settings).toString(), "--out", outputFolder(settings)
				.toString()));
		if (door.assay() == null) words.addAll(List.of("--protocol", settings.get(
			CommandKey.PROTOCOL.name())));
		settings.forEach((key, value) -> {
			final ProtocolKey known = ProtocolKeys.find(key);
			if (known != null) words.addAll(List.of(known.flag(), value));
		});
		words.replaceAll(word -> RunNames.hidden(word, settings, null));
		return words;
	}
}
