
package org.senoscope.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.command.DynamicCommand;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.service.Service;

/** The commands that work on tables, through every door of ImageJ. */
class TableCommandsTest {

	private static final String CELLS =
		"cell_id,sagal_positive,p16_positive,ki67_positive\n1,true,true,false\n2,false,false,true\n";

	private static Context context;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() throws Exception {
		context = new Context();
		MenuCommands.install();
	}

	@AfterAll
	static void stop() {
		context.dispose();
	}

	private static Class<? extends Command> commandOf(final TableDoor door) {
		return switch (door) {
			case CLASSIFY_CELL_PHENOTYPES -> ClassifyCellPhenotypes.class;
			case TRAIN_PHENOTYPE_CLASSIFIER -> TrainPhenotypeClassifier.class;
		};
	}

	@ParameterizedTest
	@EnumSource
	void fieldsAreTheKeysOfTheSettings(final TableDoor door) throws Exception {
		final CommandInfo info = context.service(CommandService.class).getCommand(
			commandOf(door));
		assertEquals("Plugins > Senoscope > " + door.label(), info.getMenuPath()
			.getMenuString());
		final Module module = context.service(ModuleService.class).createModule(
			info);
		for (final PreprocessorPlugin preprocessor : context.service(
			PluginService.class).createInstancesOfType(PreprocessorPlugin.class))
			preprocessor.process(module);
		final Set<String> fields = new TreeSet<>();
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (!Service.class.isAssignableFrom(item.getType()) && item
				.getType() != Context.class) fields.add(item.getName());
		fields.remove("about");
		assertEquals(new TreeSet<>(door.keys().stream().map(CommandKey::name)
			.toList()), fields);
		final List<String> before = new ArrayList<>();
		for (final CommandKey key : door.keys()) {
			final ModuleItem<?> item = module.getInfo().getInput(key.name());
			assertEquals(key.fieldType(), item.getType(), key.name());
			assertEquals(key.choices(), item.getChoices() == null ? List.of() : item
				.getChoices(), key.name());
			assertEquals(key.defaultText(), key.text(item.getDefaultValue()), key
				.name());
			assertFalse(item.isPersisted(), key.name());
			for (final String earlier : before)
				assertFalse(earlier.endsWith(key.name()) || key.name().endsWith("_" +
					earlier), key.name() + " and " + earlier +
						": one is the other's tail");
			before.add(key.name());
		}
		assertTrue(door.keys().stream().filter(door::asks).count() <= 12);
	}

	@Test
	void aTableIsCalledAlikeByCommandMacroAndCall() throws Exception {
		final Path cells = table("a b.csv", CELLS);
		final String options = "cells=[" + cells +
			"] output_dir=[%s] lineage=tumour threads=1";
		final DynamicCommand command = (DynamicCommand) MenuCommands.run(context,
			ClassifyCellPhenotypes.class, options.formatted(folder.resolve("fiji")));
		assertNull(command.getCancelReason());
		assertEquals(folder.resolve("fiji/a b.csv").toString(), SenoscopeMacro
			.lastReport());
		assertEquals("", MenuCommands.macro("run(\"Classify Cell Phenotypes\", \"" +
			options.formatted(folder.resolve("plain/c.csv")) +
			"\"); return call(\"org.senoscope.fiji.SenoscopeMacro.lastError\");",
			"x"));
		assertEquals("", SenoscopeMacro.run("Classify Cell Phenotypes", options
			.formatted(folder.resolve("call"))));
		final List<String> lines = Files.readAllLines(folder.resolve(
			"fiji/a b.csv"));
		assertTrue(lines.get(1).startsWith("1,true,true,false,senescent,"), lines
			.get(1));
		assertTrue(lines.get(2).startsWith("2,false,false,true,proliferating,"),
			lines.get(2));
		for (final String other : List.of("plain/c.csv", "call/a b.csv"))
			assertEquals(-1, Files.mismatch(folder.resolve("fiji/a b.csv"), folder
				.resolve(other)), other);
	}

	@Test
	void onlyWhatDiffersFromTheDefaultsIsLeftForTheRecorder() throws Exception {
		final Path cells = table("a.csv", CELLS);
		final Module module = MenuCommands.runWith(context,
			ClassifyCellPhenotypes.class, Map.of("cells", cells.toFile(),
				"output_dir", folder.resolve("out.csv").toFile(), "lineage", "tumour"));
		assertNull(((DynamicCommand) module).getCancelReason());
		final List<String> recorded = new ArrayList<>();
		for (final CommandKey key : TableDoor.CLASSIFY_CELL_PHENOTYPES.keys())
			if (module.getInput(key.name()) != null) recorded.add(key.name());
		assertEquals(List.of("cells", "output_dir", "lineage"), recorded);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"lineag=tumour   | unknown key lineag | lineage", //
		"cell=/x         | unknown key cell | cells", //
		"outputdir=/x    | unknown key outputdir | output_dir", //
		"lineage=tumor   | lineage | tumour", //
		"threads=two     | threads | whole number", //
		"specimen_section_um=thick | specimen_section_um | number", //
		"slide_column=plate | no column plate | cell_id", //
		"model=/none     | none | none" })
	void aBadOptionStopsTheCommandWithItsName(final String option,
		final String name, final String hint) throws Exception
	{
		final Path cells = table("a.csv", CELLS);
		final String options = "cells=[" + cells + "] output_dir=[" + folder
			.resolve("out.csv") + "] " + option;
		final String reason = ((DynamicCommand) MenuCommands.run(context,
			ClassifyCellPhenotypes.class, options)).getCancelReason();
		assertNotNull(reason);
		assertTrue(reason.startsWith("Classify Cell Phenotypes: "), reason);
		assertTrue(reason.contains(name) && reason.contains(hint), reason);
		assertFalse(reason.contains("internal error"), reason);
		assertEquals(reason, SenoscopeMacro.run("Classify Cell Phenotypes",
			options));
		assertEquals(reason, Files.readString(folder.resolve("out.csv-error.txt"))
			.strip());
		assertFalse(Files.exists(folder.resolve("out.csv")));
	}

	@Test
	void whatIsMissingIsNamedByItsMacroKey() throws Exception {
		assertTrue(SenoscopeMacro.run("Classify Cell Phenotypes", "output_dir=/x")
			.contains("give cells"));
		final Path cells = table("a.csv", CELLS);
		assertTrue(SenoscopeMacro.run("Classify Cell Phenotypes", "cells=[" +
			cells + "]").contains("give output_dir"));
		final String error = SenoscopeMacro.run("Train Phenotype Classifier",
			"cells=[" + cells + "] output_dir=[" + folder.resolve("model") + "]");
		assertTrue(error.contains("give label"), error);
		assertFalse(error.contains("--"), error);
	}

	private Path table(final String name, final String text) throws IOException {
		final Path cells = folder.resolve(name);
		Files.writeString(cells, text);
		return cells;
	}
}
