
package org.senoscope.core.stain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.ImageKind;

/**
 * Three stains and the colours in which they absorb. Immutable.
 * <p>
 * A stain vector is the optical density (-log10 of transmitted over incident
 * light) that one unit of the stain adds to red, green and blue, as a vector of
 * length 1. The first stain is the nuclear counterstain ({@link Stain#NEUTRAL}
 * where there is none), the second the chromogen or eosin, the third what is
 * left over (perpendicular to both) or a third stain (Ruifrok and Johnston,
 * Anal Quant Cytol Histol 2001, 23:291-299).
 */
public final class StainVectors {

	/** Index of the nuclear counterstain (of "neutral" where there is none). */
	public static final int COUNTERSTAIN = 0;

	/** Index of the chromogen (DAB, indigo), or eosin on H&amp;E. */
	public static final int CHROMOGEN = 1;

	/** Index of the residual, or of DAB beside indigo. */
	public static final int RESIDUAL = 2;

	/** Vectors closer than this cannot be told apart, in degrees. */
	private static final double LEAST_ANGLE_DEG = 5;

	private final Stain[] stains;
	private final double[][] vectors;
	private final double[][] inverse;

	private StainVectors(final Stain first, final double[] a, final Stain second,
		final double[] b, final Stain third, final double[] c)
	{
		stains = new Stain[] { first, second, third };
		vectors = new double[][] { unit(a), unit(b), unit(c) };
		inverse = invert(vectors);
	}

	/**
	 * Makes a set of two stains and their residual.
	 *
	 * @param counterstain what the first vector stands for
	 * @param a first vector r,g,b, of any length
	 * @param chromogen what the second vector stands for
	 * @param b second vector r,g,b, of any length
	 * @throws IllegalArgumentException if a vector is zero or not finite, or the
	 *           two are nearly parallel
	 */
	public static StainVectors of(final Stain counterstain, final double[] a,
		final Stain chromogen, final double[] b)
	{
		if (!isVector(a) || !isVector(b)) throw new IllegalArgumentException(
			"not a stain vector: " + Arrays.toString(a) + ", " + Arrays.toString(b));
		if (angleDegrees(a, b) < LEAST_ANGLE_DEG)
			throw new IllegalArgumentException("stain vectors of " + counterstain
				.label() + " and " + chromogen.label() + " are nearly the same colour");
		return new StainVectors(counterstain, a, chromogen, b, Stain.RESIDUAL,
			cross(unit(a), unit(b)));
	}

	/**
	 * Makes a set of three stains.
	 *
	 * @param third what the third vector stands for
	 * @param c third vector r,g,b, of any length
	 * @return these two stains with the third in place of the residual
	 * @throws IllegalArgumentException if the third nearly lies in the plane of
	 *           the two
	 */
	public StainVectors with(final Stain third, final double[] c) {
		if (!isVector(c) || Math.abs(dot(unit(c), unit(cross(vectors[0],
			vectors[1])))) < Math.sin(Math.toRadians(LEAST_ANGLE_DEG)))
			throw new IllegalArgumentException(third.label() +
				" cannot be told from a mixture of " + stains[0].label() + " and " +
				stains[1].label());
		return new StainVectors(stains[0], vectors[0], stains[1], vectors[1], third,
			c);
	}

	/**
	 * Returns the built-in vectors of a kind of image.
	 * <ul>
	 * <li>Hematoxylin 0.65, 0.70, 0.29 and DAB 0.27, 0.57, 0.78: Ruifrok and
	 * Johnston 2001.</li>
	 * <li>Eosin 0.22, 0.80, 0.56: the reference of Macenko's normalisation, which
	 * fits whole-slide scanners; the eosin of Ruifrok and Johnston (0.07, 0.99,
	 * 0.11) was measured with one camera and lies 30 degrees away.</li>
	 * <li>Indigo 0.82, 0.50, 0.28: 5,5'-dibromo-4,4'-dichloro-indigo absorbs at
	 * about 600 to 660 nm, which is most of red, a part of green and little of
	 * blue; the vector is that of teal to dark-blue precipitate.</li>
	 * <li>Nuclear fast red 0.21, 0.85, 0.48: absorbs in green and blue-green
	 * (about 500 to 550 nm), hardly in red.</li>
	 * <li>Sudan Black B 0.67, 0.61, 0.42: broad, most of it in red (blue-black
	 * granules); set by its look, for none is published: it only stands in where
	 * the slide does not show enough of it.</li>
	 * <li>X-gal without a counterstain: the first vector is neutral grey, so that
	 * the relief of unstained cells, which darkens all channels alike, does not
	 * count as indigo.</li>
	 * </ul>
	 *
	 * @param kind a brightfield kind
	 * @throws IllegalArgumentException for fluorescence and "auto"
	 */
	public static StainVectors builtIn(final ImageKind kind) {
		final double[] hematoxylin = { 0.65, 0.70, 0.29 };
		final double[] indigo = { 0.82, 0.50, 0.28 };
		final double[] dab = { 0.27, 0.57, 0.78 };
		final double[] eosin = { 0.2159, 0.8012, 0.5581 };
		final double[] fastRed = { 0.21, 0.85, 0.48 };
		return switch (kind) {
			case H_DAB -> of(Stain.HEMATOXYLIN, hematoxylin, Stain.DAB, dab);
			case H_E -> of(Stain.HEMATOXYLIN, hematoxylin, Stain.EOSIN, eosin);
			case X_GAL -> of(Stain.NEUTRAL, new double[] { 1, 1, 1 }, Stain.INDIGO,
				indigo);
			case X_GAL_NFR -> of(Stain.NUCLEAR_FAST_RED, fastRed, Stain.INDIGO,
				indigo);
			case SBB_NFR -> of(Stain.NUCLEAR_FAST_RED, fastRed, Stain.SUDAN_BLACK,
				new double[] { 0.67, 0.61, 0.42 });
			case X_GAL_H -> of(Stain.HEMATOXYLIN, hematoxylin, Stain.INDIGO, indigo);
			case X_GAL_E -> of(Stain.EOSIN, eosin, Stain.INDIGO, indigo);
			case X_GAL_HDAB -> of(Stain.HEMATOXYLIN, hematoxylin, Stain.INDIGO,
				indigo).with(Stain.DAB, dab);
			default -> throw new IllegalArgumentException("no stains on " + kind);
		};
	}

	/**
	 * Reads a typed vector.
	 *
	 * @param text three numbers separated by commas or blanks, not negative, not
	 *          all zero
	 * @param key the key under which it was given, for the message
	 * @return the vector, length 1
	 * @throws UserException if it is none
	 */
	public static double[] parse(final String text, final String key) {
		final double[] v = numbers(text);
		if (v == null || !isVector(v) || v[0] < 0 || v[1] < 0 || v[2] < 0)
			throw new UserException(key + ": '" + text +
				"' is not a stain vector; give three numbers r,g,b not below 0, such as 0.65,0.70,0.29");
		return unit(v);
	}

	/** Returns three numbers from a text, null where it does not hold three. */
	static double[] numbers(final String text) {
		final String[] parts = text.trim().split("[,;\\s]+");
		if (parts.length != 3) return null;
		final double[] v = new double[3];
		try {
			for (int i = 0; i < 3; i++)
				v[i] = Double.parseDouble(parts[i]);
		}
		catch (final NumberFormatException e) {
			return null;
		}
		return v;
	}

	/**
	 * Returns what a vector stands for.
	 *
	 * @param index 0 to 2
	 */
	public Stain stain(final int index) {
		return stains[index];
	}

	/** Returns the index of a stain, -1 where it is not among the three. */
	public int indexOf(final Stain stain) {
		return Arrays.asList(stains).indexOf(stain);
	}

	/**
	 * Returns a stain vector r,g,b of length 1 (a copy).
	 *
	 * @param index 0 to 2
	 */
	public double[] vector(final int index) {
		return vectors[index].clone();
	}

	/**
	 * Returns the weights that turn optical densities r,g,b into the amount of
	 * one stain (a copy).
	 *
	 * @param index 0 to 2
	 */
	public double[] weights(final int index) {
		return new double[] { inverse[0][index], inverse[1][index],
			inverse[2][index] };
	}

	/** Returns whether the third vector is a stain, not what is left over. */
	boolean hasThird() {
		return stains[RESIDUAL] != Stain.RESIDUAL;
	}

	/** Returns the angle between counterstain and chromogen in degrees. */
	public double angleDegrees() {
		return angleDegrees(vectors[0], vectors[1]);
	}

	/** Returns the angle between two vectors in degrees. */
	static double angleDegrees(final double[] a, final double[] b) {
		final double cos = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
		return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cos))));
	}

	static double dot(final double[] a, final double[] b) {
		return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
	}

	static double[] cross(final double[] a, final double[] b) {
		return new double[] { a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
			a[0] * b[1] - a[1] * b[0] };
	}

	static double[] unit(final double[] v) {
		final double n = Math.sqrt(dot(v, v));
		return new double[] { v[0] / n, v[1] / n, v[2] / n };
	}

	private static boolean isVector(final double[] v) {
		final double n = dot(v, v);
		return n > 0 && n < Double.POSITIVE_INFINITY;
	}

	private static double[][] invert(final double[][] m) {
		final double[] a = cross(m[1], m[2]), b = cross(m[2], m[0]), c = cross(m[0],
			m[1]);
		final double det = dot(m[0], a);
		final double[][] inv = new double[3][3];
		for (int i = 0; i < 3; i++) {
			inv[i][0] = a[i] / det;
			inv[i][1] = b[i] / det;
			inv[i][2] = c[i] / det;
		}
		return inv;
	}

	@Override
	public boolean equals(final Object o) {
		return o instanceof StainVectors v && Arrays.equals(stains, v.stains) &&
			Arrays.deepEquals(vectors, v.vectors);
	}

	@Override
	public int hashCode() {
		return Objects.hash(Arrays.hashCode(stains), Arrays.deepHashCode(vectors));
	}

	/**
	 * Returns names and vectors, such as "hematoxylin 0.650,0.700,0.290; DAB".
	 */
	@Override
	public String toString() {
		final StringBuilder s = new StringBuilder();
		for (int i = 0; i < 2; i++)
			s.append(i == 0 ? "" : "; ").append(stains[i].label()).append(String
				.format(Locale.ROOT, " %.3f,%.3f,%.3f", vectors[i][0], vectors[i][1],
					vectors[i][2]));
		return s.toString();
	}
}
