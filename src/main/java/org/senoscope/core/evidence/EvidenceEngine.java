
package org.senoscope.core.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.senoscope.core.cell.Lineage;

/**
 * Works the rules of a definition out for one cell: lineage, axes, states,
 * exclusion, phenotype. Immutable.
 */
final class EvidenceEngine {

	/** Room for sums of weights such as 0.6 and 0.4. */
	private static final double ROUNDING = 1e-9;

	private final EvidenceDefinition definition;
	private final Part[][] parts;

	/** A role with the marker that has it. */
	private record Part(int marker, Role role) {
	}

	EvidenceEngine(final EvidenceDefinition definition) {
		this.definition = definition;
		parts = new Part[definition.axes().size()][];
		for (final Axis axis : definition.axes()) {
			final List<Part> list = new ArrayList<>(), later = new ArrayList<>();
			for (final Marker marker : definition.markers())
				for (final Role role : marker.roles())
					if (role.axis().equals(axis.id()) && role.weight() > 0) (role
						.condition().asked().others ? later : list).add(new Part(marker
							.index(), role));
			list.addAll(later);
			parts[axis.index()] = list.toArray(Part[]::new);
		}
	}

	/**
	 * Tells lineage, axes and states of a cell.
	 *
	 * @param facts markers, lineage and flags are given, the rest is filled in
	 * @param network states that were told otherwise; may be null or hold nulls
	 */
	void tell(final CellFacts facts, final Finding[] network) {
		Arrays.fill(facts.axes, Finding.NOT_MEASURED);
		Arrays.fill(facts.states, Finding.NOT_MEASURED);
		for (final Axis axis : definition.axes())
			if (axis.kind() == Axis.Kind.LINEAGE) {
				axis(axis, facts);
				if (facts.lineage == Lineage.UNKNOWN && axis.lineage() != null &&
					facts.axes[axis.index()] == Finding.MET) facts.lineage = axis
						.lineage();
			}
		for (final Axis axis : definition.axes())
			if (axis.kind() != Axis.Kind.LINEAGE) axis(axis, facts);
		for (final State state : definition.states())
			facts.states[state.index()] = network != null && network[state
				.index()] != null ? network[state.index()] : state.when().of(facts);
	}

	private void axis(final Axis axis, final CellFacts facts) {
		final int a = axis.index();
		for (final Part part : parts[a]) {
			final MarkerState state = facts.markers[part.marker];
			final Role role = part.role;
			if (state == MarkerState.NOT_MEASURED || !role.condition().holds(facts))
				continue;
			if (state == role.when()) {
				facts.support[a] += role.weight();
				facts.measured[a] += role.weight();
			}
			else if (!role.silentIf().holds(facts)) facts.measured[a] += role
				.weight();
		}
		facts.axes[a] = finding(axis, facts);
	}

	private Finding finding(final Axis axis, final CellFacts facts) {
		final double measured = facts.measured[axis.index()];
		if (measured > 0 && axis.unless().holds(facts)) return Finding.NOT_MET;
		if (measured < axis.metFrom() - ROUNDING) return Finding.NOT_MEASURED;
		if (!reached(axis, facts)) return Finding.NOT_MET;
		return axis.needs().holds(facts) ? Finding.MET : Finding.NOT_MEASURED;
	}

	/** Whether the markers would meet the axis, whatever else it needs. */
	boolean reached(final Axis axis, final CellFacts facts) {
		final double support = facts.support[axis.index()];
		return support >= axis.metFrom() - ROUNDING && support >= axis.metShare() *
			facts.measured[axis.index()] - ROUNDING;
	}

	/** The exclusion that holds for a cell, null for none. */
	Exclusion exclusion(final CellFacts facts) {
		// a cell that is known to be no tumour cell is not called anyway
		if (facts.lineage == Lineage.STROMA || facts.lineage == Lineage.IMMUNE)
			return null;
		for (final Exclusion exclusion : definition.exclusions())
			if (exclusion.when().holds(facts)) return exclusion;
		return null;
	}

	/** The first rule that holds. */
	PhenotypeRule phenotype(final CellFacts facts) {
		for (final PhenotypeRule rule : definition.phenotypes())
			if (rule.when().holds(facts)) return rule;
		throw new AssertionError("the last rule holds always");
	}
}
