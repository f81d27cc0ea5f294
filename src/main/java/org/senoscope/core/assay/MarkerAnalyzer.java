
package org.senoscope.core.assay;

import java.util.List;

import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.run.HistogramScale;

/**
 * How one marker is read on a slide and called in a cell. Made once per slide,
 * when its stains are known; immutable and thread-safe.
 */
public interface MarkerAnalyzer {

	/** Returns the marker id, as in column names. */
	String id();

	/** Returns the marker's name for people. */
	String label();

	/** Returns what is compared with the gate, in words with the unit. */
	String reading();

	/** Returns the compartments in which the marker is measured. */
	List<Compartment> compartments();

	/** Returns the compartment whose mean decides. */
	Compartment decidingCompartment();

	/**
	 * Returns the columns that the slide's {@link NucleusAssay} fills for the
	 * marker.
	 */
	default List<Column> nucleusColumns() {
		return List.of();
	}

	/**
	 * Returns whether the first of {@link #nucleusColumns()} is the mean of the
	 * deciding compartment without what lies near a brighter touching cell, which
	 * the pipeline reads.
	 */
	default boolean readsSpill() {
		return false;
	}

	/**
	 * Returns whether {@link #nucleusColumns()} are what the pipeline reads of
	 * granules in the deciding compartment: share of its pixels from
	 * {@link #stainedPixel()} on, their area in µm² and their mean.
	 */
	default boolean readsGranules() {
		return false;
	}

	/**
	 * Returns whether the last of {@link #nucleusColumns()} is the standard error
	 * of the mean of the deciding compartment, which the pipeline reads from the
	 * spread of its pixels.
	 */
	default boolean readsError() {
		return false;
	}

	/**
	 * Returns what is compared with the gate.
	 *
	 * @param readings readings of a cell
	 * @param first where those of the marker begin: statistics of its
	 *          compartments in order, then {@link #nucleusColumns()}
	 * @return the value, NaN where it is not known
	 */
	default double value(final double[] readings, final int first) {
		return readings[first + compartments().indexOf(decidingCompartment()) *
			CompartmentReadings.STATISTICS];
	}

	/**
	 * Returns whether a cell can be called at all.
	 *
	 * @param flags set of {@link org.senoscope.core.evidence.CellFlag#bit()}
	 * @param inFocus whether its nucleus is in focus
	 */
	default boolean judges(final int flags, final boolean inFocus) {
		return true;
	}

	/**
	 * Returns the value from which a pixel counts as stained area, NaN where the
	 * assay measures no area.
	 */
	default double stainedPixel() {
		return Double.NaN;
	}

	/**
	 * Returns a new teller of stained area for one thread, null where the reading
	 * of a pixel alone decides ({@link #stainedPixel()}).
	 */
	default StainedArea stainedArea() {
		return null;
	}

	/** Returns the value from which a pixel is too dense to be measured. */
	double saturation();

	/** Returns the unit of the readings. */
	ReadingUnit unit();

	/** Returns the bins in which the deciding reading is counted. */
	HistogramScale scale();

	/**
	 * Turns pixels into the marker's reading.
	 *
	 * @param pixels the pixels of a region
	 * @param out receives the reading of each pixel, row by row
	 * @throws org.senoscope.core.UserException if the file fails to give the
	 *           pixels
	 */
	void plane(BlockPixels pixels, float[] out);

	/**
	 * Settles the gate.
	 *
	 * @param readings the deciding reading of all cells, and of the controls
	 * @param warnings receives what a reader should know, one line each
	 */
	Gate gate(GateReadings readings, List<String> warnings);

	/**
	 * Returns the grade of a cell: 0 negative, 1, 2, 3 by strength; assays
	 * without grades know 0 and 1.
	 */
	default int grade(final double value, final Gate gate) {
		return value >= gate.value() ? 1 : 0;
	}

	/** Returns a column for the grade in words, null where the assay has none. */
	default Column gradeColumn() {
		return null;
	}

	/** Returns the grade as it stands in that column. */
	default String gradeWord(final int grade) {
		return null;
	}

	/** Returns whether H-score and Allred score are columns of the result. */
	default boolean hasScores() {
		return false;
	}

	/**
	 * Says what the percentage counts.
	 *
	 * @param tumourSelected whether only tumour cells were counted
	 */
	String statement(boolean tumourSelected);
}
