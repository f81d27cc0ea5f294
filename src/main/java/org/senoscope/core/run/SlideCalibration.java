
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.senoscope.core.UserException;
import org.senoscope.core.artefact.ArtefactFinder;
import org.senoscope.core.artefact.ArtefactMap;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.NucleusAssay;
import org.senoscope.core.assay.costain.CostainPanel;
import org.senoscope.core.assay.costain.PanelReferences;
import org.senoscope.core.assay.foci.FociAssay;
import org.senoscope.core.assay.sagal.CellsFrom;
import org.senoscope.core.assay.sagal.GranuleAssay;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentSettings;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.FlatFieldSource;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.NuclearChannels;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.OverviewBuilder;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.nuclei.ClassicalModel;
import org.senoscope.core.nuclei.ClassicalSegmenter;
import org.senoscope.core.nuclei.ClassicalSettings;
import org.senoscope.core.nuclei.HiddenNuclei;
import org.senoscope.core.nuclei.IndigoSignal;
import org.senoscope.core.nuclei.NuclearSignalReader;
import org.senoscope.core.nuclei.NucleiSettings;
import org.senoscope.core.nuclei.NucleusSegmenter;
import org.senoscope.core.nuclei.ReliefSignal;
import org.senoscope.core.nuclei.SignalPlane;
import org.senoscope.core.nuclei.starconvex.NetworkCard;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.nuclei.starconvex.PixelReader;
import org.senoscope.core.nuclei.starconvex.RadialNetwork;
import org.senoscope.core.nuclei.starconvex.StarConvexCalibration;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.SegmentationMethod;
import org.senoscope.core.protocol.SpecimenKind;
import org.senoscope.core.protocol.TissueMasking;
import org.senoscope.core.stain.ImageKindGuess;
import org.senoscope.core.stain.NuclearSignal;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainEstimator;
import org.senoscope.core.stain.TissueMask;
import org.senoscope.core.stain.WhiteReference;

/**
 * What is decided once for a slide, from its overview and a few sample fields,
 * and then holds for every pixel of it: pixel size, kind of image, analysed
 * area, white, stain vectors, scale and thresholds of nuclei.
 */
final class SlideCalibration {

	/** Longest side from which a picture is a slide rather than a field. */
	static final double SLIDE_UM = 2000;

	/** Artefacts are sought on pixels this fine, within the longest side. */
	private static final double ARTEFACT_UM = 2;
	private static final int ARTEFACT_SIDE_PX = 4096;

	/** Typical nuclei outside this range hint at a wrong pixel size. */
	private static final double SMALLEST_NUCLEUS_UM = 4.5;
	private static final double LARGEST_NUCLEUS_UM = 40;

	/** Areas of cells without nuclei in units of the typical one. */
	private static final double SMALLEST_BODY = 0.21, LARGEST_BODY = 5.7;

	private final SlideInputs inputs;
	private final Protocol protocol;
	private final List<String> warnings = new ArrayList<>();
	private final Map<String, Object> record = new LinkedHashMap<>();
	private final ImageInfo info;
	private final double pixelSizeUm;
	private final AnnotationIndex annotations;
	private Overview overview;
	private AnalysedArea area;
	private ImageKind kind;
	private boolean darkOnBright;
	private StainEstimate stains;
	private CellsFrom cellsFrom = CellsFrom.NUCLEI;
	private NucleusSegmenter segmenter;
	private Supplier<NuclearSignalReader> signals;
	private final List<MarkerAnalyzer> markers = new ArrayList<>();
	private NucleusAssay nucleusAssay;
	private CostainPanel panel;
	private ArtefactMap artefacts = ArtefactMap.NONE;
	/** Tissue by pixel of the overview; null where the whole picture counts. */
	private boolean[] tissue;

	private SlideCalibration(final SlideInputs inputs, final Protocol protocol) {
		this.inputs = inputs;
		this.protocol = protocol;
		info = inputs.source().info();
		warnings.addAll(info.warnings());
		pixelSizeUm = pixelSize();
		annotations = new AnnotationIndex(inputs.annotations(), protocol.regions());
	}

	/**
	 * Looks at a slide.
	 *
	 * @throws UserException if something the protocol needs is missing
	 */
	static SlideCalibration of(final SlideInputs inputs, final Protocol protocol,
		final int threads, final Progress progress, final Cancellation cancellation)
	{
		final SlideCalibration c = new SlideCalibration(inputs, protocol);
		// a channel that was named must be there, also where colours show nuclei
		if (!protocol.channel().isBlank() && inputs.nuclei() == null) c
			.nuclearChannels(inputs.source(), false);
		final Overview seen = OverviewBuilder.build(inputs.source(),
			OverviewBuilder.LONGEST_SIDE_PX, threads, progress, cancellation);
		final RgbField small = new RgbField(seen.width(), seen.height(), seen
			.rgb());
		final WhiteReference white = info(inputs).rgb() ? WhiteReference.estimate(
			List.of(small)) : null;
		c.settleKind(seen, small, white);
		c.settleArea(seen, small, white);
		final List<Region> fields = SampleFields.choose(c.area, c.info.bounds());
		if (fields.isEmpty()) c.warnings.add(c.annotations.isEmpty()
			? "Nothing to analyse: no tissue was found in the region (--tissue-mask off takes the whole picture)."
			: "Nothing to analyse: no annotated area that counts lies on the picture, or there is no tissue in it.");
		cancellation.check();
		progress.stage("Settling stains and scale of nuclei");
		c.settleStains(fields, seen, threads, cancellation);
		c.settleNuclei(fields);
		c.describe();
		return c;
	}

	/**
	 * Finds artefacts: on the overview where it is fine enough, else on a finer
	 * one, made for this alone.
	 */
	private void settleArtefacts(final Overview seen, final int threads,
		final Cancellation cancellation)
	{
		if (stains == null || !info.rgb()) return;
		final Overview fine = seen.downsample() <= 1.01 || seen.downsample() *
			pixelSizeUm <= ARTEFACT_UM ? seen : OverviewBuilder.build(inputs.source(),
				(int) Math.min(ARTEFACT_SIDE_PX, Math.max(info.width(), info.height()) *
					pixelSizeUm / ARTEFACT_UM), threads, Progress.SILENT, cancellation);
		boolean[] shown = tissue;
		if (tissue != null && fine != seen) {
			shown = new boolean[fine.width() * fine.height()];
			for (int i = 0; i < shown.length; i++)
				shown[i] = tissue[(int) ((long) (i / fine.width()) * seen.height() /
					fine.height()) * seen.width() + (int) ((long) (i % fine.width()) *
						seen.width() / fine.width())];
		}
		artefacts = ArtefactFinder.find(RgbField.of(fine), fine.downsample() *
			pixelSizeUm, info.width(), info.height(), stains, shown, isSection(),
			protocol.artefacts(), threads);
	}

	private boolean isSection() {
		return protocol.specimen().kind() == SpecimenKind.SECTION || protocol
			.specimen().kind() == SpecimenKind.TMA;
	}

	private static ImageInfo info(final SlideInputs inputs) {
		return inputs.source().info();
	}

	private double pixelSize() {
		if (protocol.pixelSize() > 0) {
			if (info.hasPixelSize() && Math.abs(Math.log(protocol.pixelSize() / info
				.pixelSizeUm())) > 0.05) warnings.add(String.format(Locale.ROOT,
					"Pixel size %.4g µm was given; the file says %.4g µm.", protocol
						.pixelSize(), info.pixelSizeUm()));
			return protocol.pixelSize();
		}
		if (!info.hasPixelSize()) throw new UserException(inputs.name() +
			": the file gives no pixel size; state it with --pixel-size (µm per pixel)");
		return info.pixelSizeUm();
	}

	private Region region() {
		final Region field = inputs.field() != null ? inputs.field() : info
			.bounds();
		if (protocol.region().isBlank()) return field;
		final int[] r = Arrays.stream(protocol.region().split(",")).map(
			String::trim).mapToInt(Integer::parseInt).toArray();
		final Region region = new Region(r[0], r[1], r[2], r[3]).intersect(field);
		if (region.isEmpty()) throw new UserException(inputs.name() + ": region " +
			protocol.region() + " lies outside the picture (" + info.width() + " x " +
			info.height() + " pixels)");
		return region;
	}

	private void settleKind(final Overview seen, final RgbField small,
		final WhiteReference white)
	{
		if (protocol.kind() != ImageKind.AUTO && protocol
			.kind() != ImageKind.FLUORESCENCE && !info.rgb()) throw new UserException(
				inputs.name() + ": " + id(protocol.kind()) +
					" needs a red-green-blue picture, this one has separate channels (" +
					channelNames(inputs.source()) +
					"); choose another --kind or protocol");
		ImageKindGuess guess;
		if (info.rgb()) {
			final TissueMask tissue = TissueMask.of(small, info.width(), info
				.height(), white, pixelSizeUm, protocol.tissue().minPieceUm2());
			final AnalysedArea rough = area(seen, tissue.pixels());
			guess = ImageKindGuess.ofRgb(rgbFields(SampleFields.choose(rough, info
				.bounds())));
		}
		else {
			final Region middle = middle();
			final float[] values = new float[(int) middle.size()];
			inputs.source().readChannel(0, nuclearChannels(inputs.source(), false)[0],
				middle, values);
			guess = ImageKindGuess.ofGrey(values);
		}
		darkOnBright = guess.brightBackground() && guess
			.kind() == ImageKind.FLUORESCENCE;
		if (protocol.kind() == ImageKind.AUTO) {
			guess = guess.forAssay(protocol.assay(), info.rgb());
			kind = guess.kind();
			record.put("kind_origin", "found from the image: " + guess.words());
		}
		else {
			kind = protocol.kind();
			record.put("kind_origin", "protocol");
			// dark background in colours may be a screenshot of fluorescence
			if (kind == ImageKind.FLUORESCENCE && info.rgb() && guess
				.brightBackground() && guess.kind() != ImageKind.FLUORESCENCE)
				throw new UserException(inputs.name() +
					": the picture is brightfield (" + id(guess.kind()) +
					" by its colours), asked for is fluorescence; choose another --kind or protocol");
			if (kind != ImageKind.FLUORESCENCE) darkOnBright = false;
		}
		if (SlideMarkers.hasFoci(protocol) && kind != ImageKind.FLUORESCENCE)
			throw new UserException(inputs.name() +
				": SAHF and foci are read on fluorescence, the picture is " + id(kind) +
				"; if it is fluorescence say so with --kind fluorescence");
		if (protocol.assay() == AssayKind.COSTAIN && kind != ImageKind.FLUORESCENCE)
			throw new UserException(inputs.name() +
				": marker panels are read on fluorescence, the picture is " + id(kind) +
				"; if it is fluorescence say so with --kind fluorescence");
		if (protocol.assay() == AssayKind.IHC && kind != ImageKind.H_DAB)
			throw new UserException(inputs.name() +
				": a single marker is read on H-DAB brightfield, the picture is " + id(
					kind) + "; if it is H-DAB say so with --kind h-dab");
		if (protocol.assay() == AssayKind.LIPOFUSCIN && kind != ImageKind.H_DAB &&
			kind != ImageKind.SBB_NFR) throw new UserException(inputs.name() +
				": lipofuscin is read on Sudan Black B with nuclear fast red or on GL13 with hematoxylin, the picture is " +
				id(kind) +
				"; if it is one of them say so with --kind sbb-nfr or h-dab");
		if (protocol.assay() == AssayKind.KI67 && kind != ImageKind.H_DAB &&
			kind != ImageKind.FLUORESCENCE) throw new UserException(inputs.name() +
				": Ki-67 is read on H-DAB brightfield or fluorescence, the picture is " +
				id(kind) + "; if it is H-DAB say so with --kind h-dab");
		if (protocol.assay() == AssayKind.SAGAL && !kind.hasIndigo() &&
			kind != ImageKind.FLUORESCENCE) throw new UserException(inputs.name() +
				": SA-β-gal is read on X-gal brightfield or fluorescence, the picture is " +
				id(kind) +
				"; if it is X-gal say so with --kind x-gal, x-gal-nfr, x-gal-h or x-gal-e");
	}

	private static String id(final Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private Region middle() {
		final Region r = region();
		final int side = 1024, w = Math.min(side, r.width()), h = Math.min(side, r
			.height());
		return new Region(r.x() + (r.width() - w) / 2, r.y() + (r.height() - h) / 2,
			w, h);
	}

	private AnalysedArea area(final Overview seen, final boolean[] mask) {
		int[] found = null;
		if (annotations.tallied() > 0) {
			found = new int[mask.length];
			for (int i = 0; i < mask.length; i++)
				found[i] = mask[i] ? annotations.find((i % seen.width() + 0.5) * seen
					.downsample(), (i / seen.width() + 0.5) * seen.downsample()) : -1;
		}
		return new AnalysedArea(seen.width(), seen.height(), seen.downsample(),
			mask, found, region());
	}

	private void settleArea(final Overview seen, final RgbField small,
		final WhiteReference white)
	{
		final boolean masked = switch (protocol.tissue().mask()) {
			case ON -> true;
			case OFF -> false;
			// a field was chosen by a person; only on a slide there is glass to leave
			// out
			case AUTO -> Math.max(info.width(), info.height()) *
				pixelSizeUm >= SLIDE_UM && (kind == ImageKind.H_DAB ||
					kind == ImageKind.H_E || isSection() &&
						kind != ImageKind.FLUORESCENCE);
		};
		if (masked && !info.rgb() && protocol.tissue().mask() == TissueMasking.ON)
			throw new UserException(inputs.name() +
				": a tissue mask needs a brightfield picture; leave --tissue-mask at auto or off");
		final boolean[] mask;
		if (masked && info.rgb()) mask = TissueMask.of(small, info.width(), info
			.height(), white, pixelSizeUm, protocol.tissue().minPieceUm2()).pixels();
		else {
			mask = new boolean[seen.width() * seen.height()];
			Arrays.fill(mask, true);
		}
		tissue = masked ? mask.clone() : null;
		record.put("tissue_mask", masked ? "tissue only" : "whole picture");
		if (!annotations.isEmpty()) for (int y = 0; y < seen.height(); y++)
			for (int x = 0; x < seen.width(); x++)
				mask[y * seen.width() + x] &= annotations.counts((x + 0.5) * seen
					.downsample(), (y + 0.5) * seen.downsample());
		area = area(seen, mask);
		final boolean[] shown = new boolean[mask.length];
		for (int y = 0; y < seen.height(); y++)
			for (int x = 0; x < seen.width(); x++)
				shown[y * seen.width() + x] = mask[y * seen.width() + x] && area
					.region().contains((int) ((x + 0.5) * seen.downsample()), (int) ((y +
						0.5) * seen.downsample()));
		overview = new Overview(seen.width(), seen.height(), seen.downsample(), seen
			.rgb(), shown);
	}

	private List<RgbField> rgbFields(final List<Region> regions) {
		return regions.stream().map(r -> {
			final byte[] rgb = new byte[(int) (3 * r.size())];
			inputs.source().readRgb(0, r, rgb);
			return new RgbField(r.width(), r.height(), rgb);
		}).collect(Collectors.toList());
	}

	private void settleStains(final List<Region> fields, final Overview seen,
		final int threads, final Cancellation cancellation)
	{
		stains = null;
		if (kind == ImageKind.FLUORESCENCE) return;
		final RgbField small = RgbField.of(seen);
		final List<RgbField> samples = rgbFields(fields);
		stains = StainEstimator.estimate(kind, protocol.stains(), samples, small);
		settleArtefacts(seen, threads, cancellation);
		if (!artefacts.isEmpty()) {
			// shadow and dirt have colours of their own
			for (int i = 0; i < samples.size(); i++)
				clear(samples.get(i), fields.get(i));
			stains = StainEstimator.estimate(kind, protocol.stains(), samples, small);
		}
		warnings.addAll(stains.warnings());
		record.put("stains", stainRecord(stains));
	}

	/** Makes glass of what lies under artefacts. */
	private void clear(final RgbField field, final Region where) {
		final byte[] masked = new byte[field.size()], white = { (byte) Math.round(
			stains.white().red()), (byte) Math.round(stains.white().green()),
			(byte) Math.round(stains.white().blue()) };
		if (!artefacts.read(where, masked)) return;
		for (int i = 0; i < masked.length; i++)
			if (masked[i] != 0) System.arraycopy(white, 0, field.rgb(), 3 * i, 3);
	}

	private void settleNuclei(final List<Region> fields) {
		if (kind == ImageKind.FLUORESCENCE && SlideMarkers.hasFoci(protocol)) {
			final FociAssay foci = new FociAssay(protocol, info, inputs.evidence(),
				inputs.nuclei() != null ? -1 : nuclearChannels(inputs.source(),
					false)[0], pixelSizeUm, warnings);
			markers.addAll(foci.markers());
			nucleusAssay = foci;
		}
		if (kind == ImageKind.FLUORESCENCE && SlideMarkers.hasPanel(protocol)) {
			panel = new CostainPanel(inputs.source(), SlideMarkers.panelOf(protocol),
				inputs.evidence(), inputs.nuclei() != null ? -1 : nuclearChannels(inputs
					.source(), false)[0], new PanelReferences(inputs.controls().stream()
						.filter(c -> c.role() == ControlRole.BLANK).map(
							ControlInput::source).findFirst().orElse(null), inputs.controls()
								.stream().filter(c -> c.role() == ControlRole.SINGLE).map(
									c -> new PanelReferences.Single(c.marker(), c.name(), c
										.source())).toList(), inputs.gates()), pixelSizeUm,
				warnings);
			markers.addAll(panel.markers());
			final String own = SlideMarkers.missing(protocol, markers);
			if (own != null) throw new UserException(inputs.name() +
				": no channel is known as that of " + inputs.evidence().marker(own)
					.label() + "; name it with --panel-markers " + own +
				"=CHANNEL, there are " + channelNames(inputs.source()));
			record.put("panel", panel.record());
			if (!panel.bleedThrough().isEmpty()) record.put("bleed_through", panel
				.bleedThrough());
		}
		if (inputs.fluorescence() != null) settleFluorescence();
		cellsFrom = settleCellsFrom();
		markers.addAll(SlideMarkers.of(protocol, stains, inputs.evidence(),
			pixelSizeUm, cellsFrom == CellsFrom.NUCLEI));
		if (cellsFrom != CellsFrom.NUCLEI) {
			nucleusAssay = new GranuleAssay(markers.get(0), pixelSizeUm);
			if (!fields.isEmpty()) segmenter = bodies(fields);
			return;
		}
		signals = signals(stains);
		if (signals == null || fields.isEmpty()) return;
		final RadialNetwork network = network();
		// the scale is found by the classical method unless it is given
		ClassicalModel model = null;
		if (network == null || Double.isNaN(protocol.nuclei().diameterUm())) {
			model = ClassicalModel.calibrate(planes(fields, signals.get()),
				pixelSizeUm, classical());
		}
		if (network == null) {
			if (!model.hasNuclei()) warnings.add(
				"No nucleus was found in the sample fields of this picture.");
			segmenter = new ClassicalSegmenter(model, signals);
			if (model.hasNuclei()) checkDiameter(model.nucleusDiameterPx());
		}
		else segmenter = starConvex(network, fields, stains == null ? null : stains
			.white(), model == null ? Double.NaN : model.nucleusDiameterPx());
		// without counterstain a stained cell has a nucleus that only DAPI can show
		if (protocol.sagal().quenched() && protocol.assay() == AssayKind.SAGAL &&
			kind == ImageKind.X_GAL && inputs.nuclei() != null && segmenter
				.description().get("nucleus_diameter_px") instanceof final Number px &&
			px.doubleValue() > 0) segmenter = new HiddenNuclei(segmenter, bodies(
				fields, ReliefSignal.Relief.NONE), () -> new IndigoSignal(inputs
					.source(), stains), pixelSizeUm, px.doubleValue());
	}

	/** Channels of fluorescence of the field are markers beside X-gal. */
	private void settleFluorescence() {
		final PixelSource from = inputs.fluorescence();
		final ImageInfo i = from.info();
		if (i.width() != info.width() || i.height() != info.height())
			throw new UserException(i.name() + ": the fluorescence image has " + i
				.width() + " x " + i.height() + " pixels, " + inputs.name() + " has " +
				info.width() + " x " + info.height() +
				"; give one of the same field and size, or leave fluorescence.register on");
		panel = new CostainPanel(from, protocol, inputs.evidence(), NuclearChannels
			.find(i), new PanelReferences(null, List.of(), inputs.gates()),
			pixelSizeUm, warnings);
		if (panel.markers().stream().anyMatch(m -> m.id().equals("sagal")))
			throw new UserException(i.name() +
				": the fluorescence image shows SA-β-gal as the X-gal picture does, and a marker is read once; list the other channels with --panel-markers and set --panel-unlisted false");
		markers.addAll(panel.markers());
		record.put("panel", panel.record());
	}

	/** What shows the cells, settled: anything but {@link CellsFrom#AUTO}. */
	private CellsFrom settleCellsFrom() {
		final CellsFrom asked = protocol.sagal().cellsFrom();
		// nuclei are seen, or the assay is another
		if (protocol.assay() != AssayKind.SAGAL || kind != ImageKind.X_GAL || inputs
			.nuclei() != null) return CellsFrom.NUCLEI;
		if (asked != CellsFrom.AUTO) return asked;
		final SpecimenKind on = protocol.specimen().kind();
		// relief tells cells apart in culture, not in tissue
		if (on == SpecimenKind.SECTION || on == SpecimenKind.TMA || !isField() &&
			on == SpecimenKind.UNKNOWN) return CellsFrom.NUCLEI;
		return Double.isNaN(protocol.sagal().totalCells()) ? CellsFrom.RELIEF
			: CellsFrom.GRANULES;
	}

	/** Finds cells of which no nucleus is seen. */
	private NucleusSegmenter bodies(final List<Region> fields) {
		if (cellsFrom == CellsFrom.GRANULES) return bodies(fields,
			ReliefSignal.Relief.NONE);
		final ReliefSignal.Relief relief = ReliefSignal.look(rgbFields(fields),
			stains, pixelSizeUm);
		warnings.add(relief.shows()
			? "No nucleus is seen on this picture: cells were found by their relief and their granules, and the share of positive ones is of those; cells that show neither are missing in the total (a paired --nuclei-image or a count typed as --sagal-total-cells is surer)."
			: "No nucleus is seen on this picture, and unstained cells hardly show in relief: the total is too low and the share of positive cells too high; give a paired --nuclei-image or type the total with --sagal-total-cells.");
		record.put("relief_contrast_od", relief.contrast());
		return bodies(fields, relief);
	}

	private NucleusSegmenter bodies(final List<Region> fields,
		final ReliefSignal.Relief relief)
	{
		final double area = Math.PI / 4 * protocol.sagal().cellUm() * protocol
			.sagal().cellUm();
		final ClassicalSettings d = ClassicalSettings.defaults();
		return new ClassicalSegmenter(ClassicalModel.calibrate(planes(fields,
			new ReliefSignal(inputs.source(), stains, relief, pixelSizeUm)),
			pixelSizeUm, new ClassicalSettings(protocol.sagal().cellUm(),
				SMALLEST_BODY * area, LARGEST_BODY * area, d.thresholdScale(), d
					.smoothing(), d.splitting()).forBrightfield()),
			() -> new ReliefSignal(inputs.source(), stains, relief, pixelSizeUm));
	}

	private static List<SignalPlane> planes(final List<Region> fields,
		final NuclearSignalReader reader)
	{
		return fields.stream().map(r -> {
			final float[] values = new float[(int) r.size()];
			reader.read(r, 1, values);
			return new SignalPlane(values, r.width(), r.height());
		}).toList();
	}

	private void checkDiameter(final double diameterPx) {
		final double diameterUm = diameterPx * pixelSizeUm;
		if (diameterUm < SMALLEST_NUCLEUS_UM || diameterUm > LARGEST_NUCLEUS_UM)
			warnings.add(String.format(Locale.ROOT,
				"Nuclei measure about %.1f µm across by the pixel size in use: check the pixel size (%.4g µm).",
				diameterUm, pixelSizeUm));
	}

	/** The network that the protocol asks for; null for the classical method. */
	private RadialNetwork network() {
		if (protocol.method() == SegmentationMethod.CLASSICAL) return null;
		// a paired image shows nuclei in fluorescence
		final ImageKind shown = inputs.nuclei() != null ? ImageKind.FLUORESCENCE
			: kind;
		try {
			if (!protocol.model().isBlank()) return inputs.networks().open(protocol
				.model());
			final RadialNetwork shipped = inputs.networks().shipped(shown);
			if (shipped == null && protocol
				.method() == SegmentationMethod.STAR_CONVEX) throw new UserException(
					inputs.name() + ": no star-convex network is shipped for " + id(
						shown) +
						" pictures; name one with --model, or use --method classical");
			return shipped;
		}
		catch (final NucleusNetworks.NetworksUnavailableException missing) {
			if (protocol.method() == SegmentationMethod.STAR_CONVEX || !protocol
				.model().isBlank()) throw new UserException(UserException.Kind.INPUT,
					inputs.name() + ": nuclei cannot be found by a network: " + missing
						.getMessage() + "; or use --method classical", missing);
			warnings.add(
				"Nuclei were found by the classical method, because networks do not run here: " +
					missing.getMessage() + ".");
			return null;
		}
	}

	private NucleusSegmenter starConvex(final RadialNetwork network,
		final List<Region> fields, final WhiteReference white,
		final double diameterPx)
	{
		final NetworkCard card = network.card();
		final boolean paired = inputs.nuclei() != null;
		final PixelSource source = paired ? inputs.nuclei() : inputs.source();
		final ImageKind shown = paired ? ImageKind.FLUORESCENCE : kind;
		if (!card.kinds().isEmpty() && !card.kinds().contains(shown)) warnings.add(
			"The network " + card.name() + " was trained for " + card.kinds().stream()
				.map(SlideCalibration::id).sorted().collect(Collectors.joining(", ")) +
				", this picture is " + id(shown) + ": look at its nuclei with care.");
		final Supplier<PixelReader> pixels;
		if (card.channels() == 1) pixels = () -> {
			final NuclearSignalReader signal = signals.get();
			return (region, out) -> signal.read(region, 1, out);
		};
		else {
			if (!source.info().rgb()) throw new UserException((paired ? source.info()
				.name() : inputs.name()) + ": the network " + card.name() +
				" takes red, green and blue, this picture has " + channelNames(source) +
				"; give a network of one channel with --model");
			pixels = () -> new RgbReader(source);
		}
		final NucleusSegmenter found = StarConvexCalibration.calibrate(network,
			new StarConvexCalibration.Slide(info.width(), info.height(), pixelSizeUm,
				fields, white == null ? null : new float[] { (float) white.red(),
					(float) white.green(), (float) white.blue() }, diameterPx), pixels,
			protocol.nuclei());
		if (!Double.isNaN(card.nucleusDiameterPx())) checkDiameter(((Number) found
			.description().get("nucleus_diameter_px")).doubleValue());
		return found;
	}

	/** Red, green and blue of a picture as numbers. */
	private static final class RgbReader implements PixelReader {

		private final PixelSource source;
		private byte[] rgb = new byte[0];

		RgbReader(final PixelSource source) {
			this.source = source;
		}

		@Override
		public void read(final Region level0, final float[] out) {
			final int n = (int) (3 * level0.size());
			if (rgb.length < n) rgb = new byte[n];
			source.readRgb(0, level0, rgb);
			for (int i = 0; i < n; i++)
				out[i] = rgb[i] & 0xff;
		}
	}

	private ClassicalSettings classical() {
		final NucleiSettings n = protocol.nuclei();
		final ClassicalSettings d = ClassicalSettings.defaults();
		// a paired image shows nuclei in fluorescence
		final boolean brightfield = inputs.nuclei() == null &&
			kind != ImageKind.FLUORESCENCE;
		final ClassicalSettings settings = new ClassicalSettings(n.diameterUm(), n
			.minAreaUm2(), n.maxAreaUm2(), n.thresholdScale(), d.smoothing(), n
				.splitting());
		return brightfield ? settings.forBrightfield() : settings;
	}

	/** How the nuclear signal is read; null where no nuclei can be seen. */
	private Supplier<NuclearSignalReader> signals(final StainEstimate stains) {
		if (inputs.nuclei() != null) {
			final ImageInfo n = inputs.nuclei().info();
			if (n.width() != info.width() || n.height() != info.height())
				throw new UserException(n.name() + ": the nuclei image has " + n
					.width() + " x " + n.height() + " pixels, " + inputs.name() +
					" has " + info.width() + " x " + info.height() +
					"; give a nuclei image of the same field and size");
			final int[] channels = nuclearChannels(inputs.nuclei(), true);
			return () -> new ChannelSignal(inputs.nuclei(), channels, Double.NaN);
		}
		if (kind == ImageKind.FLUORESCENCE) {
			final int[] channels = nuclearChannels(inputs.source(), false);
			final double white = darkOnBright ? info.type().maximum() : Double.NaN;
			if (darkOnBright && Double.isNaN(white)) throw new UserException(inputs
				.name() +
				": dark nuclei on a bright background in floating point, without a known white; convert the picture to 8 or 16 bit");
			return () -> new ChannelSignal(inputs.source(), channels, white);
		}
		if (NuclearSignal.exists(kind)) {
			final NuclearSignal signal = NuclearSignal.of(kind, stains, markers
				.isEmpty() || markers.stream().anyMatch(m -> m
					.decidingCompartment() == Compartment.NUCLEUS));
			return () -> new BrightfieldSignal(inputs.source(), signal);
		}
		warnings.add(
			"No stain shows nuclei on this picture: only the stained area was measured, no cells (give a paired nuclear image with --nuclei-image).");
		return null;
	}

	private int[] nuclearChannels(final PixelSource source,
		final boolean paired)
	{
		final ImageInfo i = source.info();
		// of a pair, the image of the nuclei has the nuclear channel
		final String asked = paired == (inputs.nuclei() != null) ? protocol
			.channel().trim() : "";
		if (!asked.isEmpty()) {
			final Channel named = i.channel(asked);
			if (named != null) return new int[] { named.index() };
			throw new UserException((paired ? i.name() : inputs.name()) +
				": no channel " + asked + "; there are " + channelNames(source));
		}
		if (i.rgb()) return new int[] { 0, 1, 2 };
		final int found = NuclearChannels.find(i);
		if (found >= 0) return new int[] { found };
		throw new UserException((paired ? i.name() : inputs.name()) +
			": no channel is known as the nuclear one; name it with --channel, there are " +
			channelNames(source));
	}

	private static String channelNames(final PixelSource source) {
		return source.info().channelNames();
	}

	private static Map<String, Object> stainRecord(final StainEstimate s) {
		final Map<String, Object> r = new LinkedHashMap<>();
		r.put("origin", s.origin());
		r.put("quality", s.quality());
		final Map<String, Object> vectors = new LinkedHashMap<>();
		for (int i = 0; i < 3; i++)
			vectors.put(s.vectors().stain(i).label(), s.vectors().vector(i));
		r.put("vectors", vectors);
		r.put("white", new double[] { s.white().red(), s.white().green(), s.white()
			.blue() });
		r.put("white_found", s.white().found());
		return r;
	}

	private void describe() {
		final Map<String, Object> decided = new LinkedHashMap<>();
		decided.put("image", inputs.name());
		decided.put("format", info.format());
		decided.put("width", info.width());
		decided.put("height", info.height());
		decided.put("pixel_size_um", pixelSizeUm);
		decided.put("pixel_size_origin", protocol.pixelSize() > 0 ? "protocol"
			: "file");
		if (info.sizeZ() > 1) decided.put("plane", (switch (protocol.z()) {
			case "best" -> "the sharpest";
			case "max" -> "maximum projection";
			default -> "number " + protocol.z();
		}) + " of " + info.sizeZ());
		decided.put("kind", id(kind));
		decided.putAll(record);
		decided.put("illumination", inputs
			.source() instanceof final FlatFieldSource f ? f.words() : "as it is");
		decided.put("region", area.region().toString());
		if (protocol.assay() == AssayKind.SAGAL) decided.put("cells_from", id(
			cellsFrom));
		decided.put("nuclei", segmenter == null ? "none" : segmenter.description());
		record.clear();
		record.putAll(decided);
	}

	/**
	 * The protocol by which a control of this slide is measured: the same kind
	 * and stain vectors, for controls are stained alike and a blank shows no
	 * stain to find a vector from; its own white, for it was lit by itself.
	 */
	Protocol ofControl(final Protocol own) {
		final Map<String, String> texts = new LinkedHashMap<>();
		texts.put("region", "");
		texts.put("control", "");
		texts.put("regions.control_classes", "");
		texts.put("kind", id(kind));
		// a share of a control is of all its cells, whatever total was typed here
		texts.put("sagal.cells_from", id(cellsFrom == CellsFrom.NUCLEI ? cellsFrom
			: CellsFrom.RELIEF));
		texts.put("sagal.total_cells", "");
		if (stains != null) {
			texts.put("stains.counterstain", text(stains.vectors().vector(0)));
			texts.put("stains.chromogen", text(stains.vectors().vector(1)));
		}
		return ProtocolOverrides.apply(own, texts);
	}

	private static String text(final double[] vector) {
		return String.format(Locale.ROOT, "%.6f,%.6f,%.6f", vector[0], vector[1],
			vector[2]);
	}

	/** Whether the picture is a field, chosen by a person, and not a slide. */
	boolean isField() {
		return Math.max(info.width(), info.height()) * pixelSizeUm < SLIDE_UM;
	}

	/** Area of the annotations that count, by name, in mm². */
	Map<String, Double> regionMm2() {
		return annotations.areas(pixelSizeUm * pixelSizeUm / 1e6);
	}

	double pixelSizeUm() {
		return pixelSizeUm;
	}

	ImageInfo imageInfo() {
		return new ImageInfo(inputs.name(), info.series(), inputs.name().equals(info
			.name()) ? info.seriesName() : "", info.format(), info.type(), info.rgb(),
			info.channels(), info.levels(), info.sizeZ(), info.sizeT(), pixelSizeUm,
			pixelSizeUm, info.warnings());
	}

	Overview overview() {
		return overview;
	}

	AnalysedArea area() {
		return area;
	}

	AnnotationIndex annotations() {
		return annotations;
	}

	ArtefactMap artefacts() {
		return artefacts;
	}

	List<MarkerAnalyzer> markers() {
		return markers;
	}

	/** What is read of each nucleus beside the markers; null for nothing. */
	NucleusAssay nucleusAssay() {
		return nucleusAssay;
	}

	/** The marker panel; null where the assay is none. */
	CostainPanel panel() {
		return panel;
	}

	/** What shows the cells; never auto. */
	CellsFrom cellsFrom() {
		return cellsFrom;
	}

	/** How far cells reach: bodies that are seen whole do not grow. */
	CompartmentSettings compartments() {
		final CompartmentSettings c = protocol.cells();
		return cellsFrom == CellsFrom.NUCLEI ? c : new CompartmentSettings(0, c
			.ringUm(), c.membraneUm());
	}

	/** The segmenter; null where no nuclei can be seen. */
	NucleusSegmenter segmenter() {
		return segmenter;
	}

	/** A reader of the nuclear signal for a thread; null where none is seen. */
	NuclearSignalReader signal() {
		return signals == null ? null : signals.get();
	}

	List<String> warnings() {
		return warnings;
	}

	Map<String, Object> record() {
		return record;
	}

	/**
	 * Whether percentages count tumour cells alone: annotations select them or
	 * the region classifier tells them.
	 */
	boolean selectsTumour() {
		return annotations.selectsTumour() || inputs.regions() != null;
	}

	/**
	 * Lineage of a cell: what its annotation says, else the region classifier,
	 * else the protocol.
	 */
	Lineage lineage(final SpilledCell cell) {
		final Lineage given = annotations.lineage(cell.annotation());
		if (given != null) return given;
		return cell.told() != null ? cell.told() : protocol.lineage();
	}
}
