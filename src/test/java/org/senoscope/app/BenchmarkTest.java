
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.app.Benchmark.Result;
import org.senoscope.app.Benchmark.Setup;
import org.senoscope.app.Benchmark.Timing;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

class BenchmarkTest {

	@TempDir
	Path folder;

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void everyRoundDecodesAnalysesAndAsksThePeer() {
		final Result result = Benchmark.run(new Setup(null, 512, 0.5, 1, 2, folder,
			List.of("sh", "-c",
				"test -f \"$0\" && echo '{\"name\": \"peer\", \"wall_s\": 2, \"cpu_s\": 1}'")),
			Progress.SILENT, new Cancellation());
		assertEquals(512 * 512, result.pixels());
		assertTrue(result.cells() > 0, "cells");
		assertEquals(2, result.decode().size());
		assertEquals(2, result.analysis().size());
		assertEquals("peer", result.peerName());
		assertEquals(List.of(new Timing(2, 1), new Timing(2, 1)), result.peer());
		assertTrue(Files.exists(folder.resolve("result").resolve("report.html")));
	}

	@Test
	void oneSlowRoundDoesNotMoveTheMedian() {
		final List<Timing> rounds = List.of(new Timing(1, 2), new Timing(90, 80),
			new Timing(2, 1));
		assertEquals(new Timing(2, 2), Benchmark.median(rounds));
		final Result result = new Result(4_000_000, 0, rounds, rounds, null, List
			.of(), 1, 1, new double[2], 0);
		assertEquals(2, result.megapixelsPerSecond(rounds), 1e-12);
	}
}
