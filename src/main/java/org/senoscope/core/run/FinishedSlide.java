
package org.senoscope.core.run;

import java.util.List;
import java.util.Map;

import org.senoscope.core.artefact.ArtefactMap;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.Protocol;

/** The result of {@link SlidePipeline}. */
record FinishedSlide(Protocol protocol, ImageInfo image, SlideSummary summary,
		CellTable table, List<String> focusMarkers, StoredCells cells,
		Overview overview, ArtefactMap artefacts, Map<String, Object> record,
		boolean isPartial, SpillStore spill) implements SlideResult {

	@Override
	public void forEachCell(final CellVisitor visitor) {
		cells.forEachCell(visitor);
	}

	@Override
	public void forEachCell(final Region region, final CellVisitor visitor) {
		cells.forEachCell(region, visitor);
	}

	@Override
	public void close() {
		spill.close();
	}
}
