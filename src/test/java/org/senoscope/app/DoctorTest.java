
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code doctor} finds where everything is installed, as in this build.
 */
class DoctorTest {

	@Test
	void everythingWorksHere() {
		final List<Doctor.Check> checks = Doctor.run();
		for (final Doctor.Check check : checks) {
			assertTrue(check.ok(), check.toString());
			assertEquals(1, check.detail().lines().count(), check.toString());
		}
		final Map<String, String> details = checks.stream().collect(Collectors
			.toMap(Doctor.Check::name, Doctor.Check::detail));
		assertTrue(details.get("Bio-Formats").startsWith("7.3.1, "), details
			.toString());
		assertTrue(details.get("TensorFlow").startsWith("2.18"), details
			.toString());
		assertTrue(details.get("DuckDB (Parquet)").matches("v?\\d+\\.\\d+.*"),
			details.toString());
		assertEquals(checks.stream().map(Doctor.Check::name).distinct().count(),
			checks.size());
	}

	@Test
	void cacheFolderThatCannotBeMadeIsNamedWithTheCure(@TempDir final Path folder)
		throws IOException
	{
		final Path file = Files.writeString(folder.resolve("file"), "");
		final Doctor.Check check = Doctor.cacheFolder(file.resolve("inside"));
		assertFalse(check.ok());
		assertTrue(check.detail().contains(file.toString()), check.detail());
		assertTrue(check.detail().contains("SENOSCOPE_HOME"), check.detail());
	}
}
