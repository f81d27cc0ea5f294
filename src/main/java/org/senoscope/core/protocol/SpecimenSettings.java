
package org.senoscope.core.protocol;

/**
 * What lies on the slide; rules of the assays and of the evidence depend on it.
 * Unknown is allowed, and the report says so.
 */
public record SpecimenSettings(@Key(label = "Preservation",
	meaning = "How the specimen was kept: SA-beta-gal is refused on ffpe, where the enzyme is dead.") Preservation preservation,
		@Key(label = "Specimen",
			meaning = "What lies on the glass.") SpecimenKind kind, @Key(
				meaning = "Organ, in plain words.") String organ, @Key(
					meaning = "Tumour type, in plain words; categories of Ki-67 need it.") String tumourType,
		@Key(meaning = "Species, in plain words.") String species, @Key(
			meaning = "Thickness of the section.", unit = "µm", min = 0.1,
			max = 200) double sectionUm, @Key(
				meaning = "Treatment before sampling, in plain words.") String treatment,
		@Key(meaning = "Days between the end of treatment and sampling.",
			unit = "days", min = 0, max = 100000) double daysSinceTreatment) {

	/** Nothing is known. */
	public static final SpecimenSettings DEFAULTS = new SpecimenSettings(
		Preservation.UNKNOWN, SpecimenKind.UNKNOWN, "", "", "human", Double.NaN, "",
		Double.NaN);
}
