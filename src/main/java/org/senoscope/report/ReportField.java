
package org.senoscope.report;

import org.senoscope.core.image.Region;

/**
 * A part of the slide that the report shows enlarged.
 *
 * @param letter its name in overview and captions
 * @param reason why this part was picked, in words
 * @param region rectangle in level-0 pixels
 * @param cells cells in it
 * @param positive positive ones among them
 * @param nearGate cells whose reading lies near the gate
 */
record ReportField(char letter, String reason, Region region, long cells,
		long positive, long nearGate) {
}
