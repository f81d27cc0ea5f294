
package org.senoscope.core.assay;

import org.senoscope.core.cell.Column;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.stain.StainPlane;

/**
 * A marker whose positive cells are graded 1+, 2+ and 3+ by the density of
 * their stain, with H-score and Allred score ({@link GradedScores}).
 */
public abstract class GradedStain extends StainAnalyzer {

	private static final String[] GRADES = { "negative", "1+", "2+", "3+" };

	private final double from2plus, from3plus;

	/**
	 * Keeps the cuts.
	 *
	 * @param stain separates the stain from the others
	 * @param gating where the gate comes from
	 * @param gate the written gate, from which a cell is 1+
	 * @param from2plus density from which it is 2+
	 * @param from3plus density from which it is 3+
	 * @param gates what all gates have in common
	 */
	protected GradedStain(final StainPlane stain, final GateMethod gating,
		final double gate, final double from2plus, final double from3plus,
		final GateSettings gates)
	{
		super(stain, gating, gate, gates);
		this.from2plus = from2plus;
		this.from3plus = from3plus;
	}

	@Override
	public final int grade(final double value, final Gate gate) {
		if (!(value >= gate.value())) return 0;
		if (value >= Math.max(gate.value(), from3plus)) return 3;
		return value >= Math.max(gate.value(), from2plus) ? 2 : 1;
	}

	@Override
	public final Column gradeColumn() {
		return new Column(id() + "_class", Column.Type.TEXT,
			"negative, 1+, 2+ or 3+ by " + reading());
	}

	@Override
	public final String gradeWord(final int grade) {
		return GRADES[grade];
	}

	@Override
	public final boolean hasScores() {
		return true;
	}
}
