
package org.senoscope.io.annotation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.validation.NucleusMatching.Nucleus;
import org.senoscope.io.table.TableFile;

/**
 * Reads nuclei with their classes: outlines or points from GeoJSON (QuPath's or
 * ours; of a cell its nucleus), points from a CSV table.
 */
public final class NucleusReader {

	private static final List<List<String>> PLACES = List.of(List.of("x", "y"),
		List.of("X", "Y"), List.of("centroid_x_px", "centroid_y_px"), List.of(
			"X_centroid", "Y_centroid"), List.of("axis-1", "axis-0"));
	private static final List<String> KINDS = List.of("class", "Classification",
		"classification", "label_class");
	private static final String POSITIVE = "_positive";

	private NucleusReader() {}

	/**
	 * Reads a file.
	 *
	 * @param file {@code .geojson}, {@code .json} or {@code .csv}
	 * @throws UserException if it cannot be read or holds no places
	 */
	public static List<Nucleus> read(final Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(
			"json") ? geoJson(file) : table(file);
	}

	private static List<Nucleus> geoJson(final Path file) {
		final List<Nucleus> nuclei = new ArrayList<>();
		final ObjectMapper mapper = new ObjectMapper();
		// One feature at a time: a slide has millions.
		try (JsonParser json = new JsonFactory(mapper).createParser(file
			.toFile()))
		{
			JsonToken token = json.nextToken();
			while (token != null) {
				if (token == JsonToken.START_ARRAY) {
					while (json.nextToken() == JsonToken.START_OBJECT)
						add(json.readValueAsTree(), nuclei);
				}
				else if (token == JsonToken.FIELD_NAME && !json.currentName().equals(
					"features"))
				{
					json.nextToken();
					json.skipChildren();
				}
				token = json.nextToken();
			}
			return nuclei;
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": cannot be read as GeoJSON (" + e.getMessage().lines().findFirst()
					.orElse("") + ")", e);
		}
	}

	private static void add(final JsonNode feature, final List<Nucleus> nuclei) {
		final JsonNode node = feature.has("nucleusGeometry") ? feature.get(
			"nucleusGeometry") : feature.path("geometry");
		final JsonNode classification = feature.path("properties").path(
			"classification");
		final String kind = kind(classification.isTextual() ? classification
			.asText() : classification.path("name").asText(""));
		final String type = node.path("type").asText();
		if (type.equals("Point")) nuclei.add(new Nucleus(point(node.path(
			"coordinates")), kind));
		else if (type.equals("MultiPoint")) node.path("coordinates").forEach(
			place -> nuclei.add(new Nucleus(point(place), kind)));
		else {
			final Geometry area = GeoJsonAnnotations.geometry(node);
			if (area != null && !area.isEmpty()) nuclei.add(new Nucleus(area, kind));
		}
	}

	private static Geometry point(final JsonNode place) {
		if (!place.path(0).isNumber() || !place.path(1).isNumber())
			throw new IllegalArgumentException("a coordinate is not a number");
		return Areas.FACTORY.createPoint(new Coordinate(place.get(0).asDouble(),
			place.get(1).asDouble()));
	}

	private static List<Nucleus> table(final Path file) {
		try (TableFile table = TableFile.open(file)) {
			final List<String> places = PLACES.stream().filter(p -> table.columns()
				.containsAll(p)).findFirst().orElseThrow(() -> new UserException(file +
					": has no columns x and y (or centroid_x_px and centroid_y_px); its columns are " +
					table.listed()));
			final List<String> positive = table.columns().stream().filter(c -> c
				.endsWith(POSITIVE)).toList();
			final String kind = KINDS.stream().filter(table.columns()::contains)
				.findFirst().orElse(positive.size() == 1 ? positive.get(0) : null);
			final List<String> columns = new ArrayList<>(places);
			if (kind != null) columns.add(kind);
			final List<Nucleus> nuclei = new ArrayList<>();
			table.read(columns, 1, block -> {
				final List<Nucleus> some = new ArrayList<>();
				for (int r = 0; r < block.rows(); r++) {
					final double x = block.number(r, 0), y = block.number(r, 1);
					if (Double.isNaN(x) || Double.isNaN(y)) throw block.refuse(r, Double
						.isNaN(x) ? 0 : 1, "is no place in pixels");
					String text = kind == null ? "" : block.text(r, 2);
					if (kind != null && kind.endsWith(POSITIVE)) text = switch (text) {
						case "true" -> "positive";
						case "false" -> "negative";
						default -> "";
					};
					some.add(new Nucleus(Areas.FACTORY.createPoint(new Coordinate(x, y)),
						kind(text)));
				}
				return some;
			}, nuclei::addAll, Progress.SILENT, new Cancellation());
			return nuclei;
		}
	}

	/**
	 * The class that a name stands for: "Tumor: Positive", "2+" and "Ki-67
	 * positive" are positive.
	 */
	static String kind(final String name) {
		final String lower = name.strip().toLowerCase(Locale.ROOT);
		if (lower.contains("negative")) return "negative";
		if (lower.contains("positive") || lower.matches("(.*: )?[123]\\+"))
			return "positive";
		return lower;
	}
}
