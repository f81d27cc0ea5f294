
package org.senoscope.io.validation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.senoscope.core.UserException;

/**
 * Nuclei of a Ki-67 picture as DeepLIIF draws its truth (Ghahremani et al., Nat
 * Mach Intell 2022): red inside positive nuclei, blue inside negative ones,
 * green along their edges. A nucleus is a connected piece of one colour with
 * the edge pixels that are nearest to it.
 *
 * @param labels nucleus at each pixel, 0: none
 * @param inside the same without the edges, which are drawn some pixels wide
 *          and reach beyond the nuclei
 * @param positive whether a nucleus is positive, by label
 */
record Ki67Truth(int[] labels, int[] inside, boolean[] positive) {

	/** Edges are drawn so wide at most, in pixels to one side. */
	private static final int EDGE_PX = 3;
	private static final int HALF = 128;

	static Ki67Truth read(final Path file) {
		try {
			final BufferedImage image = ImageIO.read(file.toFile());
			if (image != null && image.getRaster().getNumBands() >= 3) return of(
				image);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": cannot be read (" + e.getMessage() + ")", e);
		}
		throw new UserException(file + ": is no RGB PNG");
	}

	private static Ki67Truth of(final BufferedImage image) {
		final int w = image.getWidth(), h = image.getHeight();
		final int[] rgb = image.getRGB(0, 0, w, h, null, 0, w);
		final int[] labels = new int[rgb.length];
		final boolean[] positive = new boolean[rgb.length + 1];
		final int[] queue = new int[rgb.length];
		int count = 0;
		for (int i = 0; i < rgb.length; i++) {
			final int inside = inside(rgb[i]);
			if (inside == 0 || labels[i] != 0) continue;
			labels[i] = ++count;
			positive[count] = inside == 1;
			queue[0] = i;
			for (int from = 0, to = 1; from < to; from++)
				for (final int n : neighbours(queue[from], w, h))
					if (n >= 0 && labels[n] == 0 && inside(rgb[n]) == inside) {
						labels[n] = count;
						queue[to++] = n;
					}
		}
		final int[] inner = labels.clone();
		for (int ring = 0; ring < EDGE_PX; ring++) {
			final int[] before = labels.clone();
			for (int i = 0; i < rgb.length; i++) {
				if (before[i] != 0 || (rgb[i] >> 8 & 255) < HALF) continue;
				for (final int n : neighbours(i, w, h))
					if (n >= 0 && before[n] != 0) labels[i] = before[n];
			}
		}
		return new Ki67Truth(labels, inner, positive);
	}

	/** 1: positive, 2: negative, 0: neither. */
	private static int inside(final int rgb) {
		if ((rgb >> 8 & 255) >= HALF) return 0;
		return (rgb >> 16 & 255) >= HALF ? 1 : (rgb & 255) >= HALF ? 2 : 0;
	}

	private static int[] neighbours(final int i, final int w, final int h) {
		return new int[] { i % w > 0 ? i - 1 : -1, i % w < w - 1 ? i + 1 : -1, i -
			w, i + w < w * h ? i + w : -1 };
	}

	/** Returns the positive or the negative nuclei alone, without edges. */
	int[] only(final boolean wanted) {
		return only(inside, positive, wanted);
	}

	static int[] only(final int[] labels, final boolean[] positive,
		final boolean wanted)
	{
		final int[] some = labels.clone();
		for (int i = 0; i < some.length; i++)
			if (positive[some[i]] != wanted) some[i] = 0;
		return some;
	}
}
