
package org.senoscope.core.assay.costain;

import java.util.ArrayList;
import java.util.List;

/**
 * Light that gets from one channel into another. What is measured is the true
 * light times a matrix of shares; the inverse of that matrix gives the true
 * light back, pixel by pixel (linear unmixing with known spectra; Zimmermann,
 * Rietdorf and Pepperkok, FEBS Letters 2003).
 */
public final class BleedThrough {

	/**
	 * One share as it was written.
	 *
	 * @param from marker or channel whose light it is
	 * @param to marker or channel in which it is seen
	 * @param share of the light in its own channel, 0 to below 1
	 */
	public record Share(String from, String to, double share) {
	}

	private BleedThrough() {}

	/**
	 * Reads {@link PanelSettings#bleedThrough()}.
	 *
	 * @throws IllegalArgumentException if it is not written as it should be; the
	 *           message says what is wrong
	 */
	public static List<Share> parse(final String text) {
		final List<Share> shares = new ArrayList<>();
		for (final String part : text.split("[;\\n]")) {
			if (part.isBlank()) continue;
			final int arrow = part.indexOf('>'), equals = part.lastIndexOf('=');
			final String from = arrow < 0 ? "" : part.substring(0, arrow).strip(),
					to = arrow < 0 || equals < arrow ? "" : part.substring(arrow + 1,
						equals).strip(), share = part.substring(equals + 1).strip();
			if (from.isEmpty() || to.isEmpty() || !share.matches(
				"0|0?\\.\\d+|0\\.\\d+")) throw new IllegalArgumentException("'" + part
					.strip() +
					"' is not FROM>TO=SHARE with a share from 0 to below 1, such as p16>p21=0.1");
			if (from.equalsIgnoreCase(to)) throw new IllegalArgumentException("'" +
				part.strip() + "': a channel cannot bleed into itself");
			shares.add(new Share(from, to, Double.parseDouble(share)));
		}
		return List.copyOf(shares);
	}

	/**
	 * Returns the inverse of the matrix of shares.
	 *
	 * @param shares share by [to][from], the diagonal not read
	 * @return weights by [channel wanted][channel measured]
	 * @throws IllegalArgumentException if the channels cannot be told apart
	 */
	static double[][] inverse(final double[][] shares) {
		final int n = shares.length;
		final double[][] a = new double[n][2 * n];
		for (int i = 0; i < n; i++) {
			System.arraycopy(shares[i], 0, a[i], 0, n);
			a[i][i] = 1;
			a[i][n + i] = 1;
		}
		for (int c = 0; c < n; c++) {
			int pivot = c;
			for (int r = c + 1; r < n; r++)
				if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) pivot = r;
			if (Math.abs(a[pivot][c]) < 0.01) throw new IllegalArgumentException(
				"the shares of bleed-through are so high that channels cannot be told apart");
			final double[] row = a[pivot];
			a[pivot] = a[c];
			a[c] = row;
			final double by = row[c];
			for (int k = 0; k < 2 * n; k++)
				row[k] /= by;
			for (int r = 0; r < n; r++) {
				final double f = a[r][c];
				if (r == c || f == 0) continue;
				for (int k = 0; k < 2 * n; k++)
					a[r][k] -= f * row[k];
			}
		}
		final double[][] inverse = new double[n][n];
		for (int i = 0; i < n; i++)
			System.arraycopy(a[i], n, inverse[i], 0, n);
		return inverse;
	}
}
