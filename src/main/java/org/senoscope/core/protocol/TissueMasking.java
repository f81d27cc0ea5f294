
package org.senoscope.core.protocol;

/**
 * Whether glass without tissue is left out. Written in lower case with hyphens
 * in protocols and on the command line.
 */
public enum TissueMasking {
		/**
		 * On for stained sections, off for fields of cultured cells and for
		 * fluorescence.
		 */
		AUTO,
		/** Only tissue counts. */
		ON,
		/** The whole picture counts. */
		OFF
}
