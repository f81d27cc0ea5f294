
package org.senoscope.core.run;

import org.senoscope.core.protocol.Key;
import org.senoscope.core.protocol.TableStyle;

/**
 * How a run is carried out and written: nothing here changes a number. Declared
 * like the keys of a protocol, but no part of one.
 */
public record RunOptions(@Key(meaning = "Threads; 0: all processors.", min = 0,
	max = 1024) int threads, @Key(
		meaning = "Memory for cached pixels; 0: a share of the Java heap.",
		unit = "MB", min = 0, max = 1000000) int memory, @Key(
			meaning = "Side of the tiles in which pixels are read; never changes a result.",
			unit = "px", min = 64, max = 16384) int tileSize, @Key(
				meaning = "Write the label image also above 100 million pixels.") boolean labels,
		@Key(meaning = "Whose column names cells.csv carries.") TableStyle columns,
		@Key(
			meaning = "Name that replaces the file name in every output.") String pseudonym) {

	/** All processors, tiles of 1,024 px, own columns. */
	public static final RunOptions DEFAULTS = new RunOptions(0, 0, 1024, false,
		TableStyle.SENOSCOPE, "");
}
