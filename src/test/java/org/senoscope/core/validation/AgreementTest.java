
package org.senoscope.core.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Figures of agreement, against values worked out by hand. */
class AgreementTest {

	@Test
	void constantDifferenceLowersTheIntraclassCorrelation() {
		// between cases 2, between readers 1.5, error 0: 2 / (2 + 2/3 * 1.5)
		final Agreement a = Agreement.of(new double[] { 2, 3, 4 }, new double[] { 1,
			2, 3 });
		assertEquals(2.0 / 3, a.icc(), 1e-12);
		assertEquals(1, a.meanDifference(), 1e-12);
		assertEquals(0, a.sdDifference(), 1e-12);
		assertEquals(1, a.upperLimit(), 1e-12);
	}

	@Test
	void limitsOfAgreementSpanTwiceNearlyTwoDeviations() {
		// differences 1, -1, 3: mean 1, standard deviation 2
		final Agreement a = Agreement.of(new double[] { 11, 19, 33 }, new double[] {
			10, 20, 30 });
		assertEquals(1 - 3.92, a.lowerLimit(), 1e-12);
		assertEquals(1 + 3.92, a.upperLimit(), 1e-12);
		assertEquals(5.0 / 3, a.meanAbsoluteDifference(), 1e-12);
		assertEquals(3, a.largestAbsoluteDifference(), 1e-12);
	}

	@Test
	void aFifthOfTheReferenceCountsAsWithin() {
		assertEquals(2.0 / 3, Agreement.of(new double[] { 12, 25, 0.3 },
			new double[] { 10, 20, 0.3 }).shareWithin(), 1e-12);
	}

	@Test
	void equalReadingsAgreeFully() {
		assertEquals(1, Agreement.of(new double[] { 1, 5, 9 }, new double[] { 1, 5,
			9 }).icc(), 1e-12);
		assertTrue(Double.isNaN(Agreement.of(new double[] { 1 }, new double[] { 2 })
			.icc()));
		assertThrows(IllegalArgumentException.class, () -> Agreement.of(
			new double[0], new double[0]));
	}
}
