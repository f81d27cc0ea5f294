
package org.senoscope.core.run;

import org.senoscope.core.cell.Cell;

/** Takes cells one after the other, in the order of the table. */
@FunctionalInterface
public interface CellVisitor {

	/** Takes one cell; it is not kept by the caller. */
	void visit(Cell cell);
}
