
package org.senoscope.core.assay.foci;

import java.util.Arrays;

/**
 * The foci of one nucleus in one channel, each a place in arrays of equal
 * meaning; reused for the next nucleus. Order: by rows of their centres.
 */
public final class Foci {

	private int count;
	private double[] x = new double[16];
	private double[] y = new double[16];
	private double[] sigma = new double[16];
	private double[] score = new double[16];
	private double[] contrast = new double[16];
	private double[] snr = new double[16];
	private int[] area = new int[16];
	double nucleoplasm;
	double noise;
	int areaPx;

	void clear() {
		count = 0;
		areaPx = 0;
	}

	/** Adds a focus and returns its place. */
	int add(final double cx, final double cy, final double s, final double z,
		final double ratio, final double signalToNoise)
	{
		if (count == x.length) {
			final int n = 2 * count;
			x = Arrays.copyOf(x, n);
			y = Arrays.copyOf(y, n);
			sigma = Arrays.copyOf(sigma, n);
			score = Arrays.copyOf(score, n);
			contrast = Arrays.copyOf(contrast, n);
			snr = Arrays.copyOf(snr, n);
			area = Arrays.copyOf(area, n);
		}
		x[count] = cx;
		y[count] = cy;
		sigma[count] = s;
		score[count] = z;
		contrast[count] = ratio;
		snr[count] = signalToNoise;
		area[count] = 0;
		return count++;
	}

	void setArea(final int i, final int pixels) {
		area[i] = pixels;
	}

	/** Returns how many there are. */
	public int count() {
		return count;
	}

	/**
	 * Returns the centre's column, level-0 pixels of the picture (the centre of
	 * the first pixel is 0.5).
	 */
	public double x(final int i) {
		return x[i];
	}

	/** Returns the centre's row, likewise. */
	public double y(final int i) {
		return y[i];
	}

	/**
	 * Returns the standard deviation, in pixels, of the Gaussian spot that fits
	 * best among the scales looked at; 2.35 times that is the width at half
	 * height.
	 */
	public double sigma(final int i) {
		return sigma[i];
	}

	/**
	 * Returns the response of the filter at the focus in multiples of the noise
	 * of the response in this nucleus.
	 */
	public double score(final int i) {
		return score[i];
	}

	/**
	 * Returns peak over nucleoplasm around it, both above the background outside
	 * nuclei.
	 */
	public double contrast(final int i) {
		return contrast[i];
	}

	/**
	 * Returns peak minus nucleoplasm around it in multiples of the noise of a
	 * pixel.
	 */
	public double snr(final int i) {
		return snr[i];
	}

	/**
	 * Returns the pixels above half height that are nearer to this focus than to
	 * another.
	 */
	public int area(final int i) {
		return area[i];
	}

	/** Returns the pixels of all foci. */
	public int areaPx() {
		return areaPx;
	}

	/**
	 * Returns the level of the nucleus between its foci, in the file's numbers.
	 */
	public double nucleoplasm() {
		return nucleoplasm;
	}

	/** Returns the noise of a pixel of the nucleus, in the file's numbers. */
	public double noise() {
		return noise;
	}
}
