
package org.senoscope.core.region;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the region classifier sees of the nuclei of one picture: shape of each
 * nucleus, and over all nuclei around it (itself included) within 30 and 100 µm
 * their number per mm², mean and standard deviation of area, mean eccentricity
 * and mean short axis. No marker is among them: the call of a region must not
 * depend on what is counted in it. All lengths in µm; the order in which nuclei
 * are added decides nothing but the order of the rows.
 */
public final class RegionFeatures {

	/** Names of the features, in the order of the values. */
	public static final List<String> NAMES = List.of("nucleus_area_um2",
		"nucleus_minor_axis_um", "nucleus_eccentricity", "nucleus_solidity",
		"cells_per_mm2_30um", "area_mean_30um", "area_sd_30um",
		"eccentricity_mean_30um", "minor_axis_mean_30um", "cells_per_mm2_100um",
		"area_mean_100um", "area_sd_100um", "eccentricity_mean_100um",
		"minor_axis_mean_100um");

	private static final int OWN = 4;
	private static final int PER_RADIUS = 5;
	private static final double[] RADII_UM = { 30, 100 };

	private double[] x = new double[1024], y = new double[1024];
	/** Area, short axis, eccentricity and solidity, cell by cell. */
	private float[] own = new float[OWN * 1024];
	private int cells;

	/**
	 * Adds a nucleus.
	 *
	 * @param xUm centre
	 * @param yUm centre
	 * @param areaUm2 area
	 * @param minorAxisUm short axis
	 * @param eccentricity eccentricity
	 * @param solidity solidity
	 */
	public void add(final double xUm, final double yUm, final double areaUm2,
		final double minorAxisUm, final double eccentricity, final double solidity)
	{
		if (cells == x.length) {
			x = Arrays.copyOf(x, 2 * cells);
			y = Arrays.copyOf(y, 2 * cells);
			own = Arrays.copyOf(own, 2 * OWN * cells);
		}
		x[cells] = xUm;
		y[cells] = yUm;
		own[OWN * cells] = (float) areaUm2;
		own[OWN * cells + 1] = (float) minorAxisUm;
		own[OWN * cells + 2] = (float) eccentricity;
		own[OWN * cells + 3] = (float) solidity;
		cells++;
	}

	/** Returns how many nuclei were added. */
	public int cells() {
		return cells;
	}

	/** What is done with the features of a nucleus. */
	@FunctionalInterface
	public interface Visitor {

		/**
		 * Takes one nucleus.
		 *
		 * @param cell number of the nucleus, from 0
		 * @param features its values in the order of {@link RegionFeatures#NAMES};
		 *          reused for the next one
		 */
		void visit(int cell, double[] features);
	}

	/** Visits all nuclei in the order in which they were added. */
	public void forEach(final Visitor visitor) {
		final double side = RADII_UM[RADII_UM.length - 1];
		final Map<Long, int[]> squares = squares(side);
		final double[] values = new double[NAMES.size()];
		final double[][] sums = new double[RADII_UM.length][PER_RADIUS];
		for (int i = 0; i < cells; i++) {
			for (final double[] s : sums)
				Arrays.fill(s, 0);
			final long column = (long) Math.floor(x[i] / side), row = (long) Math
				.floor(y[i] / side);
			for (long v = row - 1; v <= row + 1; v++)
				for (long u = column - 1; u <= column + 1; u++) {
					final int[] square = squares.get(key(u, v));
					if (square != null) sum(i, square, sums);
				}
			for (int k = 0; k < OWN; k++)
				values[k] = own[OWN * i + k];
			for (int r = 0; r < RADII_UM.length; r++) {
				final double[] s = sums[r];
				final int at = OWN + PER_RADIUS * r;
				values[at] = s[0] / (Math.PI * RADII_UM[r] * RADII_UM[r]) * 1e6;
				values[at + 1] = s[1] / s[0];
				values[at + 2] = Math.sqrt(Math.max(0, s[2] / s[0] - values[at + 1] *
					values[at + 1]));
				values[at + 3] = s[3] / s[0];
				values[at + 4] = s[4] / s[0];
			}
			visitor.visit(i, values);
		}
	}

	private void sum(final int i, final int[] square, final double[][] sums) {
		for (final int j : square) {
			final double dx = x[j] - x[i], dy = y[j] - y[i], d = dx * dx + dy * dy;
			for (int r = RADII_UM.length - 1; r >= 0; r--) {
				if (d > RADII_UM[r] * RADII_UM[r]) break;
				final double area = own[OWN * j];
				final double[] s = sums[r];
				s[0]++;
				s[1] += area;
				s[2] += area * area;
				s[3] += own[OWN * j + 2];
				s[4] += own[OWN * j + 1];
			}
		}
	}

	/** Numbers of the nuclei of each square, ascending. */
	private Map<Long, int[]> squares(final double side) {
		final Map<Long, int[]> counts = new HashMap<>();
		final long[] keys = new long[cells];
		for (int i = 0; i < cells; i++) {
			keys[i] = key((long) Math.floor(x[i] / side), (long) Math.floor(y[i] /
				side));
			counts.computeIfAbsent(keys[i], k -> new int[1])[0]++;
		}
		final Map<Long, int[]> squares = new HashMap<>();
		for (int i = 0; i < cells; i++) {
			final int[] left = counts.get(keys[i]);
			final int[] square = squares.computeIfAbsent(keys[i],
				k -> new int[left[0]]);
			square[square.length - left[0]--] = i;
		}
		return squares;
	}

	private static long key(final long column, final long row) {
		return row << 32 | column & 0xffffffffL;
	}
}
