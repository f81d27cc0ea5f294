
package org.senoscope.core.run;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.cell.NucleusShape;
import org.senoscope.core.cell.Outline;

/**
 * A cell as its block measured it, before gates are known; the form in which
 * cells wait outside memory.
 *
 * @param centroidX level-0 pixels
 * @param centroidY level-0 pixels
 * @param shape shape of the nucleus
 * @param probability probability of the nucleus, NaN where none
 * @param cellAreaUm2 area of the cell
 * @param edgeUm width of the edge of the nucleus in µm, NaN where not known
 * @param annotation index of the annotation that holds it, -1 for none
 * @param flags set of {@link #EDGE}, {@link #SATURATED}, {@link #QUENCHED}, and
 *          the kind of artefact in the bits from {@link #ARTEFACT_SHIFT} on
 * @param readings readings of all markers in the order of
 *          {@link CellLayout#readingColumns()}
 * @param foci foci of the nucleus, as
 *          {@link org.senoscope.core.assay.FocusRecord} writes them
 * @param nucleus outline of the nucleus
 * @param cell outline of the cell
 * @param told lineage that the region classifier tells, null for none; not
 *          spilled, since it is known only once all cells are
 */
record SpilledCell(double centroidX, double centroidY, NucleusShape shape,
		double probability, double cellAreaUm2, double edgeUm, int annotation,
		int flags, double[] readings, double[] foci, Outline nucleus, Outline cell,
		Lineage told) {

	/** The nucleus touches the edge of the picture. */
	static final int EDGE = 1;

	/** Too many of the cell's pixels are too dense to be measured. */
	static final int SATURATED = 2;

	/** Dense product hides the nucleus in the picture of the nuclei. */
	static final int QUENCHED = 4;

	/** The cell with what the region classifier tells. */
	SpilledCell told(final Lineage lineage) {
		return new SpilledCell(centroidX, centroidY, shape, probability,
			cellAreaUm2, edgeUm, annotation, flags, readings, foci, nucleus, cell,
			lineage);
	}

	/** From this bit on: 1 + ordinal of the artefact it lies on, 0 for none. */
	static final int ARTEFACT_SHIFT = 8;

	/** 1 + ordinal of the kind of artefact that the cell touches, 0 for none. */
	int artefact() {
		return flags >> ARTEFACT_SHIFT;
	}

	private int bytes() {
		return 8 * (2 + 7 + 3 + readings.length + foci.length) + 5 * 4 + 8 *
			(nucleus.corners() + cell.corners());
	}

	static byte[] encode(final List<SpilledCell> cells) {
		int size = 4;
		for (final SpilledCell c : cells)
			size += c.bytes();
		final ByteBuffer b = ByteBuffer.allocate(size);
		b.putInt(cells.size());
		for (final SpilledCell c : cells) {
			final NucleusShape s = c.shape;
			b.putDouble(c.centroidX).putDouble(c.centroidY);
			b.putDouble(s.areaUm2()).putDouble(s.perimeterUm()).putDouble(s
				.circularity()).putDouble(s.solidity()).putDouble(s.eccentricity())
				.putDouble(s.majorAxisUm()).putDouble(s.minorAxisUm());
			b.putDouble(c.probability).putDouble(c.cellAreaUm2).putDouble(c.edgeUm);
			b.putInt(c.annotation).putInt(c.flags);
			for (final double r : c.readings)
				b.putDouble(r);
			b.putInt(c.foci.length);
			for (final double f : c.foci)
				b.putDouble(f);
			put(b, c.nucleus);
			put(b, c.cell);
		}
		return b.array();
	}

	static List<SpilledCell> decode(final byte[] bytes, final int readings) {
		final List<SpilledCell> cells = new ArrayList<>();
		if (bytes.length == 0) return cells;
		final ByteBuffer b = ByteBuffer.wrap(bytes);
		for (int n = b.getInt(); n > 0; n--) {
			final double x = b.getDouble(), y = b.getDouble();
			final NucleusShape shape = new NucleusShape(b.getDouble(), b.getDouble(),
				b.getDouble(), b.getDouble(), b.getDouble(), b.getDouble(), b
					.getDouble());
			final double probability = b.getDouble(), area = b.getDouble(), edge = b
				.getDouble();
			final int annotation = b.getInt(), flags = b.getInt();
			final double[] r = new double[readings];
			for (int i = 0; i < readings; i++)
				r[i] = b.getDouble();
			final double[] foci = new double[b.getInt()];
			for (int i = 0; i < foci.length; i++)
				foci[i] = b.getDouble();
			cells.add(new SpilledCell(x, y, shape, probability, area, edge,
				annotation, flags, r, foci, get(b), get(b), null));
		}
		return cells;
	}

	private static void put(final ByteBuffer b, final Outline o) {
		b.putInt(o.corners());
		for (int i = 0; i < o.corners(); i++)
			b.putFloat(o.x()[i]).putFloat(o.y()[i]);
	}

	private static Outline get(final ByteBuffer b) {
		final int n = b.getInt();
		final float[] x = new float[n], y = new float[n];
		for (int i = 0; i < n; i++) {
			x[i] = b.getFloat();
			y[i] = b.getFloat();
		}
		return new Outline(x, y);
	}
}
