
package org.senoscope.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all verbs have in common. */
abstract class Verb implements Callable<Integer> {

	/** The world around the verb. */
	final CliContext context;

	@Spec
	CommandSpec spec;

	@Option(names = "--debug",
		description = "Print the stack trace of a failure as well.")
	boolean debug;

	@Option(names = { "-h", "--help" }, usageHelp = true,
		description = "Show this help.")
	boolean help;

	Verb(final CliContext context) {
		this.context = context;
	}

	/** Returns how the verb is called, for its help. */
	abstract String synopsis();

	/**
	 * Returns options that are made by program, to be added to the verb's own.
	 */
	KeyOptions keyOptions() {
		return KeyOptions.NONE;
	}
}
