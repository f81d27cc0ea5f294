
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.senoscope.core.UserException;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * Every built-in protocol on a picture of the other kind: one line, no numbers.
 */
class KindRefusalTest {

	private static final int SIDE = 300;

	static List<String> names() {
		return BuiltInProtocols.names();
	}

	private static String refusal(final PixelSource source, final String name) {
		final ProtocolOverrides o = ProtocolOverrides.apply(BuiltInProtocols.load(
			name), RunOptions.DEFAULTS, Map.of("method", "classical", "threads", "1",
				"specimen.preservation", "fresh"));
		return assertThrows(UserException.class, () -> SlidePipeline.run(
			new SlideInputs(source, null, List.of(), "a.tif"), o.protocol(), o
				.options(), new MemorySpill(), Progress.SILENT, new Cancellation())
			.close(), name).getMessage();
	}

	@ParameterizedTest
	@MethodSource("names")
	void aProtocolRefusesAPictureOfTheOtherKind(final String name) {
		final boolean fluorescence = BuiltInProtocols.load(name)
			.kind() == ImageKind.FLUORESCENCE;
		final PhantomField field = Phantoms.field(fluorescence ? PhantomKind.HDAB
			: PhantomKind.DAPI, SIDE, SIDE, 3);
		final String words;
		if (fluorescence) {
			words = refusal(ArrayPixelSource.rgb("a.tif", SIDE, SIDE, 0.5, field
				.rgb()), name);
			assertEquals(
				"a.tif: the picture is brightfield (h-dab by its colours), asked for is fluorescence; choose another --kind or protocol",
				words);
		}
		else {
			final short[] plane = new short[SIDE * SIDE];
			for (int i = 0; i < plane.length; i++)
				plane[i] = (short) field.dapi()[i];
			words = refusal(ArrayPixelSource.channels("a.tif", SIDE, SIDE, 0.5, List
				.of("DAPI", "gamma-H2AX"), plane, plane.clone()), name);
			assertTrue(words.contains("red-green-blue picture") || words.contains(
				"the picture is fluorescence"), words);
		}
		assertTrue(words.indexOf('\n') < 0, words);
	}
}
