
package org.senoscope.core.phantom;

/**
 * The truth of one cell.
 *
 * @param id number in the label image, from 1
 * @param xPx centroid of the nucleus (of its pixels in a field, the middle of
 *          its outline on a slide) in pixels; the centre of the first pixel is
 *          0.5
 * @param yPx likewise
 * @param nucleusAreaUm2 area of the nucleus in µm²: of its pixels in a field
 *          (what the edge cuts off is not counted), of its outline on a slide
 * @param type kind of cell
 * @param edge whether the edge of the picture cuts the nucleus
 * @param amount planted amount of the marker: optical density of DAB over the
 *          nucleus, optical density of indigo in the red channel over the
 *          perinuclear zone, or mean fluorescence of the nucleus in counts
 * @param positive whether the amount reaches the cut of truth; false where the
 *          kind has no marker
 * @param dab planted optical density of DAB over the nucleus where another
 *          marker is the first; NaN where there is none
 */
public record PlantedCell(int id, double xPx, double yPx, double nucleusAreaUm2,
		CellType type, boolean edge, double amount, boolean positive, double dab) {

	/** A cell with one marker. */
	public PlantedCell(final int id, final double xPx, final double yPx,
		final double nucleusAreaUm2, final CellType type, final boolean edge,
		final double amount, final boolean positive)
	{
		this(id, xPx, yPx, nucleusAreaUm2, type, edge, amount, positive,
			Double.NaN);
	}

	/** Returns whether the nucleus is brown by Ki-67 beside the first marker. */
	public boolean ki67Positive() {
		return dab >= Phantoms.KI67_CUT_OD;
	}
}
