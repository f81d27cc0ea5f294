
package org.senoscope.core.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;

class RegistrationTest {

	private static final int SIDE = 900;

	/** A camera field cut from a larger one, moved: what a stage does. */
	private static PixelSource moved(final char[] plane, final int size,
		final RigidTransform t, final int margin)
	{
		final float[] values = new float[size * size], out = new float[SIDE * SIDE];
		for (int i = 0; i < values.length; i++)
			values[i] = plane[i];
		final PixelSource whole = ArrayPixelSource.channels("whole.tif", size, size,
			0.5, List.of("DAPI"), values);
		final PixelSource turned = new RegisteredSource(whole, t, whole.info());
		turned.readChannel(0, 0, new Region(margin, margin, SIDE, SIDE), out);
		return ArrayPixelSource.channels("dapi.tif", SIDE, SIDE, 0.5, List.of(
			"DAPI"), out);
	}

	private static PixelSource brightfield(final byte[] rgb, final int size,
		final int margin)
	{
		final byte[] out = new byte[3 * SIDE * SIDE];
		for (int y = 0; y < SIDE; y++)
			System.arraycopy(rgb, 3 * ((y + margin) * size + margin), out, 3 * y *
				SIDE, 3 * SIDE);
		return ArrayPixelSource.rgb("xgal.tif", SIDE, SIDE, 0.5, out);
	}

	/** Error at the corners between what was found and what was done. */
	private static double error(final RigidTransform done, final int margin,
		final RigidTransform found)
	{
		double worst = 0;
		for (final double x : new double[] { 0, SIDE })
			for (final double y : new double[] { 0, SIDE }) {
				// a place p of the fixed field lies at q with done(q + margin) = p +
				// margin
				final double qx = found.x(x, y) + margin, qy = found.y(x, y) + margin;
				worst = Math.max(worst, Math.hypot(done.x(qx, qy) - margin - x, done.y(
					qx, qy) - margin - y));
			}
		return worst;
	}

	@ParameterizedTest
	@CsvSource({ "5, 44.2, -3.8" })
	void fluorescenceOfTwoRoundsIsLaidOverItselfWithinATenthOfAPixel(
		final double dx, final double dy, final double degrees)
	{
		final int margin = 100, size = SIDE + 2 * margin;
		final PhantomField field = Phantoms.field(PhantomKind.DAPI, size, size, 3);
		final RigidTransform t = RigidTransform.about(size / 2.0, size / 2.0, Math
			.toRadians(degrees), dx, dy);
		final Registration.Found found = Registration.find(RegistrationPicture
			.fluorescence(moved(field.dapi(), size, RigidTransform.IDENTITY, margin),
				0), RegistrationPicture.fluorescence(moved(field.dapi(), size, t,
					margin), 0));
		assertTrue(found.matches());
		assertEquals(0, error(t, margin, found.transform()), 0.1, () -> "" + found);
	}

	@ParameterizedTest
	@CsvSource({ "3, -31.3, 8.6, 1.3", "5, 20, 20, 4.6" })
	void dapiIsLaidOverXgalOfTheSameFieldWithinHalfAPixel(final long seed,
		final double dx, final double dy, final double degrees)
	{
		final int margin = 100, size = SIDE + 2 * margin;
		final PhantomField field = Phantoms.field(PhantomKind.XGAL_DAPI, size, size,
			seed);
		final RigidTransform t = RigidTransform.about(size / 2.0, size / 2.0, Math
			.toRadians(degrees), dx, dy);
		final Registration.Found found = Registration.find(RegistrationPicture
			.withoutProduct(brightfield(field.rgb(), size, margin)),
			RegistrationPicture.fluorescence(moved(field.dapi(), size, t, margin),
				0));
		assertTrue(found.matches());
		assertEquals(0, error(t, margin, found.transform()), 0.5, () -> "" + found);
	}

	@Test
	void picturesOfDifferentFieldsDoNotMatch() {
		for (int seed = 1; seed <= 2; seed++) {
			final PhantomField a = Phantoms.field(PhantomKind.XGAL_DAPI, SIDE, SIDE,
				seed), b = Phantoms.field(PhantomKind.XGAL_DAPI, SIDE, SIDE, seed + 50);
			final Registration.Found found = Registration.find(RegistrationPicture
				.withoutProduct(brightfield(a.rgb(), SIDE, 0)), RegistrationPicture
					.fluorescence(moved(b.dapi(), SIDE, RigidTransform.IDENTITY, 0), 0));
			assertFalse(found.matches());
		}
	}
}
