
package org.senoscope.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.assay.costain.PairOverSlides;
import org.senoscope.core.run.SlideSummary;

/**
 * Pairs of markers over the slides of a run over several, {@code pairs.csv}:
 * median and range of observed over expected, on how many slides it lies above
 * and below 1, and a sign test. What single slides say stands in their
 * summaries.
 */
public final class PairTable {

	/** Name of the file. */
	public static final String NAME = "pairs.csv";

	private PairTable() {}

	/**
	 * Writes the table; nothing where no slide has a panel.
	 *
	 * @param slides numbers of the slides
	 * @param folder output folder of the run
	 * @return what a reader should know, one line each
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static List<String> write(final List<SlideSummary> slides,
		final Path folder)
	{
		final Map<List<?>, List<Double>> ratios = new LinkedHashMap<>();
		int panels = 0;
		for (final SlideSummary slide : slides) {
			if (!(slide.assays().get("costain") instanceof final Map<?, ?> costain))
				continue;
			panels++;
			for (final Object one : (List<?>) costain.get("pairs")) {
				final Map<?, ?> pair = (Map<?, ?>) one;
				final double ratio = ((Number) pair.get("observed_over_expected"))
					.doubleValue();
				final List<Double> of = ratios.computeIfAbsent((List<?>) pair.get(
					"markers"), k -> new ArrayList<>());
				if (!Double.isNaN(ratio)) of.add(ratio);
			}
		}
		if (ratios.isEmpty()) return List.of();
		final StringBuilder rows = new StringBuilder(
			"marker,other_marker,slides,observed_over_expected_median,observed_over_expected_lowest,observed_over_expected_highest,slides_above_1,slides_below_1,sign_test_p\n");
		ratios.forEach((markers, of) -> {
			final PairOverSlides pair = new PairOverSlides(of.stream().mapToDouble(
				r -> r).toArray());
			final int n = pair.slides();
			rows.append(markers.get(0)).append(',').append(markers.get(1)).append(',')
				.append(n).append(',').append(GateTable.text(pair.median())).append(',')
				.append(GateTable.text(n == 0 ? null : pair.ratios()[0])).append(',')
				.append(GateTable.text(n == 0 ? null : pair.ratios()[n - 1])).append(
					',').append(pair.above()).append(',').append(pair.below()).append(',')
				.append(GateTable.text(pair.signTest())).append('\n');
		});
		GateTable.write(folder, NAME, rows);
		return panels < PairOverSlides.FEWEST_SLIDES ? List.of(panels +
			" slides: too few to tell whether markers go together (" + NAME +
			" has medians and ranges; a sign test needs " +
			PairOverSlides.FEWEST_SLIDES + ")") : List.of();
	}
}
