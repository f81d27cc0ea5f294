
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

	/** Channels of which tiles of the wanted size are read. */
	private static final double CHANNELS = 4;

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
				.tileWidth(), place.tileHeight(), place.tileWidth() < size.width()
					? side(options.tileSize(), known) : options.tileSize());
		}
		t = options.t() - 1;
		info = choose(known, options.z(), options.t());
	}

	/**
	 * The side of tiles, pixels, where the file has tiles, of which smaller ones
	 * cost nothing. What is read of a place at once is as many bytes for many
	 * channels as for four: whoever works block by block reads tiles that lie
	 * half outside the block, and they must wait in the cache, in every channel,
	 * until the block beside is at work.
	 */
	private static int side(final int wanted, final ImageInfo info) {
		return info.rgb() ? wanted : (int) Math.ceil(wanted * Math.min(1, Math.sqrt(
			CHANNELS / info.channels().size())));
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
		final String where = " at " + region + " of level " + level;
		final Picture.Place place = picture.places().get(level);
		final Object tile = place.page() >= 0 ? file.readPages(where, pages -> page(
			pages, place.page(), region)) : file.read(where, reader -> series(reader,
				place, channel, plane, region));
		if (picture.colour() == Picture.Colour.SAMPLES && file.hasPages())
			checkBlack((byte[]) tile, level, region, where);
		return tile;
	}

	private Object series(final IFormatReader reader, final Picture.Place place,
		final int channel, final int plane, final Region region)
		throws FormatException, IOException
	{
		reader.setSeries(place.series());
		reader.setResolution(place.resolution());
		return switch (picture.colour()) {
			case NONE -> channel(reader, channel, plane, region);
			case SAMPLES -> samples(reader, plane, region);
			case PLANES -> planes(reader, plane, region);
			case PALETTE -> palette(reader, plane, region);
		};
	}

	/** A page has the samples of the picture, in planes. */
	private Object page(final TiffPages pages, final int page,
		final Region region) throws FormatException, IOException
	{
		final Raw raw = new Raw(pages.read(page, region), pages.page(page)
			.getPixelType(), pages.page(page).isLittleEndian(), false, pages.page(
				page).getSamplesPerPixel());
		return picture.colour() == Picture.Colour.SAMPLES ? rgb(raw, region) : raw
			.sample(0, region);
	}

	/**
	 * Readers give black for JPEG tiles that do not decode. So every stored tile
	 * that is black throughout is looked at again.
	 */
	private void checkBlack(final byte[] rgb, final int level,
		final Region region, final String where)
	{
		final Picture.Place place = picture.places().get(level);
		final int width = place.tileWidth(), height = place.tileHeight();
		for (int row = region.y() / height; row * height < region.bottom(); row++) {
			for (int column = region.x() / width; column * width < region
				.right(); column++)
			{
				final Region stored = new Region(column * width, row * height, width,
					height).intersect(region);
				if (!isBlack(rgb, region, stored)) continue;
				final int c = column, r = row;
				file.readPages(where, pages -> {
					pages.checkTile(grids[level].width(), grids[level].height(), c, r);
					return null;
				});
			}
		}
	}

	private static boolean isBlack(final byte[] rgb, final Region region,
		final Region part)
	{
		for (int y = part.y(); y < part.bottom(); y++) {
			final int start = 3 * ((y - region.y()) * region.width() + part.x() -
				region.x());
			for (int i = start; i < start + 3 * part.width(); i++) {
				if (rgb[i] != 0) return false;
			}
		}
		return true;
	}

	/** Bytes as a reader gives them, and how they are to be understood. */
	private record Raw(byte[] bytes, int pixelType, boolean littleEndian,
			boolean interleaved, int samples) {

		Object sample(final int sample, final Region region) {
			final int count = (int) region.size();
			return Samples.channel(bytes, pixelType, littleEndian, interleaved
				? sample : sample * count, interleaved ? samples : 1, count);
		}
	}

	private Raw raw(final IFormatReader reader, final int channelPlane,
		final int plane, final Region region) throws FormatException, IOException
	{
		final byte[] bytes = reader.openBytes(reader.getIndex(plane, channelPlane,
			t), region.x(), region.y(), region.width(), region.height());
		return new Raw(bytes, reader.getPixelType(), reader.isLittleEndian(), reader
			.isInterleaved(), reader.getRGBChannelCount());
	}

	private Object channel(final IFormatReader reader, final int channel,
		final int plane, final Region region) throws FormatException, IOException
	{
		// Several samples may share a plane.
		final int samples = reader.getRGBChannelCount();
		return raw(reader, channel / samples, plane, region).sample(channel %
			samples, region);
	}

	private byte[] samples(final IFormatReader reader, final int plane,
		final Region region) throws FormatException, IOException
	{
		return rgb(raw(reader, 0, plane, region), region);
	}

	private byte[] rgb(final Raw raw, final Region region) {
		final int count = (int) region.size();
		if (raw.pixelType == FormatTools.UINT8) {
			if (!raw.interleaved) return Samples.interleave(raw.bytes, count);
			if (raw.samples == 3) return raw.bytes;
		}
		final byte[] rgb = new byte[3 * count];
		for (int c = 0; c < 3; c++) {
			Samples.interleave(raw.sample(c, region), picture.shift(), rgb, c);
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

	/** Closes all readers of the file and forgets all tiles. */
	@Override
	public void close() {
		super.close();
		file.close();
	}
}
