
package org.senoscope.core.assay;

/**
 * A focus as it is kept with its cell: the row of {@code foci.csv}.
 *
 * @param marker number of its marker, see {@link NucleusAssay#focusMarkers()}
 * @param x its column in level-0 pixels, the centre of the first being 0.5
 * @param y its row, likewise
 * @param sigmaPx standard deviation of the spot in pixels
 * @param contrast peak over the nucleoplasm around it
 * @param snr peak minus nucleoplasm in multiples of the noise of a pixel
 * @param score response of the filter in multiples of its noise
 * @param areaPx pixels above half height
 * @param partners by marker: place, among the foci of the nucleus, of the focus
 *          that lies on this one; -1 for none
 */
public record FocusRecord(int marker, double x, double y, double sigmaPx,
		double contrast, double snr, double score, int areaPx, int[] partners) {

	private static final int NUMBERS = 8;

	/** Returns how many numbers a focus takes where there are so many markers. */
	public static int size(final int markers) {
		return NUMBERS + markers;
	}

	/** Reads the i-th focus of an array. */
	public static FocusRecord of(final double[] foci, final int i,
		final int markers)
	{
		final int at = i * size(markers);
		final int[] partners = new int[markers];
		for (int m = 0; m < markers; m++)
			partners[m] = (int) foci[at + NUMBERS + m];
		return new FocusRecord((int) foci[at], foci[at + 1], foci[at + 2], foci[at +
			3], foci[at + 4], foci[at + 5], foci[at + 6], (int) foci[at + 7],
			partners);
	}

	/** Writes this as the i-th focus of an array. */
	public void write(final double[] foci, final int i) {
		int at = i * size(partners.length);
		for (final double v : new double[] { marker, x, y, sigmaPx, contrast, snr,
			score, areaPx })
			foci[at++] = v;
		for (final int p : partners)
			foci[at++] = p;
	}
}
