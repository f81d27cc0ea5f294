
package org.senoscope.core.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.cell.NucleusShape;
import org.senoscope.core.gate.Gate;

/**
 * Turns a measured cell into a row of the table, now that the gates of the
 * slide are known.
 */
final class CellFinisher {

	private static final String[] AXES = { "arrest", "lysosome", "chromatin",
		"dna_damage", "secretory", "quiescence", "hypoxia_niche", "stemness", "emt",
		"cycling" };

	private final String image;
	private final CellLayout layout;
	private final Gate[] gates;
	private final SlideCalibration slide;
	private final int firstNumber, imageAt, uuidAt, regionAt, lineageAt,
			lineageSourceAt, phenotypeAt, reasonAt, evidenceAt, flagsAt;
	private final int[] valueAt, axisOf, decidingReading;

	CellFinisher(final String image, final CellLayout layout, final Gate[] gates,
		final SlideCalibration slide)
	{
		this.image = image;
		this.layout = layout;
		this.gates = gates;
		this.slide = slide;
		firstNumber = layout.index("cell_id");
		imageAt = layout.index("image");
		uuidAt = layout.index("cell_uuid");
		regionAt = layout.index("region");
		lineageAt = layout.index("lineage");
		lineageSourceAt = layout.index("lineage_source");
		phenotypeAt = layout.index("phenotype");
		reasonAt = layout.index("phenotype_reason");
		evidenceAt = layout.index("evidence_axes");
		flagsAt = layout.index("flags");
		valueAt = new int[gates.length];
		axisOf = new int[gates.length];
		decidingReading = new int[gates.length];
		for (int m = 0; m < gates.length; m++) {
			final MarkerAnalyzer marker = layout.markers().get(m);
			valueAt[m] = layout.index(marker.id() + "_value");
			axisOf[m] = Arrays.asList(AXES).indexOf(marker.axis());
			decidingReading[m] = layout.decidingReading(m);
		}
	}

	Cell finish(final long id, final SpilledCell c) {
		final int n = layout.table().columns().size();
		final double[] numbers = new double[n];
		final String[] texts = new String[n];
		Arrays.fill(numbers, Double.NaN);
		final UUID uuid = UUID.nameUUIDFromBytes((image + "|" + Math.round(1000 * c
			.centroidX()) + "|" + Math.round(1000 * c.centroidY())).getBytes(
				StandardCharsets.UTF_8));
		final NucleusShape s = c.shape();
		final double um = slide.pixelSizeUm();
		final double[] head = { id, Double.NaN, c.centroidX(), c.centroidY(), c
			.centroidX() * um, c.centroidY() * um, Double.NaN, s.areaUm2(), s
				.perimeterUm(), s.circularity(), s.solidity(), s.eccentricity(), s
					.majorAxisUm(), s.minorAxisUm(), c.probability(), c.cellAreaUm2() };
		System.arraycopy(head, 0, numbers, firstNumber, head.length);
		texts[imageAt] = image;
		texts[uuidAt] = uuid.toString();
		texts[regionAt] = slide.annotations().name(c.annotation());
		final Lineage lineage = slide.lineage(c.annotation());
		texts[lineageAt] = lineage.id();
		texts[lineageSourceAt] = slide.annotations().lineage(c.annotation()) != null
			? "annotation" : lineage == Lineage.UNKNOWN ? null : "protocol";
		final int[] columns = layout.readingColumns();
		for (int i = 0; i < columns.length; i++)
			numbers[columns[i]] = c.readings()[i];
		final StringBuilder reason = new StringBuilder();
		final String[] axes = new String[AXES.length];
		Arrays.fill(axes, "not_measured");
		for (int m = 0; m < gates.length; m++)
			call(m, c, numbers, texts, reason, axes);
		phenotype(lineage, texts, reason, axes);
		texts[flagsAt] = flags(c.flags());
		return new Cell(id, uuid, c.nucleus(), c.cell(), numbers, texts);
	}

	private void call(final int m, final SpilledCell c, final double[] numbers,
		final String[] texts, final StringBuilder reason, final String[] axes)
	{
		final MarkerAnalyzer marker = layout.markers().get(m);
		final double value = c.readings()[decidingReading[m]];
		final int at = valueAt[m];
		numbers[at] = value;
		numbers[at + 1] = gates[m].value();
		if (!reason.isEmpty()) reason.append(", ");
		if (Double.isNaN(value)) {
			reason.append(marker.label()).append(" not measured");
			return;
		}
		final int grade = marker.grade(value, gates[m]);
		numbers[at + 2] = grade > 0 ? 1 : 0;
		numbers[at + 3] = value - gates[m].value();
		if (marker.gradeColumn() != null) texts[at + 4] = marker.gradeWord(grade);
		reason.append(marker.label()).append(grade > 0 ? " positive" : " negative");
		axes[axisOf[m]] = grade > 0 ? "met" : "not_met";
		// a cell in cycle is not arrested; one that is not in cycle now is not
		// thereby arrested
		if (grade > 0 && marker.axis().equals("cycling")) axes[0] = "not_met";
	}

	private void phenotype(final Lineage lineage, final String[] texts,
		final StringBuilder reason, final String[] axes)
	{
		final boolean other = lineage == Lineage.STROMA ||
			lineage == Lineage.IMMUNE;
		texts[phenotypeAt] = other ? "not_tumour" : "indeterminate";
		if (reason.isEmpty()) reason.append("no marker measured");
		reason.append(other ? "; not a tumour cell" : gates.length > 0
			? "; one marker does not make a state" : "");
		texts[reasonAt] = reason.toString();
		final StringBuilder evidence = new StringBuilder();
		for (int i = 0; i < AXES.length; i++)
			evidence.append(i == 0 ? "" : ";").append(AXES[i]).append('=').append(
				axes[i]);
		texts[evidenceAt] = evidence.toString();
	}

	private static String flags(final int flags) {
		final StringBuilder words = new StringBuilder();
		if ((flags & SpilledCell.EDGE) != 0) words.append("edge");
		if ((flags & SpilledCell.SATURATED) != 0) words.append(words.isEmpty() ? ""
			: ";").append("saturated");
		return words.isEmpty() ? null : words.toString();
	}
}
