
package org.senoscope.io.output;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A buffered stream of UTF-8 text that takes numbers without allocation. */
final class Utf8Output implements Closeable {

	private final OutputStream out;
	private final byte[] buffer = new byte[1 << 16];
	private int filled;

	Utf8Output(final OutputStream out) {
		this.out = out;
	}

	/** Writes one ASCII character. */
	void ascii(final char c) throws IOException {
		if (filled == buffer.length) drain();
		buffer[filled++] = (byte) c;
	}

	/** Writes text. */
	void text(final String text) throws IOException {
		for (int i = 0; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (c >= 0x80) {
				final byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
				for (final byte b : rest)
					ascii((char) (b & 0xff));
				return;
			}
			ascii(c);
		}
	}

	/** Writes a number. */
	void number(final NumberText number) throws IOException {
		final char[] chars = number.chars();
		final int n = number.length();
		for (int i = 0; i < n; i++)
			ascii(chars[i]);
	}

	private void drain() throws IOException {
		out.write(buffer, 0, filled);
		filled = 0;
	}

	@Override
	public void close() throws IOException {
		try (out) {
			drain();
		}
	}
}
