
package org.senoscope.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every macro that is shipped runs over a folder without a window. */
class ShippedMacrosTest {

	private static final Path MACROS = Path.of("macros");

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() throws Exception {
		MenuCommands.install();
	}

	@Test
	void everyShippedMacroIsTestedHere() throws IOException {
		try (Stream<Path> files = Files.list(MACROS)) {
			assertEquals(new TreeSet<>(Set.of("Check_Senoscope_Installation.ijm",
				"Count_DNA_Damage_Foci_Folder.ijm", "Detect_SAHF_Folder.ijm",
				"Measure_Marker_Costains_Folder.ijm",
				"Classify_Cell_Phenotypes_Folder.ijm",
				"Train_Phenotype_Classifier_Folder.ijm",
				"Quantify_SA_beta_Gal_Folder.ijm", "Score_Ki67_Folder.ijm",
				"Segment_Cell_Nuclei_Folder.ijm")), new TreeSet<>(files.map(f -> f
					.getFileName().toString()).toList()));
		}
	}

	@ParameterizedTest
	@CsvSource({ "Segment_Cell_Nuclei_Folder.ijm, Segment Cell Nuclei",
		"Score_Ki67_Folder.ijm, Score Ki-67", "Detect_SAHF_Folder.ijm, Detect SAHF",
		"Count_DNA_Damage_Foci_Folder.ijm, Count DNA-damage foci",
		"Quantify_SA_beta_Gal_Folder.ijm, Quantify SA-beta-Gal" })
	void aFolderIsWalkedAndABadImageStopsNothing(final String macro,
		final String label) throws IOException
	{
		final Path in = Files.createDirectory(folder.resolve("in"));
		final boolean sagal = macro.contains("Gal");
		for (final String name : new String[] { "a.tif", "c d.tif" })
			DrawnSlides.save(sagal ? DrawnSlides.sagal() : macro.contains("SAHF") ||
				macro.contains("Foci") ? DrawnSlides.dapi() : DrawnSlides.ki67(), in,
				name);
		Files.writeString(in.resolve("b.tif"), "no image");
		Files.writeString(in.resolve("notes.txt"), "no image either");
		final Path out = folder.resolve("out");

		final String said = MenuCommands.macro(Files.readString(MACROS.resolve(
			macro)), "input=" + in + ",output=" + out + ",options=threads=1" + (macro
				.contains("Foci") ? " foci_markers=[gh2ax=1]" : ""));

		assertTrue(said.startsWith(label + ": 2 images done, 1 failed"), said);
		// the command that failed names itself
		assertTrue(said.contains((macro.contains("Foci") ? "Analyze Slide"
			: label) + ": b.tif: "), said);
		assertFalse(said.contains("notes.txt"), said);
		for (final String name : new String[] { "a", "c d" })
			assertEquals(26, Files.readAllLines(out.resolve(name).resolve(
				"cells.csv")).size(), "a header and the 25 nuclei drawn in " + name);
		assertTrue(Files.exists(out.resolve("b-error.txt")));
	}

	@Test
	void oneGateHoldsForAllImagesOfAFolder() throws IOException {
		final Path in = Files.createDirectory(folder.resolve("in"));
		for (final String name : new String[] { "a.tif", "c d.tif" })
			DrawnSlides.save(DrawnSlides.ki67(), in, name);
		Files.writeString(in.resolve("b.tif"), "no image");
		final Path out = folder.resolve("out");
		final String said = MenuCommands.macro(Files.readString(MACROS.resolve(
			"Score_Ki67_Folder.ijm")), "input=" + in + ",output=" + out +
				",options=threads=1 gates_scope=batch");
		assertTrue(said.startsWith("Score Ki-67: 2 images done, 1 failed"), said);
		for (final String name : new String[] { "a", "c d" })
			assertTrue(Files.readString(out.resolve(name).resolve("summary.json"))
				.contains("gate of the batch, 2 slides"), name);
	}

	@Test
	void anyProtocolIsRunByAMacro() throws IOException {
		DrawnSlides.save(DrawnSlides.ki67(), folder, "a.tif");
		final Path out = folder.resolve("out");
		final String run = "run(\"Analyze Slide\", \"input_file=[" + folder.resolve(
			"a.tif") + "] output_dir=[" + out +
			"] protocol=ihc-hdab method=classical ihc_marker=p21\"); return call(\"org.senoscope.fiji.SenoscopeMacro.lastError\");";
		assertEquals("", MenuCommands.macro(run, ""));
		assertTrue(Files.readString(out.resolve("a/run.json")).contains(
			"\"--protocol\""), "the command that repeats the run");
		assertTrue(Files.readAllLines(out.resolve("a/cells.csv")).get(0).contains(
			"p21_positive"));
	}

	@Test
	void aFolderOfTablesIsCalledAndABadTableStopsNothing() throws IOException {
		final Path in = Files.createDirectory(folder.resolve("in"));
		for (final String name : new String[] { "a.csv", "c d.csv" })
			Files.writeString(in.resolve(name), "ki67_positive\ntrue\nfalse\n");
		Files.writeString(in.resolve("b.csv"), "ki67_positive\nperhaps\n");
		Files.writeString(in.resolve("notes.txt"), "no table");
		final Path out = folder.resolve("out");
		final String said = MenuCommands.macro(Files.readString(MACROS.resolve(
			"Classify_Cell_Phenotypes_Folder.ijm")), "input=" + in + ",output=" +
				out + ",options=lineage=tumour");
		assertTrue(said.startsWith(
			"Classify Cell Phenotypes: 2 tables done, 1 failed"), said);
		assertTrue(said.contains("b.csv") && said.contains("perhaps"), said);
		for (final String name : new String[] { "a.csv", "c d.csv" })
			assertTrue(Files.readString(out.resolve(name)).contains(
				"true,proliferating,"), name);
		assertTrue(Files.exists(out.resolve("b.csv-error.txt")));
	}

	@Test
	void tablesThatCannotBeLearntFromAreNamed() throws IOException {
		final Path in = Files.createDirectory(folder.resolve("in"));
		Files.writeString(in.resolve("a.csv"), "ki67,state\n1,x\n2,x\n");
		final String said = MenuCommands.macro(Files.readString(MACROS.resolve(
			"Train_Phenotype_Classifier_Folder.ijm")), "input=" + in + ",output=" +
				folder.resolve("out") + ",options=label=state");
		assertTrue(said.startsWith(
			"Train Phenotype Classifier: 0 tables done, 1 failed"), said);
		assertTrue(said.contains("one class only (x, 2 cells)"), said);
		assertTrue(Files.exists(folder.resolve("out/a-error.txt")));
	}

	@Test
	void aPairedNucleiImageIsNoImageOfItsOwn() throws IOException {
		final Path in = Files.createDirectory(folder.resolve("in"));
		DrawnSlides.save(DrawnSlides.sagal(), in, "a.tif");
		DrawnSlides.save(DrawnSlides.sagal(), in, "a_dapi.tif");
		final String said = MenuCommands.macro(Files.readString(MACROS.resolve(
			"Quantify_SA_beta_Gal_Folder.ijm")), "input=" + in + ",output=" + folder
				.resolve("out"));
		assertEquals("Quantify SA-beta-Gal: 1 images done, 0 failed", said);
	}

	@Test
	void optionsThatAreWrongAreNamedForEveryImage() throws IOException {
		final Path in = Files.createDirectory(folder.resolve("in"));
		DrawnSlides.save(DrawnSlides.ki67(), in, "a.tif");
		final String said = MenuCommands.macro(Files.readString(MACROS.resolve(
			"Score_Ki67_Folder.ijm")), "input=" + in + ",output=" + folder.resolve(
				"out") + ",options=ki67_gat=0.3");
		assertTrue(said.contains("0 images done, 1 failed"), said);
		assertTrue(said.contains("a.tif: Score Ki-67: unknown key ki67_gat"), said);
	}

	@Test
	void theInstallationCheckRuns() throws IOException {
		assertEquals(null, MenuCommands.macro(Files.readString(MACROS.resolve(
			"Check_Senoscope_Installation.ijm")), "now"));
	}
}
