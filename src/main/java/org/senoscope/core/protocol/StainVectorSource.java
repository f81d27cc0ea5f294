
package org.senoscope.core.protocol;

/**
 * Where stain vectors come from. Written in lower case with hyphens in
 * protocols and on the command line.
 */
public enum StainVectorSource {
		/** Estimated from the slide where the estimate is good, else built in. */
		AUTO,
		/** The built-in vectors of the kind of image. */
		BUILT_IN,
		/** Estimated from the slide, whatever its quality. */
		ESTIMATED
}
