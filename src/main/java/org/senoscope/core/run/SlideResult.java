
package org.senoscope.core.run;

import java.util.List;
import java.util.Map;

import org.senoscope.core.artefact.ArtefactMap;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.Protocol;

/**
 * Everything a finished run knows of a slide. Cells are streamed from where
 * they were spilled: a slide may hold more of them than memory. The visits may
 * be repeated and give the same cells in the same order.
 */
public interface SlideResult extends AutoCloseable {

	/**
	 * Returns the protocol that was carried out, with everything open filled in
	 * as far as it was decided once for the slide.
	 */
	Protocol protocol();

	/**
	 * Returns what is known of the image; its name is the pseudonym where one was
	 * given.
	 */
	ImageInfo image();

	/** Returns the slide-level numbers. */
	SlideSummary summary();

	/** Returns the columns of the per-cell table. */
	CellTable table();

	/**
	 * Returns the ids of the markers whose foci were measured, by the number that
	 * a focus carries; empty where none were.
	 *
	 * @see Cell#foci()
	 */
	default List<String> focusMarkers() {
		return List.of();
	}

	/** Visits every cell in the order of the table. */
	void forEachCell(CellVisitor visitor);

	/**
	 * Visits the cells whose outlines may reach into a region of level 0 (none
	 * that does is missed), in the order of the table.
	 */
	void forEachCell(Region region, CellVisitor visitor);

	/** Returns where artefacts were left out. */
	default ArtefactMap artefacts() {
		return ArtefactMap.NONE;
	}

	/** Returns the small picture of the whole slide. */
	Overview overview();

	/**
	 * Returns the run record: nested maps, lists, texts and numbers, in the order
	 * in which {@code run.json} shows them. Holds what depends on time and
	 * machine as well.
	 */
	Map<String, Object> record();

	/**
	 * Returns whether some of the slide could not be read; the warnings of the
	 * summary say what.
	 */
	boolean isPartial();

	/** Deletes what was spilled. */
	@Override
	void close();
}
