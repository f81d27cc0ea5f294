
package org.senoscope.core.phenotype;

import java.util.List;

/**
 * The values of each slide that its readings are measured by, collected while a
 * table is read once. Not safe for use from several threads while cells are
 * added.
 */
public interface SlideAnchors {

	/** Adds cells; a slide's cells may come in several parts. */
	void add(CellFeatures cells);

	/**
	 * Returns what a user should know, a sentence each: slides without a control,
	 * features nobody measured. Complete once all cells have been added.
	 */
	List<String> notes();
}
