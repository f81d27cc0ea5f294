
package org.senoscope.core.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** Generates {@code docs/markers.md} and fails if it is out of date. */
class MarkerReferenceTest {

	private static final Path FILE = Path.of("docs", "markers.md");

	private static final String RENEW =
		"mvn -o -q test -Dtest=MarkerReferenceTest -Dsenoscope.renew=true";

	@Test
	void theReferenceOfMarkersIsUpToDate() throws IOException {
		final String expected = markdown(EvidenceDefinition.builtIn());
		if (Boolean.getBoolean("senoscope.renew")) Files.writeString(FILE,
			expected);
		assertEquals(expected, Files.readString(FILE), FILE +
			" is out of date; renew it with: " + RENEW);
	}

	private static String markdown(final EvidenceDefinition definition) {
		final StringBuilder out = new StringBuilder(
			"# Markers\n\n<!-- Generated; renew with: " + RENEW + " -->\n\n");
		out.append("What the markers of the built-in evidence definition (" +
			definition.name() + " " + definition.version() +
			") say. [evidence.md](evidence.md) says how it is used.\nAn axis is met from 1 on; \"reported\" has no weight.\n\n");
		out.append(
			"| id | marker | read in | axis | speaks for it | weight | only if | sources |\n");
		out.append("|---|---|---|---|---|---|---|---|\n");
		for (final Marker marker : definition.markers())
			for (final Role role : marker.roles()) {
				final boolean weighs = role.weight() > 0;
				out.append("| `").append(marker.id()).append("` | ").append(marker
					.label()).append(" | ").append(marker.compartment()).append(marker
						.onlyThere() ? " only" : "").append(" | ").append(definition.axis(
							role.axis()).label()).append(" | ").append(weighs ? role.when()
								.sign() : "").append(" | ").append(weighs ? BigDecimal.valueOf(
									role.weight()).stripTrailingZeros().toPlainString()
									: "reported").append(" | ").append(role
										.condition() == Condition.ALWAYS ? "" : "`" + role
											.condition().text() + "`").append(" | ").append(String
												.join(", ", role.citations())).append(" |\n");
			}
		out.append("\n## Sources\n\n");
		definition.citations().forEach((key, reference) -> out.append("- ").append(
			key).append(": ").append(reference).append('\n'));
		return out.toString();
	}
}
