
package org.senoscope.core.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import org.senoscope.core.UserException;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.protocol.Nearest;

/** Reads an evidence definition and reports all its faults at once. */
final class EvidenceReader {

	private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
		.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

	private static final String FORMAT = "senoscope-evidence-1";

	private static final List<String> COMPARTMENTS = List.of("nucleus", "ring",
		"cytoplasm", "membrane", "cell", "stroma");

	private final String source;
	private final List<String> problems = new ArrayList<>();
	private final Map<String, String> citations = new LinkedHashMap<>();
	private ConditionParser conditions;

	EvidenceReader(final String source) {
		this.source = source;
	}

	EvidenceDefinition read(final String yaml) {
		final JsonNode root;
		try {
			root = YAML.readTree(yaml);
		}
		catch (final JsonProcessingException e) {
			throw new UserException(UserException.Kind.INPUT, source + ": " + (e
				.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() +
					": ") + "is not valid YAML: " + e.getOriginalMessage().strip().lines()
						.findFirst().orElse("unreadable"), e);
		}
		if (!root.isObject()) throw new UserException(source +
			" is no evidence definition; it begins with 'format: " + FORMAT + "'");
		if (!text(root, "format").equals(FORMAT)) throw new UserException(source +
			": format is '" + text(root, "format") + "'; this version reads " +
			FORMAT);
		known(root, "", "format", "name", "version", "description", "citations",
			"tumour_types", "axes", "markers", "states", "consensus", "exclusions",
			"phenotypes");
		for (final String key : List.of("name", "version"))
			if (text(root, key).isBlank()) problems.add(key + " is missing");
		final Map<String, List<String>> tumourTypes = new HashMap<>();
		final JsonNode groups = root.path("tumour_types");
		groups.fieldNames().forEachRemaining(g -> tumourTypes.put(g, texts(groups,
			g, "tumour_types").stream().map(t -> t.toLowerCase(Locale.ROOT))
			.toList()));
		root.path("citations").fields().forEachRemaining(e -> citations.put(e
			.getKey(), e.getValue().asText()));
		final Map<String, Integer> axisIndex = ids(root, "axes");
		conditions = new ConditionParser(ids(root, "markers"), axisIndex, ids(root,
			"states"), tumourTypes);
		final List<Axis> axes = axes(root);
		final List<Marker> markers = markers(root, axisIndex);
		final List<State> states = states(root);
		checkStates(axes, states);
		final List<PhenotypeRule> phenotypes = phenotypes(root);
		final EvidenceDefinition.Parts parts = new EvidenceDefinition.Parts(text(
			root, "name"), text(root, "version"), text(root, "description"),
			Collections.unmodifiableMap(citations), axes, markers, states, consensus(
				root), exclusions(root, phenotypes), phenotypes);
		if (!problems.isEmpty()) throw new UserException(source + ": " + String
			.join("; ", problems));
		return new EvidenceDefinition(parts);
	}

	private List<Axis> axes(final JsonNode root) {
		final List<Axis> axes = new ArrayList<>();
		for (final JsonNode node : list(root, "axes")) {
			final String id = text(node, "id"), where = "axis " + id;
			known(node, where, "id", "label", "kind", "for", "met_from", "met_share",
				"unless", "needs", "without_needs", "lineage", "absence_says_nothing",
				"supports_only", "print_last", "cite");
			axes.add(new Axis(axes.size(), id, label(node, where), kind(node, where),
				texts(node, "for", where), number(node, "met_from", where, 1), number(
					node, "met_share", where, 0), condition(node, "unless", where,
						Condition.NEVER), condition(node, "needs", where, Condition.ALWAYS),
				text(node, "without_needs"), lineage(node, where), flag(node,
					"absence_says_nothing", where), flag(node, "supports_only", where),
				flag(node, "print_last", where), cite(node, where)));
		}
		return List.copyOf(axes);
	}

	private Axis.Kind kind(final JsonNode node, final String where) {
		final String word = text(node, "kind");
		for (final Axis.Kind kind : Axis.Kind.values())
			if (kind.id().equals(word)) return kind;
		problems.add(where +
			": kind is evidence, lineage, exclusion or reported, not '" + word + "'");
		return Axis.Kind.REPORTED;
	}

	private Lineage lineage(final JsonNode node, final String where) {
		final String word = text(node, "lineage");
		for (final Lineage lineage : Lineage.values())
			if (lineage.id().equals(word)) return lineage;
		if (!word.isEmpty()) problems.add(where + ": unknown lineage " + word);
		return null;
	}

	private List<Marker> markers(final JsonNode root,
		final Map<String, Integer> axes)
	{
		final List<Marker> markers = new ArrayList<>();
		final Map<String, String> names = new HashMap<>();
		for (final JsonNode node : list(root, "markers")) {
			final String id = text(node, "id"), where = "marker " + id;
			known(node, where, "id", "label", "aliases", "compartment", "only_there",
				"roles");
			final String compartment = text(node, "compartment");
			if (!COMPARTMENTS.contains(compartment)) problems.add(where +
				": compartment '" + compartment + "' is not one of " + String.join(", ",
					COMPARTMENTS) + Nearest.hint(compartment, COMPARTMENTS));
			final Marker marker = new Marker(markers.size(), id, label(node, where),
				texts(node, "aliases", where), compartment, flag(node, "only_there",
					where), roles(node, where, axes));
			markers.add(marker);
			final List<String> all = new ArrayList<>(marker.aliases());
			all.addAll(List.of(id, marker.label()));
			for (final String name : all) {
				final String before = names.put(EvidenceDefinition.plain(name), id);
				if (before != null && !before.equals(id)) problems.add(where +
					": the name " + name + " belongs to " + before + " already");
			}
		}
		return List.copyOf(markers);
	}

	private List<Role> roles(final JsonNode marker, final String where,
		final Map<String, Integer> axes)
	{
		final List<Role> roles = new ArrayList<>();
		final Set<String> seen = new HashSet<>();
		for (final JsonNode node : marker.path("roles")) {
			known(node, where, "axis", "when", "weight", "if",
				"other_state_silent_if", "cite");
			final String axis = text(node, "axis"), when = text(node, "when");
			if (!axes.containsKey(axis)) problems.add(where + ": unknown axis " +
				axis + Nearest.hint(axis, axes.keySet()));
			if (!seen.add(axis) && !node.has("if")) problems.add(where +
				": a second role on axis " + axis + " needs if");
			if (!when.equals("positive") && !when.equals("negative")) problems.add(
				where + ": when is positive or negative, not '" + when + "'");
			final double weight = number(node, "weight", where, Double.NaN);
			if (!(weight >= 0)) problems.add(where +
				": a role needs a weight of 0 or more");
			final List<String> cited = cite(node, where);
			if (weight > 0 && cited.isEmpty()) problems.add(where +
				": a role with weight needs cite");
			roles.add(new Role(axis, when.equals("negative") ? MarkerState.NEGATIVE
				: MarkerState.POSITIVE, weight, condition(node, "if", where,
					Condition.ALWAYS), condition(node, "other_state_silent_if", where,
						Condition.NEVER), cited));
		}
		if (roles.isEmpty()) problems.add(where + ": has no role");
		return roles;
	}

	private List<State> states(final JsonNode root) {
		final List<State> states = new ArrayList<>();
		for (final JsonNode node : list(root, "states")) {
			final String id = text(node, "id"), where = "state " + id;
			known(node, where, "id", "label", "when", "cite");
			states.add(new State(states.size(), id, label(node, where), condition(
				node, "when", where, null), cite(node, where)));
		}
		return List.copyOf(states);
	}

	private void checkStates(final List<Axis> axes, final List<State> states) {
		final List<String> ids = states.stream().map(State::id).toList();
		for (final Axis axis : axes)
			for (final String state : axis.states())
				if (!ids.contains(state)) problems.add("axis " + axis.id() +
					": unknown state " + state + Nearest.hint(state, ids));
	}

	private List<ConsensusStep> consensus(final JsonNode root) {
		final List<ConsensusStep> steps = new ArrayList<>();
		for (final JsonNode node : root.path("consensus")) {
			final String where = "consensus step " + (steps.size() + 1);
			known(node, where, "label", "when");
			steps.add(new ConsensusStep(label(node, where), condition(node, "when",
				where, null)));
		}
		return List.copyOf(steps);
	}

	private List<Exclusion> exclusions(final JsonNode root,
		final List<PhenotypeRule> phenotypes)
	{
		final List<String> ids = phenotypes.stream().map(PhenotypeRule::id)
			.toList();
		final List<Exclusion> exclusions = new ArrayList<>();
		for (final JsonNode node : root.path("exclusions")) {
			final String id = text(node, "id"), where = "exclusion " + id;
			known(node, where, "id", "label", "when", "phenotype", "cite");
			final String phenotype = node.has("phenotype") ? text(node, "phenotype")
				: "indeterminate";
			if (!ids.contains(phenotype)) problems.add(where +
				": unknown phenotype " + phenotype + Nearest.hint(phenotype, ids));
			exclusions.add(new Exclusion(id, label(node, where), condition(node,
				"when", where, null), phenotype, cite(node, where)));
		}
		return List.copyOf(exclusions);
	}

	private List<PhenotypeRule> phenotypes(final JsonNode root) {
		final List<PhenotypeRule> rules = new ArrayList<>();
		for (final JsonNode node : list(root, "phenotypes")) {
			final String id = text(node, "id"), where = "phenotype " + id;
			known(node, where, "id", "label", "when", "cite");
			id(id, where);
			rules.add(new PhenotypeRule(id, label(node, where), condition(node,
				"when", where, null), cite(node, where)));
		}
		if (rules.isEmpty() || !rules.get(rules.size() - 1).when().text().equals(
			"always") || !rules.get(rules.size() - 1).id().equals("indeterminate"))
			problems.add(
				"the last of phenotypes must be indeterminate, when: always");
		return List.copyOf(rules);
	}

	/** Positions of the entries of a list by id. */
	private Map<String, Integer> ids(final JsonNode root, final String key) {
		final Map<String, Integer> ids = new LinkedHashMap<>();
		for (final JsonNode node : list(root, key)) {
			final String id = text(node, "id");
			id(id, key);
			if (ids.putIfAbsent(id, ids.size()) != null) problems.add(key + ": " +
				id + " stands twice");
		}
		return ids;
	}

	private void id(final String id, final String where) {
		if (!id.matches("[a-z][a-z0-9_]*")) problems.add(where + ": id '" + id +
			"' must be lower-case letters, digits and _");
	}

	private List<JsonNode> list(final JsonNode root, final String key) {
		final JsonNode node = root.path(key);
		if (node.isArray()) return StreamSupport.stream(node.spliterator(), false)
			.toList();
		final String problem = key + " is missing or no list";
		if (!problems.contains(problem)) problems.add(problem);
		return List.of();
	}

	private void known(final JsonNode node, final String where,
		final String... keys)
	{
		node.fieldNames().forEachRemaining(name -> {
			if (!Arrays.asList(keys).contains(name)) problems.add((where.isEmpty()
				? "" : where + ": ") + "unknown key " + name + Nearest.hint(name, Arrays
					.asList(keys)));
		});
	}

	private static String text(final JsonNode node, final String key) {
		return node.path(key).asText("").strip();
	}

	private String label(final JsonNode node, final String where) {
		if (text(node, "label").isEmpty()) problems.add(where +
			": label is missing");
		return text(node, "label");
	}

	private List<String> texts(final JsonNode node, final String key,
		final String where)
	{
		final JsonNode value = node.path(key);
		if (!value.isMissingNode() && !value.isArray()) problems.add(where + ": " +
			key + " takes a list");
		final List<String> texts = new ArrayList<>();
		value.forEach(v -> texts.add(v.asText()));
		return texts;
	}

	private List<String> cite(final JsonNode node, final String where) {
		final List<String> cited = texts(node, "cite", where);
		for (final String key : cited)
			if (!citations.containsKey(key)) problems.add(where +
				": unknown citation " + key + Nearest.hint(key, citations.keySet()));
		return cited;
	}

	private double number(final JsonNode node, final String key,
		final String where, final double missing)
	{
		final JsonNode value = node.path(key);
		if (value.isMissingNode()) return missing;
		if (!value.isNumber()) problems.add(where + ": " + key + " '" + value
			.asText() + "' is not a number");
		return value.asDouble();
	}

	private boolean flag(final JsonNode node, final String key,
		final String where)
	{
		final JsonNode value = node.path(key);
		if (!value.isMissingNode() && !value.isBoolean()) problems.add(where +
			": " + key + " is true or false, not '" + value.asText() + "'");
		return value.asBoolean(false);
	}

	private Condition condition(final JsonNode node, final String key,
		final String where, final Condition missing)
	{
		final String text = text(node, key);
		if (text.isEmpty()) {
			if (missing != null) return missing;
			problems.add(where + ": " + key + " is missing");
			return Condition.NEVER;
		}
		try {
			return conditions.parse(text);
		}
		catch (final IllegalArgumentException e) {
			problems.add(where + ": " + key + ": " + e.getMessage());
			return Condition.NEVER;
		}
	}
}
