
package org.senoscope.core.image;

/**
 * Whether uneven light is evened out where no blank field is given. Written in
 * lower case with hyphens in protocols and on the command line.
 */
public enum IlluminationMode {
		/**
		 * Estimated from the picture where it is a camera field of X-gal; scanners
		 * correct their own.
		 */
		AUTO,
		/** Never. */
		OFF,
		/** Estimated from the picture, whatever it shows. */
		ESTIMATED
}
