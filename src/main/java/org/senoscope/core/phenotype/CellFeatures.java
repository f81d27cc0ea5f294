
package org.senoscope.core.phenotype;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

import org.senoscope.core.protocol.ControlRole;

/**
 * A table of cells as a classifier sees it: one row a cell, one column a
 * feature, and what else is known of each cell. Arrays are not copied; nobody
 * writes to them.
 *
 * @param names names of the features, each once
 * @param values {@code cells x features}, row by row, in the units of the
 *          table; NaN: not measured
 * @param labels the classes of each cell, {@code ;} between several; null or an
 *          empty entry: not known. Null: of no cell
 * @param groups what is kept together in cross-validation (well, slide,
 *          patient); null: nothing known
 * @param slides what was stained and imaged together (slide, plate) and hence
 *          shares one scale of intensities; null: all of one slide
 * @param controls what a cell is a control of, an entry null: of nothing; null:
 *          there are no controls
 */
public record CellFeatures(List<String> names, float[] values, String[] labels,
		String[] groups, String[] slides, ControlRole[] controls) {

	/**
	 * Checks the shapes.
	 *
	 * @throws IllegalArgumentException if a name occurs twice or an array has not
	 *           one entry a cell
	 */
	public CellFeatures {
		names = List.copyOf(names);
		if (names.isEmpty()) throw new IllegalArgumentException("no feature");
		if (new HashSet<>(names).size() != names.size())
			throw new IllegalArgumentException("a feature occurs twice: " + names);
		if (values.length % names.size() != 0) throw new IllegalArgumentException(
			values.length + " values are no rows of " + names.size());
		final int cells = values.length / names.size();
		for (final Object[] column : new Object[][] { labels, groups, slides,
			controls })
			if (column != null && column.length != cells)
				throw new IllegalArgumentException(column.length + " entries for " +
					cells + " cells");
	}

	/** Cells of one slide of which nothing but readings is known. */
	public CellFeatures(final List<String> names, final float[] values) {
		this(names, values, null, null, null, null);
	}

	/** Returns the number of cells. */
	public int cells() {
		return values.length / names.size();
	}

	/** Returns a reading; NaN: not measured. */
	public float value(final int cell, final int feature) {
		return values[cell * names.size() + feature];
	}

	/** Returns the slide of a cell, empty where slides are not told apart. */
	public String slide(final int cell) {
		return slides == null || slides[cell] == null ? "" : slides[cell];
	}

	/** Returns what a cell is a control of, or null. */
	public ControlRole control(final int cell) {
		return controls == null ? null : controls[cell];
	}

	/** Returns some cells, in the order given. */
	public CellFeatures rows(final int[] cells) {
		final int f = names.size();
		final float[] v = new float[cells.length * f];
		for (int i = 0; i < cells.length; i++)
			System.arraycopy(values, cells[i] * f, v, i * f, f);
		return new CellFeatures(names, v, pick(labels, cells), pick(groups, cells),
			pick(slides, cells), pick(controls, cells));
	}

	/**
	 * Returns the same cells with these features, in this order; what the table
	 * lacks is not measured.
	 */
	public CellFeatures select(final List<String> wanted) {
		if (wanted.equals(names)) return this;
		final int cells = cells();
		final int f = wanted.size();
		final float[] v = new float[cells * f];
		Arrays.fill(v, Float.NaN);
		for (int j = 0; j < f; j++) {
			final int from = names.indexOf(wanted.get(j));
			if (from >= 0) for (int i = 0; i < cells; i++)
				v[i * f + j] = value(i, from);
		}
		return new CellFeatures(wanted, v, labels, groups, slides, controls);
	}

	private static <T> T[] pick(final T[] column, final int[] cells) {
		if (column == null) return null;
		final T[] out = Arrays.copyOf(column, cells.length);
		for (int i = 0; i < cells.length; i++)
			out[i] = column[cells[i]];
		return out;
	}
}
