
package org.senoscope.io.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.senoscope.core.image.PixelType;

import loci.formats.FormatTools;

/** Turns the bytes of a reader into samples. */
final class Samples {

	private Samples() {}

	/** Returns how samples of a Bio-Formats pixel type are read. */
	static PixelType type(final int pixelType) {
		return switch (pixelType) {
			case FormatTools.UINT8, FormatTools.BIT -> PixelType.UINT8;
			case FormatTools.UINT16 -> PixelType.UINT16;
			default -> PixelType.FLOAT;
		};
	}

	/**
	 * Returns one channel of a plane as {@code byte[]}, {@code short[]} or
	 * {@code float[]} by {@link #type}.
	 *
	 * @param raw bytes as the reader gives them
	 * @param pixelType Bio-Formats pixel type
	 * @param littleEndian order of the bytes of a sample
	 * @param offset index of the first sample, in samples
	 * @param step samples from one pixel to the next
	 * @param count number of pixels
	 */
	static Object channel(final byte[] raw, final int pixelType,
		final boolean littleEndian, final int offset, final int step,
		final int count)
	{
		final ByteBuffer buffer = ByteBuffer.wrap(raw).order(littleEndian
			? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		switch (type(pixelType)) {
			case UINT8: {
				if (step == 1 && offset == 0 && raw.length == count) return raw;
				final byte[] out = new byte[count];
				if (step == 1) System.arraycopy(raw, offset, out, 0, count);
				else for (int i = 0, j = offset; i < count; i++, j += step) {
					out[i] = raw[j];
				}
				return out;
			}
			case UINT16: {
				final short[] out = new short[count];
				if (step == 1) buffer.asShortBuffer().position(offset).get(out);
				else for (int i = 0, j = offset; i < count; i++, j += step) {
					out[i] = buffer.getShort(2 * j);
				}
				return out;
			}
			default: {
				final float[] out = new float[count];
				for (int i = 0, j = offset; i < count; i++, j += step) {
					out[i] = real(buffer, pixelType, j);
				}
				return out;
			}
		}
	}

	private static float real(final ByteBuffer buffer, final int pixelType,
		final int index)
	{
		return switch (pixelType) {
			case FormatTools.INT8 -> buffer.get(index);
			case FormatTools.INT16 -> buffer.getShort(2 * index);
			case FormatTools.INT32 -> buffer.getInt(4 * index);
			case FormatTools.UINT32 -> buffer.getInt(4 * index) & 0xffffffffL;
			case FormatTools.FLOAT -> buffer.getFloat(4 * index);
			case FormatTools.DOUBLE -> (float) buffer.getDouble(8 * index);
			default -> throw new IllegalArgumentException("pixel type " + FormatTools
				.getPixelTypeString(pixelType));
		};
	}

	/**
	 * Puts one channel of a plane into every third byte of an RGB tile.
	 *
	 * @param channel samples, {@code byte[]} or {@code short[]}
	 * @param shift bits by which 16-bit samples are shifted down to 8
	 * @param rgb receives them
	 * @param sample 0 red, 1 green, 2 blue
	 */
	static void interleave(final Object channel, final int shift,
		final byte[] rgb, final int sample)
	{
		if (channel instanceof byte[] bytes) {
			for (int i = 0, j = sample; i < bytes.length; i++, j += 3) {
				rgb[j] = bytes[i];
			}
			return;
		}
		final short[] shorts = (short[]) channel;
		for (int i = 0, j = sample; i < shorts.length; i++, j += 3) {
			rgb[j] = (byte) Math.min(255, (shorts[i] & 0xffff) >> shift);
		}
	}

	/**
	 * Returns planar 8-bit samples interleaved.
	 *
	 * @param raw red plane, green plane, blue plane (further ones are left out)
	 * @param count number of pixels
	 */
	static byte[] interleave(final byte[] raw, final int count) {
		final byte[] rgb = new byte[3 * count];
		for (int i = 0, g = count, b = 2 * count, o =
			0; i < count; i++, g++, b++, o += 3)
		{
			rgb[o] = raw[i];
			rgb[o + 1] = raw[g];
			rgb[o + 2] = raw[b];
		}
		return rgb;
	}
}
