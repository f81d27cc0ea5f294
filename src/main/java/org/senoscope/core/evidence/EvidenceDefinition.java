
package org.senoscope.core.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.UserException;

/**
 * A definition of the evidence: markers with what they say, axes, states, steps
 * of the consensus procedure, exclusions and phenotype rules, with citations.
 * Written in YAML, versioned, to be shared; labs can use their own. Immutable.
 */
public final class EvidenceDefinition {

	private static final String RESOURCE =
		"/org/senoscope/evidence/senoscope-evidence-1.yaml";

	/** Read when first asked for. */
	private static final class BuiltIn {

		static final EvidenceDefinition DEFINITION = read(builtInText(),
			"built-in evidence definition");
	}

	/**
	 * What the reader found.
	 *
	 * @param name name of the definition
	 * @param version its version
	 * @param description one sentence
	 * @param citations references by key
	 * @param axes in the order in which they are told
	 * @param markers in order of preference: the first that helps is proposed
	 * @param states a cell may be in several
	 * @param consensus steps of the consensus procedure
	 * @param exclusions cells that are not called
	 * @param phenotypes rules in order
	 */
	record Parts(String name, String version, String description,
			Map<String, String> citations, List<Axis> axes, List<Marker> markers,
			List<State> states, List<ConsensusStep> consensus,
			List<Exclusion> exclusions, List<PhenotypeRule> phenotypes) {
	}

	private final Parts parts;
	private final List<Axis> evidenceAxes;
	private final Map<String, Axis> axisById = new HashMap<>();
	private final Map<String, State> stateById = new HashMap<>();
	private final Map<String, Marker> byId = new HashMap<>();
	private final Map<String, Marker> byName = new HashMap<>();

	EvidenceDefinition(final Parts parts) {
		this.parts = parts;
		evidenceAxes = parts.axes().stream().filter(a -> a
			.kind() == Axis.Kind.EVIDENCE).sorted(Comparator.comparing(
				Axis::printLast)).toList();
		parts.axes().forEach(a -> axisById.put(a.id(), a));
		parts.states().forEach(s -> stateById.put(s.id(), s));
		for (final Marker m : parts.markers()) {
			byId.put(m.id(), m);
			byName.put(plain(m.id()), m);
			byName.put(plain(m.label()), m);
			m.aliases().forEach(a -> byName.put(plain(a), m));
		}
	}

	/** Returns the definition that comes with the program. */
	public static EvidenceDefinition builtIn() {
		return BuiltIn.DEFINITION;
	}

	/** Returns the text of the built-in definition, to be copied and changed. */
	public static String builtInText() {
		try (InputStream in = EvidenceDefinition.class.getResourceAsStream(
			RESOURCE))
		{
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Reads a definition.
	 *
	 * @param yaml text of the file
	 * @param source name of the file, for messages
	 * @throws UserException naming all problems in one line
	 */
	public static EvidenceDefinition read(final String yaml,
		final String source)
	{
		return new EvidenceReader(source).read(yaml);
	}

	/** Returns the name of the definition. */
	public String name() {
		return parts.name();
	}

	/** Returns the version of the definition. */
	public String version() {
		return parts.version();
	}

	/** Returns what the definition is, in one sentence. */
	public String description() {
		return parts.description();
	}

	/** Returns the references by their keys, in order. */
	public Map<String, String> citations() {
		return parts.citations();
	}

	/** Returns all axes, in the order in which they are told. */
	public List<Axis> axes() {
		return parts.axes();
	}

	/** Returns the axes of evidence in the order in which they are printed. */
	public List<Axis> evidenceAxes() {
		return evidenceAxes;
	}

	/** Returns an axis, null if there is none of that id. */
	public Axis axis(final String id) {
		return axisById.get(id);
	}

	/** Returns all markers, in order of the file. */
	public List<Marker> markers() {
		return parts.markers();
	}

	/** Returns a marker by its id, null if there is none. */
	public Marker marker(final String id) {
		return byId.get(id);
	}

	/**
	 * Returns the marker that a channel or column is named after, null if there
	 * is none. Case, blanks, hyphens, other punctuation and Greek letters do not
	 * matter: {@code γH2AX}, {@code gamma-H2AX} and {@code gammaH2AX} are one.
	 */
	public Marker markerOfName(final String name) {
		return byName.get(plain(name));
	}

	/** Returns the states. */
	public List<State> states() {
		return parts.states();
	}

	/** Returns a state by its id, null if there is none. */
	public State state(final String id) {
		return stateById.get(id);
	}

	/** Returns the steps of the consensus procedure. */
	public List<ConsensusStep> consensus() {
		return parts.consensus();
	}

	/** Returns which cells are not called. */
	public List<Exclusion> exclusions() {
		return parts.exclusions();
	}

	/** Returns the phenotype rules; the first that holds decides. */
	public List<PhenotypeRule> phenotypes() {
		return parts.phenotypes();
	}

	/**
	 * Returns a name without case, blanks and punctuation, Greek letters spelled
	 * out.
	 */
	static String plain(final String name) {
		final StringBuilder out = new StringBuilder();
		final String text = Normalizer.normalize(name, Normalizer.Form.NFKD)
			.toLowerCase(Locale.ROOT);
		for (int i = 0; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') out.append(c);
			else if (c >= 'α' && c <= 'ω') {
				final String greek = Character.getName(c);
				out.append(greek.substring(greek.lastIndexOf(' ') + 1).toLowerCase(
					Locale.ROOT));
			}
		}
		return out.toString();
	}
}
