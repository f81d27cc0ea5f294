
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code senoscope train} as scripts use it, and its model in classify. */
class TrainVerbTest {

	private static final List<String> QUICK = List.of("--epochs", "8", "--folds",
		"2", "--members", "1");

	@TempDir
	private Path folder;

	private final CliFixture cli = new CliFixture();

	@Test
	void aModelIsTrainedComparedAndUsed() throws IOException {
		final Path cells = table(300), model = folder.resolve("model");
		assertEquals(0, train("--cells", cells, "--label", "state", "--group",
			"well", "--out", model), cli.err());
		final List<String> lines = cli.out().lines().toList();
		assertEquals("features: EdU, SABGal", lines.get(0),
			"neither ids nor wells nor places");
		assertEquals("cells: Control 150, IR 150", lines.get(1));
		for (final String method : List.of("network", "forest", "rules"))
			assertTrue(lines.stream().anyMatch(l -> l.startsWith(method)), cli.out());
		assertEquals(model.toString(), lines.get(lines.size() - 1));
		assertTrue(Files.isRegularFile(model.resolve("model.json")));

		final Path out = folder.resolve("out.csv");
		assertEquals(0, cli.run("classify", "--cells", cells, "--model", model,
			"--out", out), cli.err());
		final List<String> rows = Files.readAllLines(out);
		assertEquals(
			"cell_id,well,x,EdU,SABGal,state,p_control,p_ir,phenotype,phenotype_confidence,phenotype_reason",
			rows.get(0));
		final long right = rows.stream().skip(1).filter(r -> r.contains(",IR,") == r
			.contains(",ir,")).count();
		assertTrue(right > 250, right + " of 300");
	}

	@Test
	void jsonHoldsTheScoresOfAllThree() throws IOException {
		assertEquals(0, train("--cells", table(120), "--label", "state", "--out",
			folder.resolve("model"), "--features", "SABGal", "--json"), cli.err());
		final JsonNode json = new ObjectMapper().readTree(cli.out());
		assertEquals("SABGal", json.at("/features/0").asText());
		for (final String method : List.of("network", "forest", "rules"))
			assertTrue(json.at("/methods/" + method + "/roc_auc").asDouble() > 0.5,
				cli.out());
	}

	@Test
	void rowsThatRepeatAnotherAreTakenOnce() throws IOException {
		final Path cells = table(120);
		final List<String> lines = Files.readAllLines(cells);
		lines.addAll(lines.subList(1, 21));
		Files.write(cells, lines);
		assertEquals(0, train("--cells", cells, "--label", "state", "--out", folder
			.resolve("model")), cli.err());
		assertTrue(cli.err().contains("20 rows repeat another"), cli.err());
		assertTrue(cli.out().contains("cells: Control 60, IR 60"), cli.out());
	}

	@Test
	void missingReadingsAreLearntFrom() throws IOException {
		final Path cells = table(200);
		final List<String> lines = Files.readAllLines(cells);
		for (int i = 1; i < 60; i++)
			lines.set(i, lines.get(i).replaceFirst("(c\\d+,w\\d+,\\d+),[^,]*", i %
				2 == 0 ? "$1,NaN" : "$1,"));
		Files.write(cells, lines);
		assertEquals(0, train("--cells", cells, "--label", "state", "--group",
			"well", "--out", folder.resolve("model")), cli.err());
	}

	@Test
	void fewerGroupsThanFoldsAreSaid() throws IOException {
		assertEquals(0, cli.run("train", "--cells", table(80), "--label", "state",
			"--group", "well", "--out", folder.resolve("model"), "--epochs", "3",
			"--members", "1", "--folds", "10"), cli.err());
		assertTrue(cli.err().contains("not 10"), cli.err());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"--cells T | give the column with the class of each cell with --label",
		"--label state | --cells",
		"--cells T --label stat | no column stat (did you mean state?)",
		"--cells T --label state --features EdU,DAPI | no column DAPI",
		"--cells T --label state --features EdU,state | cannot be a feature",
		"--cells T --label state --features well | \"w0\" is not a number",
		"--cells T --label state --group plate | no column plate",
		"--cells T --label one | one class only (x, 40 cells)",
		"--cells T --label none | is empty",
		"--cells T --label state --epochs many | whole number",
		"--cells T --label rare | 3 labelled cells" })
	void whatCannotBeLearntFromIsRefusedInOneLine(final String words,
		final String why) throws IOException
	{
		final Path cells = table(40);
		final List<String> lines = Files.readAllLines(cells);
		for (int i = 0; i < lines.size(); i++)
			lines.set(i, lines.get(i) + (i == 0 ? ",one,none,rare" : ",x,," + (i < 4
				? "a" : "b")));
		Files.write(cells, lines);
		final Path model = folder.resolve("model");
		assertEquals(2, cli.run((Object[]) ("train --out " + model + " " + words)
			.replace(" T", " " + cells).split(" ")), cli.err());
		assertTrue(cli.err().contains(why), cli.err());
		assertEquals(1, cli.err().lines().count(), cli.err());
		assertFalse(Files.exists(model));
		assertEquals("", cli.out());
	}

	@Test
	void slipsInAColumnOfNumbersAreNamed() throws IOException {
		final Path cells = table(40);
		Files.writeString(cells, Files.readString(cells).replaceFirst(
			"c7,w\\d+,\\d+,[^,]*", "c7,w1,1,much"));
		assertEquals(2, train("--cells", cells, "--label", "state", "--out", folder
			.resolve("model")));
		assertTrue(cli.err().contains("row 9") && cli.err().contains("\"much\"") &&
			cli.err().contains("--features"), cli.err());
	}

	private int train(final Object... words) {
		final Object[] all = new Object[1 + words.length + QUICK.size()];
		all[0] = "train";
		System.arraycopy(words, 0, all, 1, words.length);
		for (int i = 0; i < QUICK.size(); i++)
			all[1 + words.length + i] = QUICK.get(i);
		return cli.run(all);
	}

	/** Irradiated cells have more SA-beta-gal and less EdU; four wells. */
	private Path table(final int cells) throws IOException {
		final SplittableRandom random = new SplittableRandom(1);
		final StringBuilder text = new StringBuilder(
			"cell_id,well,x,EdU,SABGal,state\n");
		for (int i = 0; i < cells; i++) {
			final boolean irradiated = i % 2 == 0;
			text.append("c").append(i).append(",w").append(i % 4).append(',').append(
				i).append(',').append(Math.exp((irradiated ? 1 : 3) + 0.7 * random
					.nextGaussian())).append(',').append(Math.exp((irradiated ? 4 : 2) +
						0.7 * random.nextGaussian())).append(',').append(irradiated ? "IR"
							: "Control").append('\n');
		}
		final Path file = folder.resolve("cells.csv");
		Files.writeString(file, text);
		return file;
	}
}
