
package org.senoscope.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.table.TableFile;

/**
 * A file of gates: {@code markers} with {@code gates} or a column a slide, as
 * SCIMAP writes them (logarithm of 1 + intensity), or {@code marker, gate} in
 * the unit of the readings.
 *
 * @param file the file
 * @param bySlide gates in the unit of the readings by slide, {@link #ALL} for
 *          those of all slides, and marker as it is written
 */
record GateFile(Path file, Map<String, Map<String, Double>> bySlide) {

	/** Stands for all slides. */
	static final String ALL = "";

	/** How such a file is written, for messages. */
	static final String FORM =
		"write marker,gate (in the unit of the table), or markers,gates as SCIMAP does";

	/**
	 * Reads a file.
	 *
	 * @throws UserException if it is no such file
	 */
	static GateFile read(final Path file) {
		final Map<String, Map<String, Double>> found = new LinkedHashMap<>();
		try (TableFile table = TableFile.open(file)) {
			final List<String> names = table.columns();
			final boolean scimap = names.contains("markers");
			final List<String> wanted = scimap ? names : List.of("marker", "gate");
			final int of = wanted.indexOf(scimap ? "markers" : "marker");
			table.read(wanted, 1, rows -> {
				for (int row = 0; row < rows.rows(); row++)
					for (int c = 0; c < wanted.size(); c++) {
						if (c == of || wanted.get(c).isEmpty()) continue;
						final double gate = rows.number(row, c);
						// left empty: to be found
						if (Double.isNaN(gate)) continue;
						final boolean all = !scimap || wanted.get(c).equals("gates");
						found.computeIfAbsent(all ? ALL : wanted.get(c),
							s -> new HashMap<>()).put(rows.text(row, of), scimap ? Math.expm1(
								gate) : gate);
					}
				return null;
			}, nothing -> {}, Progress.SILENT, new Cancellation());
		}
		if (found.isEmpty()) throw new UserException(file + ": holds no gate; " +
			FORM);
		return new GateFile(file, found);
	}

	/**
	 * Returns the gates of a slide by marker in lower case: those of its own
	 * column, else those of all slides, else those of a single column that names
	 * no other slide.
	 *
	 * @param names names that the slide goes by
	 * @param slides names of all slides
	 */
	Map<String, Double> of(final List<String> names, final Set<String> slides) {
		Map<String, Double> found = bySlide.get(ALL);
		for (final String name : names)
			found = bySlide.getOrDefault(name, found);
		final String only = bySlide.keySet().iterator().next();
		if (found == null && bySlide.size() == 1 && !slides.contains(only)) found =
			bySlide.get(only);
		final Map<String, Double> lower = new HashMap<>();
		if (found != null) found.forEach((marker, gate) -> lower.put(marker
			.toLowerCase(Locale.ROOT), gate));
		return lower;
	}
}
