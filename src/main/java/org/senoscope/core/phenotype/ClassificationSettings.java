
package org.senoscope.core.phenotype;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.phenotype.crop.CropSettings;
import org.senoscope.core.protocol.Key;
import org.senoscope.core.protocol.Section;
import org.senoscope.core.protocol.SettingsKeys;
import org.senoscope.core.protocol.SpecimenSettings;

/**
 * How the cells of a table are called. The one definition from which flags,
 * macro keys and dialog fields come.
 */
public record ClassificationSettings(@Key(label = "Model", file = true,
	meaning = "Folder or zip of a phenotype model, or the name of a shipped one; none, or evidence: the evidence rules.") String model,
		@Key(label = "Gates",
			meaning = "CSV file with gates: markers and gates or a column a slide (SCIMAP); none: the table's own columns of gates, else gates found where values are bimodal.",
			file = true) String gates, @Key(label = "Phenotype workflow", file = true,
				name = "phenotype_workflow",
				meaning = "CSV file with a phenotype workflow of SCIMAP, which then calls the cells: group, phenotype, and pos, neg, anypos, anyneg, allpos or allneg of markers.") String workflow,
		@Key(name = "phenotype_definition", label = "Evidence definition",
			file = true,
			meaning = "Evidence definition of your own (YAML, docs/evidence.md); none: the built-in one.") String definition,
		@Key(name = "phenotype_coverage", label = "Coverage",
			meaning = "Share of its calls of each class that the model may make, the least certain others being indeterminate; 0: as it was trained.",
			min = 0, max = 1) double coverage, @Key(name = "slide_column",
				label = "Slide column",
				meaning = "Column that says what was stained and imaged together; none: image, imageid or plate if there is one, else all cells are of one slide.") String slide,
		@Key(name = "control_column", label = "Control column",
			meaning = "Column with blank, ph7, negative, positive or ph4 where a cell is a control; none: there are no controls.") String control,
		@Key(label = "Lineage of all cells",
			meaning = "Lineage of cells of which the table does not state it; tumour in a pure tumour-cell culture.") Lineage lineage,
		@Section(meaning = "What lies on the slide.") SpecimenSettings specimen,
		@Key(meaning = "Threads; 0: all processors.", min = 0,
			max = 1024) int threads, @Section(
				meaning = "Pictures of nuclei, for a model that learned from them.") CropSettings crop) {

	/** The word for the evidence rules alone. */
	public static final String EVIDENCE = "evidence";

	/** The evidence rules, nothing known but the table. */
	public static final ClassificationSettings DEFAULTS =
		new ClassificationSettings("", "", "", "", 0, "", "", Lineage.UNKNOWN,
			SpecimenSettings.DEFAULTS, 0, CropSettings.DEFAULTS);

	/** Its keys. */
	public static final SettingsKeys<ClassificationSettings> KEYS =
		new SettingsKeys<>(ClassificationSettings.class, DEFAULTS);
}
