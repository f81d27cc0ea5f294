
package org.senoscope.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.senoscope.app.SlideJob;
import org.senoscope.app.Version;
import org.senoscope.core.UserException;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.run.Cancellation;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Results go to standard output, all else to standard error,
 * both in UTF-8 whatever the locale. Exit codes: 0 done, 1 done with failures,
 * 2 bad input, 130 interrupted.
 */
@Command(name = "senoscope",
	description = "Finds, measures and classifies senescent, dormant and proliferating cells in microscope images and whole slides. Research use only.",
	footer = { "", "senoscope VERB --help explains a verb." })
public final class Senoscope implements Callable<Integer> {

	private static final int USAGE_WIDTH = 100;

	/** How long Ctrl-C waits for the tile in work. */
	private static final int LONGEST_STOP_S = 30;

	@Spec
	private CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true,
		description = "Show this help.")
	private boolean help;

	@Option(names = { "-V", "--version" }, versionHelp = true,
		description = "Show the version.")
	private boolean version;

	private Senoscope() {}

	/**
	 * Runs the command line and ends the Java machine with its exit code.
	 *
	 * @param args the arguments, the verb first
	 */
	public static void main(final String[] args) {
		final PrintStream out = utf8(FileDescriptor.out);
		final PrintStream err = utf8(FileDescriptor.err);
		System.setOut(out);
		System.setErr(err);
		final Cancellation cancellation = new Cancellation();
		final CountDownLatch finished = new CountDownLatch(1);
		// Ctrl-C starts the hooks; the machine then ends with 130 by itself.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			cancellation.request();
			try {
				finished.await(LONGEST_STOP_S, TimeUnit.SECONDS);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "stop"));
		int code = ExitCode.FAILED;
		try {
			code = run(args, new CliContext(out, err, isTerminal(), SlideJob::run,
				cancellation));
		}
		finally {
			out.flush();
			err.flush();
			finished.countDown();
		}
		System.exit(code);
	}

	private static PrintStream utf8(final FileDescriptor descriptor) {
		return new PrintStream(new FileOutputStream(descriptor), true,
			StandardCharsets.UTF_8);
	}

	/** Java cannot ask about standard error alone; the launcher can, and says. */
	private static boolean isTerminal() {
		final String told = System.getProperty("senoscope.terminal");
		return told == null ? System.console() != null : Boolean.parseBoolean(told);
	}

	/**
	 * Runs the command line.
	 *
	 * @return the exit code
	 */
	static int run(final String[] args, final CliContext context) {
		return commandLine(context).execute(args);
	}

	/** Returns the command line with all its verbs. */
	static CommandLine commandLine(final CliContext context) {
		final CommandLine root = new CommandLine(new Senoscope());
		for (final Verb verb : List.of(new InfoVerb(context), new SegmentVerb(
			context), new Ki67Verb(context), new SagalVerb(context), new CostainVerb(
				context), new SahfVerb(context), new AnalyzeVerb(context),
			new ClassifyVerb(context), new TrainVerb(context), new TrainNucleiVerb(
				context), new TrainRegionsVerb(context), new SerialVerb(context),
			new ValidateVerb(context), new ProtocolsVerb(context), new PhantomVerb(
				context), new BenchVerb(context), new DoctorVerb(context)))
		{
			final CommandLine command = new CommandLine(verb);
			verb.keyOptions().addTo(command.getCommandSpec());
			command.getCommandSpec().usageMessage().customSynopsis("senoscope " + verb
				.synopsis());
			root.addSubcommand(command);
			groupHelp(command, verb);
		}
		root.setExpandAtFiles(false);
		root.setUsageHelpWidth(USAGE_WIDTH);
		root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
		root.setOut(new PrintWriter(context.out(), true));
		root.setErr(new PrintWriter(context.err(), true));
		root.getCommandSpec().usageMessage().customSynopsis(
			"senoscope VERB [OPTIONS]");
		root.getCommandSpec().versionProvider(() -> new String[] { "senoscope " +
			Version.get() });
		root.setParameterExceptionHandler((e, args) -> {
			context.fail(line(e), e, List.of(args).contains("--debug"));
			return ExitCode.BAD_INPUT;
		});
		root.setExecutionExceptionHandler((e, command, parsed) -> failed(e, context,
			command.getCommand() instanceof Verb verb && verb.debug));
		return root;
	}

	private static int failed(final Exception e, final CliContext context,
		final boolean debug)
	{
		if (e instanceof CancellationException) {
			context.say("senoscope: stopped");
			return ExitCode.INTERRUPTED;
		}
		if (e instanceof UserException user) {
			context.fail(user.getMessage(), user, debug);
			return user.kind() == UserException.Kind.INPUT ? ExitCode.BAD_INPUT
				: ExitCode.FAILED;
		}
		context.fail(internalError(e), e, debug);
		return ExitCode.FAILED;
	}

	/** Returns the line for an error of the program itself. */
	static String internalError(final Throwable e) {
		return "internal error (" + e.getClass().getSimpleName() + (e
			.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst()
				.orElse("")) +
			"); please report it, with what --debug prints in addition";
	}

	/** Says in one line what is wrong with the arguments. */
	private static String line(final ParameterException e) {
		final CommandSpec spec = e.getCommandLine().getCommandSpec();
		final String where = spec.root() == spec ? "senoscope --help"
			: "senoscope " + spec.name() + " --help";
		if (e instanceof UnmatchedArgumentException unmatched) {
			final List<String> problems = new ArrayList<>();
			final List<String> options = spec.options().stream().flatMap(o -> Stream
				.of(o.names())).toList();
			boolean verbNamed = spec.root() != spec;
			for (final String argument : unmatched.getUnmatched()) {
				final String name = argument.replaceAll("=.*", "");
				if (argument.startsWith("-")) problems.add("unknown option " + name +
					Nearest.hint(name, options));
				else if (!verbNamed) {
					verbNamed = true;
					problems.add("unknown verb " + argument + Nearest.hint(argument, spec
						.subcommands().keySet()) + "; verbs are " + String.join(", ", spec
							.subcommands().keySet()));
				}
				else if (problems.isEmpty()) problems.add("unexpected argument " +
					argument);
			}
			return String.join("; ", problems) + "; see " + where;
		}
		final String message = e.getMessage().lines().findFirst().orElse("");
		if (e instanceof MissingParameterException missing && missing.getMissing()
			.get(0) instanceof OptionSpec option) return option.longestName() +
				" needs a value (" + option.paramLabel() + "); see " + where;
		return message + "; see " + where;
	}

	/** Shows the options under headings, the general ones first. */
	private static void groupHelp(final CommandLine command, final Verb verb) {
		command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST,
			help -> {
				final CommandSpec spec = help.commandSpec();
				final Map<String, List<OptionSpec>> groups = verb.keyOptions().headings(
					spec);
				final List<OptionSpec> rest = new ArrayList<>(spec.options());
				rest.removeIf(OptionSpec::hidden);
				groups.values().forEach(rest::removeAll);
				final StringBuilder out = new StringBuilder("\n");
				out.append(list(help, rest));
				groups.forEach((heading, options) -> out.append('\n').append(heading)
					.append(":\n").append(list(help, options)));
				return out.toString();
			});
	}

	private static String list(final Help help, final List<OptionSpec> options) {
		final Help.Layout layout = help.createDefaultLayout(options, List.of(), help
			.colorScheme());
		layout.addAllOptions(options, help.parameterLabelRenderer());
		return layout.toString();
	}

	/** No verb was given. */
	@Override
	public Integer call() {
		throw new UserException("give a verb: " + String.join(", ", spec
			.subcommands().keySet()) + "; see senoscope --help");
	}
}
