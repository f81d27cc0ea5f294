
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/** Tables of any tool are called by rules and models. */
class ClassifyJobTest {

	private static final String STATES =
		"cell_id,lineage,sagal_positive,p16_positive,ki67_positive,lmnb1_positive,p27_positive,nr2f1_positive\n";

	@TempDir
	private Path folder;

	@Test
	void rulesCallATableOfStates() throws IOException {
		final List<Map<String, String>> rows = classify(STATES +
			"1,tumour,true,true,false,false,false,false\n" +
			"2,tumour,false,false,false,true,true,true\n" +
			"3,tumour,false,false,true,true,false,false\n" +
			"4,stroma,true,true,false,false,false,false\n" +
			"5,unknown,true,true,false,false,false,false\n" + "6,tumour,true,,,,,\n" +
			"7,tumour,true,true,true,true,false,false\n", Map.of(), null);
		assertEquals(List.of("senescent", "dormant", "proliferating", "not_tumour",
			"indeterminate", "indeterminate", "discordant_p16"), column(rows,
				"phenotype"));
		final String reason = rows.get(0).get("phenotype_reason");
		assertTrue(reason.startsWith("consistent with senescence: "), reason);
		assertTrue(rows.get(0).get("evidence_axes").contains("lysosome=met"));
		assertFalse(rows.get(0).containsKey("p_senescent"),
			"rules give no probabilities");
		assertTrue(rows.get(5).get("phenotype_reason").contains(
			"one marker does not make a state"));
	}

	@Test
	void aLabsOwnDefinitionCalls() throws IOException {
		final Path own = folder.resolve("own.yaml");
		try (var in = org.senoscope.core.evidence.EvidenceDefinition.class
			.getResourceAsStream("/org/senoscope/evidence/senoscope-evidence-1.yaml"))
		{
			Files.writeString(own, new String(in.readAllBytes(),
				java.nio.charset.StandardCharsets.UTF_8).replace(
					"label: consistent with senescence, when",
					"label: as our lab calls it, when"));
		}
		final String reason = classify(STATES +
			"1,tumour,true,true,false,false,false,false\n", Map.of(
				"phenotype_definition", own.toString()), null).get(0).get(
					"phenotype_reason");
		assertTrue(reason.startsWith("as our lab calls it: "), reason);
	}

	@Test
	void apoptoticAndMitoticCellsAreLeftOutByFlagOrByColumn() throws IOException {
		final String senescent = "tumour,true,true,false,false,false,false";
		final List<Map<String, String>> flagged = classify(STATES.strip() +
			",flags\n1," + senescent + ",edge;apoptotic\n2," + senescent + ",edge\n",
			Map.of(), null);
		assertEquals(List.of("indeterminate", "senescent"), column(flagged,
			"phenotype"));
		final List<Map<String, String>> columns = classify(STATES.strip() +
			",mitotic\n1," + senescent + ",true\n2," + senescent + ",\n", Map.of(),
			null);
		assertEquals(List.of("indeterminate", "senescent"), column(columns,
			"phenotype"));
	}

	@Test
	void theLineageOfAllCellsCanBeStated() throws IOException {
		final String table =
			"sagal_positive,p16_positive,ki67_positive\ntrue,true,false\n";
		assertEquals(List.of("indeterminate"), column(classify(table, Map.of(),
			null), "phenotype"));
		assertEquals(List.of("senescent"), column(classify(table, Map.of("lineage",
			"tumour"), null), "phenotype"));
	}

	@Test
	void gatesAreFoundWhereValuesAreBimodal() throws IOException {
		final SplittableRandom random = new SplittableRandom(1);
		final StringBuilder table = new StringBuilder("SA-β-gal,p16INK4a,Ki 67\n");
		for (int i = 0; i < 600; i++) {
			final boolean senescent = i % 3 == 0;
			table.append(Math.exp((senescent ? 7 : 3) + 0.3 * random.nextGaussian()))
				.append(',').append(Math.exp((senescent ? 6 : 2) + 0.3 * random
					.nextGaussian())).append(',').append(Math.exp((i % 3 == 1 ? 8 : 4) +
						0.3 * random.nextGaussian())).append('\n');
		}
		final List<String> calls = column(classify(table.toString(), Map.of(
			"lineage", "tumour"), null), "phenotype");
		for (int i = 0; i < 600; i++)
			assertEquals(List.of("senescent", "proliferating", "indeterminate").get(
				i % 3), calls.get(i), "cell " + i);
	}

	@Test
	void valuesWithoutAGateAreNotMeasuredAndNamed() throws IOException {
		final StringBuilder table = new StringBuilder("sagal,p16\n");
		final SplittableRandom random = new SplittableRandom(1);
		for (int i = 0; i < 300; i++)
			table.append(Math.exp(random.nextGaussian())).append(',').append(Math.exp(
				random.nextGaussian())).append('\n');
		final ClassifyOutcome outcome = run(table.toString(), Map.of("lineage",
			"tumour"), null);
		assertEquals(Map.of("indeterminate", 300L), outcome.phenotypes());
		assertTrue(outcome.notes().get(0).contains("p16") && outcome.notes().get(0)
			.contains("give gates"), outcome.notes().toString());
	}

	@Test
	void saBetaGalIsGatedAboveTheBlanks() throws IOException {
		final StringBuilder table = new StringBuilder("role,SABGal,p16_positive\n");
		for (int i = 0; i < 100; i++)
			table.append("blank,").append(i).append(",\n");
		table.append(",94,true\n,96,true\n");
		final List<Map<String, String>> rows = classify(table.toString(), Map.of(
			"lineage", "tumour", "control_column", "role"), null);
		assertTrue(rows.get(100).get("evidence_axes").contains("lysosome=not_met"));
		assertTrue(rows.get(101).get("evidence_axes").contains("lysosome=met"));
	}

	@Test
	void gatesOfScimapAreLogarithms() throws IOException {
		final Path gates = folder.resolve("gates.csv");
		Files.writeString(gates, "markers,slide A,slide B\nKI67,3,8\nP27,3,3\n");
		final String table = "imageid,KI67,P27\nslide A,100,1\nslide B,100,1\n";
		assertEquals(List.of("proliferating", "indeterminate"), column(classify(
			table, Map.of("lineage", "tumour", "gates", gates.toString()), null),
			"phenotype"));
		Files.writeString(gates, "marker,gate\nki67,99\n");
		assertEquals(List.of("proliferating", "proliferating"), column(classify(
			table, Map.of("lineage", "tumour", "gates", gates.toString()), null),
			"phenotype"));
	}

	@Test
	void aModelOfOtherClassesAddsItsProbabilities() throws IOException {
		final FakeModel model = new FakeModel(List.of("IR 10 Gy", "Control"), List
			.of("EdU", "SABGal"));
		final List<Map<String, String>> rows = classify(
			"edu,SABGal\n0.9,0.2\n0.1,0.8\n,\n0.5,0.55\n", Map.of("model", "m"),
			model);
		assertEquals(List.of("ir_10_gy", "control", "indeterminate",
			"indeterminate"), column(rows, "phenotype"));
		assertEquals("0.9", rows.get(0).get("p_ir_10_gy"));
		assertEquals("0.2", rows.get(0).get("p_control"));
		assertEquals("", rows.get(2).get("p_control"));
		assertFalse(rows.get(0).containsKey("evidence_axes"));
	}

	@Test
	void aModelOfTheStatesIsHeldToTheRules() throws IOException {
		final FakeModel model = new FakeModel(List.of("senescent", "dormant", "csc",
			"proliferating"), List.of("sagal", "p27", "cd44", "ki67"));
		final String cells = "lineage,sagal,sagal_positive,p16_positive,ki67," +
			"ki67_positive,p27,p27_positive,nr2f1_positive\n";
		final List<Map<String, String>> rows = classify(cells +
			"tumour,0.9,true,true,0.1,false,0.1,false,false\n" +
			"tumour,0.9,true,true,0.1,false,0.9,false,false\n" +
			"stroma,0.9,true,true,0.1,false,0.1,false,false\n" +
			"tumour,0.9,true,true,0.9,true,0.1,false,false\n" +
			"tumour,0.55,true,true,0.1,false,0.1,false,false\n", Map.of("model", "m"),
			model);
		assertEquals(List.of("senescent", "arrested_unresolved", "not_tumour",
			"discordant_p16", "indeterminate"), column(rows, "phenotype"));
		assertEquals("0.9", rows.get(0).get("p_senescent"));
		assertTrue(rows.get(0).get("phenotype_reason").endsWith(
			"calibration: made up for a test"), rows.get(0).get("phenotype_reason"));
		assertTrue(rows.get(4).get("phenotype_reason").contains(
			"too uncertain to call"));
	}

	@Test
	void ki67AloneNeverMakesASenescentOrDormantCell() throws IOException {
		final FakeModel model = new FakeModel(List.of("senescent", "dormant", "csc",
			"proliferating"), List.of("DAPI", "ki67", "x", "y"));
		final List<Map<String, String>> rows = classify(
			"DAPI,ki67,ki67_positive\n0.99,0.99,false\n", Map.of("model", "m",
				"lineage", "tumour"), model);
		assertEquals(List.of("indeterminate"), column(rows, "phenotype"));
		assertTrue(rows.get(0).get("phenotype_reason").startsWith(
			"Ki-67 negative, indeterminate"), rows.get(0).get("phenotype_reason"));
	}

	@Test
	void ourOwnTableIsCalledAnewInItsPlaces() throws IOException {
		final List<Map<String, String>> rows = classify(
			"phenotype,sagal_positive,p16_positive,ki67_positive,evidence_axes\nold,true,true,false,old\n",
			Map.of("lineage", "tumour"), null);
		assertEquals("senescent", rows.get(0).get("phenotype"));
		assertEquals(List.of("phenotype", "sagal_positive", "p16_positive",
			"ki67_positive", "evidence_axes", "phenotype_confidence",
			"phenotype_reason"), List.copyOf(rows.get(0).keySet()));
	}

	@Test
	void anEmptyTableGivesAHeader() throws IOException {
		assertEquals(0, run("ki67\n", Map.of(), null).cells());
		assertEquals(
			"ki67,phenotype,phenotype_confidence,phenotype_reason,evidence_axes\n",
			Files.readString(folder.resolve("out.csv")));
	}

	@Test
	void whatCannotBeCalledIsRefusedInOneLine() {
		refused("a,b\n1,2\n", Map.of(), null, "named after a marker");
		refused("a,b\n1,2\n", Map.of("model", "m"), new FakeModel(List.of("x", "y"),
			List.of("sagal")), "none of the features of the model (sagal)");
		refused("sagal\nblue\n", Map.of(), null, "\"blue\" is not a number");
		refused("sagal_positive\nperhaps\n", Map.of(), null,
			"neither true nor false");
		refused("sagal,c\n1,treated\n", Map.of("control_column", "c", "model", "m"),
			new FakeModel(List.of("x", "y"), List.of("sagal", "b")),
			"no role of a control");
		refused("sagal\n1\n", Map.of("slide_column", "slide"), null,
			"has no column slide");
		refused("sagal\n1\n", Map.of("gates", "none.csv"), null, "none.csv");
	}

	@Test
	void aFolderReceivesATableOfTheSameName() throws IOException {
		final Path cells = table("sagal_positive\ntrue\n");
		final Path out = folder.resolve("results");
		assertEquals(out.resolve("cells.csv"), ClassifyJob.run(cells, out,
			ClassificationSettings.DEFAULTS, Progress.SILENT, new Cancellation())
			.table());
		assertTrue(assertThrows(UserException.class, () -> ClassifyJob.run(cells,
			folder, ClassificationSettings.DEFAULTS, Progress.SILENT,
			new Cancellation())).getMessage().contains("is the table itself"));
	}

	private void refused(final String table, final Map<String, String> settings,
		final PhenotypeModel model, final String why)
	{
		final String message = assertThrows(UserException.class, () -> run(table,
			settings, model)).getMessage();
		assertTrue(message.contains(why), message);
		assertFalse(Files.exists(folder.resolve("out.csv")));
	}

	private Path table(final String text) throws IOException {
		final Path cells = folder.resolve("cells.csv");
		Files.writeString(cells, text);
		return cells;
	}

	private ClassifyOutcome run(final String table,
		final Map<String, String> settings, final PhenotypeModel model)
		throws IOException
	{
		return ClassifyJob.run(table(table), folder.resolve("out.csv"),
			ClassificationSettings.KEYS.read(settings), path -> model,
			Progress.SILENT, new Cancellation());
	}

	/** Values by column of each row; texts in these tests hold no comma. */
	private List<Map<String, String>> classify(final String table,
		final Map<String, String> settings, final PhenotypeModel model)
		throws IOException
	{
		run(table, settings, model);
		final List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
		final String[] names = lines.get(0).split(",");
		return lines.stream().skip(1).map(line -> {
			final Map<String, String> row = new LinkedHashMap<>();
			final String[] values = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)",
				-1);
			for (int i = 0; i < names.length; i++)
				row.put(names[i], values[i].replaceAll("^\"|\"$", ""));
			return row;
		}).toList();
	}

	private static List<String> column(final List<Map<String, String>> rows,
		final String name)
	{
		return rows.stream().map(r -> r.get(name)).toList();
	}

	/**
	 * The probability of a class is the feature in its place; between 0.5 and 0.6
	 * it abstains.
	 */
	private record FakeModel(List<String> classes, List<String> features)
			implements
				PhenotypeModel {

		@Override
		public String calibration() {
			return "made up for a test";
		}

		@Override
		public SlideAnchors newAnchors() {
			return new SlideAnchors() {

				@Override
				public void add(final CellFeatures cells) {}

				@Override
				public List<String> notes() {
					return List.of();
				}
			};
		}

		@Override
		public PhenotypeCalls classify(final CellFeatures cells,
			final SlideAnchors anchors)
		{
			final CellFeatures own = cells.select(features);
			final int n = own.cells(), k = classes.size();
			final float[] p = new float[n * k];
			final boolean[] abstained = new boolean[n];
			for (int i = 0; i < n; i++)
				for (int c = 0; c < k; c++) {
					p[i * k + c] = own.value(i, c);
					abstained[i] |= own.value(i, c) > 0.5 && own.value(i, c) < 0.6;
				}
			final short[] reasons = new short[n * PhenotypeCalls.REASONS];
			Arrays.fill(reasons, (short) -1);
			return new PhenotypeCalls(classes, features, p, new float[n],
				new boolean[n], abstained, reasons, new float[reasons.length]);
		}

		@Override
		public void close() {}
	}
}
