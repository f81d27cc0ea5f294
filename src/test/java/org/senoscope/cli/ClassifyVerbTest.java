
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code senoscope classify} as scripts use it. */
class ClassifyVerbTest {

	@TempDir
	private Path folder;

	private final CliFixture cli = new CliFixture();

	@Test
	void theLastLineIsTheTable() throws IOException {
		final Path out = folder.resolve("new/out.csv");
		assertEquals(0, cli.run("classify", "--cells", cells(), "--model",
			"evidence", "--out", out, "--lineage", "tumour"), cli.err());
		final String[] lines = cli.out().split("\n");
		assertEquals(out.toString(), lines[lines.length - 1]);
		assertTrue(lines[0].startsWith("2 cells called by senoscope-evidence "),
			lines[0]);
		assertEquals(
			"sagal_positive,p16_positive,ki67_positive,phenotype,phenotype_confidence,phenotype_reason,evidence_axes",
			Files.readAllLines(out).get(0));
	}

	@Test
	void jsonIsOneObjectAndNothingElse() throws IOException {
		assertEquals(0, cli.run("classify", "--cells", cells(), "--model",
			"evidence", "--out", folder.resolve("out.csv"),
			"--specimen-days-since-treatment", "5", "--lineage", "tumour", "--json"),
			cli.err());
		final JsonNode json = new ObjectMapper().readTree(cli.out());
		assertEquals(2, json.path("cells").asInt());
		assertEquals(50, json.at("/phenotypes/senescent/percent").asDouble());
	}

	@Test
	void parquetIsReadAndWritten() throws IOException {
		final Path parquet = folder.resolve("out.parquet"), back = folder.resolve(
			"back.csv"), direct = folder.resolve("direct.csv");
		for (final Path[] way : new Path[][] { { cells(), parquet }, { parquet,
			back }, { cells(), direct } })
			assertEquals(0, cli.run("classify", "--cells", way[0], "--out", way[1],
				"--lineage", "tumour"), cli.err());
		assertEquals(Files.readString(direct), Files.readString(back));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "--out OUT | --cells",
		"--cells CELLS | --out", "--cells none.csv --out OUT | none.csv",
		"--cells CELLS --out OUT --model none | none",
		"--cells CELLS --out OUT --lineage tumor | did you mean tumour",
		"--cells CELLS --out OUT --lineag tumour | did you mean --lineage",
		"--cells CELLS --out OUT --slide-column plate | no column plate",
		"--cells CELLS --out CELLS/x.csv | cells.csv" })
	void badArgumentsAreOneLineAndCode2(final String words, final String named)
		throws IOException
	{
		final String cells = cells().toString();
		final int code = cli.run((Object[]) ("classify " + words).replace("CELLS",
			cells).replace("OUT", folder.resolve("out.csv").toString()).split(" "));
		assertEquals(2, code, cli.err());
		assertTrue(cli.err().contains(named), cli.err());
		assertEquals(1, cli.err().lines().count(), cli.err());
		assertFalse(cli.err().contains("internal error"), cli.err());
		assertFalse(Files.exists(folder.resolve("out.csv")));
		assertEquals("", cli.out());
	}

	private Path cells() throws IOException {
		final Path cells = folder.resolve("cells.csv");
		Files.writeString(cells,
			"sagal_positive,p16_positive,ki67_positive\ntrue,true,false\nfalse,false,true\n");
		return cells;
	}
}
