
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;

/** One gate for several slides, from pixels to files. */
class BatchGatesRunTest {

	private static final int SIDE = 400;

	@TempDir
	Path folder;

	private SlideOutcome run(final String name, final long seed,
		final Map<String, String> gates)
	{
		final PhantomField f = Phantoms.field(PhantomKind.HDAB_PATCHES, SIDE, SIDE,
			seed);
		return SlideJob.run(new SlideRequest(null, ArrayPixelSource.rgb(name, SIDE,
			SIDE, 0.5, f.rgb()), ProtocolOverrides.apply(ProtocolOverrides.apply(
				BuiltInProtocols.load("ki67-hdab"), Map.of("method", "classical",
					"ki67.gating", "auto")), gates), RunOptions.DEFAULTS, folder, name,
			List.of("senoscope")), Progress.SILENT, new Cancellation());
	}

	@Test
	void slidesShareTheGateOfTheirPooledReadings() throws IOException {
		final Path file = folder.resolve("batch-gates.json");
		final Map<String, String> collect = Map.of("gates.scope", "collect",
			"gates.file", file.toString()), batch = Map.of("gates.scope", "batch",
				"gates.file", file.toString());
		// seeds of about 0, 29 and 91 % positive nuclei
		final long[] seeds = { 13, 18, 3 };
		for (final long seed : seeds) {
			run("s" + seed, seed, collect);
			assertFalse(Files.exists(folder.resolve("s" + seed)),
				"collecting writes nothing else");
		}
		final byte[] once = Files.readAllBytes(file);
		run("s13", 13, collect);
		assertEquals(new String(once), Files.readString(file),
			"reading a slide again changes nothing");
		double gate = Double.NaN;
		for (final long seed : seeds) {
			final MarkerSummary m = run("s" + seed, seed, batch).summary().markers()
				.get(0);
			if (!Double.isNaN(gate)) assertEquals(gate, m.gate());
			gate = m.gate();
			assertTrue(m.gateOrigin().startsWith(
				"gate of the batch, 3 slides: valley"), m.gateOrigin());
			assertTrue(m.more().containsKey("own_gate"));
			assertTrue(Files.readString(folder.resolve("s" + seed).resolve(
				"report.html")).contains("gate of the batch, 3 slides"));
		}
		assertTrue(gate > 0.08 && gate < 0.4, "gate " + gate);
	}

	@Test
	void aBatchWithoutItsReadingsIsRefusedInOneLine() {
		assertTrue(assertThrows(UserException.class, () -> run("a", 1, Map.of(
			"gates.scope", "batch"))).getMessage().contains("gates.file"));
		final Path none = folder.resolve("none.json");
		assertTrue(assertThrows(UserException.class, () -> run("a", 1, Map.of(
			"gates.scope", "batch", "gates.file", none.toString()))).getMessage()
			.contains("collect"));
		assertTrue(assertThrows(UserException.class, () -> run("a", 1, Map.of(
			"gates.file", none.toString()))).getMessage().contains("gates.scope"));
	}
}
