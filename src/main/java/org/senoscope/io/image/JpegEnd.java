
package org.senoscope.io.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

import org.senoscope.core.UserException;

/**
 * Tells truncated JPEG files, whose missing part decoders fill with grey
 * without a word.
 */
final class JpegEnd {

	/** Cameras put data of their own after the picture, up to about this. */
	private static final int TAIL_BYTES = 1 << 16;

	private JpegEnd() {}

	/**
	 * Looks for the end mark of the picture.
	 *
	 * @throws UserException if there is none near the end of the file
	 */
	static void check(final Path file) throws IOException {
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			final byte[] tail = new byte[(int) Math.min(TAIL_BYTES, in.length())];
			in.seek(in.length() - tail.length);
			in.readFully(tail);
			for (int i = tail.length - 2; i >= 0; i--) {
				if (tail[i] == (byte) 0xff && tail[i + 1] == (byte) 0xd9) return;
			}
		}
		throw new UserException(ImageErrors.name(file) +
			": is truncated: the end of the JPEG picture is missing; copy the file again");
	}
}
