
package org.senoscope.core.phenotype.simulation;

import java.util.List;

/**
 * What is simulated.
 *
 * @param slides slides, each with a panel, gains and offsets of its own
 * @param cellsPerSlide cells on each, controls included
 * @param controlShare share of the cells that are of a negative control
 *          (untreated, hardly any arrested) stained and imaged with the slide
 * @param controlledSlides share of the slides that have a control
 * @param panel markers measured on every slide; empty: panels drawn at random,
 *          from one marker of one axis to several of all
 * @param complete share of the slides with drawn panels that have all markers
 * @param missing share of single readings that are missing
 * @param fold each slide's gain of each marker lies between 1/fold and fold
 * @param otherLineageShare share of stroma and immune cells
 * @param seed the same seed gives the same cells
 */
public record SimulationSettings(int slides, int cellsPerSlide,
		double controlShare, double controlledSlides, List<String> panel,
		double complete, double missing, double fold, double otherLineageShare,
		long seed) {

	/** Random panels, half of the slides with a control, gains up to 1.5-fold. */
	public static final SimulationSettings DEFAULTS = new SimulationSettings(20,
		500, 0.25, 0.5, List.of(), 0, 0.02, 1.5, 0, 1);

	/** Copies the list. */
	public SimulationSettings {
		panel = List.copyOf(panel);
	}

	/** Returns the same with other numbers of slides and cells. */
	public SimulationSettings size(final int newSlides, final int newCells) {
		return new SimulationSettings(newSlides, newCells, controlShare,
			controlledSlides, panel, complete, missing, fold, otherLineageShare,
			seed);
	}

	/** Returns the same with one panel for all slides. */
	public SimulationSettings panel(final List<String> markers) {
		return new SimulationSettings(slides, cellsPerSlide, controlShare,
			controlledSlides, markers, complete, missing, fold, otherLineageShare,
			seed);
	}

	/** Returns the same with all markers on a share of the slides. */
	public SimulationSettings complete(final double share) {
		return new SimulationSettings(slides, cellsPerSlide, controlShare,
			controlledSlides, panel, share, missing, fold, otherLineageShare, seed);
	}

	/**
	 * Returns the same with a share of the cells as control, where there is one.
	 */
	public SimulationSettings controls(final double share) {
		return new SimulationSettings(slides, cellsPerSlide, share,
			controlledSlides, panel, complete, missing, fold, otherLineageShare,
			seed);
	}

	/** Returns the same with controls on a share of the slides. */
	public SimulationSettings controlled(final double share) {
		return new SimulationSettings(slides, cellsPerSlide, controlShare, share,
			panel, complete, missing, fold, otherLineageShare, seed);
	}

	/** Returns the same with gains up to another factor. */
	public SimulationSettings fold(final double newFold) {
		return new SimulationSettings(slides, cellsPerSlide, controlShare,
			controlledSlides, panel, complete, missing, newFold, otherLineageShare,
			seed);
	}

	/** Returns the same with stroma and immune cells. */
	public SimulationSettings otherLineages(final double share) {
		return new SimulationSettings(slides, cellsPerSlide, controlShare,
			controlledSlides, panel, complete, missing, fold, share, seed);
	}

	/** Returns the same with another seed. */
	public SimulationSettings seed(final long newSeed) {
		return new SimulationSettings(slides, cellsPerSlide, controlShare,
			controlledSlides, panel, complete, missing, fold, otherLineageShare,
			newSeed);
	}
}
