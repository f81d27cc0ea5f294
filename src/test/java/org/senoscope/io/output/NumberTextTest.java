
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Tests {@link NumberText}. */
class NumberTextTest {

	private final NumberText text = new NumberText();

	@Test
	void readingsHaveNoExponentAndNoTrailingZeros() {
		assertEquals("0", text.reading(0).toString());
		assertEquals("0", text.reading(-0.0).toString());
		assertEquals("0.2", text.reading(0.2).toString());
		assertEquals("-1.5", text.reading(-1.5).toString());
		assertEquals("100", text.reading(100).toString());
		assertEquals("12345.679", text.reading(12345.6789).toString());
		assertEquals("0.000001234568", text.reading(1.2345678e-6).toString());
		assertEquals("0", text.reading(-1e-15).toString());
		assertEquals("12345678901234567000", text.reading(1.2345678901234567e19)
			.toString().replaceAll("(?<=.{17}).", "0"));
		assertEquals("", text.reading(Double.NaN).toString());
		assertEquals("", text.reading(Double.POSITIVE_INFINITY).toString());
		assertEquals("-9007199254740993", text.integer(-9007199254740993L)
			.toString());
	}

	@Test
	void readingsKeepSevenDigits() {
		final Random random = new Random(7);
		for (int i = 0; i < 20000; i++) {
			final double value = (random.nextDouble() - 0.5) * Math.pow(10, random
				.nextInt(20) - 4);
			final String written = text.reading(value).toString();
			assertTrue(written.matches("-?\\d+(\\.\\d*[1-9])?"), written);
			assertEquals(value, new BigDecimal(written).doubleValue(), Math.max(6e-13,
				Math.abs(value) * 6e-7), () -> "written as " + written);
		}
	}

	@Test
	void coordinatesHaveTwoDecimals() {
		assertEquals("40000.13", text.fixed(40000.126, 2).toString());
		assertEquals("7", text.fixed(6.999, 2).toString());
		assertEquals("0", text.fixed(-0.001, 2).toString());
	}
}
