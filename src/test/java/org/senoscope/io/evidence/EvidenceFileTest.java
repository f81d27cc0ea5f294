
package org.senoscope.io.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;

/** Tests {@link EvidenceFile}. */
class EvidenceFileTest {

	@TempDir
	private Path folder;

	@Test
	void withoutANameTheBuiltInDefinitionHolds() {
		assertSame(EvidenceDefinition.builtIn(), EvidenceFile.read(" "));
	}

	@Test
	void aFileThatIsNotThereOrNoTextIsNamedInOneLine() throws IOException {
		refused(folder.resolve("no.yaml"), "is not there");
		refused(Files.write(folder.resolve("latin.yaml"), "name: Ä".getBytes(
			StandardCharsets.ISO_8859_1)), "UTF-8");
		refused(Files.writeString(folder.resolve("bad.yaml"), EvidenceDefinition
			.builtInText().replace("axis: lysosome", "axis: lysosom")),
			"did you mean lysosome?");
	}

	private static void refused(final Path file, final String why) {
		final String message = assertThrows(UserException.class, () -> EvidenceFile
			.read(file.toString())).getMessage();
		assertTrue(message.contains(file.toString()) && message.contains(why),
			message);
		assertEquals(1, message.lines().count());
	}
}
