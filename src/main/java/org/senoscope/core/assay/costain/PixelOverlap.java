
package org.senoscope.core.assay.costain;

/**
 * How two channels overlap in the pixels of one cell: Pearson's correlation,
 * and Manders' coefficients (Manders, Verbeek and Aten, J Microsc 1993), the
 * share of the light of one channel that lies where the other has signal.
 */
public final class PixelOverlap {

	/** Readings of a pair: Pearson, Manders of the first, of the second. */
	public static final int READINGS = 3;

	private double firstFloor, secondFloor;
	private long n;
	private double a, b, aa, bb, ab, signalA, signalB, sharedA, sharedB;

	/**
	 * Begins a cell.
	 *
	 * @param firstFloor intensity from which a pixel of the first channel is
	 *          signal
	 * @param secondFloor likewise of the second
	 */
	public void begin(final double firstFloor, final double secondFloor) {
		this.firstFloor = firstFloor;
		this.secondFloor = secondFloor;
		n = 0;
		a = b = aa = bb = ab = signalA = signalB = sharedA = sharedB = 0;
	}

	/** Adds a pixel. */
	public void add(final double first, final double second) {
		n++;
		a += first;
		b += second;
		aa += first * first;
		bb += second * second;
		ab += first * second;
		final boolean isA = first > firstFloor, isB = second > secondFloor;
		if (isA) signalA += first;
		if (isB) signalB += second;
		if (isA && isB) {
			sharedA += first;
			sharedB += second;
		}
	}

	/** Returns the correlation, NaN where a channel is even. */
	public double pearson() {
		final double va = aa - a * a / n, vb = bb - b * b / n;
		return va > 0 && vb > 0 ? (ab - a * b / n) / Math.sqrt(va * vb)
			: Double.NaN;
	}

	/** Returns the share of the first's signal on the second's. */
	public double mandersFirst() {
		return signalA > 0 ? sharedA / signalA : Double.NaN;
	}

	/** Returns the share of the second's signal on the first's. */
	public double mandersSecond() {
		return signalB > 0 ? sharedB / signalB : Double.NaN;
	}
}
