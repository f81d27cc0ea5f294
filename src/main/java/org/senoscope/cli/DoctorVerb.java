
package org.senoscope.cli;

import java.util.List;

import org.senoscope.app.Doctor;

import picocli.CommandLine.Command;

/** {@code senoscope doctor}: whether everything works that is needed. */
@Command(name = "doctor",
	description = "Check the installation; exit code 0 if all works, 1 if something is missing.")
final class DoctorVerb extends Verb {

	DoctorVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "doctor";
	}

	@Override
	public Integer call() {
		final List<Doctor.Check> checks = Doctor.run();
		for (final Doctor.Check check : checks)
			context.out().println((check.ok() ? "ok       " : "missing  ") + check
				.name() + ": " + check.detail());
		return checks.stream().allMatch(Doctor.Check::ok) ? ExitCode.DONE
			: ExitCode.FAILED;
	}
}
