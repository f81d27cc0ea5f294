
package org.senoscope.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.io.table.RowBlock;
import org.senoscope.io.table.TableFile;
import org.senoscope.io.training.NucleusCrops;

/**
 * Which columns of a table are read, and how rows become cells. A column that
 * is asked for twice is read once.
 */
final class TableColumns {

	private static final List<String> SLIDE_COLUMNS = List.of("image", "imageid",
		"Image", "plate");
	private static final Set<String> ROLES = Set.of("blank", "ph7", "negative",
		"positive", "ph4");

	private final TableFile table;
	private final List<String> names = new ArrayList<>();

	TableColumns(final TableFile table) {
		this.table = table;
	}

	/** Returns the columns to read. */
	List<String> names() {
		return names;
	}

	/** Asks for a column of the table; returns its place among those read. */
	int add(final String name) {
		if (!names.contains(name)) names.add(name);
		return names.indexOf(name);
	}

	/** Asks for a column that a user may leave out: -1. */
	int addIfGiven(final String name) {
		return name.isEmpty() ? -1 : add(name);
	}

	/** Asks for a column that a table may have; -1 if it has not. */
	int addIfThere(final String name) {
		return table.columns().contains(name) ? add(name) : -1;
	}

	/**
	 * Asks for the column that tells slides apart: the one given, else one of
	 * those that tools write; -1: none.
	 */
	int addSlide(final String given) {
		if (!given.isEmpty()) return add(given);
		for (final String name : SLIDE_COLUMNS)
			if (table.columns().contains(name)) return add(name);
		return -1;
	}

	/**
	 * Returns the cells of a block.
	 *
	 * @param features names of the features
	 * @param places for each feature its place among the columns read
	 * @param slide place of the column of slides, -1: none
	 * @param control place of the column of controls, -1: none
	 */
	static CellFeatures cells(final RowBlock rows, final List<String> features,
		final int[] places, final int slide, final int control)
	{
		final float[] values = new float[rows.rows() * places.length];
		for (int row = 0, at = 0; row < rows.rows(); row++)
			for (final int place : places)
				values[at++] = (float) rows.number(row, place);
		return new CellFeatures(features, values, null, null, texts(rows, slide),
			roles(rows, control));
	}

	/**
	 * Cuts the nuclei of a block out of their pictures.
	 *
	 * @param image place of the column that names the picture
	 * @param id place of the column with the label of the nucleus
	 * @param found receives whether the picture has such a nucleus, by row
	 * @return {@code rows x NucleusCrop.SIZE}, NaN where it has none
	 */
	static float[] crops(final RowBlock rows, final NucleusCrops crops,
		final int image, final int id, final boolean[] found)
	{
		final float[] values = new float[rows.rows() * NucleusCrop.SIZE];
		for (int row = 0; row < rows.rows(); row++) {
			final double label = rows.number(row, id);
			if (!Double.isNaN(label) && label != Math.rint(label)) throw rows.refuse(
				row, id, "is no value of a label image; cell_id is a whole number");
			found[row] = crops.cut(rows.text(row, image), Double.isNaN(label) ? 0
				: (int) label, values, row * NucleusCrop.SIZE);
		}
		return values;
	}

	/** Returns a column of texts, equal ones as one object; null: no column. */
	static String[] texts(final RowBlock rows, final int column) {
		if (column < 0) return null;
		final String[] texts = new String[rows.rows()];
		for (int row = 0; row < texts.length; row++) {
			final String text = rows.text(row, column);
			texts[row] = row > 0 && text.equals(texts[row - 1]) ? texts[row - 1]
				: text;
		}
		return texts;
	}

	/** Returns what cells are controls of; null: no column. */
	static ControlRole[] roles(final RowBlock rows, final int column) {
		if (column < 0) return null;
		final ControlRole[] roles = new ControlRole[rows.rows()];
		for (int row = 0; row < roles.length; row++) {
			final String word = rows.text(row, column).toLowerCase(Locale.ROOT);
			if (ROLES.contains(word)) roles[row] = ControlRole.valueOf(word
				.toUpperCase(Locale.ROOT));
			else if (!word.isEmpty() && !word.equals("na") && !word.equals("none"))
				throw unknownRole(rows, row, column);
		}
		return roles;
	}

	private static UserException unknownRole(final RowBlock rows, final int row,
		final int column)
	{
		return rows.refuse(row, column,
			"is no role of a control; write blank, ph7, negative, positive or ph4, and nothing for other cells");
	}
}
