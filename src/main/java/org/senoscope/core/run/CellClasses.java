
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.evidence.SlideEvidence;

/**
 * The classes that a slide's cells are divided into. Where the panel can tell
 * states, they are the phenotypes under their printed names ("consistent with
 * senescence"); else negative and positive for one marker, joined by ": " for
 * several, as QuPath joins derived classes. A marker that was not measured on a
 * cell has no part in its name; a cell without any is a plain nucleus.
 * <p>
 * Colours follow Okabe and Ito's advice for colour-blind readers: negative is
 * light blue, positive goes from yellow over orange to red, and brightness
 * differs as well.
 */
public final class CellClasses {

	/** Colour of negative cells and of nuclei without a marker. */
	private static final int NEGATIVE = 0x45CFFF;
	private static final int[] POSITIVE = { 0xFFB000, 0xFF6FCF, 0xA6F05A,
		0xFFF06A };
	private static final int SEVERAL_POSITIVE = 0xFFFFFF;
	private static final int[] GRADES = { NEGATIVE, 0xFFE85C, 0xFF9A1F,
		0xFF3B30 };
	private static final String[] GRADE_NAMES = { "negative", "1+", "2+", "3+" };
	private static final int MOST_MARKERS = 6;
	private static final Map<String, Integer> PHENOTYPES = Map.ofEntries(Map
		.entry("not_tumour", 0x8795A1), Map.entry("indeterminate", 0xC9D2DA), Map
			.entry("proliferating", 0xFF3B30), Map.entry("senescent", 0x45CFFF), Map
				.entry("senescent_stem_like", 0x3D7BFF), Map.entry("dormant", 0xA6F05A),
		Map.entry("dormant_csc", 0x1FB57A), Map.entry("csc", 0xFF6FCF), Map.entry(
			"csc_not_cycling", 0xB57BFF), Map.entry("arrested_unresolved", 0xFFF06A),
		Map.entry("cycling_with_senescence_markers", 0xFF9A1F), Map.entry(
			"discordant_p16", 0xF7A58B));

	private final List<CellClass> classes = new ArrayList<>();
	private final int[] columns;
	private final int gradeColumn;
	private final int phenotypeColumn;
	private final Map<String, CellClass> byPhenotype = new HashMap<>();
	private final List<CellClass> absent = new ArrayList<>();

	private CellClasses(final SlideResult result, final boolean graded,
		final boolean phenotypes)
	{
		final CellTable table = result.table();
		final SlideEvidence evidence = result.summary().evidence();
		if (phenotypes && evidence != null && evidence.tellsStates()) {
			columns = new int[0];
			gradeColumn = -1;
			phenotypeColumn = table.index("phenotype");
			add("Nucleus", NEGATIVE, false);
			for (final SlideEvidence.Tally p : evidence.phenotypes()) {
				// QuPath takes a colon for a derived class
				add(p.label().replace(": ", ", "), PHENOTYPES.getOrDefault(p.id(),
					SEVERAL_POSITIVE), !p.id().equals("indeterminate") && !p.id().equals(
						"not_tumour"));
				final CellClass added = classes.get(classes.size() - 1);
				byPhenotype.put(p.id(), added);
				if (p.cells() == 0) absent.add(added);
			}
			return;
		}
		phenotypeColumn = -1;
		final List<MarkerSummary> markers = new ArrayList<>();
		for (final MarkerSummary marker : result.summary().markers())
			if (markers.size() < MOST_MARKERS && table.index(marker.id() +
				"_positive") >= 0) markers.add(marker);
		columns = new int[markers.size()];
		for (int i = 0; i < columns.length; i++)
			columns[i] = table.index(markers.get(i).id() + "_positive");

		final boolean grades = graded && markers.size() == 1 && markers.get(0)
			.classCounts() != null;
		gradeColumn = grades ? table.index(markers.get(0).id() + "_class") : -1;
		add("Nucleus", NEGATIVE, false);
		if (gradeColumn >= 0) {
			for (int i = 0; i < GRADES.length; i++)
				add(markers.get(0).label() + " " + GRADE_NAMES[i], GRADES[i], i > 0);
			return;
		}
		for (int code = 1; code < power(3, columns.length); code++)
			addCombination(markers, code);
	}

	/** Returns the classes by phenotype, else by negative and positive alone. */
	public static CellClasses of(final SlideResult result) {
		return new CellClasses(result, false, true);
	}

	/** Returns the classes by negative and positive alone. */
	public static CellClasses ofMarkers(final SlideResult result) {
		return new CellClasses(result, false, false);
	}

	/**
	 * Returns the classes by phenotype, else by grade of staining (negative, 1+,
	 * 2+, 3+) where the one marker of the slide has grades, else the same as
	 * {@link #of}.
	 */
	public static CellClasses graded(final SlideResult result) {
		return new CellClasses(result, true, true);
	}

	/**
	 * Returns every class that can occur, in fixed order; the first is the plain
	 * nucleus.
	 */
	public List<CellClass> classes() {
		return List.copyOf(classes);
	}

	/**
	 * Returns the classes for a legend: no phenotypes that no cell has, and no
	 * plain nucleus beside markers.
	 */
	public List<CellClass> shown() {
		return hasMarkers() ? classes.stream().filter(c -> c.index() > 0 && !absent
			.contains(c)).toList() : classes();
	}

	/** Returns whether cells are told apart at all. */
	public boolean hasMarkers() {
		return columns.length > 0 || phenotypeColumn >= 0;
	}

	/** Returns the class of a cell. */
	public CellClass of(final Cell cell) {
		if (phenotypeColumn >= 0) return byPhenotype.getOrDefault(cell
			.texts()[phenotypeColumn], classes.get(0));
		if (gradeColumn >= 0) {
			final String grade = cell.texts()[gradeColumn];
			for (int i = 0; i < GRADE_NAMES.length; i++)
				if (GRADE_NAMES[i].equals(grade)) return classes.get(i + 1);
			return classes.get(0);
		}
		// ternary number: a digit a marker, 0 not measured, 1 negative, 2 positive
		int code = 0;
		for (int i = columns.length - 1; i >= 0; i--) {
			final double positive = cell.numbers()[columns[i]];
			code = 3 * code + (Double.isNaN(positive) ? 0 : positive > 0 ? 2 : 1);
		}
		return classes.get(code);
	}

	private void addCombination(final List<MarkerSummary> markers,
		final int code)
	{
		final StringBuilder name = new StringBuilder();
		int positives = 0, colour = NEGATIVE;
		int rest = code;
		for (int i = 0; i < markers.size(); i++, rest /= 3) {
			final int state = rest % 3;
			if (state == 0) continue;
			if (!name.isEmpty()) name.append(": ");
			name.append(markers.get(i).label()).append(state == 2 ? " positive"
				: " negative");
			if (state == 2) {
				positives++;
				colour = POSITIVE[i % POSITIVE.length];
			}
		}
		add(name.toString(), positives > 1 ? SEVERAL_POSITIVE : colour,
			positives > 0);
	}

	private void add(final String name, final int rgb, final boolean positive) {
		classes.add(new CellClass(classes.size(), name, rgb, positive));
	}

	private static int power(final int base, final int exponent) {
		int result = 1;
		for (int i = 0; i < exponent; i++)
			result *= base;
		return result;
	}
}
