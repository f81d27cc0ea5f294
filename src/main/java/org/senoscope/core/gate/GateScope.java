
package org.senoscope.core.gate;

/** Over what one gate of a marker holds. */
public enum GateScope {
		/** Every slide has its own. */
		SLIDE,
		/**
		 * The readings of a slide are added to those of a batch, and nothing else
		 * is written: the first of two passes.
		 */
		COLLECT,
		/** All slides of a batch have the same. */
		BATCH
}
