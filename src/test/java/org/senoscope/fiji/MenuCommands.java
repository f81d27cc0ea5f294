
package org.senoscope.fiji;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

import ij.IJ;
import ij.Macro;
import ij.Menus;

/** Runs commands as the menus of Fiji and plain ImageJ do, without a window. */
final class MenuCommands {

	private MenuCommands() {}

	/**
	 * Runs a SciJava command as a macro does: with pre- and postprocessors and an
	 * option string.
	 *
	 * @param options option string; null: none, as from the menu
	 */
	static Module run(final Context context,
		final Class<? extends Command> command, final String options)
		throws Exception
	{
		return run(context, command, options, Map.of());
	}

	/** Runs a command with some of its fields set, as a script does. */
	static Module runWith(final Context context,
		final Class<? extends Command> command, final Map<String, Object> fields)
		throws Exception
	{
		return run(context, command, null, fields);
	}

	private static Module run(final Context context,
		final Class<? extends Command> command, final String options,
		final Map<String, Object> fields) throws Exception
	{
		final Module module = context.service(ModuleService.class).createModule(
			context.service(CommandService.class).getCommand(command));
		fields.forEach((name, value) -> {
			module.setInput(name, value);
			module.resolveInput(name);
		});
		final PluginService plugins = context.service(PluginService.class);
		final AtomicReference<Throwable> failure = new AtomicReference<>();
		// ImageJ knows by this name that the thread belongs to a macro.
		final Thread thread = new Thread(() -> {
			Macro.setOptions(options);
			new ModuleRunner(context, module, plugins.createInstancesOfType(
				PreprocessorPlugin.class), plugins.createInstancesOfType(
					PostprocessorPlugin.class)).run();
		}, "Run$_test");
		thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
		thread.start();
		thread.join();
		if (failure.get() != null) throw new AssertionError(failure.get());
		return module;
	}

	/** Puts the entries of plugins.config into the menu of plain ImageJ. */
	static void install() throws Exception {
		final Field table = Menus.class.getDeclaredField("pluginsTable");
		table.setAccessible(true);
		final Hashtable<String, String> commands = new Hashtable<>();
		final List<String> labels = new ArrayList<>(Door.all().stream().map(
			Door::label).toList());
		labels.add("Check Senoscope Installation");
		for (final String label : labels)
			commands.put(label, PlainImageJPlugIn.class.getName() + "(\"" + label +
				"\")");
		table.set(null, commands);
	}

	/** Runs a macro in plain ImageJ; returns what it returns. */
	static String macro(final String text, final String argument) {
		return IJ.runMacro(text, argument);
	}
}
