
package org.senoscope.core.image;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of an image (one series) before a pixel is read.
 *
 * @param name file name with extension, as it stands in outputs (never a path)
 * @param series index of the series among the pictures of the file that may be
 *          analysed, from 0
 * @param seriesName name that the file gives the series, may be empty
 * @param format name of the file format, as the reader gives it
 * @param type sample type after reading
 * @param rgb whether the samples are one red-green-blue picture (brightfield);
 *          then {@code channels} are red, green, blue
 * @param channels the channels in file order
 * @param levels the pyramid, level 0 (full resolution) first, never empty
 * @param sizeZ number of planes in depth
 * @param sizeT number of time points
 * @param pixelSizeXUm width of a level-0 pixel in µm, NaN where the file does
 *          not say (or says something implausible)
 * @param pixelSizeYUm height of a level-0 pixel in µm, NaN likewise
 * @param warnings what a reader of the numbers should know about the file, one
 *          line each
 */
public record ImageInfo(String name, int series, String seriesName,
		String format, PixelType type, boolean rgb, List<Channel> channels,
		List<PyramidLevel> levels, int sizeZ, int sizeT, double pixelSizeXUm,
		double pixelSizeYUm, List<String> warnings) {

	/** Copies the lists. */
	public ImageInfo {
		channels = List.copyOf(channels);
		levels = List.copyOf(levels);
		warnings = List.copyOf(warnings);
		if (levels.isEmpty()) throw new IllegalArgumentException(name +
			": no pyramid level");
	}

	/** Returns the width at level 0 in pixels. */
	public int width() {
		return levels.get(0).width();
	}

	/** Returns the height at level 0 in pixels. */
	public int height() {
		return levels.get(0).height();
	}

	/** Returns the whole picture at level 0. */
	public Region bounds() {
		return new Region(0, 0, width(), height());
	}

	/**
	 * Returns the channel that a person named, by name in any case or by number
	 * from 1; null if there is none.
	 */
	public Channel channel(final String asked) {
		for (final Channel c : channels)
			if (c.name().equalsIgnoreCase(asked)) return c;
		return asked.matches("\\d{1,6}") && Integer.parseInt(asked) >= 1 && Integer
			.parseInt(asked) <= channels.size() ? channels.get(Integer.parseInt(
				asked) - 1) : null;
	}

	/** Returns the channels as messages list them: "1 DAPI, 2 Cy3". */
	public String channelNames() {
		return channels.stream().map(c -> c.index() + 1 + " " + c.name()).collect(
			Collectors.joining(", "));
	}

	/** Returns whether the file gives a plausible pixel size. */
	public boolean hasPixelSize() {
		return pixelSizeXUm > 0 && pixelSizeYUm > 0;
	}

	/** Returns the mean of pixel width and height in µm, NaN where unknown. */
	public double pixelSizeUm() {
		return (pixelSizeXUm + pixelSizeYUm) / 2;
	}
}
