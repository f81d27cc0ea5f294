
package org.senoscope.io.annotation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Annotation;

/**
 * Reads annotations: QuPath GeoJSON ({@code .geojson}, {@code .json}), ImageJ
 * ROI zip and single ROI ({@code .zip}, {@code .roi}), ASAP XML and Aperio
 * ImageScope XML ({@code .xml}). Only areas are annotations; points and lines
 * are passed over.
 */
public final class AnnotationReader {

	private AnnotationReader() {}

	/** One format. */
	interface Format {

		/**
		 * Reads a file of the format.
		 *
		 * @throws IOException if it cannot be read; the message says why
		 * @throws IllegalArgumentException likewise
		 */
		List<Annotation> read(byte[] content) throws IOException;
	}

	/**
	 * Reads the annotations of a file, in file order.
	 *
	 * @param file the file
	 * @throws UserException in one line, if it cannot be read or holds no area
	 */
	public static List<Annotation> read(final Path file) {
		if (!Files.exists(file)) throw new UserException(file +
			": no such file; check the path of the annotations");
		final List<Annotation> annotations;
		try {
			annotations = format(file).read(Files.readAllBytes(file));
		}
		catch (final IOException | RuntimeException | StackOverflowError exc) {
			if (exc instanceof UserException known) throw known;
			throw new UserException(UserException.Kind.INPUT, file +
				": annotations cannot be read: " + reason(exc) +
				"; export them again as QuPath GeoJSON, ImageJ ROI zip, ASAP XML or ImageScope XML",
				exc);
		}
		if (annotations.isEmpty()) throw new UserException(file +
			": holds no annotated area; draw polygons and export them again");
		return annotations;
	}

	private static Format format(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		if (name.endsWith(".geojson") || name.endsWith(".json"))
			return new GeoJsonAnnotations();
		if (name.endsWith(".zip") || name.endsWith(".roi"))
			return new ImageJAnnotations(file.getFileName().toString());
		if (name.endsWith(".xml")) return new XmlAnnotations();
		throw new UserException(file +
			": not a file of annotations; give .geojson, .json, .zip, .roi or .xml");
	}

	private static String reason(final Throwable exc) {
		if (exc instanceof final JsonProcessingException json) return "line " + json
			.getLocation().getLineNr() + " is broken or the file ends too early";
		final String message = exc.getMessage();
		if (message == null || message.isBlank()) return exc.getClass()
			.getSimpleName();
		final String first = message.lines().findFirst().orElse("").strip();
		return first.length() <= 160 ? first : first.substring(0, 157) + "...";
	}
}
