
package org.senoscope.core.run;

/**
 * Stained area of one block and marker.
 *
 * @param pixels analysed level-0 pixels of the block's core
 * @param stained those that count as stained
 * @param sum sum of their readings
 */
record AreaTally(long pixels, long stained, double sum) {
}
