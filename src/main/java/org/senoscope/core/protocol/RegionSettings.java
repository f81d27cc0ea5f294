
package org.senoscope.core.protocol;

/**
 * What the classes of annotations mean. Classes are compared without regard to
 * case; several are separated by commas.
 */
public record RegionSettings(@Key(
	meaning = "Annotation classes that select tumour cells.") String tumourClasses,
		@Key(
			meaning = "Annotation classes that select stroma.") String stromaClasses,
		@Key(
			meaning = "Annotation classes that select immune cells.") String immuneClasses,
		@Key(
			meaning = "Annotation classes that are left out of the analysis.") String excludedClasses,
		@Key(
			meaning = "Annotation classes that hold a negative control on the same slide: gated first and left out of the result.") String controlClasses,
		@Key(file = true,
			meaning = "Region classifier (file of senoscope train-regions) that tells tumour, stroma and immune cells where no annotation does; percentages then count tumour cells.") String classifier) {

	/** The usual words of QuPath, ASAP and ImageScope users. */
	public static final RegionSettings DEFAULTS = new RegionSettings(
		"Tumor, Tumour, Invasive tumour, Invasive tumor, Carcinoma", "Stroma",
		"Immune cells, Immune, Lymphocytes",
		"Ignore, Ignore*, Exclude, Necrosis, Artefact, Artifact, Other",
		"Negative control", "");
}
