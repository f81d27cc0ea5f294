
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.registration.RegisteredSource;
import org.senoscope.core.registration.RigidTransform;

class PairedNucleiTest {

	private static final int SIDE = 640;
	private static final Protocol XGAL = BuiltInProtocols.load("sagal-xgal");

	private final Map<String, Object> record = new LinkedHashMap<>();
	private final List<String> warnings = new ArrayList<>();

	private static PixelSource dapi(final PhantomField field) {
		final short[] plane = new short[SIDE * SIDE];
		for (int i = 0; i < plane.length; i++)
			plane[i] = (short) field.dapi()[i];
		return ArrayPixelSource.channels("dapi.tif", SIDE, SIDE, 0.5, List.of(
			"DAPI"), plane);
	}

	private static PixelSource brightfield(final PhantomField field) {
		return ArrayPixelSource.rgb("xgal.tif", SIDE, SIDE, 0.5, field.rgb());
	}

	private static Protocol with(final String register) {
		return ProtocolOverrides.apply(XGAL, Map.of("nuclei.register", register));
	}

	@Test
	void aMovedNucleiImageIsLaidBackOverThePicture() {
		final PhantomField field = Phantoms.field(PhantomKind.XGAL_DAPI, SIDE, SIDE,
			21);
		final PixelSource right = dapi(field);
		final RigidTransform moved = RigidTransform.about(320, 320, Math.toRadians(
			-1.2), 14, -9);
		final SlideInputs inputs = new SlideInputs(brightfield(field),
			new RegisteredSource(right, moved, right.info()), List.of(), "xgal.tif");
		final PixelSource back = PairedNuclei.register(inputs, XGAL, record,
			warnings).nuclei();
		final Region middle = new Region(120, 120, 400, 400);
		final float[] expected = new float[400 * 400], found = new float[400 * 400];
		right.readChannel(0, 0, middle, expected);
		back.readChannel(0, 0, middle, found);
		// twice interpolated, at most half a pixel off: nuclei correlate
		assertTrue(correlation(expected, found) > 0.97, () -> "" + record);
		assertEquals(1, warnings.size(), () -> "" + warnings);
	}

	@Test
	void aNucleiImageThatLiesRightKeepsItsPixels() {
		final PhantomField field = Phantoms.field(PhantomKind.XGAL_DAPI, SIDE, SIDE,
			22);
		final PixelSource right = dapi(field);
		final SlideInputs inputs = new SlideInputs(brightfield(field), right, List
			.of(), "xgal.tif");
		assertEquals(right, PairedNuclei.register(inputs, XGAL, record, warnings)
			.nuclei());
		assertEquals(List.of(), warnings);
	}

	@Test
	void aNucleiImageOfAnotherFieldIsSaidNotToMatch() {
		final SlideInputs inputs = new SlideInputs(brightfield(Phantoms.field(
			PhantomKind.XGAL_DAPI, SIDE, SIDE, 23)), dapi(Phantoms.field(
				PhantomKind.XGAL_DAPI, SIDE, SIDE, 24)), List.of(), "xgal.tif");
		assertEquals(inputs, PairedNuclei.register(inputs, XGAL, record, warnings));
		assertEquals(1, warnings.size());
		assertThrows(UserException.class, () -> PairedNuclei.register(inputs, with(
			"on"), record, warnings));
		assertEquals(inputs, PairedNuclei.register(inputs, with("off"), record,
			warnings));
	}

	private static double correlation(final float[] a, final float[] b) {
		double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
		for (int i = 0; i < a.length; i++) {
			ma += a[i] / a.length;
			mb += b[i] / b.length;
		}
		for (int i = 0; i < a.length; i++) {
			ab += (a[i] - ma) * (b[i] - mb);
			aa += (a[i] - ma) * (a[i] - ma);
			bb += (b[i] - mb) * (b[i] - mb);
		}
		return ab / Math.sqrt(aa * bb);
	}
}
