
package org.senoscope.core.image;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Levels of a tiled source as ImgLib2 images, axes X, Y, C. Nothing is read
 * before it is looked at, nothing is copied: the cells of the image are the
 * tiles in the cache of the source, in which they do not stay longer than other
 * tiles. Read-only by convention; reading fails once the source is closed.
 */
public final class LazyImages {

	private LazyImages() {}

	/**
	 * Returns a level with all its channels.
	 *
	 * @param source the picture
	 * @param level pyramid level
	 * @return image of {@link UnsignedByteType}, {@link UnsignedShortType} or
	 *         {@link FloatType} by {@link ImageInfo#type()}; the channels of an
	 *         RGB image are red, green, blue
	 */
	public static RandomAccessibleInterval<? extends RealType<?>> of(
		final TiledPixelSource source, final int level)
	{
		return switch (source.info().type()) {
			case UINT8 -> bytes(source, level);
			case UINT16 -> image(source, level, new UnsignedShortType(),
				tile -> new ShortArray((short[]) tile));
			case FLOAT -> image(source, level, new FloatType(),
				tile -> new FloatArray((float[]) tile));
		};
	}

	/**
	 * Returns a level with all its channels, of an 8-bit source.
	 *
	 * @param source the picture
	 * @param level pyramid level
	 * @throws IllegalArgumentException if the samples are not 8-bit
	 */
	public static RandomAccessibleInterval<UnsignedByteType> bytes(
		final TiledPixelSource source, final int level)
	{
		if (source.info().type() != PixelType.UINT8)
			throw new IllegalArgumentException(source.info().name() + " is " + source
				.info().type());
		return image(source, level, new UnsignedByteType(), tile -> new ByteArray(
			(byte[]) tile));
	}

	private interface Access<A> {

		A of(Object tile);
	}

	private static <T extends NativeType<T>, A extends net.imglib2.img.basictypeaccess.DataAccess>
		RandomAccessibleInterval<T> image(final TiledPixelSource source,
			final int level, final T type, final Access<A> access)
	{
		final TileGrid tiles = source.grid(level);
		final boolean rgb = source.info().rgb();
		final int channels = source.info().channels().size();
		// Samples of an RGB tile lie side by side: there C is the fastest axis.
		final CellGrid grid = rgb ? new CellGrid(new long[] { 3, tiles.width(),
			tiles.height() }, new int[] { 3, tiles.tileWidth(), tiles.tileHeight() })
			: new CellGrid(new long[] { tiles.width(), tiles.height(), channels },
				new int[] { tiles.tileWidth(), tiles.tileHeight(), 1 });
		final int columns = tiles.columns(), perChannel = columns * tiles.rows();
		final LazyCellImg<T, A> image = new LazyCellImg<>(grid, type, index -> {
			final int channel = (int) (index / perChannel);
			final int within = (int) (index % perChannel);
			final int column = within % columns, row = within / columns;
			final Region region = tiles.tile(column, row);
			final A data = access.of(source.tile(level, rgb ? TiledPixelSource.RGB
				: channel, column, row));
			return rgb ? new Cell<>(new int[] { 3, region.width(), region.height() },
				new long[] { 0, region.x(), region.y() }, data) : new Cell<>(new int[] {
					region.width(), region.height(), 1 }, new long[] { region.x(), region
						.y(), channel }, data);
		});
		return rgb ? Views.moveAxis(image, 0, 2) : image;
	}
}
