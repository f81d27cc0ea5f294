
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/** Phenotype workflows of SCIMAP, beside the same rules applied by hand. */
class WorkflowJobTest {

	private static final Path DATA = Path.of("../shared/data/cells-tables");

	@TempDir
	private Path folder;

	/** A table with its values scaled by gates, written down from scratch. */
	private static final class Scaled {

		final Map<String, double[]> columns = new HashMap<>();
		int cells;

		/** Columns of raw values. */
		Scaled(final Path file) throws IOException {
			final List<String> lines = Files.readAllLines(file);
			cells = lines.size() - 1;
			final String[] names = lines.get(0).split(",");
			for (final String name : names)
				columns.put(name, new double[cells]);
			for (int i = 0; i < cells; i++) {
				final String[] values = lines.get(i + 1).split(",");
				for (int c = 0; c < names.length; c++)
					columns.get(names[c])[i] = Double.parseDouble(values[c]);
			}
		}

		/** Logarithms, then both sides of the value nearest to the gate. */
		void scale(final String marker, final double gate) {
			final double[] v = Arrays.stream(columns.get(marker)).map(Math::log1p)
				.toArray();
			final double low = Arrays.stream(v).min().getAsDouble(), high = Arrays
				.stream(v).max().getAsDouble();
			double nearest = v[0];
			for (final double one : v)
				if (Math.abs(one - gate) < Math.abs(nearest - gate)) nearest = one;
			final double middle = nearest;
			columns.put(marker, Arrays.stream(v).map(x -> x <= middle ? (x - low) /
				(middle - low) / 2 : 0.5 + (x - middle) / (high - middle) / 2)
				.toArray());
		}

		double of(final String marker, final int cell) {
			return columns.get(marker)[cell];
		}
	}

	/** Name of the highest score; pairs of name and score, ties: the first. */
	private static String best(final String group, final Object... rows) {
		String name = group + "-rest";
		double highest = 0;
		for (int i = 0; i < rows.length; i += 2)
			if ((double) rows[i + 1] >= 0.5 && (double) rows[i + 1] > highest) {
				name = (String) rows[i];
				highest = (double) rows[i + 1];
			}
		return name;
	}

	@Test
	void phenotypesOfTheTonsilAreTheRulesAppliedByHand() throws IOException {
		final Path table = data(
			"scimap_scimapExampleData_exemplar-001--unmicst_cell.csv");
		final Scaled s = new Scaled(table);
		final double[] gates = { 7.8, 8.9, 6.4, 7.6, 7.5, 6.5, 7.35, 7.4, 7 };
		final String[] markers = { "ELANE", "CD57", "CD45", "CD11B", "SMA", "CD16",
			"ECAD", "FOXP3", "NCAM" };
		for (int m = 0; m < markers.length; m++)
			s.scale(markers[m], gates[m]);
		final List<String> byHand = new ArrayList<>();
		for (int i = 0; i < s.cells; i++) {
			final double cd57 = s.of("CD57", i), cd16 = s.of("CD16", i);
			String name = best("all", "ECAD+", s.of("ECAD", i), "Immune", s.of("CD45",
				i), "SMA+", s.of("SMA", i));
			if (name.equals("Immune")) {
				final double allPositive = 0.01 + (cd57 < 0.5 || cd16 < 0.5 ? 0 : Math
					.max(cd57, cd16));
				final String second = best("Immune", "NK cells", (1 - s.of("CD11B", i) +
					allPositive) / 2, "Other myeloid cells", s.of("CD11B", i), "Treg", s
						.of("FOXP3", i));
				if (!second.equals("Immune-rest")) name = second;
			}
			if (name.equals("Other myeloid cells")) {
				final boolean both = 1 - cd57 >= 0.5 && 1 - cd16 >= 0.5;
				if (both) name = "Dendritic cells";
			}
			byHand.add(name.equals("all-rest") ? "Unknown" : name);
		}
		final List<String> called = call(table, Map.of("gates", data(
			"scimap_scimapExampleData_manual_gates.csv").toString(),
			"phenotype_workflow", data(
				"scimap_scimapExampleData_phenotype_workflow.csv").toString()));
		for (int i = 0; i < byHand.size(); i++)
			assertEquals(byHand.get(i), called.get(i), "cell " + i);
		assertEquals(byHand.size(), called.size());
		assertTrue(new TreeMap<>(counts(called)).size() >= 7, counts(called)
			.toString());
	}

	@Test
	void phenotypesOfTheLymphomaAreTheRulesAppliedByHand() throws IOException {
		final Path table = data("scimap_data_example_data.csv");
		final Scaled s = new Scaled(table);
		// no gates came with this table: the brightest fifth of each marker
		final StringBuilder gates = new StringBuilder("markers,gates\n");
		for (final String m : ("ASMA,CD163,CD206,CD68,CD20,CD21,CD3D,CD45,CD5," +
			"CD56,CD8A,FOXP3,CD11B,CD11C,CD15,CD4,PD1,HLADR,CD25,CD30,KI67").split(
				","))
		{
			final double[] sorted = Arrays.stream(s.columns.get(m)).sorted()
				.toArray();
			final double gate = Math.log1p(sorted[(int) (sorted.length * (m.equals(
				"CD45") ? 0.3 : 0.8))]);
			gates.append(m).append(',').append(gate).append('\n');
			s.scale(m, gate);
		}
		final List<String> byHand = new ArrayList<>();
		for (int i = 0; i < s.cells; i++)
			byHand.add(lymphoma(s, i));
		final Path written = folder.resolve("gates.csv");
		Files.writeString(written, gates);
		final List<String> called = call(table, Map.of("gates", written.toString(),
			"phenotype_workflow", data("scimap_data_phenotype_workflow.csv")
				.toString()));
		for (int i = 0; i < byHand.size(); i++)
			assertEquals(byHand.get(i), called.get(i), "cell " + i);
		assertEquals(byHand.size(), called.size());
		assertTrue(counts(called).size() >= 15, counts(called).toString());
	}

	/** The 31 rows of the workflow, group by group. */
	private static String lymphoma(final Scaled s, final int i) {
		final double cd30 = s.of("CD30", i), cd4 = s.of("CD4", i), cd8 = s.of(
			"CD8A", i), cd3 = s.of("CD3D", i), foxp3 = s.of("FOXP3", i), pd1 = s.of(
				"PD1", i), dr = s.of("HLADR", i);
		final double m2 = Math.max(s.of("CD163", i), s.of("CD206", i)), myeloid =
			Math.max(Math.max(m2, s.of("CD68", i)), Math.max(s.of("CD11B", i), s.of(
				"CD11C", i)));
		final List<String> names = new ArrayList<>();
		names.add(best("all", "Other Immune cells", s.of("CD45", i),
			"Non-immune cells", 1 - s.of("CD45", i), "ASMA+ cells", s.of("ASMA", i)));
		if (names.contains("Non-immune cells")) names.add(best("Non-immune cells",
			"Tumor CD45- CD30+", cd30, "Aberrant T cells CD45- CD3+", cd3));
		if (names.contains("Aberrant T cells CD45- CD3+")) names.add(best(
			"Aberrant T cells CD45- CD3+", "Aberrant T cells CD45- CD3+ FOXP3+",
			foxp3));
		if (names.contains("Other Immune cells")) names.add(best(
			"Other Immune cells", "Tumor CD30+", cd30, "T cells", (cd3 + 1 - cd30) /
				2, "B cells", s.of("CD20", i), "Myeloid Lineage", myeloid, "NK cells", s
					.of("CD56", i), "Granulocytes", s.of("CD15", i)));
		if (names.contains("Myeloid Lineage")) names.add(best("Myeloid Lineage",
			"T cells", cd3, "B cells", s.of("CD20", i), "NK cells", s.of("CD56", i),
			"Granulocytes", s.of("CD15", i), "CD68+ Macrophages", s.of("CD68", i),
			"M2 Macrophages", m2, "Myeloid Dendritic cells", dr,
			"Follicular Dendritic cells", s.of("CD21", i)));
		if (names.contains("T cells")) names.add(best("T cells", "Tumor CD30+",
			cd30));
		// the file asks CD56 and CD15 of this row, whatever its name
		if (names.contains("T cells-rest")) names.add(best("T cells-rest",
			"CD4 T cells", cd4, "CD8 T cells", cd8, "Tumor CD4+ CD8+", 0.01 + (s.of(
				"CD56", i) < 0.5 || s.of("CD15", i) < 0.5 ? 0 : Math.max(s.of("CD56",
					i), s.of("CD15", i)))));
		if (names.contains("CD4 T cells")) names.add(best("CD4 T cells",
			"Regulatory T cells", foxp3, "Tumor CD30+", cd30,
			"Follicular Helper T cells", pd1));
		if (names.contains("CD8 T cells")) names.add(best("CD8 T cells",
			"Tumor CD30+", cd30, "PD1+ T cells", pd1));
		if (names.contains("CD68+ Macrophages")) names.add(best("CD68+ Macrophages",
			"M1 Macrophages", dr));
		if (names.contains("Myeloid Dendritic cells")) names.add(best(
			"Myeloid Dendritic cells", "CD25+ Dendritic cells", s.of("CD25", i)));
		if (names.contains("Tumor CD30+")) names.add(best("Tumor CD30+",
			"Tumor CD30+ KI67+", s.of("KI67", i)));
		String last = "Unknown";
		for (final String name : names)
			if (!name.endsWith("-rest")) last = name;
		return last;
	}

	@Test
	void severalMarkersOfWhichOneIsMissingMakeACellOnlyLikely()
		throws IOException
	{
		final Path table = write("cells.csv",
			"A,B\n0,0\n100,100\n1000,1000\n1000,90\n1,2\n");
		final List<String> called = call(table, Map.of("gates", write("gates.csv",
			"marker,gate\nA,100\nB,100\n").toString(), "phenotype_workflow", write(
				"w.csv", "group,phenotype,A,B\nall,both,pos,pos\n").toString()));
		assertEquals(List.of("Unknown", "both", "both", "likely-both", "Unknown"),
			called);
	}

	@Test
	void eachSlideIsScaledByItsOwnGates() throws IOException {
		final Path table = write("cells.csv",
			"imageid,A\nx,1\nx,10\nx,100\ny,1\ny,10\ny,100\n");
		final List<String> called = call(table, Map.of("gates", write("gates.csv",
			"markers,x,y\nA," + Math.log1p(10) + "," + Math.log1p(100) + "\n")
			.toString(), "phenotype_workflow", write("w.csv", ",,A\nall,a,pos\n")
				.toString()));
		assertEquals(List.of("Unknown", "a", "a", "Unknown", "Unknown", "a"),
			called);
	}

	@Test
	void aMarkerWithoutAGateIsNotMeasuredUnlessItsCellsFallInTwoGroups()
		throws IOException
	{
		final SplittableRandom random = new SplittableRandom(5);
		final StringBuilder cells = new StringBuilder("A,B\n");
		for (int i = 0; i < 600; i++)
			cells.append(Math.exp((i % 3 == 0 ? 7 : 3) + 0.3 * random.nextGaussian()))
				.append(',').append(Math.exp(4 + 0.3 * random.nextGaussian())).append(
					'\n');
		final Path table = write("cells.csv", cells.toString()), workflow = write(
			"w.csv", ",,A,B,C\nall,a,pos,,\nall,b,,pos,\nall,c,,,pos\n");
		final ClassifyOutcome outcome = run(table, Map.of("phenotype_workflow",
			workflow.toString()));
		// the cell nearest to the gate counts as positive on either side
		assertEquals(200, outcome.phenotypes().get("a"), 1);
		assertEquals(600, outcome.cells());
		final String notes = String.join("\n", outcome.notes());
		assertTrue(notes.contains("not in the table, so not measured: C"), notes);
		assertTrue(notes.contains("not bimodal, so not measured: B"), notes);
		assertTrue(notes.contains("not told for want of markers: b (all), c (all)"),
			notes);
	}

	@Test
	void whatIsNoWorkflowIsRefusedInOneLine() throws IOException {
		final Path table = write("cells.csv", "A\n1\n");
		for (final String[] bad : new String[][] { { ",,A\nall,a,positive\n",
			"a, A: \"positive\" is none of pos, neg, anypos, anyneg, allpos, allneg" },
			{ ",,A\nall,a,pos\nall,a,neg\n", "a stands twice in the group all" }, {
				"A,B\n1,2\n", "a phenotype workflow has a column of groups" }, {
					",,Z\nall,a,pos\n", "has none of the markers of" }, {
						",,A\nall,a,pos\n", "no phenotype of" } })
		{
			final Path workflow = write("w.csv", bad[0]);
			final String message = assertThrows(UserException.class, () -> run(table,
				Map.of("phenotype_workflow", workflow.toString()))).getMessage();
			assertTrue(message.contains(bad[1]), message);
		}
	}

	private Path write(final String name, final String text) throws IOException {
		final Path file = folder.resolve(name);
		Files.writeString(file, text);
		return file;
	}

	private static Path data(final String name) {
		final Path file = DATA.resolve(name);
		Assumptions.assumeTrue(Files.exists(file), file + " is not here");
		return file;
	}

	private static Map<String, Integer> counts(final List<String> names) {
		final Map<String, Integer> counts = new HashMap<>();
		names.forEach(n -> counts.merge(n, 1, Integer::sum));
		return counts;
	}

	private ClassifyOutcome run(final Path table,
		final Map<String, String> settings)
	{
		return ClassifyJob.run(table, folder.resolve("out.csv"),
			ClassificationSettings.KEYS.read(settings), Progress.SILENT,
			new Cancellation());
	}

	/** The phenotypes, cell by cell; names of these tables hold no comma. */
	private List<String> call(final Path table,
		final Map<String, String> settings) throws IOException
	{
		run(table, settings);
		final List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
		final int at = List.of(lines.get(0).split(",")).indexOf("phenotype");
		return lines.stream().skip(1).map(l -> l.split(",", -1)[at].replace("\"",
			"")).toList();
	}
}
