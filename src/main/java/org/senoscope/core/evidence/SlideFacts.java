
package org.senoscope.core.evidence;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.senoscope.core.protocol.SpecimenSettings;

/**
 * What conditions may ask of a slide.
 *
 * @param specimen as stated
 * @param tumour words of tumour type and organ, in lower case
 * @param species words of the species, in lower case
 * @param p53Pattern pattern of p53 over the tumour cells
 */
record SlideFacts(SpecimenSettings specimen, Set<String> tumour,
		Set<String> species, P53Pattern p53Pattern) {

	static SlideFacts of(final SpecimenSettings specimen,
		final P53Pattern p53Pattern)
	{
		return new SlideFacts(specimen, words(specimen.tumourType() + " " + specimen
			.organ()), words(specimen.species()), p53Pattern);
	}

	private static Set<String> words(final String text) {
		return new HashSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split(
			"[^\\p{L}\\p{N}]+")));
	}
}
