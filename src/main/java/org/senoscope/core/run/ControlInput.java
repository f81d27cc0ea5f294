
package org.senoscope.core.run;

import java.util.List;

import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.ControlRole;

/**
 * A control picture of a run.
 *
 * @param role what it is a control of
 * @param name its name in every output
 * @param source its pixels
 * @param nuclei the picture that shows its nuclei; null where it does itself
 * @param annotations areas of it that are the control; none: all of it
 */
public record ControlInput(ControlRole role, String name, PixelSource source,
		PixelSource nuclei, List<Annotation> annotations) {

	/** Copies the list. */
	public ControlInput {
		annotations = List.copyOf(annotations);
	}
}
