
package org.senoscope.core.phantom;

/**
 * Random numbers by hashing coordinates: the value of a lattice point never
 * depends on the order of asking, so any part of a phantom can be drawn alone.
 */
final class Hash {

	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private Hash() {}

	/** Returns 64 well-mixed bits (finalizer of SplitMix64, Steele 2014). */
	static long mix(final long bits) {
		long z = bits + GOLDEN;
		z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
		z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
		return z ^ z >>> 31;
	}

	/** Returns the bits that belong to a seed and a lattice point. */
	static long at(final long seed, final long x, final long y) {
		return mix(mix(seed ^ x * 0xD1342543DE82EF95L) ^ y * 0xAF251AF3B0F025B5L);
	}

	/** Returns a number in [0, 1) for draw {@code k} of an object's bits. */
	static double uniform(final long bits, final int k) {
		return (mix(bits + k * 0xC2B2AE3D27D4EB4FL) >>> 11) * 0x1.0p-53;
	}

	/** Returns a number in [low, high) for draw {@code k}. */
	static double uniform(final long bits, final int k, final double low,
		final double high)
	{
		return low + (high - low) * uniform(bits, k);
	}

	/** Returns a standard normal number for draw {@code k} (Box-Muller). */
	static double normal(final long bits, final int k) {
		final double u = 1 - uniform(bits, 2 * k + 100_001);
		final double v = uniform(bits, 2 * k + 100_002);
		return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 *
			Math.PI * v);
	}

	/**
	 * Returns a nearly normal number of a pixel, cheaply: the sum of four 16-bit
	 * uniform numbers, which ends at 3.5 standard deviations.
	 */
	static float pixelNormal(final long seed, final int x, final int y) {
		final long z = pixelBits(seed, x, y);
		final int sum = (int) (z & 0xffff) + (int) (z >>> 16 & 0xffff) +
			(int) (z >>> 32 & 0xffff) + (int) (z >>> 48);
		return (sum - 131070) * (1.7320508f / 65536);
	}

	/** Returns 64 bits of a pixel, cheaply. */
	static long pixelBits(final long seed, final int x, final int y) {
		long z = seed ^ (x * 0x9E3779B97F4A7C15L + y * 0xD1342543DE82EF95L);
		z = (z ^ z >>> 32) * 0xBF58476D1CE4E5B9L;
		z = (z ^ z >>> 29) * 0x94D049BB133111EBL;
		return z ^ z >>> 32;
	}

	/**
	 * Returns one of three nearly normal numbers of a pixel: the sum of three
	 * 7-bit uniform numbers, which ends at 3 standard deviations.
	 *
	 * @param pixelBits from {@link #pixelBits}
	 * @param k 0, 1 or 2
	 */
	static float third(final long pixelBits, final int k) {
		final int z = (int) (pixelBits >>> 21 * k);
		return ((z & 127) + (z >>> 7 & 127) + (z >>> 14 & 127) - 190.5f) * (1 /
			64f);
	}
}
