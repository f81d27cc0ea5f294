
package org.senoscope.core.assay;

import java.util.List;

import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateFinder;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.HistogramScale;
import org.senoscope.core.stain.StainPlane;

/**
 * What all brightfield markers have in common: the optical density of one
 * stain, and one gate.
 */
public abstract class StainAnalyzer implements MarkerAnalyzer {

	/** Optical density of a dense stain that is not Beer-Lambert any more. */
	private static final double DENSE_OD = 2.2;

	private final StainPlane stain;
	private final GateMethod gating;
	private final double gate;
	private final GateSettings gates;

	/**
	 * Keeps what is measured and where the gate comes from.
	 *
	 * @param stain separates the stain from the others
	 * @param gating where the gate comes from
	 * @param gate the written gate, in units of the deciding reading
	 * @param gates what all gates have in common
	 */
	protected StainAnalyzer(final StainPlane stain, final GateMethod gating,
		final double gate, final GateSettings gates)
	{
		this.stain = stain;
		this.gating = gating;
		this.gate = gate;
		this.gates = gates;
	}

	@Override
	public double saturation() {
		return DENSE_OD;
	}

	@Override
	public final ReadingUnit unit() {
		return ReadingUnit.OPTICAL_DENSITY;
	}

	@Override
	public HistogramScale scale() {
		return HistogramScale.OPTICAL_DENSITY;
	}

	@Override
	public final void plane(final BlockPixels pixels, final float[] out) {
		stain.read(pixels.rgb(), pixels.size(), out);
	}

	@Override
	public final Gate gate(final GateReadings readings,
		final List<String> warnings)
	{
		return GateFinder.find(gating, gate, gates, readings, warnings);
	}
}
