
package org.senoscope.core.assay.ki67;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ki67CategoryTest {

	@ParameterizedTest
	@CsvSource({ "breast ER+ HER2-, 4.9, low", "breast ER+/HER2-, 5, low",
		"Breast cancer ER positive HER2 negative, 17, uncertain",
		"mammary carcinoma ER+ HER2neg, 30, high" })
	void luminalBreastHasPrognosticRanges(final String type, final double index,
		final String id)
	{
		final Ki67Category category = Ki67Category.of(type, index, 80);
		assertEquals(id, category.id());
		assertTrue(category.words().contains("prognosis only"));
	}

	@ParameterizedTest
	@CsvSource({ "2.9, below_3", "3, 3_to_20", "20, 3_to_20", "20.1, above_20" })
	void neuroendocrineTumoursGoByTheHotSpot(final double hotSpot,
		final String id)
	{
		assertEquals(id, Ki67Category.of("neuroendocrine tumour of the ileum", 1,
			hotSpot).id());
		assertNull(Ki67Category.of("NET", 1, Double.NaN));
	}

	@ParameterizedTest
	@CsvSource({ "breast", "breast ER-", "breast ER+ HER2+", "breast HER2-",
		"breast triple negative" })
	void otherBreastTumoursHaveNone(final String type) {
		assertNull(Ki67Category.of(type, 40, 80), type);
		assertFalse(Ki67Category.missing(type).isEmpty());
	}

	@ParameterizedTest
	@CsvSource({ "''", "colon", "melanoma", "bladder", "glioma" })
	void noOtherTumourHasACategory(final String type) {
		assertNull(Ki67Category.of(type, 40, 80));
		assertEquals("", Ki67Category.missing(type));
	}

	@Test
	void anUnknownIndexHasNoCategory() {
		assertNull(Ki67Category.of("breast ER+ HER2-", Double.NaN, 10));
	}
}
