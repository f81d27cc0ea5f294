
package org.senoscope.core.cell;

import java.util.UUID;

/**
 * One cell with everything known of it. Values stand in the order of the
 * columns of a {@link CellTable}: numbers and booleans (1, 0) in
 * {@code numbers} with NaN for "not measured", texts in {@code texts} with null
 * for "not measured".
 *
 * @param id number in the slide, from 1, in the order of the table; also the
 *          value in the label image
 * @param uuid identifier derived from image and position, the same in every run
 * @param nucleus outline of the nucleus
 * @param cell outline of the cell (nucleus grown without overlapping a
 *          neighbour), null where no cell was measured
 * @param numbers value of each number or boolean column, by column index
 * @param texts value of each text column, by column index
 * @param foci foci of its nucleus, as
 *          {@link org.senoscope.core.assay.FocusRecord} writes them; empty
 *          where none were found or measured
 */
public record Cell(long id, UUID uuid, Outline nucleus, Outline cell,
		double[] numbers, String[] texts, double[] foci) {

	/** A cell without foci. */
	public Cell(final long id, final UUID uuid, final Outline nucleus,
		final Outline cell, final double[] numbers, final String[] texts)
	{
		this(id, uuid, nucleus, cell, numbers, texts, new double[0]);
	}
}
