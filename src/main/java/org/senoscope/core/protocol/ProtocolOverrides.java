
package org.senoscope.core.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.run.RunOptions;

/**
 * Protocol and run options with some keys replaced, as flags, {@code --set} and
 * macros do. Keys may be spelled as path ({@code ki67.gate}), macro key
 * ({@code ki67_gate}) or flag ({@code --ki67-gate}); messages repeat the
 * spelling of the user.
 *
 * @param protocol the protocol, replacements applied
 * @param options the run options, replacements applied
 */
public record ProtocolOverrides(Protocol protocol, RunOptions options) {

	/**
	 * Replaces keys of a protocol.
	 *
	 * @param protocol what holds where nothing is replaced
	 * @param texts values as text by key
	 * @throws UserException naming all unknown keys, bad values and broken rules
	 *           in one line
	 */
	public static Protocol apply(final Protocol protocol,
		final Map<String, String> texts)
	{
		final List<String> problems = new ArrayList<>();
		final Protocol result = ProtocolKeys.PROTOCOL.with(protocol, parse(texts,
			ProtocolKeys.protocol(), problems));
		problems.addAll(ProtocolRules.problems(result));
		return ProtocolRules.unless(problems, "", result);
	}

	/**
	 * Replaces keys of a protocol and options of a run, given together.
	 *
	 * @param protocol the protocol where nothing is replaced
	 * @param options the run options where nothing is replaced
	 * @param texts values as text by key
	 * @throws UserException naming all unknown keys, bad values and broken rules
	 *           in one line
	 */
	public static ProtocolOverrides apply(final Protocol protocol,
		final RunOptions options, final Map<String, String> texts)
	{
		final List<String> problems = new ArrayList<>();
		final Map<ProtocolKey, Object> values = parse(texts, ProtocolKeys.all(),
			problems);
		// The shapes pick their own keys by section and name, and no run option
		// has the name of a top-level key of a protocol.
		final ProtocolOverrides result = new ProtocolOverrides(ProtocolKeys.PROTOCOL
			.with(protocol, values), ProtocolKeys.RUN.with(options, values));
		problems.addAll(ProtocolRules.problems(result.protocol));
		return ProtocolRules.unless(problems, "", result);
	}

	private static Map<ProtocolKey, Object> parse(final Map<String, String> texts,
		final List<ProtocolKey> valid, final List<String> problems)
	{
		final Map<ProtocolKey, Object> values = new LinkedHashMap<>();
		texts.forEach((spelled, text) -> {
			final ProtocolKey key = ProtocolKeys.find(spelled);
			if (key == null || !valid.contains(key)) {
				problems.add(ProtocolKeys.unknown(spelled, valid));
				return;
			}
			try {
				values.put(key, key.parse(text));
			}
			catch (final IllegalArgumentException e) {
				problems.add(spelled + ": " + e.getMessage());
			}
		});
		return values;
	}
}
