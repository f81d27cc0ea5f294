
package org.senoscope.core.assay;

import java.util.List;

import org.senoscope.core.assay.foci.NucleusPixels;
import org.senoscope.core.cell.Column;

/**
 * What an assay reads in each nucleus beyond means over compartments, such as
 * spots. Made once per slide; immutable and thread-safe.
 */
public interface NucleusAssay {

	/**
	 * Returns the columns that belong to no marker; the table holds them before
	 * the markers. Those of a marker are {@link MarkerAnalyzer#nucleusColumns()}.
	 */
	List<Column> columns();

	/**
	 * Returns the names of the markers whose foci are listed, by their number.
	 */
	List<String> focusMarkers();

	/**
	 * Makes what measures nuclei; one object a thread.
	 *
	 * @param pixels the block that is measured, read when asked
	 */
	Reader reader(BlockPixels pixels);

	/** Measures nuclei. */
	interface Reader {

		/**
		 * Measures a nucleus.
		 *
		 * @param nucleus the nucleus
		 * @param nuclearSignal nuclear signal of the block at level 0, bright
		 *          nuclei on dark
		 * @param values receives the values of {@link #columns()} and then those of
		 *          the markers in their order
		 * @return the foci as {@link FocusRecord} writes them; empty where none
		 *         were found
		 */
		double[] measure(NucleusPixels nucleus, float[] nuclearSignal,
			double[] values);
	}
}
