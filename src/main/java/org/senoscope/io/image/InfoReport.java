
package org.senoscope.io.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.stain.ImageKindGuess;

/**
 * What {@code senoscope info} says of a file: its pictures, their levels,
 * channels, pixel size and a guess of their kind. Label and macro pictures are
 * not among them.
 *
 * @param image file name
 * @param series the pictures, in file order
 */
public record InfoReport(String image, List<Series> series) {

	/** So many windows a side are looked at for the guess of the kind. */
	private static final int WINDOWS = 5;
	private static final int WINDOW_PX = 256;
	/** The guess is made from so many of them, those that show most. */
	private static final int TELLING_WINDOWS = 9;

	/**
	 * One picture.
	 *
	 * @param info what the file says of it
	 * @param kindGuess how the picture was probably made
	 */
	public record Series(ImageInfo info, ImageKindGuess kindGuess) {
	}

	/** Copies the list. */
	public InfoReport {
		series = List.copyOf(series);
	}

	/**
	 * Reads what there is to say; reads pixels of every picture, so that a file
	 * whose pixels fail is not called fine.
	 *
	 * @param file image file
	 * @throws UserException if the file or its pixels cannot be read
	 */
	public static InfoReport of(final Path file) {
		final List<Series> series = new ArrayList<>();
		final OpenOptions options = new OpenOptions(1, "1", 1, OpenOptions.DEFAULTS
			.tileSize(), 0, 1);
		try (BioFormatsFile opened = ImageSources.openFile(file, 1)) {
			for (final Picture picture : opened.pictures()) {
				// Not closed here: all pictures share the readers of the file.
				final BioFormatsSource source = new BioFormatsSource(opened, picture,
					options);
				source.probe();
				series.add(new Series(picture.info(), guess(source)));
			}
		}
		return new InfoReport(ImageErrors.name(file), series);
	}

	/**
	 * Returns the report as a person asked for it.
	 *
	 * @param asked whose pixel size and channel matter
	 * @param only the series to show, from 1; 0 for all
	 * @param pseudonym replaces the name of the file; empty for none
	 * @throws UserException if series or channel are not in the file
	 */
	public InfoReport asked(final Protocol asked, final int only,
		final String pseudonym)
	{
		final String name = pseudonym.isEmpty() ? image : pseudonym;
		if (only > series.size()) throw new UserException(name + ": series " +
			only + " asked for, the file has " + series.size() +
			"; choose series from 1 to " + series.size());
		final List<Series> shown = new ArrayList<>();
		for (final Series s : only > 0 ? series.subList(only - 1, only) : series) {
			final ImageInfo i = s.info;
			if (!asked.channel().isBlank() && i.channel(asked.channel()
				.trim()) == null) throw new UserException(name + ": no channel " + asked
					.channel().trim() + "; there are " + i.channelNames());
			final boolean given = asked.pixelSize() > 0;
			shown.add(new Series(new ImageInfo(name, i.series(), pseudonym.isEmpty()
				? i.seriesName() : "", i.format(), i.type(), i.rgb(), i.channels(), i
					.levels(), i.sizeZ(), i.sizeT(), given ? asked.pixelSize() : i
						.pixelSizeXUm(), given ? asked.pixelSize() : i.pixelSizeYUm(), i
							.warnings()), s.kindGuess));
		}
		return new InfoReport(name, shown);
	}

	private static ImageKindGuess guess(final PixelSource source) {
		final ImageInfo info = source.info();
		final int width = Math.min(WINDOW_PX, info.width());
		final int height = Math.min(WINDOW_PX, info.height());
		record Window(byte[] rgb, float[] grey, double spread) {
		}
		final List<Window> windows = new ArrayList<>();
		for (int i = 0; i < WINDOWS * WINDOWS; i++) {
			final Region region = new Region((int) ((long) (info.width() - width) *
				(i % WINDOWS) / (WINDOWS - 1)), (int) ((long) (info.height() - height) *
					(i / WINDOWS) / (WINDOWS - 1)), width, height);
			final float[] grey = new float[width * height];
			source.readChannel(0, info.rgb() ? 1 : 0, region, grey);
			byte[] rgb = null;
			if (info.rgb()) {
				rgb = new byte[3 * grey.length];
				source.readRgb(0, region, rgb);
			}
			windows.add(new Window(rgb, grey, spread(grey)));
		}
		windows.sort(Comparator.comparingDouble(w -> -w.spread));
		final List<Window> telling = windows.subList(0, TELLING_WINDOWS);
		if (info.rgb()) return ImageKindGuess.ofRgb(telling.stream().map(
			w -> new RgbField(width, height, w.rgb)).toList());
		final float[] all = new float[TELLING_WINDOWS * width * height];
		for (int i = 0; i < TELLING_WINDOWS; i++) {
			System.arraycopy(telling.get(i).grey, 0, all, i * width * height, width *
				height);
		}
		return ImageKindGuess.ofGrey(all);
	}

	private static double spread(final float[] values) {
		double sum = 0, squares = 0;
		for (final float v : values) {
			sum += v;
			squares += (double) v * v;
		}
		return squares / values.length - Math.pow(sum / values.length, 2);
	}

	/** Returns the report as nested maps and lists, in the order of the JSON. */
	public Map<String, Object> map() {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("image", image);
		map.put("format", series.get(0).info.format());
		map.put("series", series.stream().map(InfoReport::map).toList());
		return map;
	}

	private static Map<String, Object> map(final Series series) {
		final ImageInfo info = series.info;
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("series", info.series() + 1);
		map.put("name", info.seriesName());
		map.put("width", info.width());
		map.put("height", info.height());
		map.put("size_z", info.sizeZ());
		map.put("size_t", info.sizeT());
		map.put("pixel_type", info.type().name().toLowerCase(Locale.ROOT));
		map.put("rgb", info.rgb());
		final List<Map<String, Object>> channels = new ArrayList<>();
		for (final Channel channel : info.channels()) {
			final Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("name", channel.name());
			entry.put("color", String.format("#%06x", channel.rgb()));
			channels.add(entry);
		}
		map.put("channels", channels);
		final List<Map<String, Object>> levels = new ArrayList<>();
		for (final PyramidLevel level : info.levels()) {
			final Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("width", level.width());
			entry.put("height", level.height());
			entry.put("downsample", level.downsample());
			levels.add(entry);
		}
		map.put("levels", levels);
		map.put("pixel_size_um", info.hasPixelSize() ? info.pixelSizeUm() : null);
		map.put("kind_guess", kind(series));
		map.put("warnings", info.warnings());
		return map;
	}

	/** Returns the kind as protocols write it. */
	private static String kind(final Series series) {
		return series.kindGuess.kind().name().toLowerCase(Locale.ROOT).replace('_',
			'-');
	}

	/** Returns the report as lines for people. */
	public String text() {
		final StringBuilder text = new StringBuilder();
		text.append(image).append(" (").append(series.get(0).info.format()).append(
			")\n");
		for (final Series s : series)
			text(s, text);
		return text.toString();
	}

	private void text(final Series s, final StringBuilder text) {
		final ImageInfo info = s.info;
		line(text, "Series " + (info.series() + 1), info.seriesName());
		line(text, "  size", info.width() + " x " + info.height() + " pixels" +
			(info.sizeZ() > 1 ? ", " + info.sizeZ() + " planes" : "") + (info
				.sizeT() > 1 ? ", " + info.sizeT() + " time points" : ""));
		line(text, "  pixel size", info.hasPixelSize() ? String.format(Locale.ROOT,
			"%.4g µm", info.pixelSizeUm()) : "not in the file: give --pixel-size");
		line(text, "  samples", (info.rgb() ? "RGB, " : "") + switch (info.type()) {
			case UINT8 -> "8 bit";
			case UINT16 -> "16 bit";
			case FLOAT -> "32-bit float";
		});
		if (!info.rgb()) line(text, "  channels", String.join(", ", info.channels()
			.stream().map(c -> c.index() + 1 + " " + c.name()).toList()));
		line(text, "  levels", String.join(", ", info.levels().stream().map(l -> l
			.width() + " x " + l.height()).toList()));
		line(text, "  kind", kind(s) + " (a guess: " + s.kindGuess.words() + ")");
		for (final String warning : info.warnings()) {
			line(text, "  warning", warning);
		}
	}

	private static void line(final StringBuilder text, final String key,
		final String value)
	{
		text.append(String.format("%-13s %s", key, value).stripTrailing()).append(
			'\n');
	}
}
