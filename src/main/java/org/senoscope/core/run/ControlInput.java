
package org.senoscope.core.run;

import java.util.List;

import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.ControlRole;

/**
 * A control picture of a run.
 *
 * @param role what it is a control of
 * @param marker marker or channel of a single stain, else empty
 * @param name its name in every output
 * @param source its pixels
 * @param nuclei the picture that shows its nuclei; null where it does itself
 * @param annotations areas of it that are the control; none: all of it
 */
public record ControlInput(ControlRole role, String marker, String name,
		PixelSource source, PixelSource nuclei, List<Annotation> annotations) {

	/** A control that is of no marker alone. */
	public ControlInput(final ControlRole role, final String name,
		final PixelSource source, final PixelSource nuclei,
		final List<Annotation> annotations)
	{
		this(role, "", name, source, nuclei, annotations);
	}

	/** Copies the list. */
	public ControlInput {
		annotations = List.copyOf(annotations);
	}
}
