
package org.senoscope.io.imagej;

import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ChannelColours;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.StackPixelSource;
import org.senoscope.core.image.TileGrid;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.image.PixelSizes;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;

/**
 * Pixels of an image that is open in ImageJ: 8-bit, 16-bit, 32-bit, 8-bit
 * colour, RGB, and hyperstacks of them. The selection of the image plays no
 * part. The image stays open when the source is closed.
 */
public final class ImagePlusSource extends StackPixelSource {

	private static final String[] PRIMARY_NAMES = { "Red", "Green", "Blue" };

	private final ImageStack stack;
	private final ImageInfo info;
	private final TileGrid grid;
	/** Slices in the stack by channel, plane and time point. */
	private final int sizeC;
	private final int sizeZ;
	private final int time;
	/** Whether three slices are the red, green and blue of one picture. */
	private final boolean rgbSlices;
	private final boolean palette;
	private final boolean signed;

	/**
	 * Wraps an open image.
	 *
	 * @param image the image
	 * @param options plane and time point, tile size and cache; the series is of
	 *          no account
	 * @throws UserException if there is no such plane or time point
	 */
	public ImagePlusSource(final ImagePlus image, final OpenOptions options) {
		super(options.cacheBytes());
		if (image.getWidth() < 1 || image.getHeight() < 1 || image
			.getStackSize() < 1) throw new UserException(image.getTitle() +
				": the image has no pixels; open another one");
		stack = image.getStack();
		final int[] size = image.getDimensions();
		final int bitDepth = image.getBitDepth();
		final Calibration calibration = image.getCalibration();
		signed = bitDepth == 16 && calibration.isSigned16Bit();
		final List<String> labels = labels(image, size[2] > 1 ? size[2] : size[3]);
		rgbSlices = bitDepth == 8 && size[4] == 1 && Math.min(size[2],
			size[3]) == 1 && labels.equals(List.of(PRIMARY_NAMES));
		sizeC = rgbSlices ? 3 : size[2];
		sizeZ = rgbSlices ? 1 : size[3];
		palette = image.getType() == ImagePlus.COLOR_256;
		final boolean rgb = rgbSlices || bitDepth == 24 || palette;
		final PixelType type = rgb || bitDepth == 8 ? PixelType.UINT8
			: bitDepth == 16 && !signed ? PixelType.UINT16 : PixelType.FLOAT;
		final List<String> warnings = new ArrayList<>();
		final double um = micrometres(calibration.getUnit());
		final double[] pixelSize = PixelSizes.plausible(calibration.pixelWidth * um,
			calibration.pixelHeight * um, warnings);
		final ImageInfo known = new ImageInfo(image.getTitle(), 0, "", "ImageJ",
			type, rgb, channels(image, rgb, labels), List.of(new PyramidLevel(image
				.getWidth(), image.getHeight(), 1)), sizeZ, size[4], pixelSize[0],
			pixelSize[1], warnings);
		grid = TileGrid.fitting(image.getWidth(), image.getHeight(), image
			.getWidth(), image.getHeight(), options.tileSize());
		time = options.t() - 1;
		info = choose(known, options.z(), options.t());
	}

	private static List<Channel> channels(final ImagePlus image,
		final boolean rgb, final List<String> labels)
	{
		final int count = rgb ? 3 : image.getNChannels();
		final List<Channel> channels = new ArrayList<>();
		for (int c = 0; c < count; c++) {
			if (rgb) channels.add(new Channel(c, PRIMARY_NAMES[c], ChannelColours
				.standard(c, 3, true)));
			else {
				final String label = count > 1 || labels.size() == 1 ? labels.get(c)
					: "";
				channels.add(new Channel(c, label.isEmpty() ? "Channel " + (c + 1)
					: label, colour(image, c, count)));
			}
		}
		return channels;
	}

	/** Colour of the brightest value of a channel's look-up table. */
	private static int colour(final ImagePlus image, final int channel,
		final int count)
	{
		final int standard = ChannelColours.standard(channel, count, false);
		if (!(image instanceof CompositeImage composite)) return standard;
		final LUT lut = composite.getChannelLut(channel + 1);
		final int colour = lut.getRGB(255) & 0xffffff;
		return colour == 0 ? standard : colour;
	}

	/**
	 * Returns a name from the slice label of each channel (or slice), empty where
	 * there is none. Labels that count ("c:1/3 - file") or that are all the same
	 * name no channel.
	 */
	private static List<String> labels(final ImagePlus image, final int count) {
		final List<String> labels = new ArrayList<>();
		final boolean byChannel = image.getNChannels() > 1;
		for (int i = 1; i <= count; i++) {
			final String label = image.getStack().getSliceLabel(byChannel ? image
				.getStackIndex(i, 1, 1) : i);
			labels.add(label == null ? "" : label.lines().findFirst().orElse("")
				.replaceAll("\\b[cztsCZTS]:\\d+/\\d+", "").replace(image.getTitle(), "")
				.replaceAll("^[\\s\\-;:]+|[\\s\\-;:]+$", ""));
		}
		final Set<String> different = new HashSet<>(labels);
		if (count > 1 && different.size() < count) labels.replaceAll(l -> "");
		// The one label of a single picture is often a file name.
		if (count == 1 && labels.get(0).matches(".*\\.[A-Za-z0-9]{2,5}")) labels
			.set(0, "");
		return labels;
	}

	/** Returns the µm that a unit of ImageJ is, NaN where it is no length. */
	static double micrometres(final String unit) {
		if (unit == null) return Double.NaN;
		return switch (unit.strip().toLowerCase(Locale.ROOT)) {
			case "µm", "μm", "um", "micron", "microns", "micrometer", "micrometers",
					"micrometre", "micrometres", "\\u00b5m" -> 1;
			case "nm", "nanometer", "nanometers", "nanometre", "nanometres" -> 1e-3;
			case "mm", "millimeter", "millimeters", "millimetre", "millimetres" ->
				1e3;
			case "cm", "centimeter", "centimeters", "centimetre", "centimetres" ->
				1e4;
			case "m", "meter", "meters", "metre", "metres" -> 1e6;
			case "inch", "inches", "in", "\"" -> 25_400;
			default -> Double.NaN;
		};
	}

	@Override
	public ImageInfo info() {
		return info;
	}

	@Override
	public TileGrid grid(final int level) {
		if (level != 0) throw new IndexOutOfBoundsException("level " + level);
		return grid;
	}

	@Override
	protected Object loadTile(final int level, final int channel, final int plane,
		final Region region)
	{
		if (rgbSlices) {
			final byte[] rgb = new byte[3 * (int) region.size()];
			for (int c = 0; c < 3; c++) {
				final byte[] tile = rows((byte[]) pixels(c + 1), region);
				for (int i = 0, o = c; i < tile.length; i++, o += 3)
					rgb[o] = tile[i];
			}
			return rgb;
		}
		final Object pixels = pixels(1 + Math.max(0, channel) + sizeC * (plane +
			sizeZ * time));
		if (pixels instanceof int[] packed) return unpack(packed, region);
		if (pixels instanceof byte[] bytes) return palette ? expand(rows(bytes,
			region)) : rows(bytes, region);
		if (pixels instanceof short[] shorts) return rows(shorts, region);
		return rows((float[]) pixels, region);
	}

	/** Virtual stacks read from disk, one slice at a time. */
	private Object pixels(final int slice) {
		if (!stack.isVirtual()) return stack.getPixels(slice);
		synchronized (stack) {
			return stack.getPixels(slice);
		}
	}

	private byte[] unpack(final int[] packed, final Region region) {
		final byte[] rgb = new byte[3 * (int) region.size()];
		int o = 0;
		for (int y = region.y(); y < region.bottom(); y++) {
			for (int x = 0, i = y * grid.width() + region.x(); x < region
				.width(); x++, i++)
			{
				rgb[o++] = (byte) (packed[i] >> 16);
				rgb[o++] = (byte) (packed[i] >> 8);
				rgb[o++] = (byte) packed[i];
			}
		}
		return rgb;
	}

	private byte[] expand(final byte[] indices) {
		final IndexColorModel colours = (IndexColorModel) stack.getColorModel();
		final byte[] rgb = new byte[3 * indices.length];
		for (int i = 0, o = 0; i < indices.length; i++) {
			final int colour = colours.getRGB(indices[i] & 255);
			rgb[o++] = (byte) (colour >> 16);
			rgb[o++] = (byte) (colour >> 8);
			rgb[o++] = (byte) colour;
		}
		return rgb;
	}

	private byte[] rows(final byte[] plane, final Region region) {
		final byte[] tile = new byte[(int) region.size()];
		for (int y = 0; y < region.height(); y++) {
			System.arraycopy(plane, start(region, y), tile, y * region.width(), region
				.width());
		}
		return tile;
	}

	private Object rows(final short[] plane, final Region region) {
		final short[] tile = new short[(int) region.size()];
		for (int y = 0; y < region.height(); y++) {
			System.arraycopy(plane, start(region, y), tile, y * region.width(), region
				.width());
		}
		if (!signed) return tile;
		final float[] values = new float[tile.length];
		for (int i = 0; i < tile.length; i++) {
			// ImageJ keeps signed samples with 32,768 added.
			values[i] = (tile[i] & 0xffff) - 32768;
		}
		return values;
	}

	private float[] rows(final float[] plane, final Region region) {
		final float[] tile = new float[(int) region.size()];
		for (int y = 0; y < region.height(); y++) {
			System.arraycopy(plane, start(region, y), tile, y * region.width(), region
				.width());
		}
		return tile;
	}

	private int start(final Region region, final int y) {
		return (region.y() + y) * grid.width() + region.x();
	}
}
