
package org.senoscope.io.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes uncompressed little-endian TIFF files, every page one strip (or one
 * strip a plane), as tests need them.
 */
final class SmallTiff {

	/** Values of the tag SampleFormat. */
	static final int UNSIGNED = 1, SIGNED = 2, REAL = 3;
	/** Values of the tag PhotometricInterpretation. */
	static final int BLACK_IS_ZERO = 1, RGB = 2, PALETTE = 3;

	private static final int SHORT = 3, LONG = 4;

	/**
	 * A page.
	 *
	 * @param planar whether samples lie in planes, not side by side
	 * @param reduced whether the page is marked as a smaller version of another
	 * @param description text of the page; where it says "ramp", the table of
	 *          colours of a palette page is one
	 * @param pixels samples as bytes
	 */
	record Page(int width, int height, int samples, int bits, int format,
			int photometric, boolean planar, boolean reduced, String description,
			byte[] pixels) {
	}

	private final List<Page> pages = new ArrayList<>();

	SmallTiff add(final Page page) {
		pages.add(page);
		return this;
	}

	/** Adds an 8-bit RGB page filled with a colour. */
	SmallTiff addRgb(final int width, final int height, final boolean reduced,
		final String description, final int... colour)
	{
		final byte[] pixels = new byte[3 * width * height];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) colour[i % 3];
		return add(new Page(width, height, 3, 8, UNSIGNED, RGB, false, reduced,
			description, pixels));
	}

	/** Adds a page of one channel. */
	SmallTiff addGrey(final int width, final int height, final int bits,
		final int format, final byte[] pixels)
	{
		return add(new Page(width, height, 1, bits, format, BLACK_IS_ZERO, false,
			false, "", pixels));
	}

	Path write(final Path file) throws IOException {
		final ByteBuffer out = ByteBuffer.allocate(1 << 22).order(
			ByteOrder.LITTLE_ENDIAN);
		out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(0);
		int link = 4;
		for (final Page page : pages)
			link = write(page, out, link);
		return Files.write(file, java.util.Arrays.copyOf(out.array(), out
			.position()));
	}

	/** Writes a page and returns where the link to the next one stands. */
	private static int write(final Page page, final ByteBuffer out,
		final int link)
	{
		final int planes = page.planar ? page.samples : 1;
		final int start = out.position(), length = page.pixels.length / planes;
		out.put(page.pixels);
		final TreeMap<Integer, int[]> tags = new TreeMap<>();
		tags.put(254, new int[] { LONG, page.reduced ? 1 : 0 });
		tags.put(256, new int[] { LONG, page.width });
		tags.put(257, new int[] { LONG, page.height });
		tags.put(258, repeat(SHORT, page.bits, page.samples));
		tags.put(259, new int[] { SHORT, 1 });
		tags.put(262, new int[] { SHORT, page.photometric });
		tags.put(277, new int[] { SHORT, page.samples });
		tags.put(278, new int[] { LONG, page.height });
		tags.put(284, new int[] { SHORT, page.planar ? 2 : 1 });
		tags.put(339, repeat(SHORT, page.format, page.samples));
		final int[] offsets = repeat(LONG, 0, planes), counts = repeat(LONG, length,
			planes);
		for (int p = 0; p < planes; p++)
			offsets[1 + p] = start + p * length;
		tags.put(273, offsets);
		tags.put(279, counts);
		if (page.photometric == PALETTE) tags.put(320, table(page.description
			.contains("ramp")));
		// Arrays that do not fit into an entry stand before the entries.
		final TreeMap<Integer, Integer> places = new TreeMap<>();
		for (final var tag : tags.entrySet()) {
			final int[] v = tag.getValue();
			if ((v.length - 1) * (v[0] == SHORT ? 2 : 4) <= 4) continue;
			out.position(out.position() + (out.position() & 1));
			places.put(tag.getKey(), out.position());
			for (int i = 1; i < v.length; i++) {
				if (v[0] == SHORT) out.putShort((short) v[i]);
				else out.putInt(v[i]);
			}
		}
		final byte[] text = (page.description + "\0").getBytes(
			StandardCharsets.US_ASCII);
		final int textPlace = out.position();
		out.put(text).put(new byte[4]);
		out.position(out.position() + (out.position() & 1));
		out.putInt(link, out.position());
		final boolean described = !page.description.isEmpty();
		out.putShort((short) (tags.size() + (described ? 1 : 0)));
		for (final var tag : tags.entrySet()) {
			if (described && tag.getKey() == 273) {
				out.putShort((short) 270).putShort((short) 2).putInt(text.length)
					.putInt(textPlace);
			}
			final int[] v = tag.getValue();
			out.putShort((short) (int) tag.getKey()).putShort((short) v[0]).putInt(
				v.length - 1);
			if (places.containsKey(tag.getKey())) out.putInt(places.get(tag
				.getKey()));
			else if (v[0] == SHORT) out.putShort((short) v[1]).putShort(v.length > 2
				? (short) v[2] : 0);
			else out.putInt(v[1]);
		}
		out.putInt(0);
		return out.position() - 4;
	}

	private static int[] repeat(final int type, final int value,
		final int count)
	{
		final int[] tag = new int[count + 1];
		java.util.Arrays.fill(tag, value);
		tag[0] = type;
		return tag;
	}

	/** Returns red (c = 0), green or blue of an entry of the palette. */
	static int palette(final int index, final int c) {
		return index * (c == 0 ? 101 : c == 1 ? 59 : 173) & 255;
	}

	private static int[] table(final boolean ramp) {
		final int[] tag = new int[1 + 768];
		tag[0] = SHORT;
		for (int i = 0; i < 256; i++) {
			for (int c = 0; c < 3; c++) {
				tag[1 + 256 * c + i] = (ramp ? i : palette(i, c)) * 257;
			}
		}
		return tag;
	}

	/** Returns samples as little-endian bytes. */
	static byte[] bytes(final int bits, final int format,
		final double... samples)
	{
		final ByteBuffer out = ByteBuffer.allocate(samples.length * bits / 8).order(
			ByteOrder.LITTLE_ENDIAN);
		for (final double sample : samples) {
			if (format == REAL) {
				if (bits == 32) out.putFloat((float) sample);
				else out.putDouble(sample);
			}
			else if (bits == 8) out.put((byte) (int) sample);
			else if (bits == 16) out.putShort((short) (int) sample);
			else out.putInt((int) (long) sample);
		}
		return out.array();
	}
}
