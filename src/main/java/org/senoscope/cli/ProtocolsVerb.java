
package org.senoscope.cli;

import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ProtocolWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code senoscope protocols}: lists the built-in protocols or prints one. */
@Command(name = "protocols",
	description = "List the built-in protocols, or print one, to save and to change.")
final class ProtocolsVerb extends Verb {

	@Parameters(paramLabel = "NAME", arity = "0..1",
		description = "Protocol to print.")
	private String name;

	@Option(names = "--full",
		description = "Print every key with its meaning, also those at their default.")
	private boolean full;

	@Option(names = "--evidence",
		description = "Print the built-in evidence definition, by which cells are called.")
	private boolean evidence;

	ProtocolsVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "protocols [NAME]";
	}

	@Override
	public Integer call() {
		if (evidence) context.out().print(EvidenceDefinition.builtInText());
		else if (name != null) context.out().print(full ? ProtocolWriter.yaml(
			BuiltInProtocols.load(name)) : BuiltInProtocols.text(name));
		else for (final String n : BuiltInProtocols.names())
			context.out().printf("%-22s%s%n", n, BuiltInProtocols.load(n)
				.description());
		return ExitCode.DONE;
	}
}
