
package org.senoscope.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Generates {@code docs/protocol.md} and fails if it is out of date. */
class ProtocolReferenceTest {

	private static final Path FILE = Path.of("docs", "protocol.md");

	private static final String RENEW =
		"mvn -o -q test -Dtest=ProtocolReferenceTest -Dsenoscope.renew=true";

	@Test
	void theReferenceOfProtocolsIsUpToDate() throws IOException {
		final String expected = markdown();
		if (Boolean.getBoolean("senoscope.renew")) Files.writeString(FILE,
			expected);
		assertEquals(expected, Files.readString(FILE), FILE +
			" is out of date; renew it with: " + RENEW);
	}

	private static String markdown() {
		final StringBuilder out = new StringBuilder();
		out.append("# Protocols\n\n").append("<!-- Generated; renew with: ").append(
			RENEW).append(" -->\n\n");
		out.append(
			"""
					A protocol is a YAML file that describes an assay completely. The command line, the Fiji commands
					and the macros all turn what they are given into the same protocol, so they give the same numbers.

					- `senoscope protocols` lists the built-in protocols, `senoscope protocols NAME` prints one to save
					  and change, `senoscope protocols NAME --full` prints every key with its value and meaning.
					- A file says only what differs from the defaults below; `extends: NAME` starts from a built-in
					  protocol instead. `name` and `description` are free text.
					- Every key has three spellings: `ki67.gate` in a file (`ki67:` with `gate:` below it) and for
					  `--set`, `--ki67-gate` as a flag, `ki67_gate` in a macro.
					- An open number (empty) is found from the image or not known. A text that takes several values
					  also takes a YAML list. Paths are taken from the folder in which the command runs.
					- A bad protocol is refused with all its faults in one line, each with the line where it stands.

					What must hold between keys: SA-beta-gal is refused with `specimen.preservation: ffpe`, where the
					enzyme is dead (use frozen or fresh material, or p21 + H3K9me3 + lamin B1 / lipofuscin on FFPE); it
					is read on the kinds `x-gal*` and `fluorescence`, Ki-67 on `h-dab` and `fluorescence`; the cuts of Ki-67 ascend, and so do gate
					and saturation of SA-beta-gal, smallest and largest nucleus area; `method: classical` takes no `model`.

					""");
		out.append("Built in: `").append(String.join("`, `", BuiltInProtocols
			.names())).append("`.\n");
		String section = null;
		for (final ProtocolKey key : ProtocolKeys.protocol()) {
			if (!key.section().equals(section)) {
				section = key.section();
				heading(out, section.isEmpty() ? "Top level" : "`" + section + "`",
					section.isEmpty() ? "" : ProtocolKeys.sections().get(section));
			}
			row(out, key, key.path());
		}
		heading(out, "Options of a run",
			"Flags and macro keys that are no part of a protocol: none changes a number.");
		ProtocolKeys.run().forEach(key -> row(out, key, key.flag()));
		return out.toString();
	}

	private static void heading(final StringBuilder out, final String title,
		final String text)
	{
		out.append("\n## ").append(title).append("\n\n");
		if (!text.isEmpty()) out.append(text).append("\n\n");
		out.append("| key | values | default | meaning |\n|---|---|---|---|\n");
	}

	private static void row(final StringBuilder out, final ProtocolKey key,
		final String name)
	{
		final String value = key.defaultText();
		out.append(String.join(" | ", List.of("| `" + name + "`", key.allowed(),
			value.isEmpty() ? key.mayBeOpen() ? "open" : "empty" : "`" + value + "`",
			key.meaning() + " |"))).append('\n');
	}
}
