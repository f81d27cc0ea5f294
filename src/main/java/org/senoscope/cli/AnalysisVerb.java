
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.RunOptions;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A verb that analyses images: settles the protocol from its own start, from
 * {@code --set} and from flags, finds the images and hands them on.
 */
abstract class AnalysisVerb extends Verb {

	@Parameters(paramLabel = "IMAGE", arity = "0..*",
		description = "Image files, or folders whose image files are taken (not those of their sub-folders).")
	List<String> images = new ArrayList<>();

	@Option(names = "--out", paramLabel = "DIR",
		description = "Folder that receives a folder for each image. Required.")
	String out;

	@Option(names = "--set", paramLabel = "KEY=VALUE", arity = "1",
		description = "Set a key of the protocol, such as ki67.gate=0.25; may be repeated.")
	List<String> set = new ArrayList<>();

	@Option(names = "--json",
		description = "Print one JSON object on standard output and nothing else.")
	boolean json;

	private final KeyOptions keyOptions;

	/**
	 * Sets up the flags.
	 *
	 * @param defaults the protocol whose values help shows as defaults
	 * @param hidden paths of keys whose flags help does not show
	 */
	AnalysisVerb(final CliContext context, final Protocol defaults,
		final String... hidden)
	{
		super(context);
		keyOptions = new KeyOptions(ProtocolKeys.all(), defaults, List.of(hidden));
	}

	/**
	 * Returns the protocol before {@code --set} and flags.
	 *
	 * @throws UserException if there is none
	 */
	abstract Protocol start();

	/** Returns the only assay that the verb measures, or null for any. */
	abstract AssayKind onlyAssay();

	/** Returns the words of this verb that repeat its start. */
	List<String> ownWords() {
		return List.of();
	}

	@Override
	KeyOptions keyOptions() {
		return keyOptions;
	}

	@Override
	public Integer call() {
		final List<String> problems = new ArrayList<>();
		if (images.isEmpty()) problems.add(
			"give at least one IMAGE, file or folder");
		if (out == null || out.isBlank()) problems.add(
			"give the folder for results with --out DIR");
		final Map<String, String> texts = overrides(problems);
		Path folder = null;
		ProtocolOverrides settings = null;
		try {
			if (out != null && !out.isBlank()) folder = OutputFolder.check(out);
		}
		catch (final UserException e) {
			problems.add(e.getMessage());
		}
		try {
			settings = ProtocolOverrides.apply(start(), RunOptions.DEFAULTS, texts);
			final AssayKind only = onlyAssay();
			if (only != null && settings.protocol().assay() != only) problems.add(spec
				.name() +
				" measures one assay; take the verb analyze to choose another");
		}
		catch (final UserException e) {
			problems.add(e.getMessage());
		}
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		return new ImageBatch(context, settings, folder, command(texts), json,
			debug).run(images);
	}

	private Map<String, String> overrides(final List<String> problems) {
		final Map<String, String> texts = new LinkedHashMap<>();
		for (final String entry : set) {
			final int equals = entry.indexOf('=');
			if (equals < 1) problems.add("--set '" + entry +
				"' is not KEY=VALUE, such as ki67.gate=0.25");
			else texts.put(entry.substring(0, equals).strip(), entry.substring(
				equals + 1));
		}
		texts.putAll(keyOptions.given(spec));
		return texts;
	}

	/**
	 * Returns the command that repeats a run on one image, the image left out.
	 */
	private List<String> command(final Map<String, String> texts) {
		final List<String> words = new ArrayList<>(List.of("senoscope", spec
			.name()));
		words.addAll(ownWords());
		words.addAll(List.of("--out", Path.of(out).toString()));
		texts.forEach((key, text) -> {
			if (key.startsWith("--")) words.addAll(List.of(key, text));
			else words.addAll(List.of("--set", key + "=" + text));
		});
		return words;
	}
}
