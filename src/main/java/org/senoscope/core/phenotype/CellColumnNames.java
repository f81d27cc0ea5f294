
package org.senoscope.core.phenotype;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;

/**
 * Finds the columns of markers in tables of Senoscope, QuPath, MCMICRO and
 * SCIMAP, FAST.R and others, which call them by names of their own.
 */
public final class CellColumnNames {

	/** QuPath: {@code Nucleus: Ki67: Mean} or {@code Nucleus: Ki67 mean}. */
	private static final Pattern QUPATH = Pattern.compile(
		"(Nucleus|Cytoplasm|Membrane|Cell): (.+?)(:| ) ?[Mm]ean");

	/** MCMICRO: {@code KI67_nucleiMask}. */
	private static final Pattern MCMICRO = Pattern.compile(
		"(.+)_(nuclei|cell|cyto)\\w*[mM]ask");

	private static final Pattern UNIT = Pattern.compile(
		"(.+?)(_value|[ _]?\\(?[uµμ]m(\\^?2|²)\\)?)$");

	private CellColumnNames() {}

	/**
	 * Returns the column that holds the value of a marker.
	 *
	 * @param marker the marker
	 * @param definition knows what markers are called
	 * @param columns columns of a table
	 * @return place of the column, -1 if there is none; of several the one whose
	 *         compartment is the marker's, else the first
	 */
	public static int valueOf(final Marker marker,
		final EvidenceDefinition definition, final List<String> columns)
	{
		for (final String exact : new String[] { marker.id() + "_value", marker
			.id() })
			if (columns.contains(exact)) return columns.indexOf(exact);
		int found = -1, best = -1;
		for (int c = 0; c < columns.size(); c++) {
			final Reading reading = reading(columns.get(c));
			if (definition.markerOfName(reading.name()) != marker) continue;
			final int fit = reading.compartment().equals(marker.compartment()) ? 2
				: marker.onlyThere() && !reading.compartment().isEmpty() ? -1 : reading
					.compartment().isEmpty() ? 1 : 0;
			if (fit > best) {
				best = fit;
				found = c;
			}
		}
		return found;
	}

	/**
	 * Returns the column for a feature of a model.
	 *
	 * @return place of the column, -1 if there is none: the same name, else the
	 *         same but for case, else that of the same marker
	 */
	public static int of(final String feature,
		final EvidenceDefinition definition, final List<String> columns)
	{
		if (columns.contains(feature)) return columns.indexOf(feature);
		for (int c = 0; c < columns.size(); c++)
			if (columns.get(c).equalsIgnoreCase(feature)) return c;
		final Marker marker = definition.markerOfName(reading(feature).name());
		return marker == null ? -1 : valueOf(marker, definition, columns);
	}

	/**
	 * What a column holds.
	 *
	 * @param name name of the marker
	 * @param compartment where it was read, empty if the column does not say
	 */
	private record Reading(String name, String compartment) {
	}

	private static Reading reading(final String column) {
		final Matcher qupath = QUPATH.matcher(column);
		if (qupath.matches()) return new Reading(qupath.group(2), qupath.group(1)
			.toLowerCase(java.util.Locale.ROOT));
		final Matcher mcmicro = MCMICRO.matcher(column);
		if (mcmicro.matches()) return new Reading(mcmicro.group(1), switch (mcmicro
			.group(2)) {
			case "nuclei" -> "nucleus";
			case "cyto" -> "cytoplasm";
			default -> "cell";
		});
		if (column.startsWith("Nucleus: Area")) return new Reading("nuclear area",
			"nucleus");
		final Matcher unit = UNIT.matcher(column);
		return new Reading(unit.matches() ? unit.group(1) : column, "");
	}
}
