
package org.senoscope.io.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Column.Type;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.evidence.EvidenceCall;
import org.senoscope.core.evidence.EvidenceCaller;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.EvidenceTally;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.evidence.SlideEvidence;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolReader;
import org.senoscope.core.protocol.SpecimenSettings;
import org.senoscope.core.run.CellVisitor;
import org.senoscope.core.run.Histogram;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideResult;
import org.senoscope.core.run.SlideSummary;

/**
 * A made-up result with its picture: elliptic nuclei on a jittered grid, with
 * readings drawn from a seeded generator. Stands in for the pipeline in tests
 * of the writers.
 */
public final class SyntheticSlide implements SlideResult, PixelSource {

	private static final double PIXEL_UM = 0.5;
	private static final int PITCH = 32;

	private final AssayKind assay;
	private final int width, height;
	private final String name;
	private final ImageInfo info;
	private final CellTable table;
	private final List<Cell> cells = new ArrayList<>();
	private final SlideSummary summary;
	private final double gate;
	private final List<String> warnings = new ArrayList<>();
	private final EvidenceCaller caller;
	private final EvidenceTally tally;
	private Protocol protocol;
	private byte[] picture;
	private boolean closed;

	/**
	 * Makes a slide.
	 *
	 * @param assay what is measured on it
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param count cells at most; the grid may hold fewer
	 * @param name image name
	 */
	public SyntheticSlide(final AssayKind assay, final int width,
		final int height, final int count, final String name)
	{
		this(assay, width, height, count, name, List.of());
	}

	/**
	 * Makes a slide of Ki-67 on which further markers were called, about a third
	 * of the cells positive for each, in tumour cells, stroma on the left.
	 */
	public static SyntheticSlide ofPanel(final int width, final int height,
		final String name, final String... others)
	{
		return new SyntheticSlide(AssayKind.KI67, width, height, Integer.MAX_VALUE,
			name, List.of(others));
	}

	private SyntheticSlide(final AssayKind assay, final int width,
		final int height, final int count, final String name,
		final List<String> others)
	{
		final List<String> markers = new ArrayList<>(others);
		if (assay != AssayKind.NUCLEI) markers.add(0, assay == AssayKind.KI67
			? "ki67" : "sagal");
		caller = new EvidenceCaller(EvidenceDefinition.builtIn(), markers.stream()
			.map(EvidenceDefinition.builtIn()::marker).toList(),
			SpecimenSettings.DEFAULTS, P53Pattern.UNKNOWN);
		tally = new EvidenceTally(caller);
		this.assay = assay;
		this.width = width;
		this.height = height;
		this.name = name;
		gate = assay == AssayKind.KI67 ? 0.2 : 0.15;
		info = new ImageInfo(name, 0, "", "made up", PixelType.UINT8, true, List.of(
			new Channel(0, "Red", 0xff0000), new Channel(1, "Green", 0x00ff00),
			new Channel(2, "Blue", 0x0000ff)), List.of(new PyramidLevel(width, height,
				1)), 1, 1, PIXEL_UM, PIXEL_UM, List.of());
		protocol = ProtocolReader.read(
			"{name: synthetic, description: Made up for tests., assay: " + assay
				.name().toLowerCase(Locale.ROOT).replace('_', '-') + ", kind: " +
				switch (assay) {
					case KI67 -> "h-dab";
					case SAGAL -> "x-gal-nfr";
					case NUCLEI -> "h-e";
					default -> "auto";
				} + "}", "synthetic");
		table = new CellTable(columns(assay));
		warnings.add(
			"the pixel size was not in the file and was given as 0.5 µm <by hand>");
		makeCells(count);
		summary = summarise();
	}

	private static List<Column> columns(final AssayKind assay) {
		final List<Column> columns = new ArrayList<>();
		text(columns, "image");
		add(columns, Type.INTEGER, "cell_id");
		text(columns, "cell_uuid");
		number(columns, "centroid_x_px", "centroid_y_px", "centroid_x_um",
			"centroid_y_um");
		text(columns, "region");
		number(columns, "nucleus_area_um2", "nucleus_perimeter_um",
			"nucleus_circularity", "nucleus_solidity", "nucleus_eccentricity",
			"nucleus_major_axis_um", "nucleus_minor_axis_um", "nucleus_probability",
			"cell_area_um2");
		text(columns, "lineage", "lineage_source");
		if (assay != AssayKind.NUCLEI) {
			final String m = assay == AssayKind.KI67 ? "ki67" : "sagal";
			for (final String c : assay == AssayKind.KI67 ? List.of("nucleus") : List
				.of("ring", "cytoplasm"))
				number(columns, m + "_" + c + "_mean", m + "_" + c + "_integrated", m +
					"_" + c + "_p05");
			number(columns, m + "_value", m + "_gate");
			add(columns, Type.BOOLEAN, m + "_positive");
			number(columns, m + "_margin");
			if (assay == AssayKind.KI67) text(columns, "ki67_class");
		}
		number(columns, "p_senescent", "p_dormant", "p_csc", "p_proliferating");
		text(columns, "phenotype");
		number(columns, "phenotype_confidence");
		text(columns, "phenotype_reason", "evidence_axes", "flags");
		return columns;
	}

	private static void number(final List<Column> columns,
		final String... names)
	{
		for (final String n : names)
			add(columns, Type.NUMBER, n);
	}

	private static void text(final List<Column> columns, final String... names) {
		for (final String n : names)
			add(columns, Type.TEXT, n);
	}

	private static void add(final List<Column> columns, final Type type,
		final String n)
	{
		columns.add(new Column(n, type, n));
	}

	private void makeCells(final int count) {
		final Random random = new Random(1);
		long id = 0;
		for (int gy = 0; (gy + 1) * PITCH <= height && id < count; gy++)
			for (int gx = 0; (gx + 1) * PITCH <= width && id < count; gx++) {
				final double cx = (gx + 0.5) * PITCH + 4 * random.nextDouble() - 2;
				final double cy = (gy + 0.5) * PITCH + 4 * random.nextDouble() - 2;
				final double a = 7 + 4 * random.nextDouble(), b = 5 + 3 * random
					.nextDouble(), turn = Math.PI * random.nextDouble();
				// more positive cells on the right
				final boolean positive = random.nextDouble() < 0.05 + 0.4 * cx / width;
				final double value = positive ? gate + 0.02 + 0.6 * random.nextDouble()
					: gate * 0.9 * random.nextDouble();
				add(++id, cx, cy, ellipse(cx, cy, a, b, turn), ellipse(cx, cy, a + 4,
					b + 4, turn), Math.PI * a * b, value);
			}
	}

	/** Adds a cell whose nucleus has the given outline. */
	public void add(final long id, final Outline nucleus) {
		add(id, nucleus.x()[0], nucleus.y()[0], nucleus, null, nucleus.area(), 0.1);
	}

	private void add(final long id, final double cx, final double cy,
		final Outline nucleus, final Outline whole, final double areaPx,
		final double value)
	{
		final double[] numbers = new double[table.columns().size()];
		Arrays.fill(numbers, Double.NaN);
		final String[] texts = new String[numbers.length];
		final UUID uuid = UUID.nameUUIDFromBytes((name + ":" + cx + ":" + cy)
			.getBytes(StandardCharsets.UTF_8));
		final Map<String, Object> v = new LinkedHashMap<>();
		v.put("image", name);
		v.put("cell_id", (double) id);
		v.put("cell_uuid", uuid.toString());
		v.put("centroid_x_px", cx);
		v.put("centroid_y_px", cy);
		v.put("centroid_x_um", cx * PIXEL_UM);
		v.put("centroid_y_um", cy * PIXEL_UM);
		v.put("nucleus_area_um2", areaPx * PIXEL_UM * PIXEL_UM);
		v.put("nucleus_perimeter_um", nucleus.perimeter() * PIXEL_UM);
		v.put("nucleus_major_axis_um", 9.0);
		v.put("nucleus_minor_axis_um", 6.0);
		final String m = assay == AssayKind.KI67 ? "ki67" : "sagal";
		final String c = assay == AssayKind.KI67 ? "nucleus" : "ring";
		v.put(m + "_" + c + "_mean", value);
		v.put(m + "_" + c + "_integrated", value * areaPx);
		v.put(m + "_value", value);
		v.put(m + "_gate", gate);
		v.put(m + "_positive", value >= gate ? 1.0 : 0.0);
		v.put(m + "_margin", value - gate);
		v.put("ki67_class", grade(value));
		final EvidenceCall call = call(id, cx, value);
		v.put("lineage", call.lineage().id());
		v.put("phenotype", call.phenotype());
		v.put("phenotype_confidence", call.confidence(null));
		v.put("phenotype_reason", call.reason());
		v.put("evidence_axes", call.axesText());
		if (id % 7 == 0) v.put("flags", "edge;saturated");
		v.forEach((key, value1) -> {
			final int index = table.index(key);
			if (index < 0) return;
			if (value1 instanceof String s) texts[index] = s;
			else numbers[index] = (Double) value1;
		});
		cells.add(new Cell(id, uuid, nucleus, whole, numbers, texts));
	}

	private EvidenceCall call(final long id, final double cx,
		final double value)
	{
		final MarkerState[] states = new MarkerState[caller.panel().size()];
		final Random random = new Random(id);
		random.nextInt();
		for (int m = 0; m < states.length; m++)
			states[m] = (m == 0 ? value >= gate : random.nextInt(3) == 0)
				? MarkerState.POSITIVE : MarkerState.NEGATIVE;
		final EvidenceCall call = caller.call(states, states.length < 2
			? Lineage.UNKNOWN : cx < width / 5.0 ? Lineage.STROMA : Lineage.TUMOUR,
			0);
		tally.add(call, call.phenotype());
		return call;
	}

	private static String grade(final double value) {
		return value >= 0.6 ? "3+" : value >= 0.4 ? "2+" : value >= 0.2 ? "1+"
			: "negative";
	}

	static Outline ellipse(final double cx, final double cy, final double a,
		final double b, final double turn)
	{
		final int n = 28;
		final float[] x = new float[n], y = new float[n];
		for (int i = 0; i < n; i++) {
			final double t = 2 * Math.PI * i / n;
			x[i] = (float) (cx + a * Math.cos(t) * Math.cos(turn) - b * Math.sin(t) *
				Math.sin(turn));
			y[i] = (float) (cy + a * Math.cos(t) * Math.sin(turn) + b * Math.sin(t) *
				Math.cos(turn));
		}
		return new Outline(x, y);
	}

	private SlideSummary summarise() {
		final List<MarkerSummary> markers = new ArrayList<>();
		if (assay != AssayKind.NUCLEI) {
			final String m = assay == AssayKind.KI67 ? "ki67" : "sagal";
			final long[] bins = new long[40], grades = new long[4];
			long positive = 0;
			for (final Cell cell : cells) {
				final double value = table.number(cell, m + "_value");
				bins[(int) Math.min(39, value / 0.025)]++;
				grades[value >= 0.6 ? 3 : value >= 0.4 ? 2 : value >= 0.2 ? 1 : 0]++;
				if (value >= gate) positive++;
			}
			final double percent = cells.isEmpty() ? Double.NaN : 100.0 * positive /
				cells.size();
			final boolean ki67 = assay == AssayKind.KI67;
			markers.add(new MarkerSummary(m, ki67 ? "Ki-67" : "SA-β-gal", ki67
				? "Ki-67-positive nuclei, all nuclei in the region (tumour not selected)"
				: "SA-β-gal-positive cells, all cells in the region", cells.size(),
				positive, percent, percent - 4.25, percent + 5.5, percent - 3, percent +
					3.25, ki67 ? Double.NaN : 12.345678, ki67 ? Double.NaN : 0.0123, ki67
						? Double.NaN : 0.087, gate, "fixed: the built-in protocol", ki67
							? "mean DAB optical density of the nucleus"
							: "mean indigo optical density of the cytoplasm", ki67 ? 41.5
								: Double.NaN, ki67 ? 3 : -1, ki67 ? 2 : -1, ki67 ? grades
									: null, new Histogram(0, 0.025, bins), Map.of()));
		}
		final SlideEvidence evidence = tally.build(10, "");
		final Map<String, Long> phenotypes = new LinkedHashMap<>();
		evidence.phenotypes().forEach(t -> phenotypes.put(t.id(), t.cells()));
		final Map<String, Double> numbers = new LinkedHashMap<>();
		numbers.put("nucleus_area_median_um2", 44.25);
		return new SlideSummary(name, PIXEL_UM, width * height * 1e-6 * PIXEL_UM *
			PIXEL_UM, cells.size(), markers, phenotypes, assay == AssayKind.NUCLEI
				? null : evidence, numbers, Map.of(), List.copyOf(warnings));
	}

	/** Replaces the protocol. */
	public SyntheticSlide with(final Protocol p) {
		protocol = p;
		return this;
	}

	/** Returns the cells. */
	public List<Cell> cells() {
		return List.copyOf(cells);
	}

	/** Returns whether the result was closed. */
	public boolean isClosed() {
		return closed;
	}

	@Override
	public Protocol protocol() {
		return protocol;
	}

	@Override
	public ImageInfo image() {
		return info;
	}

	@Override
	public ImageInfo info() {
		return info;
	}

	@Override
	public SlideSummary summary() {
		return summary;
	}

	@Override
	public CellTable table() {
		return table;
	}

	@Override
	public void forEachCell(final CellVisitor visitor) {
		cells.forEach(visitor::visit);
	}

	@Override
	public void forEachCell(final Region region, final CellVisitor visitor) {
		for (final Cell cell : cells)
			if (reaches(cell.nucleus(), region) || cell.cell() != null && reaches(cell
				.cell(), region)) visitor.visit(cell);
	}

	private static boolean reaches(final Outline o, final Region r) {
		float x0 = o.x()[0], x1 = x0, y0 = o.y()[0], y1 = y0;
		for (int i = 1; i < o.corners(); i++) {
			x0 = Math.min(x0, o.x()[i]);
			x1 = Math.max(x1, o.x()[i]);
			y0 = Math.min(y0, o.y()[i]);
			y1 = Math.max(y1, o.y()[i]);
		}
		return x1 > r.x() && y1 > r.y() && x0 < r.right() && y0 < r.bottom();
	}

	@Override
	public Overview overview() {
		final int step = Math.max(1, Math.max(width, height) / 1024);
		final int w = width / step, h = height / step;
		final byte[] full = new byte[3 * width], rgb = new byte[3 * w * h];
		final boolean[] analysed = new boolean[w * h];
		for (int y = 0; y < h; y++) {
			readRgb(0, new Region(0, y * step, width, 1), full);
			for (int x = 0; x < w; x++) {
				System.arraycopy(full, 3 * x * step, rgb, 3 * (y * w + x), 3);
				final double dx = (x + 0.5) / w - 0.5, dy = (y + 0.5) / h - 0.5;
				analysed[y * w + x] = dx * dx + dy * dy < 0.22;
			}
		}
		return new Overview(w, h, step, rgb, analysed);
	}

	@Override
	public Map<String, Object> record() {
		final Map<String, Object> record = new LinkedHashMap<>();
		record.put("version", "0.1.0");
		record.put("command", List.of("senoscope", "ki67", "a b.tif", "--out",
			"out"));
		record.put("pixel_size_origin", "file");
		record.put("kind", "h-e");
		record.put("kind_origin", "found from the image: mostly pink");
		record.put("nuclei", Map.of("method", "classical", "nucleus_diameter_px",
			20.0));
		final Map<String, Object> stains = new LinkedHashMap<>();
		stains.put("origin", "estimated from the slide");
		stains.put("quality", 0.8);
		stains.put("vectors", Map.of("DAB", new double[] { 0.27, 0.57, 0.78 }));
		record.put("stains", stains);
		return record;
	}

	@Override
	public boolean isPartial() {
		return false;
	}

	@Override
	public void readRgb(final int level, final Region region, final byte[] rgb) {
		if (picture == null) picture = draw();
		for (int y = 0; y < region.height(); y++)
			System.arraycopy(picture, 3 * ((region.y() + y) * width + region.x()),
				rgb, 3 * y * region.width(), 3 * region.width());
	}

	private byte[] draw() {
		final byte[] rgb = new byte[3 * width * height];
		final Random noise = new Random(2);
		for (int i = 0; i < width * height; i++) {
			final int grain = noise.nextInt(8);
			rgb[3 * i] = (byte) (240 - grain);
			rgb[3 * i + 1] = (byte) (236 - grain);
			rgb[3 * i + 2] = (byte) (242 - grain);
		}
		final PolygonScan scan = new PolygonScan();
		final Region region = info.bounds();
		for (final Cell cell : cells) {
			final boolean ki67 = assay != AssayKind.SAGAL;
			final double value = table.number(cell, ki67 ? "ki67_value"
				: "sagal_value");
			final boolean positive = value >= gate;
			if (!ki67 && positive && cell.cell() != null) fill(scan, cell.cell(),
				region, rgb, 0x2f8f9f);
			fill(scan, cell.nucleus(), region, rgb, ki67 ? positive ? 0x6b3f1d
				: 0x6a78b8 : 0xd98aa6);
		}
		return rgb;
	}

	private static void fill(final PolygonScan scan, final Outline outline,
		final Region region, final byte[] rgb, final int colour)
	{
		scan.visit(outline, region.x(), region.y(), region.right(), region.bottom(),
			(y, from, to) -> {
				for (int x = from; x < to; x++) {
					final int i = 3 * ((y - region.y()) * region.width() + x - region
						.x());
					rgb[i] = (byte) (colour >> 16);
					rgb[i + 1] = (byte) (colour >> 8);
					rgb[i + 2] = (byte) colour;
				}
			});
	}

	@Override
	public void readChannel(final int level, final int channel,
		final Region region, final float[] values)
	{
		final byte[] rgb = new byte[(int) (3 * region.size())];
		readRgb(level, region, rgb);
		for (int i = 0; i < region.size(); i++)
			values[i] = rgb[3 * i + channel] & 0xff;
	}

	@Override
	public void close() {
		closed = true;
	}
}
