
package org.senoscope.core.assay.foci;

import java.util.List;
import java.util.Locale;

import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.evidence.CellFlag;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.run.HistogramScale;

/**
 * Senescence-associated heterochromatin foci (Narita, Cell 2003) by a written
 * rule: a nucleus is positive where foci, their share of the nucleus and their
 * mean contrast all reach their limits. The value is the smallest of the three,
 * each over its limit, so that the gate is 1. One or two foci alone, such as a
 * Barr body at the rim of the nucleus, never reach it.
 */
final class SahfMarker extends NuclearSpots {

	private final SahfSettings settings;
	private final boolean calls;

	/**
	 * Makes the marker.
	 *
	 * @param columns its columns, the first being count, share and contrast
	 * @param settings the limits
	 * @param calls whether nuclei are called: not in mice
	 */
	SahfMarker(final List<Column> columns, final SahfSettings settings,
		final boolean calls)
	{
		super(columns);
		this.settings = settings;
		this.calls = calls;
	}

	@Override
	public String id() {
		return "sahf";
	}

	@Override
	public String label() {
		return "SAHF";
	}

	@Override
	public String reading() {
		return "the least of foci, share of area and contrast, each over its limit";
	}

	@Override
	public List<Compartment> compartments() {
		return List.of();
	}

	@Override
	public double value(final double[] readings, final int first) {
		final double count = readings[first], fraction = readings[first + 1],
				contrast = readings[first + 2];
		if (!calls || Double.isNaN(count)) return Double.NaN;
		if (count == 0) return 0;
		final double area = settings.minAreaFraction() == 0 ? Double.MAX_VALUE
			: fraction / settings.minAreaFraction();
		return Math.min(count / settings.minCount(), Math.min(area, contrast /
			settings.minContrast()));
	}

	@Override
	public boolean judges(final int flags, final boolean inFocus) {
		// condensed chromatin is no SAHF, and blur hides them
		return inFocus && (flags & (CellFlag.APOPTOTIC.bit() | CellFlag.MITOTIC
			.bit())) == 0;
	}

	@Override
	public HistogramScale scale() {
		return new HistogramScale(0, 0.05, 200, 0);
	}

	@Override
	Gate gate() {
		return new Gate(1, String.format(Locale.ROOT,
			"rule of the protocol: at least %d foci on %.3g %% of the nucleus with a mean contrast of %.3g",
			settings.minCount(), 100 * settings.minAreaFraction(), settings
				.minContrast()));
	}

	@Override
	public String statement(final boolean tumourSelected) {
		return "SAHF-positive nuclei among nuclei that can be judged (in focus, neither mitotic nor apoptotic)" +
			(tumourSelected ? ", tumour cells" : "");
	}
}
