
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.protocol.RegionSettings;

/**
 * What annotations say of a place. Where annotations select something, only
 * what lies inside one counts; excluded classes are always left out; where
 * several hold a place, the smallest decides.
 */
public final class AnnotationIndex {

	private record Entry(Annotation annotation, Envelope envelope,
			PointOnGeometryLocator locator, double area, boolean excluded,
			Lineage lineage) {
	}

	private static final int MOST_TALLIED = 1000;

	private final List<Entry> entries = new ArrayList<>();
	private boolean selects;
	private boolean selectsTumour;

	/**
	 * Reads what annotations say.
	 *
	 * @param annotations areas in level-0 pixels
	 * @param settings what their classes mean
	 */
	public AnnotationIndex(final List<Annotation> annotations,
		final RegionSettings settings)
	{
		final Set<String> control = words(settings.controlClasses());
		final Set<String> tumour = words(settings.tumourClasses()), stroma = words(
			settings.stromaClasses()), immune = words(settings.immuneClasses()),
				excluded = words(settings.excludedClasses());
		for (final Annotation a : annotations) {
			final String word = a.classification() == null ? "" : a.classification()
				.trim().toLowerCase(Locale.ROOT);
			final Lineage lineage = tumour.contains(word) ? Lineage.TUMOUR : stroma
				.contains(word) ? Lineage.STROMA : immune.contains(word)
					? Lineage.IMMUNE : null;
			final boolean out = excluded.contains(word) || control.contains(word);
			entries.add(new Entry(a, a.geometry().getEnvelopeInternal(),
				new IndexedPointInAreaLocator(a.geometry()), a.geometry().getArea(),
				out, lineage));
			selects |= !out;
			selectsTumour |= lineage == Lineage.TUMOUR;
		}
	}

	private static Set<String> words(final String list) {
		final Set<String> words = new HashSet<>();
		for (final String word : list.split(","))
			if (!word.isBlank()) words.add(word.trim().toLowerCase(Locale.ROOT));
		return words;
	}

	/** Returns the annotations of a control on the slide itself. */
	static List<Annotation> controls(final List<Annotation> annotations,
		final RegionSettings settings)
	{
		final Set<String> control = words(settings.controlClasses());
		return annotations.stream().filter(a -> a.classification() != null &&
			control.contains(a.classification().trim().toLowerCase(Locale.ROOT)))
			.toList();
	}

	/** Area of the annotations that count, by name, in parts of a unit. */
	Map<String, Double> areas(final double unitPerPixel) {
		final Map<String, Double> areas = new TreeMap<>();
		for (int i = 0; i < entries.size(); i++)
			if (!entries.get(i).excluded && name(i) != null) areas.merge(name(i),
				entries.get(i).area * unitPerPixel, Double::sum);
		return areas;
	}

	boolean isEmpty() {
		return entries.isEmpty();
	}

	/**
	 * Number of annotations whose area is tallied one by one: all, or none where
	 * there are too many to be regions a person drew.
	 */
	int tallied() {
		return entries.size() > MOST_TALLIED ? 0 : entries.size();
	}

	/** Whether an annotation selects tumour. */
	boolean selectsTumour() {
		return selectsTumour;
	}

	/** Whether a place (level-0 pixels) is analysed as far as annotations go. */
	boolean counts(final double x, final double y) {
		if (entries.isEmpty()) return true;
		boolean in = !selects;
		final Coordinate place = new Coordinate(x, y);
		for (final Entry e : entries)
			if (e.envelope.contains(place) && e.locator.locate(
				place) != Location.EXTERIOR)
			{
				if (e.excluded) return false;
				in = true;
			}
		return in;
	}

	/** Index of the smallest annotation that holds a place, -1 for none. */
	public int find(final double x, final double y) {
		int found = -1;
		if (!entries.isEmpty()) {
			final Coordinate place = new Coordinate(x, y);
			for (int i = 0; i < entries.size(); i++) {
				final Entry e = entries.get(i);
				if (!e.excluded && (found < 0 || e.area < entries.get(found).area) &&
					e.envelope.contains(place) && e.locator.locate(
						place) != Location.EXTERIOR) found = i;
			}
		}
		return found;
	}

	/** Lineage that an annotation gives, null where it gives none. */
	public Lineage lineage(final int annotation) {
		return annotation < 0 ? null : entries.get(annotation).lineage;
	}

	/** Name of an annotation for tables: its own, else its class. */
	String name(final int annotation) {
		if (annotation < 0) return null;
		final Annotation a = entries.get(annotation).annotation;
		return a.name() == null || a.name().isBlank() ? a.classification() : a
			.name();
	}
}
