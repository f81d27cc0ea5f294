
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** Progress on standard error. */
class ConsoleProgressTest {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
	private long nowNs;

	private ConsoleProgress progress(final boolean terminal) {
		return new ConsoleProgress(new PrintStream(bytes, true,
			StandardCharsets.UTF_8), terminal, () -> nowNs);
	}

	private String text() {
		return bytes.toString(StandardCharsets.UTF_8);
	}

	@Test
	void aLogGetsALineEveryTenSecondsAtMost() {
		final ConsoleProgress progress = progress(false);
		progress.image("[1/2] a.tif", "a.tif");
		progress.stage("Segmenting nuclei");
		for (int i = 0; i <= 100; i++) {
			nowNs += 250_000_000L; // 25 s in all
			progress.update(i, 100);
		}
		progress.clear();
		assertEquals(
			"[1/2] a.tif: Segmenting nuclei 39 %\n[1/2] a.tif: Segmenting nuclei 79 %\n",
			text());
	}

	@Test
	void aTerminalGetsOneLineThatRenewsItself() {
		final ConsoleProgress progress = progress(true);
		progress.image("[1/2] a.tif", "a.tif");
		progress.stage("Reading");
		progress.update(1, 4); // too soon after the last
		nowNs += 200_000_000L;
		progress.update(2, 4);
		progress.warn("few cells");
		progress.warn("a.tif: no hash"); // names the image itself
		progress.clear();
		final String clear = "\r\u001b[K";
		assertEquals(clear + "[1/2] a.tif: Reading" + clear +
			"[1/2] a.tif: Reading 50 %" + clear +
			"warning: a.tif: few cells\nwarning: a.tif: no hash\n", text());
	}
}
