
package org.senoscope.core.cell;

/** Order statistics of numbers in an array. */
public final class Selection {

	private Selection() {}

	/**
	 * Returns the k-th smallest of a range, which is reordered (Hoare's
	 * quickselect; the value does not depend on the order before).
	 *
	 * @param a numbers without NaN
	 * @param from first of the range
	 * @param to last of the range
	 * @param k place in the array, from {@code from} to {@code to}
	 */
	public static float select(final float[] a, final int from, final int to,
		final int k)
	{
		int low = from, high = to;
		while (low < high) {
			final float pivot = a[low + high >>> 1];
			int i = low, j = high;
			while (i <= j) {
				while (a[i] < pivot)
					i++;
				while (a[j] > pivot)
					j--;
				if (i <= j) {
					final float t = a[i];
					a[i++] = a[j];
					a[j--] = t;
				}
			}
			if (k <= j) high = j;
			else if (k >= i) low = i;
			else break;
		}
		return a[k];
	}
}
