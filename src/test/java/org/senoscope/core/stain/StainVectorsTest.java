
package org.senoscope.core.stain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.protocol.ImageKind;

/** Tests {@link StainVectors}. */
class StainVectorsTest {

	@Test
	void weightsUndoEveryVector() {
		for (final ImageKind kind : new ImageKind[] { ImageKind.H_DAB,
			ImageKind.H_E, ImageKind.X_GAL, ImageKind.X_GAL_NFR })
		{
			final StainVectors v = StainVectors.builtIn(kind);
			for (int i = 0; i < 3; i++) {
				assertEquals(1, StainVectors.dot(v.vector(i), v.vector(i)), 1e-12);
				for (int j = 0; j < 3; j++)
					assertEquals(i == j ? 1 : 0, StainVectors.dot(v.vector(i), v.weights(
						j)), 1e-12, kind + " " + i + " " + j);
			}
		}
	}

	@Test
	void residualIsPerpendicularToBothStains() {
		final StainVectors v = StainVectors.builtIn(ImageKind.H_DAB);
		assertEquals(0, StainVectors.dot(v.vector(0), v.vector(2)), 1e-12);
		assertEquals(0, StainVectors.dot(v.vector(1), v.vector(2)), 1e-12);
		assertEquals(1, v.indexOf(Stain.DAB));
		assertEquals(-1, v.indexOf(Stain.EOSIN));
	}

	@Test
	void greyReliefIsNotIndigo() {
		final StainVectors v = StainVectors.builtIn(ImageKind.X_GAL);
		assertEquals(0, StainVectors.dot(new double[] { 0.3, 0.3, 0.3 }, v.weights(
			StainVectors.CHROMOGEN)), 1e-12);
	}

	@Test
	void typedVectorsAreScaledToLengthOne() {
		assertArrayEquals(new double[] { 0.6, 0.8, 0 }, StainVectors.parse(
			" 3, 4 ,0", "stains.chromogen"), 1e-12);
	}

	@Test
	void badTypedVectorsNameTheirKey() {
		for (final String text : new String[] { "1,2", "a,b,c", "0,0,0", "1,-1,1",
			"NaN,1,1", "1e999,1,1" })
		{
			final UserException e = assertThrows(UserException.class,
				() -> StainVectors.parse(text, "stains.chromogen"), text);
			assertTrue(e.getMessage().startsWith("stains.chromogen: '" + text + "'"));
		}
	}

	@Test
	void parallelVectorsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> StainVectors.of(
			Stain.HEMATOXYLIN, new double[] { 1, 1, 0.5 }, Stain.DAB, new double[] {
				2, 2, 1.01 }));
	}

	@Test
	void jacobiFindsTheAxesOfAKnownMatrix() {
		// 5 along (1,1,0)/sqrt2, 2 along z, 1 along (1,-1,0)/sqrt2
		final double[][] v = SymmetricEigen.vectors(new double[][] { { 3, 2, 0 }, {
			2, 3, 0 }, { 0, 0, 2 } });
		final double h = Math.sqrt(0.5);
		assertEquals(1, Math.abs(StainVectors.dot(v[0], new double[] { h, h, 0 })),
			1e-12);
		assertEquals(1, Math.abs(v[1][2]), 1e-12);
	}
}
