
package org.senoscope.core.protocol;

/**
 * Whose column names the per-cell table carries. Written in lower case on the
 * command line.
 */
public enum TableStyle {
		/** Senoscope's own. */
		SENOSCOPE,
		/** QuPath's measurement names. */
		QUPATH,
		/** SCIMAP's and MCMICRO's. */
		SCIMAP,
		/** Those of FAST.R. */
		FAST
}
