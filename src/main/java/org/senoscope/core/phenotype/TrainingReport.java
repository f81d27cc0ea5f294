
package org.senoscope.core.phenotype;

import java.util.List;
import java.util.Map;

/**
 * How a classifier was trained and how well it does on cells it had not seen.
 * All figures are out of fold: each labelled cell was scored by a model that
 * saw no cell of its group. Stands as {@code training.json} in the model's
 * folder, field by field.
 *
 * @param labelled number of cells of each class, in the order of classes
 * @param unlabelled cells without a label, used for anchors only
 * @param groups number of groups in the cross-validation; 0: cells were drawn
 *          singly
 * @param folds parts of the cross-validation; 0: there were too few cells
 * @param exclusive whether each cell has exactly one class
 * @param prior class frequencies that the probabilities assume, one a class
 * @param methods the network and what it is compared with, on the same folds;
 *          the network first
 * @param learningCurve scores of the network trained on part of the groups
 * @param featureWeights what each feature is worth, the most valuable first
 * @param outOfDistribution how cells unlike the training cells are told
 * @param classifier which of the methods answers for the model
 * @param notes fallbacks taken and warnings, a sentence each
 */
public record TrainingReport(Map<String, Integer> labelled, int unlabelled,
		int groups, int folds, boolean exclusive, List<Double> prior,
		List<MethodScores> methods, List<LearningPoint> learningCurve,
		List<FeatureWeight> featureWeights,
		OutOfDistributionCheck outOfDistribution, String classifier,
		List<String> notes) {

	/**
	 * Scores of one method. A cell counts as a class at p > 0.5.
	 *
	 * @param method {@code network}, {@code forest}, {@code both} or
	 *          {@code rules}
	 * @param balancedAccuracy mean of sensitivity and specificity, averaged over
	 *          classes
	 * @param macroF1 mean F1 of the classes
	 * @param rocAuc area under the ROC curve, averaged over classes
	 * @param calibrationError expected calibration error in 10 bins of equal
	 *          width, averaged over classes
	 * @param brier mean squared difference of probability and truth, averaged
	 *          over classes
	 * @param coverage share of the cells called when abstaining
	 * @param balancedAccuracyAtCoverage balanced accuracy of the cells called
	 * @param classes scores by class
	 * @param confusion cells by true class (rows) and likeliest class (columns);
	 *          empty where cells may have several classes
	 */
	public record MethodScores(String method, double balancedAccuracy,
			double macroF1, double rocAuc, double calibrationError, double brier,
			double coverage, double balancedAccuracyAtCoverage,
			List<ClassScores> classes, List<List<Integer>> confusion) {
	}

	/** Scores of one class against all others. */
	public record ClassScores(String name, double sensitivity, double specificity,
			double f1, double rocAuc, double calibrationError, double brier,
			List<ReliabilityBin> reliability) {
	}

	/** Cells of one bin of probability: how many, mean p, share that is it. */
	public record ReliabilityBin(int cells, double meanProbability,
			double observed) {
	}

	/** Scores when trained on so many cells. */
	public record LearningPoint(int cells, double balancedAccuracy,
			double rocAuc) {
	}

	/**
	 * What a feature is worth.
	 *
	 * @param aucLoss fall of the ROC AUC when its values are shuffled between
	 *          cells
	 * @param meanContribution mean absolute change of the log-odds against its
	 *          not being measured
	 */
	public record FeatureWeight(String feature, double aucLoss,
			double meanContribution) {
	}

	/**
	 * Cells unlike the training cells.
	 *
	 * @param falseFlags share of held-out training cells that are flagged
	 * @param debris share flagged of made-up debris (tiny or dark objects)
	 * @param doublets share flagged of sums of two cells
	 * @param unseen share flagged of cells with a marker outside its range
	 */
	public record OutOfDistributionCheck(double falseFlags, double debris,
			double doublets, double unseen) {
	}
}
