
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.assay.FocusRecord;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellVisitor;
import org.senoscope.core.run.SlideResult;
import org.senoscope.core.run.SlideSummary;

class FociCsvWriterTest {

	@TempDir
	Path folder;

	@Test
	void everyFocusIsARowAndNamesItsPartners() throws IOException {
		final double[] foci = new double[2 * FocusRecord.size(2)];
		new FocusRecord(0, 10.25, 20.5, 2, 3, 12, 40, 16, new int[] { -1, 1 })
			.write(foci, 0);
		new FocusRecord(1, 10.25, 21.5, 2, 2, 8, 20, 12, new int[] { 0, -1 }).write(
			foci, 1);
		final Cell cell = new Cell(7, new UUID(0, 1), null, null, new double[0],
			new String[0], foci);
		final Path file = folder.resolve("foci.csv");
		FociCsvWriter.write(slide(List.of(cell)), file, new Cancellation());
		final List<String> lines = Files.readAllLines(file);
		assertEquals(
			"image,cell_id,cell_uuid,focus_id,marker,x_px,y_px,x_um,y_um,size_um,contrast,snr,score,area_um2,partners,partner_distance_um",
			lines.get(0));
		// pixels of 0.5 µm; the width at half height is 2.3548 standard deviations
		assertEquals(
			"a.tif,7,00000000-0000-0000-0000-000000000001,1,gh2ax,10.25,20.5,5.125,10.25,2.35482,3,12,40,4,p53bp1:2,0.5",
			lines.get(1));
		assertEquals("p53bp1,10.25,21.5", lines.get(2).split(",", 5)[4].substring(0,
			17));
		assertEquals(3, lines.size());
	}

	/** A slide that holds nothing but cells. */
	private static SlideResult slide(final List<Cell> cells) {
		final SlideResult made = new SyntheticSlide(AssayKind.NUCLEI, 64, 48, 0,
			"a.tif");
		return new SlideResult() {

			@Override
			public List<String> focusMarkers() {
				return List.of("gh2ax", "p53bp1");
			}

			@Override
			public Protocol protocol() {
				return made.protocol();
			}

			@Override
			public ImageInfo image() {
				return made.image();
			}

			@Override
			public SlideSummary summary() {
				return made.summary();
			}

			@Override
			public CellTable table() {
				return made.table();
			}

			@Override
			public void forEachCell(final CellVisitor visitor) {
				cells.forEach(visitor::visit);
			}

			@Override
			public void forEachCell(final Region region, final CellVisitor visitor) {
				cells.forEach(visitor::visit);
			}

			@Override
			public Overview overview() {
				return made.overview();
			}

			@Override
			public java.util.Map<String, Object> record() {
				return made.record();
			}

			@Override
			public boolean isPartial() {
				return false;
			}

			@Override
			public void close() {
				// nothing is held
			}
		};
	}
}
