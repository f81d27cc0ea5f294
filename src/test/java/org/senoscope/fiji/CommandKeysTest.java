
package org.senoscope.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.service.Service;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.ProtocolKeys;

/**
 * Fields of the commands, macro keys, flags and protocol keys are the same
 * everywhere: same names, types, defaults and choices.
 */
class CommandKeysTest {

	private static Context context;

	@BeforeAll
	static void start() {
		context = new Context();
	}

	@AfterAll
	static void stop() {
		context.dispose();
	}

	static Class<? extends Command> commandOf(final AnalysisDoor door) {
		return switch (door) {
			case SEGMENT_CELL_NUCLEI -> SegmentCellNuclei.class;
			case SCORE_KI67 -> ScoreKi67.class;
			case QUANTIFY_SAGAL -> QuantifySaBetaGal.class;
			case DETECT_SAHF -> DetectSahf.class;
			case MEASURE_COSTAINS -> MeasureMarkerCostains.class;
			case ANALYZE_SLIDE -> AnalyzeSlide.class;
		};
	}

	private static AnalysisCommand initialised(final AnalysisDoor door)
		throws Exception
	{
		final AnalysisCommand command = (AnalysisCommand) context.service(
			ModuleService.class).createModule(context.service(CommandService.class)
				.getCommand(commandOf(door)));
		for (final PreprocessorPlugin preprocessor : context.service(
			PluginService.class).createInstancesOfType(PreprocessorPlugin.class))
			preprocessor.process(command);
		return command;
	}

	@ParameterizedTest
	@EnumSource
	void everyKeyOfTheCatalogueIsAFieldOfEveryCommand(final AnalysisDoor door)
		throws Exception
	{
		final AnalysisCommand command = initialised(door);
		final Protocol base = door.base();
		final Set<String> fields = new HashSet<>();
		for (final ModuleItem<?> item : command.getInfo().inputs())
			if (!isService(item)) fields.add(item.getName());
		for (final ProtocolKey key : ProtocolKeys.all()) {
			final String name = key.macroKey();
			final ModuleItem<?> item = command.getInfo().getInput(name);
			assertNotNull(item, "no field " + name + " in " + door.label());
			assertEquals(fieldType(key), item.getType(), name);
			assertEquals(key.choices(), item.getChoices() == null ? List.of() : item
				.getChoices(), name);
			final Object value = ProtocolKeys.run().contains(key) ? key.defaultValue()
				: ProtocolKeys.value(base, key);
			assertEquals(key.text(value), fieldText(item.getDefaultValue()), name);
			assertEquals(key.text(value), fieldText(command.getInput(name)), name);
			assertEquals(key.meaning(), item.getDescription(), name);
			assertFalse(item.isPersisted(), name +
				" must not remember its last value");
			assertFalse(item.isRequired(), name);
			fields.remove(name);
		}
		fields.removeAll(Set.of("input_file", "output_dir", "about", "protocol"));
		assertEquals(Set.of(), fields, "fields that are no key of the catalogue");
	}

	private static boolean isService(final ModuleItem<?> item) {
		return Context.class.isAssignableFrom(item.getType()) || Service.class
			.isAssignableFrom(item.getType());
	}

	private static Class<?> fieldType(final ProtocolKey key) {
		return switch (key.type()) {
			case TEXT -> key.file() ? File.class : String.class;
			case CHOICE -> String.class;
			case FLAG -> Boolean.class;
			case INTEGER -> Integer.class;
			case NUMBER -> key.mayBeOpen() ? String.class : Double.class;
		};
	}

	private static String fieldText(final Object value) {
		if (value == null) return "";
		return value.toString().replaceAll("\\.0$", "");
	}

	@ParameterizedTest
	@EnumSource
	void theDialogAsksForFewRowsAllOfThemKeys(final AnalysisDoor door)
		throws Exception
	{
		final AnalysisCommand command = initialised(door);
		final List<String> asked = new ArrayList<>();
		for (final ModuleItem<?> item : command.getInfo().inputs()) {
			if (item.getVisibility() != ItemVisibility.NORMAL || isService(item))
				continue;
			asked.add(item.getName());
			assertFalse(command.isInputResolved(item.getName()), item.getName());
			assertFalse(item.getLabel().equals(item.getName()), item.getName() +
				" needs a label for people");
		}
		assertEquals(door.keys().stream().filter(door::asks).map(CommandKey::name)
			.toList(), asked);
		assertTrue(asked.size() <= 12, "too many rows: " + asked);
	}

	@Test
	void noKeyIsTheTailOfAnEarlierOneForTheRecorder() {
		// ImageJ's recorder warns of a duplicate if the text recorded so far
		// contains the key.
		final List<String> before = new ArrayList<>();
		for (final CommandKey key : AnalysisDoor.SCORE_KI67.keys()) {
			for (final String earlier : before)
				assertFalse(earlier.endsWith(key.name()), key.name() +
					" is the tail of " + earlier + ", recorded before it");
			before.add(key.name());
		}
	}

	@ParameterizedTest
	@EnumSource
	void labelsAreTheSameInFijiAndPlainImageJ(final AnalysisDoor door)
		throws Exception
	{
		final CommandInfo info = context.service(CommandService.class).getCommand(
			commandOf(door));
		assertEquals(door.label(), info.getMenuPath().getLeaf().getName());
		assertEquals("Plugins > Senoscope > " + door.label(), info.getMenuPath()
			.getMenuString());
		assertTrue(pluginsConfig().contains("Plugins>Senoscope, \"" + door.label() +
			"\", " + PlainImageJPlugIn.class.getName() + "(\"" + door.label() +
			"\")"), "plugins.config lacks " + door.label());
	}

	@Test
	void theInstallationCheckIsInBothMenus() throws Exception {
		final CommandInfo info = context.service(CommandService.class).getCommand(
			CheckSenoscopeInstallation.class);
		assertEquals(InstallationView.LABEL, info.getMenuPath().getLeaf()
			.getName());
		assertTrue(pluginsConfig().contains("\"" + InstallationView.LABEL +
			"\", "));
	}

	@Test
	void theBridgeHoldsNoSciJavaType() {
		for (final var field : PlainImageJPlugIn.class.getDeclaredFields())
			assertFalse(field.getType().getName().startsWith("org.scijava"));
		assertNull(PlainImageJPlugIn.class.getSuperclass().getSuperclass());
	}

	private static String pluginsConfig() throws Exception {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
			CommandKeysTest.class.getResourceAsStream("/plugins.config"),
			StandardCharsets.UTF_8)); Stream<String> lines = reader.lines())
		{
			return String.join("\n", lines.toList());
		}
	}
}
