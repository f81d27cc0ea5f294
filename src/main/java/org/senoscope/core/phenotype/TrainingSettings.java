
package org.senoscope.core.phenotype;

import org.senoscope.core.phenotype.crop.CropSettings;
import org.senoscope.core.protocol.Key;
import org.senoscope.core.protocol.Section;
import org.senoscope.core.protocol.SettingsKeys;

/**
 * How a classifier is trained. The one definition from which flags, macro keys
 * and dialog fields come.
 */
public record TrainingSettings(@Key(label = "Label column",
	meaning = "Column with the class of each cell, ';' between several; empty: not known.") String label,
		@Key(label = "Group column",
			meaning = "Column whose values stay together in cross-validation (well, slide, patient); none: cells are drawn singly and the figures are optimistic.") String group,
		@Key(name = "slide_column", label = "Slide column",
			meaning = "Column that says what was stained and imaged together (slide, plate); none: all cells are of one slide.") String slide,
		@Key(name = "control_column", label = "Control column",
			meaning = "Column with blank, ph7, negative, positive or ph4 where a cell is a control; none: there are no controls.") String control,
		@Key(label = "Features",
			meaning = "Columns to learn from, ',' between them; none: all columns of numbers but those that name or place a cell.") String features,
		@Key(label = "Anchors",
			meaning = "What makes values comparable between slides: the slide's negative controls, all its cells, controls where a slide has them and else its cells, or nothing; auto: controls where there are any, else nothing.") Anchoring anchoring,
		@Key(label = "Prior",
			meaning = "Class frequencies that probabilities assume: those of the training cells (natural), all classes alike (balanced), or halfway.") Prior prior,
		@Key(label = "Classifier",
			meaning = "What answers: the network, the forest, the mean of both, or whichever tells the cells left out best (auto).") Classifier classifier,
		@Key(label = "Coverage",
			meaning = "Share of cells that are called; the least certain others are left indeterminate.",
			min = 0.01, max = 1) double coverage, @Key(
				meaning = "Start of the random numbers; the same seed gives the same model.",
				min = 0) int seed, @Key(
					meaning = "Passes over the cells (of a hundred steps at most); training stops before when held-out cells gain nothing.",
					min = 1, max = 100000) int epochs, @Key(
						meaning = "Parts of the cross-validation; fewer where there are fewer groups.",
						min = 2, max = 50) int folds, @Key(
							meaning = "Networks whose mean is taken.", min = 1,
							max = 50) int members, @Key(
								meaning = "Share of the readings hidden at random in training, so that the model bears missing markers.",
								min = 0, max = 0.9) double markerDropout, @Key(
									label = "Continue from", file = true,
									meaning = "Folder of a model to continue from; it must have the same features and classes.") String from,
		@Section(
			meaning = "Pictures of nuclei to learn from, in place of columns.") CropSettings crop) {

	/** Which cells of a slide its readings are measured by. */
	public enum Anchoring {
			/** Controls where the table has negative or blank ones, else none. */
			AUTO,
			/** The scale of the training table for all slides. */
			NONE,
			/** All cells of the slide: right only where slides are mixed alike. */
			SLIDE,
			/** The negative controls of the slide, blanks for the floor. */
			CONTROL,
			/** The negative controls where a slide has them, else all its cells. */
			CONTROL_OR_SLIDE
	}

	/** Which class frequencies probabilities assume. */
	public enum Prior {
			/** Those of the training cells. */
			NATURAL,
			/**
			 * Halfway between, in log-odds: nearly the balanced accuracy of balanced,
			 * and still nearly right on the natural mix.
			 */
			HALFWAY,
			/** All classes alike, which balanced accuracy asks for. */
			BALANCED
	}

	/** What answers for a model. */
	public enum Classifier {
			/** The network, which any TensorFlow can run. */
			NETWORK,
			/** A random forest, which needs no TensorFlow. */
			FOREST,
			/** The mean of their log-odds. */
			BOTH,
			/**
			 * Whichever has the highest area under the ROC curve in cross-validation.
			 */
			AUTO
	}

	/** Cross-validated five-fold, five networks. */
	public static final TrainingSettings DEFAULTS = new TrainingSettings("", "",
		"", "", "", Anchoring.AUTO, Prior.NATURAL, Classifier.NETWORK, 0.9, 1, 60,
		5, 5, 0.1, "", CropSettings.DEFAULTS);

	/** Its keys. */
	public static final SettingsKeys<TrainingSettings> KEYS = new SettingsKeys<>(
		TrainingSettings.class, DEFAULTS);
}
