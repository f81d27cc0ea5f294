
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.service.Service;

import picocli.CommandLine.Model.OptionSpec;

/**
 * A verb of the command line and the command of the Fiji menu that does the
 * same have the same keys, defaults and choices: a flag is the macro key with
 * hyphens.
 */
class DoorsAgreeTest {

	@ParameterizedTest
	@CsvSource({ "segment, org.senoscope.fiji.SegmentCellNuclei",
		"ki67, org.senoscope.fiji.ScoreKi67",
		"sagal, org.senoscope.fiji.QuantifySaBetaGal",
		"sahf, org.senoscope.fiji.DetectSahf",
		"costain, org.senoscope.fiji.MeasureMarkerCostains",
		"analyze, org.senoscope.fiji.AnalyzeSlide",
		"classify, org.senoscope.fiji.ClassifyCellPhenotypes",
		"train, org.senoscope.fiji.TrainPhenotypeClassifier" })
	void flagsAreTheMacroKeysWithHyphens(final String verb,
		final Class<? extends Command> command) throws Exception
	{
		try (Context context = new Context()) {
			final Module module = context.service(ModuleService.class).createModule(
				context.service(CommandService.class).getCommand(command));
			for (final PreprocessorPlugin preprocessor : context.service(
				PluginService.class).createInstancesOfType(PreprocessorPlugin.class))
				preprocessor.process(module);
			final Set<String> fields = new TreeSet<>();
			final Set<String> flags = new TreeSet<>();
			for (final OptionSpec option : Senoscope.commandLine(new CliFixture()
				.context()).getSubcommands().get(verb).getCommandSpec().options())
			{
				final String flag = option.longestName();
				final ModuleItem<?> item = module.getInfo().getInput(flag.substring(2)
					.replace('-', '_'));
				if (item == null) {
					flags.add(flag);
					continue;
				}
				fields.add(item.getName());
				final String help = String.join(" ", option.description());
				final String value = text(item.getDefaultValue());
				assertTrue(value.isEmpty() ? !help.contains("Default:") : help.endsWith(
					"Default: " + value + "."), flag + ": " + help + " / " + value);
				if (item.getChoices() == null || item.getChoices().isEmpty()) continue;
				final String words = String.join(", ", item.getChoices().stream().map(
					Object::toString).toList());
				assertTrue(help.contains("(" + words + ")"), flag + ": " + help);
			}
			final boolean table = fields.contains("cells");
			assertEquals(table ? Set.of("--debug", "--help", "--json", "--out") : Set
				.of("--debug", "--help", "--json", "--out", "--set"), flags,
				"flags that are no macro key");
			final Set<String> others = new TreeSet<>();
			for (final ModuleItem<?> item : module.getInfo().inputs())
				if (!fields.contains(item.getName()) && !Service.class.isAssignableFrom(
					item.getType()) && item.getType() != Context.class) others.add(item
						.getName());
			assertEquals(new TreeSet<>(table ? Set.of("about", "output_dir") : Set.of(
				"about", "input_file", "output_dir")), others,
				"fields that are no flag");
		}
	}

	private static String text(final Object value) {
		return value == null ? "" : value.toString().replaceAll("\\.0$", "");
	}
}
