
package org.senoscope.core.forest;

/**
 * A tree in arrays, node 0 first. A node with a feature asks whether its value
 * is at most the cut and goes on to {@code yes} or {@code no}; one with feature
 * -1 is a leaf. Plain numbers, so that it can be written, read and checked
 * without any library.
 *
 * @param feature feature of each node, -1 for a leaf
 * @param cut where a node cuts
 * @param yes next node at or below the cut
 * @param no next node above it
 * @param shares share of each class in a leaf, empty for other nodes
 */
public record DecisionTree(int[] feature, double[] cut, int[] yes, int[] no,
		double[][] shares) {

	/**
	 * Checks that every walk ends.
	 *
	 * @throws IllegalArgumentException if the arrays differ in length or a node
	 *           leads to one that does not stand behind it
	 */
	public DecisionTree {
		final int n = feature.length;
		boolean sound = n > 0 && cut.length == n && yes.length == n &&
			no.length == n && shares.length == n;
		for (int i = 0; sound && i < n; i++)
			sound = feature[i] < 0 || yes[i] > i && yes[i] < n && no[i] > i &&
				no[i] < n;
		if (!sound) throw new IllegalArgumentException("a tree of it is broken");
	}

	/**
	 * Returns whether all features and classes of the tree are there.
	 *
	 * @param features number of features
	 * @param classes number of classes
	 */
	public boolean fits(final int features, final int classes) {
		for (int i = 0; i < feature.length; i++)
			if (feature[i] >= features || feature[i] < 0 &&
				shares[i].length != classes) return false;
		return true;
	}

	/** Returns whether a row of features is asked for one of them. */
	public boolean asks(final double[] features, final int which) {
		int node = 0;
		while (feature[node] >= 0) {
			if (feature[node] == which) return true;
			node = features[feature[node]] <= cut[node] ? yes[node] : no[node];
		}
		return false;
	}

	/** Returns the share of each class where a row of features ends. */
	public double[] leaf(final double[] features) {
		int node = 0;
		while (feature[node] >= 0)
			node = features[feature[node]] <= cut[node] ? yes[node] : no[node];
		return shares[node];
	}
}
