
package org.senoscope.io.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.forest.DecisionTree;
import org.senoscope.core.region.RegionFeatures;
import org.senoscope.core.region.RegionForest;
import org.senoscope.io.output.JsonText;
import org.senoscope.io.output.StagedFile;

/**
 * The file of a region classifier: JSON with its card (what it learned from,
 * how well it does, its features) and its trees as plain numbers. Reading runs
 * no code of the file; a tree that leads nowhere is refused.
 */
public final class RegionForestFile {

	private static final String FORMAT = "senoscope region classifier 1";

	private RegionForestFile() {}

	/**
	 * Writes a classifier; the file appears complete or not at all.
	 *
	 * @param card what else is to be known of it
	 */
	public static void write(final RegionForest forest,
		final Map<String, Object> card, final Path file)
	{
		final Map<String, Object> all = new LinkedHashMap<>();
		all.put("format", FORMAT);
		final Map<String, Object> trained = new LinkedHashMap<>();
		for (int k = 0; k < forest.classes().size(); k++)
			trained.put(forest.classes().get(k).id(), forest.trainedOn()[k]);
		all.put("trained_on", trained);
		all.put("balanced_accuracy", forest.balancedAccuracy());
		all.putAll(card);
		all.put("features", RegionFeatures.NAMES);
		all.put("trees", forest.trees().stream().map(RegionForestFile::map)
			.toList());
		try (StagedFile staged = new StagedFile(file)) {
			Files.writeString(staged.path(), JsonText.of(all),
				StandardCharsets.UTF_8);
			staged.commit();
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": the region classifier cannot be written; choose another --out", e);
		}
	}

	private static Map<String, Object> map(final DecisionTree tree) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("feature", Arrays.stream(tree.feature()).boxed().toList());
		map.put("cut", Arrays.stream(tree.cut()).boxed().toList());
		map.put("yes", Arrays.stream(tree.yes()).boxed().toList());
		map.put("no", Arrays.stream(tree.no()).boxed().toList());
		map.put("shares", Arrays.stream(tree.shares()).map(s -> Arrays.stream(s)
			.boxed().toList()).toList());
		return map;
	}

	/**
	 * Reads a classifier.
	 *
	 * @throws UserException if the file is no region classifier, is broken, or is
	 *           of another version
	 */
	public static RegionForest read(final Path file) {
		try {
			final JsonNode all = new ObjectMapper().readTree(Files.readAllBytes(
				file));
			if (!all.path("format").asText().equals(FORMAT)) throw refused(file,
				"it is none", null);
			if (!RegionFeatures.NAMES.equals(texts(all.path("features"))))
				throw refused(file, "its features are those of another version", null);
			final List<Lineage> classes = new ArrayList<>();
			all.path("trained_on").fieldNames().forEachRemaining(name -> classes.add(
				Lineage.valueOf(name.toUpperCase(Locale.ROOT))));
			final List<DecisionTree> trees = new ArrayList<>();
			for (final JsonNode tree : all.path("trees"))
				trees.add(tree(tree, classes.size()));
			if (classes.size() < 2 || trees.isEmpty()) throw refused(file,
				"it holds no trees", null);
			return new RegionForest(classes, trees, classes.stream().mapToInt(c -> all
				.path("trained_on").path(c.id()).asInt()).toArray(), all.path(
					"balanced_accuracy").asDouble(Double.NaN));
		}
		catch (final IOException | IllegalArgumentException e) {
			throw refused(file, Files.exists(file) ? e.getMessage().lines()
				.findFirst().orElse("broken") : "there is no such file", e);
		}
	}

	private static UserException refused(final Path file, final String why,
		final Exception cause)
	{
		return new UserException(UserException.Kind.INPUT, file +
			": cannot be read as a region classifier (" + why +
			"); give a file that senoscope train-regions wrote", cause);
	}

	private static List<String> texts(final JsonNode node) {
		final List<String> texts = new ArrayList<>();
		node.forEach(n -> texts.add(n.asText()));
		return texts;
	}

	private static DecisionTree tree(final JsonNode node, final int classes) {
		final double[][] shares = new double[node.path("shares").size()][];
		for (int i = 0; i < shares.length; i++)
			shares[i] = doubles(node.path("shares").path(i));
		final DecisionTree tree = new DecisionTree(ints(node.path("feature")),
			doubles(node.path("cut")), ints(node.path("yes")), ints(node.path("no")),
			shares);
		if (!tree.fits(RegionFeatures.NAMES.size(), classes))
			throw new IllegalArgumentException("a tree of it is broken");
		return tree;
	}

	private static int[] ints(final JsonNode node) {
		final int[] values = new int[node.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = node.path(i).asInt();
		return values;
	}

	private static double[] doubles(final JsonNode node) {
		final double[] values = new double[node.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = node.path(i).asDouble();
		return values;
	}
}
