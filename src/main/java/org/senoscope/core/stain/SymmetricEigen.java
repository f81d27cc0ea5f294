
package org.senoscope.core.stain;

import java.util.Arrays;

/** Eigenvectors of a symmetric 3 x 3 matrix by Jacobi rotations. */
final class SymmetricEigen {

	private static final int SWEEPS = 50;

	private SymmetricEigen() {}

	/** Returns the eigenvectors (length 1), largest eigenvalue first. */
	static double[][] vectors(final double[][] matrix) {
		final double[][] m = { matrix[0].clone(), matrix[1].clone(), matrix[2]
			.clone() };
		final double[][] v = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
		final int[][] pairs = { { 0, 1 }, { 0, 2 }, { 1, 2 } };
		for (int sweep = 0; sweep < SWEEPS; sweep++)
			for (final int[] pq : pairs) {
				final int p = pq[0], q = pq[1];
				if (m[p][q] == 0) continue;
				final double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
				final double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(
					theta * theta + 1));
				final double c = 1 / Math.sqrt(t * t + 1), s = t * c;
				for (int k = 0; k < 3; k++) {
					final double a = m[k][p], b = m[k][q];
					m[k][p] = c * a - s * b;
					m[k][q] = s * a + c * b;
				}
				for (int k = 0; k < 3; k++) {
					final double a = m[p][k], b = m[q][k];
					m[p][k] = c * a - s * b;
					m[q][k] = s * a + c * b;
					final double va = v[k][p], vb = v[k][q];
					v[k][p] = c * va - s * vb;
					v[k][q] = s * va + c * vb;
				}
			}
		final Integer[] order = { 0, 1, 2 };
		Arrays.sort(order, (i, j) -> Double.compare(m[j][j], m[i][i]));
		final double[][] sorted = new double[3][3];
		for (int i = 0; i < 3; i++)
			for (int k = 0; k < 3; k++)
				sorted[i][k] = v[k][order[i]];
		return sorted;
	}
}
