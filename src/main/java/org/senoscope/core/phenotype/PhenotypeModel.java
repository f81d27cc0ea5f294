
package org.senoscope.core.phenotype;

import java.util.List;

/**
 * A trained classifier of cells. Safe to use from several threads at once;
 * results do not depend on how cells are cut into batches.
 * <p>
 * Values are made comparable between slides by the anchors of each slide. A
 * table that fits into memory is classified by {@link #classify(CellFeatures)};
 * one that does not is read twice: once into {@link #newAnchors()}, then batch
 * by batch into {@link #classify(CellFeatures, SlideAnchors)}.
 */
public interface PhenotypeModel extends AutoCloseable {

	/** Returns the classes, as the labels spelled them; a cell may be several. */
	List<String> classes();

	/**
	 * Returns the features it was trained on. A table need not have all: what it
	 * lacks is not measured.
	 */
	List<String> features();

	/**
	 * Returns whether the features are the pixels of a
	 * {@link org.senoscope.core.phenotype.crop.NucleusCrop}, not columns of a
	 * table.
	 */
	default boolean seesCrops() {
		return false;
	}

	/** Returns the one line that tells users how far its probabilities hold. */
	String calibration();

	/** Returns an empty collector for the anchors of slides. */
	SlideAnchors newAnchors();

	/**
	 * Classifies cells.
	 *
	 * @param cells any features in any order
	 * @param anchors of all slides the cells come from, complete
	 * @throws org.senoscope.core.UserException if the table has none of the
	 *           features
	 */
	PhenotypeCalls classify(CellFeatures cells, SlideAnchors anchors);

	/** Classifies the cells of whole slides. */
	default PhenotypeCalls classify(final CellFeatures cells) {
		final SlideAnchors anchors = newAnchors();
		anchors.add(cells);
		return classify(cells, anchors);
	}

	/** Releases what the network holds. */
	@Override
	void close();
}
