
package org.senoscope.io.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * Writes the hot spots of a slide as annotations that QuPath reads,
 * {@code hotspots.geojson}.
 */
public final class HotSpotsWriter {

	private static final Map<String, String> NAMES = Map.of("hot_spot_window",
		"hot spot, best window", "hot_spot_peak", "hot spot, density peak");

	private HotSpotsWriter() {}

	/** Returns whether a slide has hot spots. */
	public static boolean has(final SlideSummary summary) {
		return !features(summary).isEmpty();
	}

	/**
	 * Writes the file.
	 *
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideSummary summary, final Path file) {
		final Map<String, Object> collection = new LinkedHashMap<>();
		collection.put("type", "FeatureCollection");
		collection.put("features", features(summary));
		JsonText.write(collection, file);
	}

	private static List<Object> features(final SlideSummary summary) {
		final List<Object> features = new ArrayList<>();
		for (final MarkerSummary m : summary.markers())
			for (final String key : List.of("hot_spot_window", "hot_spot_peak"))
				if (summary.assays().get(m.id()) instanceof final Map<?, ?> index &&
					index.get(key) instanceof final Map<?, ?> spot && spot.get(
						"polygon_px") instanceof final List<?> corners) features.add(
							feature(m, NAMES.get(key), spot, corners));
		return features;
	}

	private static Map<String, Object> feature(final MarkerSummary marker,
		final String name, final Map<?, ?> spot, final List<?> corners)
	{
		final List<Object> ring = new ArrayList<>(corners);
		ring.add(corners.get(0));
		final Map<String, Object> geometry = new LinkedHashMap<>();
		geometry.put("type", "Polygon");
		geometry.put("coordinates", List.of(ring));
		final Map<String, Object> measurements = new LinkedHashMap<>();
		measurements.put(marker.label() + " index %", spot.get("percent"));
		measurements.put("Num counted", spot.get("measured"));
		measurements.put("Num positive", spot.get("positive"));
		final Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("objectType", "annotation");
		properties.put("name", marker.label() + " " + name);
		properties.put("classification", Map.of("name", "Hot spot"));
		properties.put("measurements", measurements);
		final Map<String, Object> feature = new LinkedHashMap<>();
		feature.put("type", "Feature");
		feature.put("geometry", geometry);
		feature.put("properties", properties);
		return feature;
	}
}
