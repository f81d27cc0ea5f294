
package org.senoscope.io.image;

import java.io.IOException;

import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.StackPixelSource;
import org.senoscope.core.image.TileGrid;

import loci.formats.FormatException;
import loci.formats.FormatTools;
import loci.formats.IFormatReader;

/**
 * Pixels of one picture of a file through Bio-Formats. Opened by
 * {@link ImageSources}.
 */
public final class BioFormatsSource extends StackPixelSource {

	private final BioFormatsFile file;
	private final Picture picture;
	private final ImageInfo info;
	private final TileGrid[] grids;
	private final int t;

	BioFormatsSource(final BioFormatsFile file, final Picture picture,
		final OpenOptions options)
	{
		super(options.cacheBytes());
		this.file = file;
		this.picture = picture;
		final ImageInfo known = picture.info();
		grids = new TileGrid[known.levels().size()];
		for (int level = 0; level < grids.length; level++) {
			final PyramidLevel size = known.levels().get(level);
			final Picture.Place place = picture.places().get(level);
			grids[level] = TileGrid.fitting(size.width(), size.height(), place
				.tileWidth(), place.tileHeight(), options.tileSize());
		}
		t = options.t() - 1;
		info = choose(known, options.z(), options.t());
	}

	@Override
	public ImageInfo info() {
		return info;
	}

	@Override
	public TileGrid grid(final int level) {
		return grids[level];
	}

	@Override
	protected Object loadTile(final int level, final int channel, final int plane,
		final Region region)
	{
		return file.read(" at " + region + " of level " + level, reader -> {
			final Picture.Place place = picture.places().get(level);
			reader.setSeries(place.series());
			reader.setResolution(place.resolution());
			return switch (picture.colour()) {
				case NONE -> channel(reader, channel, plane, region);
				case SAMPLES -> samples(reader, plane, region);
				case PLANES -> planes(reader, plane, region);
				case PALETTE -> palette(reader, plane, region);
			};
		});
	}

	private Object channel(final IFormatReader reader, final int channel,
		final int plane, final Region region) throws FormatException, IOException
	{
		// Several samples may share a plane.
		final int samples = reader.getRGBChannelCount();
		final int sample = channel % samples;
		final int count = (int) region.size();
		final byte[] raw = bytes(reader, channel / samples, plane, region);
		final boolean interleaved = reader.isInterleaved() && samples > 1;
		return Samples.channel(raw, reader.getPixelType(), reader.isLittleEndian(),
			interleaved ? sample : sample * count, interleaved ? samples : 1, count);
	}

	private byte[] samples(final IFormatReader reader, final int plane,
		final Region region) throws FormatException, IOException
	{
		final int count = (int) region.size();
		final int samples = reader.getRGBChannelCount();
		final byte[] raw = bytes(reader, 0, plane, region);
		final boolean interleaved = reader.isInterleaved();
		if (reader.getPixelType() == FormatTools.UINT8) {
			if (!interleaved) return Samples.interleave(raw, count);
			if (samples == 3) return raw;
		}
		final byte[] rgb = new byte[3 * count];
		for (int c = 0; c < 3; c++) {
			Samples.interleave(Samples.channel(raw, reader.getPixelType(), reader
				.isLittleEndian(), interleaved ? c : c * count, interleaved ? samples
					: 1, count), picture.shift(), rgb, c);
		}
		return rgb;
	}

	private byte[] planes(final IFormatReader reader, final int plane,
		final Region region) throws FormatException, IOException
	{
		final byte[] rgb = new byte[3 * (int) region.size()];
		for (int c = 0; c < 3; c++) {
			Samples.interleave(channel(reader, c, plane, region), picture.shift(),
				rgb, c);
		}
		return rgb;
	}

	private byte[] palette(final IFormatReader reader, final int plane,
		final Region region) throws FormatException, IOException
	{
		final Object indices = channel(reader, 0, plane, region);
		final byte[] rgb = new byte[3 * (int) region.size()];
		if (indices instanceof byte[] bytes) {
			final byte[][] table = reader.get8BitLookupTable();
			for (int i = 0, o = 0; i < bytes.length; i++) {
				final int index = bytes[i] & 0xff;
				for (int c = 0; c < 3; c++)
					rgb[o++] = table[c][index];
			}
		}
		else {
			final short[] shorts = (short[]) indices;
			final short[][] table = reader.get16BitLookupTable();
			for (int i = 0, o = 0; i < shorts.length; i++) {
				final int index = shorts[i] & 0xffff;
				for (int c = 0; c < 3; c++) {
					rgb[o++] = (byte) ((table[c][index] & 0xffff) >> 8);
				}
			}
		}
		return rgb;
	}

	private byte[] bytes(final IFormatReader reader, final int channelPlane,
		final int plane, final Region region) throws FormatException, IOException
	{
		return reader.openBytes(reader.getIndex(plane, channelPlane, t), region.x(),
			region.y(), region.width(), region.height());
	}

	/** Closes all readers of the file and forgets all tiles. */
	@Override
	public void close() {
		super.close();
		file.close();
	}
}
