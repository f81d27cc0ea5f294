
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.senoscope.core.UserException;
import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.FlatField;
import org.senoscope.core.image.FlatFieldSource;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.OverviewBuilder;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.nuclei.NucleusSegmenter;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.Protocol;

/**
 * The pipeline of a slide: overview and analysed area, what is decided once for
 * the slide ({@link SlideCalibration}), blocks in parallel (nuclei, then cells
 * and readings), gates from all cells, and the result that streams them. Holds
 * neither the slide nor all its cells. Pixels and protocol alone decide the
 * numbers: threads, tiles and memory do not.
 */
public final class SlidePipeline {

	private final SlideInputs inputs;
	private final Protocol protocol;
	private final RunOptions options;
	private final SpillStore spill;
	private final Progress progress;
	private final Cancellation cancellation;
	private final List<String> warnings = new ArrayList<>();
	private final Map<String, Object> record = new LinkedHashMap<>();
	private final Map<String, Object> timings = new LinkedHashMap<>();
	private long stageStart = System.nanoTime();

	private SlidePipeline(final SlideInputs inputs, final Protocol protocol,
		final RunOptions options, final SpillStore spill, final Progress progress,
		final Cancellation cancellation)
	{
		this.inputs = evenlyLit(inputs, protocol, options);
		this.protocol = protocol;
		this.options = options;
		this.spill = spill;
		this.progress = progress;
		this.cancellation = cancellation;
	}

	/**
	 * Analyses a slide.
	 *
	 * @param inputs what is read; not closed
	 * @param protocol what is measured
	 * @param options how
	 * @param spill keeps cells out of memory; closed with the result
	 * @param progress told what is going on
	 * @param cancellation checked between blocks
	 * @return the result, to be closed
	 * @throws UserException if the picture or the protocol cannot be used
	 * @throws CancellationException if cancelled
	 */
	public static SlideResult run(final SlideInputs inputs,
		final Protocol protocol, final RunOptions options, final SpillStore spill,
		final Progress progress, final Cancellation cancellation)
	{
		return run(inputs, protocol, options, spill, progress, cancellation, 0);
	}

	/**
	 * The same with blocks of another size (0: the usual), for tests that ask
	 * whether seams show.
	 */
	static SlideResult run(final SlideInputs inputs, final Protocol protocol,
		final RunOptions options, final SpillStore spill, final Progress progress,
		final Cancellation cancellation, final int core)
	{
		final Map<String, Object> record = new LinkedHashMap<>();
		final List<String> warnings = new ArrayList<>();
		final SlidePipeline pipeline = new SlidePipeline(StainingRounds.join(
			PairedNuclei.register(PairedNuclei.registerFluorescence(inputs, protocol,
				record, warnings), protocol, record, warnings), protocol, record,
			warnings), protocol, options, spill, progress, cancellation);
		pipeline.record.putAll(record);
		pipeline.warnings.addAll(warnings);
		return pipeline.run(core);
	}

	private SlideResult run(final int core) {
		final int threads = threads();
		progress.stage("Looking at the whole slide");
		final SlideCalibration slide = SlideCalibration.of(inputs, protocol,
			threads, progress, cancellation);
		warnings.addAll(slide.warnings());
		stageDone("overview_and_calibration");

		final ControlReadings controls = controls(slide);
		if (!controls.isEmpty()) stageDone("controls");
		final BlockGrid grid = grid(slide, core);
		final CellLayout layout = new CellLayout(slide.markers(), slide
			.nucleusAssay(), slide.panel(), controls.has(ControlRole.BLANK));
		progress.stage(slide.segmenter() == null ? "Measuring"
			: "Finding and measuring cells");
		final Blocks blocks = new Blocks(grid, slide, layout);
		blocks.process(threads);
		stageDone("cells");

		progress.stage("Setting gates and counting");
		final SlideResult result = result(slide, grid, layout, blocks, controls);
		stageDone("gates_and_summary");
		return result;
	}

	/** The inputs with the light of the picture evened out, where asked for. */
	private static SlideInputs evenlyLit(final SlideInputs in,
		final Protocol protocol, final RunOptions options)
	{
		final ImageInfo info = in.source().info();
		final double sideUm = Math.max(info.width(), info.height()) * (protocol
			.pixelSize() > 0 ? protocol.pixelSize() : info.pixelSizeUm());
		final boolean wanted = switch (protocol.illumination().correction()) {
			case OFF -> false;
			case ESTIMATED -> true;
			case AUTO -> protocol.assay() == AssayKind.SAGAL &&
				sideUm < SlideCalibration.SLIDE_UM;
		};
		if (!wanted || !info.rgb() || in.source() instanceof FlatFieldSource)
			return in;
		final Overview seen = OverviewBuilder.build(in.source(),
			OverviewBuilder.LONGEST_SIDE_PX, Math.max(1, options.threads()),
			Progress.SILENT, new Cancellation());
		final FlatField light = FlatField.estimate(new RgbField(seen.width(), seen
			.height(), seen.rgb()));
		return light == null ? in : in.withSource(new FlatFieldSource(in.source(),
			light));
	}

	/** Measures the controls as the slide is measured, with its stains. */
	private ControlReadings controls(final SlideCalibration slide) {
		final List<ControlReadings.Measured> measured = new ArrayList<>();
		final List<ControlInput> all = new ArrayList<>(inputs.controls());
		final List<Annotation> onSlide = AnnotationIndex.controls(inputs
			.annotations(), protocol.regions());
		if (!onSlide.isEmpty()) all.add(new ControlInput(ControlRole.NEGATIVE,
			inputs.name() + ", annotated region", inputs.source(), inputs.nuclei(),
			onSlide));
		for (final ControlInput control : all) {
			// read where the panel is settled, for its channels alone
			if (control.role() == ControlRole.SINGLE) continue;
			progress.stage("Measuring the control " + control.name());
			SlideInputs of = new SlideInputs(control.source(), control.nuclei(),
				control.annotations(), control.name(), inputs.evidence(), null, inputs
					.networks(), inputs.controls());
			// the slide's own nuclei are registered already
			if (control.nuclei() != inputs.nuclei()) of = PairedNuclei.register(of,
				protocol, new LinkedHashMap<>(), warnings);
			measured.add(new SlidePipeline(of, slide.ofControl(protocol), options,
				spill, progress, cancellation).control(control));
		}
		return new ControlReadings(measured);
	}

	private ControlReadings.Measured control(final ControlInput control) {
		final SlideCalibration slide = SlideCalibration.of(inputs, protocol,
			threads(), progress, cancellation);
		final BlockGrid grid = grid(slide, 0);
		final CellLayout layout = new CellLayout(slide.markers(), slide
			.nucleusAssay(), slide.panel(), false);
		final ControlCells cells = new ControlCells(layout, slide.pixelSizeUm());
		final Blocks blocks = new SlidePipeline(inputs, protocol, options, cells,
			progress, cancellation).new Blocks(grid, slide, layout);
		blocks.process(threads());
		long pixels = 0, stained = 0;
		for (final AreaTally[] areas : blocks.areas)
			if (areas != null) for (final AreaTally a : areas)
				if (a != null) {
					pixels += a.allPixels();
					stained += a.allStained();
				}
		return new ControlReadings.Measured(control.role(), control.name(), cells,
			pixels == 0 ? Double.NaN : 100.0 * stained / pixels, slide.warnings());
	}

	private int threads() {
		return options.threads() > 0 ? options.threads() : Runtime.getRuntime()
			.availableProcessors();
	}

	/** The grid of blocks (core 0: of the usual size). */
	private BlockGrid grid(final SlideCalibration slide, final int core) {
		final NucleusSegmenter segmenter = slide.segmenter();
		final int downsample = segmenter == null ? 1 : segmenter.downsample();
		final int margin = segmenter == null ? 0 : segmenter.marginPx();
		final int width = inputs.source().info().width(), height = inputs.source()
			.info().height();
		return core == 0 ? BlockGrid.of(width, height, downsample, margin)
			: BlockGrid.of(width, height, downsample, margin, core);
	}

	/** Blocks in which something counts. */
	private static BitSet active(final BlockGrid grid,
		final SlideCalibration slide)
	{
		final BitSet active = new BitSet();
		for (int block = 0; block < grid.count(); block++)
			if (slide.area().count(grid.level0(grid.core(block))) > 0) active.set(
				block);
		return active;
	}

	private void stageDone(final String name) {
		final long now = System.nanoTime();
		timings.put(name + "_s", Math.round((now - stageStart) / 1e7) / 100.0);
		stageStart = now;
	}

	/** The part of a run that goes block by block, on several threads. */
	private final class Blocks {

		private final BlockGrid grid;
		private final SlideCalibration slide;
		private final CellLayout layout;
		private final BlockScheduler scheduler;
		private final AtomicReferenceArray<List<NucleusCandidate>> candidates;
		private final AtomicLongArray[] histograms;
		private final AtomicLongArray edges = FocusCheck.histogram();
		private final NucleusLooks.Counts looks;
		private final AreaTally[][] areas;
		private final long[][] artefacts;
		private final int[] cells;
		private final String[] failed;
		private final AtomicReference<Throwable> fatal = new AtomicReference<>();

		Blocks(final BlockGrid grid, final SlideCalibration slide,
			final CellLayout layout)
		{
			this.grid = grid;
			this.slide = slide;
			this.layout = layout;
			scheduler = new BlockScheduler(grid, active(grid, slide), 1 + layout
				.markers().size());
			candidates = new AtomicReferenceArray<>(grid.count());
			histograms = new AtomicLongArray[layout.markers().size()];
			for (int m = 0; m < histograms.length; m++)
				histograms[m] = new AtomicLongArray(layout.markers().get(m).scale()
					.bins());
			looks = NucleusLooks.counts(layout);
			areas = new AreaTally[grid.count()][];
			artefacts = new long[grid.count()][];
			cells = new int[grid.count()];
			failed = new String[grid.count()];
		}

		void process(final int threads) {
			final Thread[] workers = new Thread[Math.max(1, Math.min(threads,
				scheduler.total()))];
			progress.update(0, scheduler.total());
			for (int i = 0; i < workers.length; i++) {
				workers[i] = new Thread(this::work, "senoscope-" + (i + 1));
				workers[i].setDaemon(true);
				workers[i].start();
			}
			boolean interrupted = false;
			for (final Thread worker : workers)
				while (worker.isAlive())
					try {
						worker.join();
					}
					catch (final InterruptedException exc) {
						interrupted = true;
						cancellation.request();
						scheduler.stop();
					}
			if (interrupted) Thread.currentThread().interrupt();
			final Throwable cause = fatal.get();
			if (cause instanceof final RuntimeException exc) throw exc;
			if (cause instanceof final Error error) throw error;
			cancellation.check();
			failures();
		}

		private void work() {
			try {
				final NucleusSegmenter.Worker worker = slide.segmenter() == null ? null
					: slide.segmenter().worker();
				final CandidateCollector collector = new CandidateCollector();
				final BlockMeasurer measurer = new BlockMeasurer(grid, new BlockPixels(
					inputs.source(), inputs.fluorescence()), slide.signal(), slide.area(),
					slide.annotations(), layout, slide.pixelSizeUm(), slide
						.compartments(), slide.artefacts());
				int[] labels = new int[0];
				BlockScheduler.Task task;
				while ((task = scheduler.next()) != null) {
					cancellation.check();
					if (task.measure()) measure(task.block(), measurer);
					else {
						final Region region = grid.around(task.block(), grid.margin());
						if (labels.length < region.size()) labels = new int[(int) region
							.size()];
						segment(task.block(), region, worker, collector, labels);
					}
				}
			}
			catch (final InterruptedException exc) {
				Thread.currentThread().interrupt();
			}
			catch (final Throwable exc) {
				fatal.compareAndSet(null, exc);
				scheduler.stop();
			}
		}

		private void segment(final int block, final Region region,
			final NucleusSegmenter.Worker worker, final CandidateCollector collector,
			final int[] labels)
		{
			List<NucleusCandidate> found = List.of();
			if (worker != null) try {
				final int highest = worker.segment(region, labels);
				found = collector.collect(grid, block, region, labels, highest, worker);
			}
			catch (final UserException exc) {
				// pixels that cannot be read: this block is lost, the slide is not
				failed[block] = exc.getMessage();
			}
			candidates.set(block, found);
			scheduler.segmented(block);
		}

		private void measure(final int block, final BlockMeasurer measurer) {
			final List<NucleusCandidate> near = new ArrayList<>();
			for (final int other : grid.neighbourhood(block)) {
				final List<NucleusCandidate> found = candidates.get(other);
				if (found != null) near.addAll(found);
			}
			if (failed[block] == null) try {
				final BlockMeasurer.Measured measured = measurer.measure(block, near);
				areas[block] = measured.areas();
				artefacts[block] = measured.artefactPixels();
				cells[block] = measured.cells().size();
				for (final SpilledCell c : measured.cells()) {
					FocusCheck.add(edges, c.edgeUm());
					looks.add(c);
				}
				// which cells are tumour the classifier tells when all are measured
				if (inputs.regions() == null) addToHistograms(measured.cells());
				if (!measured.cells().isEmpty()) spill.put(block, SpilledCell.encode(
					measured.cells()));
			}
			catch (final UserException exc) {
				if (exc.kind() == UserException.Kind.FAILURE) throw exc;
				failed[block] = exc.getMessage();
			}
			for (final int free : scheduler.measured(block))
				candidates.set(free, null);
			progress.update(scheduler.done(), scheduler.total());
		}

		private void addToHistograms(final List<SpilledCell> cells) {
			for (int m = 0; m < histograms.length; m++) {
				final HistogramScale scale = layout.markers().get(m).scale();
				for (final SpilledCell c : cells)
					if (!Double.isNaN(layout.value(m, c)) && counts(slide, c))
						histograms[m].incrementAndGet(scale.bin(layout.value(m, c)));
			}
		}

		/**
		 * Names what could not be read; a slide of which nothing could be read is
		 * no slide.
		 */
		private void failures() {
			final List<Object> list = new ArrayList<>();
			for (int block = 0; block < failed.length; block++)
				if (failed[block] != null) {
					final Map<String, Object> one = new LinkedHashMap<>();
					one.put("region", grid.level0(grid.core(block)).toString());
					one.put("reason", failed[block]);
					list.add(one);
				}
			if (list.isEmpty()) return;
			if (list.size() == scheduler.total()) throw new UserException(Arrays
				.stream(failed).filter(f -> f != null).findFirst().orElseThrow());
			record.put("failed_tiles", list);
			warnings.add(String.format(Locale.ROOT,
				"Partial result: %d of %d blocks could not be read (first: x,y,width,height = %s); their cells and area are missing.",
				list.size(), scheduler.total(), ((Map<?, ?>) list.get(0)).get(
					"region")));
		}

		boolean partial() {
			return record.containsKey("failed_tiles");
		}
	}

	/**
	 * Whether a cell counts in the slide's percentages: all do, until annotations
	 * select tumour, but for those on artefacts.
	 */
	private boolean counts(final SlideCalibration slide, final SpilledCell cell) {
		return cell.artefact() == 0 && (!slide.selectsTumour() || slide.lineage(
			cell) == Lineage.TUMOUR);
	}

	private RegionLineages tell(final SlideCalibration slide,
		final StoredCells cells)
	{
		progress.stage("Telling tumour, stroma and immune cells apart");
		return RegionLineages.of(inputs.regions(), cells, slide.pixelSizeUm(),
			cancellation);
	}

	private SlideResult result(final SlideCalibration slide, final BlockGrid grid,
		final CellLayout layout, final Blocks blocks,
		final ControlReadings controls)
	{
		final int n = layout.markers().size();
		final RegionLineages regions = inputs.regions() == null ? null : tell(slide,
			new StoredCells(spill, grid, blocks.cells, layout, null, null));
		if (regions != null) {
			warnings.add(regions.warning());
			final StoredCells told = new StoredCells(spill, grid, blocks.cells,
				layout, null, regions);
			told.forEachBlock(cells -> blocks.addToHistograms(cells), cancellation);
		}
		final Gate[] gates = new Gate[n];
		final Histogram[] histograms = new Histogram[n];
		final double[] own = new double[n];
		for (int m = 0; m < n; m++) {
			final MarkerAnalyzer marker = layout.markers().get(m);
			final long[] counts = new long[marker.scale().bins()];
			for (int i = 0; i < counts.length; i++)
				counts[i] = blocks.histograms[m].get(i);
			histograms[m] = marker.scale().histogram(counts);
			final List<String> said = new ArrayList<>();
			gates[m] = marker.gate(controls.readings(marker, histograms[m]), said);
			own[m] = gates[m].value();
			final Gate shared = inputs.batch() == null ? null : inputs.batch().gate(
				marker.id(), marker::gate, warnings);
			if (shared != null) gates[m] = shared;
			else {
				warnings.addAll(said);
				if (inputs.batch() != null) warnings.add(marker.label() +
					": the batch has no readings of it; the gate is that of this slide alone.");
			}
		}
		if (inputs.batch() != null && !inputs.batch().slides().containsKey(inputs
			.name())) warnings.add(
				"This slide is not among those from which the gates of the batch were taken.");
		final FocusCheck focus = new FocusCheck(blocks.edges, slide.pixelSizeUm());
		focus.warn(warnings);
		final NucleusLooks looks = new NucleusLooks(blocks.looks, protocol.foci()
			.condensedFrom());
		final double[] floors = layout.markers().stream().mapToDouble(
			controls::floor).toArray();
		final CellFinisher finisher = new CellFinisher(inputs, layout, gates, focus,
			looks, slide, protocol.specimen(), p53Pattern(layout, gates, histograms),
			floors);
		final StoredCells cells = new StoredCells(spill, grid, blocks.cells, layout,
			finisher, regions);
		final SummaryBuilder builder = new SummaryBuilder(inputs.name(), protocol,
			slide, layout, gates, own, floors, histograms, finisher, controls,
			regions);
		if (!finisher.hasModel() && !protocol.phenotype().network().isBlank())
			warnings.add(
				"The phenotype network could not be used, because TensorFlow cannot run here (senoscope doctor says why): cells were called by the evidence rules alone.");
		if (finisher.hasModel()) {
			cells.forEachBlock(finisher::addToAnchors, cancellation);
			controls.addTo(finisher, layout);
			finisher.anchorNotes().forEach(note -> warnings.add(
				"Phenotype network: " + note));
		}
		cells.call(builder::add, cancellation);
		for (int block = 0; block < grid.count(); block++)
			if (blocks.areas[block] != null) builder.addArea(blocks.areas[block],
				blocks.artefacts[block]);
		long analysed = 0;
		for (int block = 0; block < grid.count(); block++)
			if (blocks.failed[block] == null) analysed += slide.area().count(
				level0Core(grid, block));
		final SlideSummary summary = builder.build(analysed, warnings);

		final Map<String, Object> all = new LinkedHashMap<>(slide.record());
		final Map<String, Object> gateRecord = new LinkedHashMap<>();
		for (int m = 0; m < n; m++) {
			final MarkerAnalyzer marker = layout.markers().get(m);
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("value", gates[m].value());
			if (!Double.isNaN(gates[m].low())) one.put("interval_95", List.of(gates[m]
				.low(), gates[m].high()));
			one.put("origin", gates[m].origin());
			one.put("anchored", gates[m].anchored());
			one.put("reading", marker.reading());
			gateRecord.put(marker.id(), one);
		}
		all.put("gates", gateRecord);
		if (regions != null) all.put("region_classifier", regions.summary());
		all.put("focus", focus.record());
		if (layout.hasFoci()) all.put("nuclei_by_look", looks.record());
		all.put("evidence_definition", inputs.evidence().name() + " " + inputs
			.evidence().version());
		if (finisher.hasModel()) all.put("phenotype_network", finisher
			.modelWords());
		all.putAll(record);
		all.put("warnings", summary.warnings());
		all.put("timings", timings);
		final Overview overview = slide.overview();
		return new FinishedSlide(protocol, slide.imageInfo(), summary, layout
			.table(), slide.nucleusAssay() == null ? List.of() : slide.nucleusAssay()
				.focusMarkers(), cells, overview, slide.artefacts(), all, blocks
					.partial(), spill);
	}

	/** Pattern of p53 over the cells that count, from their histogram. */
	private static P53Pattern p53Pattern(final CellLayout layout,
		final Gate[] gates, final Histogram[] histograms)
	{
		for (int m = 0; m < gates.length; m++)
			if (layout.markers().get(m).id().equals("p53")) {
				final Histogram h = histograms[m];
				long positive = 0, all = 0;
				for (int i = 0; i < h.counts().length; i++) {
					all += h.counts()[i];
					if (h.value(i) >= gates[m].value()) positive += h.counts()[i];
				}
				return P53Pattern.of(positive, all);
			}
		return P53Pattern.UNKNOWN;
	}

	/**
	 * The core of a block in level-0 pixels; the last blocks take the columns and
	 * rows that fill no working pixel.
	 */
	private Region level0Core(final BlockGrid grid, final int block) {
		final Region r = grid.level0(grid.core(block));
		final Region bounds = inputs.source().info().bounds();
		final int right = r.right() == grid.width() * grid.downsample() ? bounds
			.right() : r.right();
		final int bottom = r.bottom() == grid.height() * grid.downsample() ? bounds
			.bottom() : r.bottom();
		return new Region(r.x(), r.y(), right - r.x(), bottom - r.y());
	}
}
