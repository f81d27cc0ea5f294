
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.senoscope.core.artefact.ArtefactKind;
import org.senoscope.core.artefact.ArtefactMap;
import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.NucleusAssay;
import org.senoscope.core.assay.ReadingUnit;
import org.senoscope.core.assay.StainedArea;
import org.senoscope.core.assay.costain.CostainPanel;
import org.senoscope.core.assay.costain.PixelOverlap;
import org.senoscope.core.assay.foci.NucleusPixels;
import org.senoscope.core.cell.CellRaster;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.cell.CompartmentSettings;
import org.senoscope.core.cell.EdgeWidth;
import org.senoscope.core.cell.NucleusShape;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.cell.OutlineTracer;
import org.senoscope.core.gate.GateConfidence;
import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NuclearSignalReader;

/**
 * Measures the cells of one block once the nuclei around it stand: cells by
 * expansion, outlines, shapes and readings, and the stained area of the block's
 * core. One object a thread; buffers are reused.
 */
final class BlockMeasurer {

	/** Share of saturated pixels from which a cell is flagged. */
	private static final double SATURATED_SHARE = 0.05;

	/** How far the light of a touching cell reaches into its neighbour, µm. */
	private static final double SPILL_UM = 1.5;

	/** Distance at which granularity compares pixels, µm. */
	private static final double GRAIN_UM = 0.5;

	private final BlockGrid grid;
	private final BlockPixels fullResolution;
	private final NuclearSignalReader signal;
	private final AnalysedArea area;
	private final AnnotationIndex annotations;
	private final CellLayout layout;
	private final double pixelSizeUm;
	private final double expansionPx;
	private final double ringPx;
	private final double membranePx;
	private final boolean bordersCount;
	private final int aroundPx;
	private final CellRaster raster = new CellRaster();
	private final OutlineTracer tracer = new OutlineTracer();
	private final CompartmentReadings readings = new CompartmentReadings();
	private final EdgeWidth edges = new EdgeWidth();
	private final NucleusPixels cut;
	private final NucleusAssay.Reader assay;
	private double[] assayValues = new double[0];
	private final StainedArea[] stainedAreas;
	private final int areaMargin;
	private final ArtefactMap artefacts;
	private byte[] stained = new byte[0];
	/** What lies on each pixel; empty where nothing does. */
	private byte[] masked = new byte[0];
	private boolean anyMasked;
	private float[] plane = new float[0];
	private float[] shared = new float[0];
	/** Planes of the markers that are compared pixel by pixel; else null. */
	private final float[][] kept;
	private PixelOverlap[] overlaps = new PixelOverlap[0];
	private float[] dna = new float[0];
	private long[][] moments = new long[0][];

	BlockMeasurer(final BlockGrid grid, final BlockPixels source,
		final NuclearSignalReader signal, final AnalysedArea area,
		final AnnotationIndex annotations, final CellLayout layout,
		final double pixelSizeUm, final CompartmentSettings compartments,
		final ArtefactMap artefacts)
	{
		this.grid = grid;
		fullResolution = source;
		this.signal = signal;
		this.artefacts = artefacts;
		this.area = area;
		this.annotations = annotations;
		this.layout = layout;
		this.pixelSizeUm = pixelSizeUm;
		assay = layout.assay() == null ? null : layout.assay().reader(
			fullResolution);
		cut = new NucleusPixels(pixelSizeUm);
		expansionPx = compartments.expansionUm() / pixelSizeUm / grid.downsample();
		ringPx = Math.min(expansionPx, compartments.ringUm() / pixelSizeUm / grid
			.downsample());
		membranePx = Math.max(1, compartments.membraneUm() / pixelSizeUm / grid
			.downsample());
		bordersCount = layout.markers().stream().anyMatch(m -> m.readsSpill() || m
			.compartments().contains(Compartment.MEMBRANE));
		stainedAreas = layout.markers().stream().map(MarkerAnalyzer::stainedArea)
			.toArray(StainedArea[]::new);
		kept = new float[layout.markers().size()][];
		if (layout.panel() != null) for (final CostainPanel.Overlap o : layout
			.panel().overlaps())
			for (final MarkerAnalyzer m : List.of(o.first(), o.second()))
				kept[layout.markers().indexOf(m)] = new float[0];
		areaMargin = Arrays.stream(stainedAreas).mapToInt(a -> a == null ? 0 : a
			.marginPx() / grid.downsample() + 1).max().orElse(0);
		aroundPx = (int) Math.ceil(Math.max(2 * Math.ceil(expansionPx), Math.max(
			EdgeWidth.reach(pixelSizeUm), NucleusPixels.reach(pixelSizeUm)) /
			pixelSizeUm / grid.downsample())) + 2;
	}

	/**
	 * Margin that the cells of a block need, working pixels: an overhanging
	 * nucleus, its expansion, that of its neighbour, and what is looked at of its
	 * edge.
	 */
	int reach() {
		return Math.max(areaMargin, grid.margin() + aroundPx);
	}

	/** What became of a block. */
	record Measured(List<SpilledCell> cells, AreaTally[] areas,
			long[] artefactPixels) {
	}

	/**
	 * Measures a block.
	 *
	 * @param block number of the block
	 * @param candidates candidates of the block and its neighbours
	 */
	Measured measure(final int block, final List<NucleusCandidate> candidates) {
		final Region core = grid.core(block);
		final List<NucleusCandidate> near = SeamResolver.resolve(grid, candidates,
			grid.around(block, reach()));
		final Region reach = tight(core, near, block);
		final List<NucleusCandidate> standing = new ArrayList<>(near.size());
		for (final NucleusCandidate c : near)
			if (c.x0() < reach.right() && c.x1() > reach.x() && c.y0() < reach
				.bottom() && c.y1() > reach.y()) standing.add(c);
		SeamResolver.paint(standing, reach, raster);
		final int[] slotOfLabel = new int[standing.size() + 1];
		Arrays.fill(slotOfLabel, -1);
		int slots = 0;
		for (int k = 0; k < standing.size(); k++) {
			final NucleusCandidate c = standing.get(k);
			if (grid.at(c.centroidX(), c.centroidY()) == block && analysed(c))
				slotOfLabel[k + 1] = slots++;
		}
		if (slots > 0) raster.expand(expansionPx);
		if (slots > 0 && bordersCount) raster.markBorders(membranePx, SPILL_UM /
			pixelSizeUm / grid.downsample());
		final Shapes shapes = shapes(standing, slotOfLabel, slots, reach);
		final AreaTally[] areas = new AreaTally[layout.markers().size()];
		final double[][] values = new double[slots][layout.readingColumns().length];
		final boolean[] saturated = new boolean[slots];
		final Region pixels = grid.level0(reach);
		final int n = (int) pixels.size();
		if (!artefacts.isEmpty() && masked.length < n) masked = new byte[n];
		anyMasked = artefacts.read(pixels, masked);
		if (!layout.markers().isEmpty()) {
			fullResolution.moveTo(pixels);
			for (int m = 0; m < areas.length; m++) {
				final MarkerAnalyzer marker = layout.markers().get(m);
				if (marker.compartments().isEmpty()) continue;
				plane = kept[m] == null ? shared : kept[m];
				if (plane.length < n) plane = new float[n];
				if (kept[m] == null) shared = plane;
				else kept[m] = plane;
				marker.plane(fullResolution, plane);
				areas[m] = area(m, block, pixels);
				read(marker, slotOfLabel, slots, values, saturated, layout.firstReading(
					m));
				if (marker.readsGranules() && slots > 0) granules(marker, slotOfLabel,
					values, layout.firstReading(m) + layout.compartmentReadings(m));
				if (marker.readsError() && slots > 0) errors(marker
					.decidingCompartment(), slotOfLabel, values, layout.firstReading(m) +
						layout.compartmentReadings(m) + marker.nucleusColumns().size() - 1);
				if (marker.readsSpill() && slots > 0) withoutSpill(marker
					.decidingCompartment(), slotOfLabel, values, layout.firstReading(m) +
						layout.compartmentReadings(m));
			}
			if (slots > 0) overlaps(slotOfLabel, values);
		}
		if (slots > 0 && signal != null) {
			if (dna.length < n) dna = new float[n];
			signal.read(pixels, 1, dna);
		}
		final double[][] foci = new double[slots][0];
		if (assay != null) for (int k = 0; k < standing.size(); k++)
			if (slotOfLabel[k + 1] >= 0) foci[slotOfLabel[k + 1]] = spots(standing
				.get(k), k + 1, reach, values[slotOfLabel[k + 1]]);
		return new Measured(cells(standing, slotOfLabel, shapes, values, saturated,
			foci, reach), areas, artefactPixels(block, pixels));
	}

	/** Analysed pixels of the block under artefacts, by kind. */
	private long[] artefactPixels(final int block, final Region pixels) {
		final long[] n = new long[ArtefactKind.values().length];
		if (anyMasked) area.forEachRun(grid.level0(grid.core(block)), (y, from, to,
			annotation) -> {
			final int row = (y - pixels.y()) * pixels.width() - pixels.x();
			for (int x = from; x < to; x++)
				if (masked[row + x] != 0) n[masked[row + x] - 1]++;
		});
		return n;
	}

	/**
	 * The artefact that each cell touches, the first kind of several. A cell at a
	 * hole is whole, unless its nucleus lies in it.
	 */
	private int[] artefactsOf(final int[] slotOfLabel, final int slots) {
		final int[] of = new int[slots];
		if (!anyMasked || slots == 0) return of;
		final int f = grid.downsample(), w = raster.width();
		for (int i = 0; i < w * raster.height(); i++) {
			final int label = raster.cells()[i], slot = label == 0 ? -1
				: slotOfLabel[label];
			if (slot < 0) continue;
			final int kind = masked[(i / w * f + f / 2) * w * f + i % w * f + f / 2];
			if (kind == 0 || kind == 1 + ArtefactKind.GLASS.ordinal() && raster
				.nuclei()[i] == 0) continue;
			if (of[slot] == 0 || kind < of[slot]) of[slot] = kind;
		}
		return of;
	}

	/**
	 * The core with as much around it as its cells need, so that no pixel is read
	 * in vain.
	 */
	private Region tight(final Region core, final List<NucleusCandidate> near,
		final int block)
	{
		int x0 = core.x() - areaMargin, y0 = core.y() - areaMargin, x1 = core
			.right() + areaMargin, y1 = core.bottom() + areaMargin;
		final int around = aroundPx;
		for (final NucleusCandidate c : near)
			if (grid.at(c.centroidX(), c.centroidY()) == block) {
				x0 = Math.min(x0, c.x0() - around);
				y0 = Math.min(y0, c.y0() - around);
				x1 = Math.max(x1, c.x1() + around);
				y1 = Math.max(y1, c.y1() + around);
			}
		return new Region(x0, y0, x1 - x0, y1 - y0).intersect(grid.around(block,
			reach()));
	}

	private boolean analysed(final NucleusCandidate c) {
		final int f = grid.downsample();
		return area.at((int) (c.centroidX() * f), (int) (c.centroidY() * f)) &&
			annotations.counts(c.centroidX() * f, c.centroidY() * f);
	}

	/** Reads what the assay reads of a nucleus; returns its foci. */
	private double[] spots(final NucleusCandidate c, final int label,
		final Region reach, final double[] values)
	{
		final int f = grid.downsample(), own = layout.assay().columns().size();
		cut.moveTo(raster, label, c.x0() - reach.x(), c.y0() - reach.y(), c.x1() -
			reach.x(), c.y1() - reach.y(), f, reach.x() * f, reach.y() * f);
		int n = own;
		for (final MarkerAnalyzer m : layout.markers())
			n += m.nucleusColumns().size();
		if (assayValues.length != n) assayValues = new double[n];
		final double[] foci = assay.measure(cut, dna, assayValues);
		System.arraycopy(assayValues, 0, values, 0, own);
		int at = own;
		for (int m = 0; m < layout.markers().size(); m++) {
			final int columns = layout.markers().get(m).nucleusColumns().size();
			System.arraycopy(assayValues, at, values, layout.firstReading(m) + layout
				.compartmentReadings(m), columns);
			at += columns;
		}
		return foci;
	}

	/**
	 * Reads the deciding compartment again without what lies near another cell,
	 * where that cell is the brighter one on their common border: what is left of
	 * a cell's signal if its neighbour's light is not counted.
	 */
	private void withoutSpill(final Compartment compartment,
		final int[] slotOfLabel, final double[][] values, final int at)
	{
		final int f = grid.downsample(), w = raster.width(), pw = w * f;
		final int[] cells = raster.cells(), touching = raster.touching();
		final double[] step = new double[values.length], sum =
			new double[values.length];
		final int[] n = new int[values.length];
		for (int t = 0; t < raster.touches(); t++) {
			final int i = touching[2 * t], j = touching[2 * t + 1];
			final int a = slotOfLabel[cells[i]], b = slotOfLabel[cells[j]];
			if (a < 0 && b < 0) continue;
			final double d = plane[j / w * f * pw + j % w * f] - plane[i / w * f *
				pw + i % w * f];
			if (a >= 0) step[a] += d;
			if (b >= 0) step[b] -= d;
		}
		final byte[] borders = raster.borders();
		for (int i = 0; i < w * raster.height(); i++) {
			if (cells[i] == 0 || (borders[i] & CellRaster.NEIGHBOUR) != 0) continue;
			final int slot = slotOfLabel[cells[i]];
			if (slot < 0 || !(step[slot] > 0)) continue;
			if (!inside(compartment, i)) continue;
			for (int y = i / w * f; y < i / w * f + f; y++)
				for (int x = i % w * f; x < i % w * f + f; x++)
					sum[slot] += plane[y * pw + x];
			n[slot] += f * f;
		}
		for (int slot = 0; slot < values.length; slot++)
			values[slot][at] = n[slot] == 0 ? Double.NaN : sum[slot] / n[slot];
	}

	/** Whether a pixel of a cell lies in a compartment of it. */
	private boolean inside(final Compartment compartment, final int i) {
		final boolean nucleus = raster.nuclei()[i] != 0;
		return switch (compartment) {
			case NUCLEUS -> nucleus;
			case RING -> !nucleus && raster.distance2()[i] <= Math.floor(ringPx *
				ringPx);
			case MEMBRANE -> !nucleus && (raster.borders()[i] & CellRaster.RIM) != 0;
			case CYTOPLASM -> !nucleus;
			case CELL -> true;
		};
	}

	/** Reads how much of the deciding compartment granules cover. */
	private void granules(final MarkerAnalyzer marker, final int[] slotOfLabel,
		final double[][] values, final int at)
	{
		final int f = grid.downsample(), w = raster.width(), pw = w * f;
		final int[] cells = raster.cells(), all = new int[values.length], stained =
			new int[values.length];
		final double[] sum = new double[values.length];
		final float cut = (float) marker.stainedPixel();
		for (int i = 0; i < w * raster.height(); i++) {
			final int slot = cells[i] == 0 ? -1 : slotOfLabel[cells[i]];
			if (slot < 0 || !inside(marker.decidingCompartment(), i)) continue;
			all[slot] += f * f;
			for (int y = i / w * f; y < i / w * f + f; y++)
				for (int x = i % w * f; x < i % w * f + f; x++)
					if (plane[y * pw + x] >= cut) {
						stained[slot]++;
						sum[slot] += plane[y * pw + x];
					}
		}
		for (int slot = 0; slot < values.length; slot++) {
			values[slot][at] = (double) stained[slot] / all[slot];
			values[slot][at + 1] = stained[slot] * pixelSizeUm * pixelSizeUm;
			values[slot][at + 2] = sum[slot] / stained[slot];
		}
	}

	/** Reads the standard error of the mean of a compartment. */
	private void errors(final Compartment compartment, final int[] slotOfLabel,
		final double[][] values, final int at)
	{
		final int f = grid.downsample(), w = raster.width(), pw = w * f;
		final int[] cells = raster.cells(), n = new int[values.length];
		final double[] sum = new double[values.length], squares =
			new double[values.length];
		for (int i = 0; i < w * raster.height(); i++) {
			final int slot = cells[i] == 0 ? -1 : slotOfLabel[cells[i]];
			if (slot < 0 || !inside(compartment, i)) continue;
			n[slot] += f * f;
			for (int y = i / w * f; y < i / w * f + f; y++)
				for (int x = i % w * f; x < i % w * f + f; x++) {
					final double v = plane[y * pw + x];
					sum[slot] += v;
					squares[slot] += v * v;
				}
		}
		for (int slot = 0; slot < values.length; slot++) {
			final double mean = sum[slot] / n[slot];
			values[slot][at] = Math.sqrt(Math.max(0, squares[slot] / n[slot] - mean *
				mean) / GateConfidence.INDEPENDENT);
		}
	}

	/** Compares channels pixel by pixel in each cell. */
	private void overlaps(final int[] slotOfLabel, final double[][] values) {
		final CostainPanel panel = layout.panel();
		if (panel == null || panel.overlaps().isEmpty()) return;
		final int made = overlaps.length;
		if (made < values.length) overlaps = Arrays.copyOf(overlaps, values.length);
		for (int s = made; s < values.length; s++)
			overlaps[s] = new PixelOverlap();
		int at = layout.firstOverlap();
		for (final CostainPanel.Overlap o : panel.overlaps()) {
			final float[] first = kept[layout.markers().indexOf(o.first())], second =
				kept[layout.markers().indexOf(o.second())];
			for (int s = 0; s < values.length; s++)
				overlaps[s].begin(o.first().floor(), o.second().floor());
			final int f = grid.downsample(), w = raster.width(), pw = w * f;
			final int[] cells = raster.cells();
			for (int i = 0; i < w * raster.height(); i++) {
				final int slot = cells[i] == 0 ? -1 : slotOfLabel[cells[i]];
				if (slot < 0) continue;
				for (int y = i / w * f; y < i / w * f + f; y++)
					for (int x = i % w * f; x < i % w * f + f; x++)
						overlaps[slot].add(first[y * pw + x], second[y * pw + x]);
			}
			for (int s = 0; s < values.length; s++) {
				values[s][at] = overlaps[s].pearson();
				values[s][at + 1] = overlaps[s].mandersFirst();
				values[s][at + 2] = overlaps[s].mandersSecond();
			}
			at += PixelOverlap.READINGS;
		}
	}

	private void read(final MarkerAnalyzer marker, final int[] slotOfLabel,
		final int slots, final double[][] values, final boolean[] saturated,
		final int first)
	{
		final boolean nucleusOnly = marker.compartments().equals(List.of(
			Compartment.NUCLEUS));
		if (slots == 0) return;
		readings.measure(raster, slotOfLabel, slots, grid.downsample(), plane,
			ringPx, nucleusOnly, marker.compartments().contains(Compartment.MEMBRANE),
			marker.unit() == ReadingUnit.OPTICAL_DENSITY ? 0.95 : 0.05, Math.max(1,
				(int) Math.round(GRAIN_UM / pixelSizeUm)), marker.saturation(),
			pixelSizeUm * pixelSizeUm);
		for (int slot = 0; slot < slots; slot++) {
			int at = first;
			for (final Compartment c : marker.compartments())
				for (int s = 0; s < CompartmentReadings.STATISTICS; s++)
					values[slot][at++] = readings.get(slot, c, s);
			saturated[slot] |= readings.saturatedShare(slot) > SATURATED_SHARE;
		}
	}

	private AreaTally area(final int m, final int block, final Region pixels) {
		final double cut = layout.markers().get(m).stainedPixel();
		if (Double.isNaN(cut)) return null;
		final double saturation = layout.markers().get(m).saturation();
		final StainedArea told = stainedAreas[m];
		if (told != null) {
			if (stained.length < pixels.size()) stained = new byte[(int) pixels
				.size()];
			told.mark(fullResolution, plane, stained);
		}
		final AreaTally tally = new AreaTally(annotations.tallied());
		area.forEachRun(grid.level0(grid.core(block)), (y, from, to,
			annotation) -> {
			final int row = (y - pixels.y()) * pixels.width() - pixels.x();
			double sum = 0;
			int n = 0, dense = 0, hidden = 0;
			for (int x = from; x < to; x++) {
				final float v = plane[row + x];
				final boolean blue = told == null ? v >= cut : stained[row + x] != 0;
				if (anyMasked && masked[row + x] != 0) {
					hidden++;
					if (blue) tally.artefacts()[masked[row + x] - 1]++;
					continue;
				}
				sum += v;
				if (v >= saturation) dense++;
				if (blue) n++;
			}
			tally.pixels()[annotation + 1] += to - from - hidden;
			tally.stained()[annotation + 1] += n;
			tally.saturated()[annotation + 1] += dense;
			tally.sums()[annotation + 1] += sum;
		});
		return tally;
	}

	/**
	 * Sums over the pixels of each measured nucleus and where its outlines begin.
	 */
	private record Shapes(long[][] moments, int[] nucleusStart, int[] cellStart,
			int[] cellPixels) {
	}

	private Shapes shapes(final List<NucleusCandidate> standing,
		final int[] slotOfLabel, final int slots, final Region reach)
	{
		if (moments.length < slots) {
			moments = new long[slots + slots / 2][6];
		}
		for (int s = 0; s < slots; s++)
			Arrays.fill(moments[s], 0);
		final int[] nucleusStart = new int[slots], cellStart = new int[slots],
				cellPixels = new int[slots];
		Arrays.fill(nucleusStart, -1);
		Arrays.fill(cellStart, -1);
		if (slots > 0) {
			final int w = raster.width(), h = raster.height();
			final int[] nuclei = raster.nuclei(), cells = raster.cells();
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++) {
					final int i = y * w + x, label = cells[i];
					if (label == 0) continue;
					final int slot = slotOfLabel[label];
					if (slot < 0) continue;
					if (cellStart[slot] < 0) cellStart[slot] = i;
					cellPixels[slot]++;
					if (nuclei[i] == 0) continue;
					if (nucleusStart[slot] < 0) nucleusStart[slot] = i;
					// relative to the nucleus' own box, so that the sums are the same in
					// every block
					final long dx = reach.x() + x - standing.get(label - 1).x0(), dy =
						reach.y() + y - standing.get(label - 1).y0();
					final long[] m = moments[slot];
					m[0]++;
					m[1] += dx;
					m[2] += dy;
					m[3] += dx * dx;
					m[4] += dy * dy;
					m[5] += dx * dy;
				}
		}
		return new Shapes(moments, nucleusStart, cellStart, cellPixels);
	}

	private List<SpilledCell> cells(final List<NucleusCandidate> standing,
		final int[] slotOfLabel, final Shapes shapes, final double[][] values,
		final boolean[] saturated, final double[][] foci, final Region reach)
	{
		final int f = grid.downsample(), w = raster.width(), h = raster.height();
		final double unit = f * pixelSizeUm;
		final int[] artefact = artefactsOf(slotOfLabel, shapes.cellPixels.length);
		final List<SpilledCell> found = new ArrayList<>();
		for (int k = 0; k < standing.size(); k++) {
			final int slot = slotOfLabel[k + 1];
			if (slot < 0 || shapes.nucleusStart[slot] < 0) continue;
			final NucleusCandidate c = standing.get(k);
			final int start = shapes.nucleusStart[slot], cellStart =
				shapes.cellStart[slot];
			final Outline nucleus = tracer.trace(raster.nuclei(), w, h, start % w,
				start / w, k + 1, reach.x(), reach.y(), f);
			final double perimeter = tracer.smoothLength();
			final Outline cell = tracer.trace(raster.cells(), w, h, cellStart % w,
				cellStart / w, k + 1, reach.x(), reach.y(), f);
			final long[] m = shapes.moments[slot];
			final double n = m[0];
			final NucleusShape shape = NucleusShape.of(nucleus, perimeter, m[0],
				m[3] - m[1] * (m[1] / n), m[4] - m[2] * (m[2] / n), m[5] - m[1] *
					(m[2] / n), f, pixelSizeUm);
			final double x = (c.x0() + m[1] / n + 0.5) * f, y = (c.y0() + m[2] / n +
				0.5) * f;
			final boolean edge = c.x0() == 0 || c.y0() == 0 || c.x1() == grid
				.width() || c.y1() == grid.height();
			final double width = signal == null ? Double.NaN : edges.measure(nucleus,
				k + 1, raster, f, reach.x() * f, reach.y() * f, dna, shape
					.minorAxisUm() / 2, pixelSizeUm);
			found.add(new SpilledCell(x, y, shape, c.probability(),
				shapes.cellPixels[slot] * unit * unit, width, annotations.find(x, y),
				(edge ? SpilledCell.EDGE : 0) | (saturated[slot] ? SpilledCell.SATURATED
					: 0) | artefact[slot] << SpilledCell.ARTEFACT_SHIFT | (c.hidden()
						? SpilledCell.QUENCHED : 0), values[slot], foci[slot], nucleus,
				cell, null));
		}
		return found;
	}
}
