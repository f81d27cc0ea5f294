
package org.senoscope.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import org.senoscope.core.UserException;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.CellFlag;
import org.senoscope.core.evidence.EvidenceCall;
import org.senoscope.core.evidence.EvidenceCaller;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.phenotype.CellColumnNames;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.core.phenotype.StateModel;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.evidence.EvidenceFile;
import org.senoscope.io.model.ModelFolders;
import org.senoscope.io.table.AddedColumn;
import org.senoscope.io.table.AddedColumn.Type;
import org.senoscope.io.table.AddedValues;
import org.senoscope.io.table.RowBlock;
import org.senoscope.io.table.TableFile;
import org.senoscope.io.training.NucleusCrops;
import org.senoscope.tensorflow.PhenotypeModels;

/**
 * Calls the cells of a table of any tool, by a model, by the evidence rules, by
 * both where the model tells the states that the rules are about, or by a
 * phenotype workflow of SCIMAP. What is called is called by the same rules as
 * cells of an image. The table is streamed: memory does not grow with it.
 */
public final class ClassifyJob {

	private static final String INDETERMINATE = "indeterminate";

	private final TableFile table;
	private final ClassificationSettings settings;
	private final PhenotypeModel model;
	private final Progress progress;
	private final Cancellation cancellation;
	private final int threads;
	private final EvidenceDefinition definition;
	private final List<String> notes = new ArrayList<>();
	private final Map<String, LongAdder> phenotypes =
		new ConcurrentSkipListMap<>();

	private final TableColumns columns;
	private final int slide, control, lineage, flags;
	/** For each flag the place of a column of its name; -1: none. */
	private final int[] flagPlaces = new int[CellFlag.values().length];
	/** Features of the model that the table has, with their places. */
	private final List<String> features = new ArrayList<>();
	private int[] featurePlaces = {};
	/** Null: no model, or one whose classes are no states of the definition. */
	private final StateModel states;
	/** Null: classes are no states of the definition, nothing to reckon with. */
	private final MarkerGates gates;
	private final Map<P53Pattern, EvidenceCaller> callers =
		new ConcurrentHashMap<>();
	private SlideAnchors anchors;
	/** Null: the model sees columns. */
	private NucleusCrops crops;
	private int image, id;
	private final LongAdder missing = new LongAdder();

	private ClassifyJob(final TableFile table,
		final ClassificationSettings settings, final PhenotypeModel model,
		final Progress progress, final Cancellation cancellation)
	{
		this.table = table;
		this.settings = settings;
		this.model = model;
		this.progress = progress;
		definition = EvidenceFile.read(settings.definition());
		this.cancellation = cancellation;
		threads = settings.threads() > 0 ? settings.threads() : Runtime.getRuntime()
			.availableProcessors();
		columns = new TableColumns(table);
		slide = columns.addSlide(settings.slide());
		control = columns.addIfGiven(settings.control());
		states = model == null ? null : StateModel.of(model, definition);
		if (model != null && model.seesCrops()) {
			if (!settings.crop().given()) throw new UserException(settings.model() +
				": learned from pictures of nuclei; give their folder with --crop-images");
			crops = new NucleusCrops(settings.crop());
			image = columns.add("image");
			id = columns.add("cell_id");
		}
		else if (model != null) addFeatures();
		gates = model != null && states == null ? null : new MarkerGates(table,
			columns, definition, settings.gates(), slide);
		lineage = gates == null ? -1 : columns.addIfThere("lineage");
		flags = gates == null ? -1 : columns.addIfThere("flags");
		for (final CellFlag flag : CellFlag.values())
			flagPlaces[flag.ordinal()] = gates == null ? -1 : columns.addIfThere(flag
				.id());
		if (model == null && gates.panel().isEmpty()) throw MarkerGates.noMarker(
			table);
	}

	/**
	 * Calls the cells of a table.
	 *
	 * @param cells the table
	 * @param out where to write it with the calls: a table, or a folder that
	 *          receives one of the same name
	 * @param settings how
	 * @param progress told what is going on
	 * @param cancellation checked between blocks of rows
	 * @return what became of it
	 * @throws UserException in one line, if table or model cannot be used or the
	 *           output cannot be written
	 */
	public static ClassifyOutcome run(final Path cells, final Path out,
		final ClassificationSettings settings, final Progress progress,
		final Cancellation cancellation)
	{
		return run(cells, out, settings, folder -> PhenotypeModels.open(folder,
			settings.coverage()), progress, cancellation);
	}

	static ClassifyOutcome run(final Path cells, final Path out,
		final ClassificationSettings settings,
		final Function<Path, PhenotypeModel> opener, final Progress progress,
		final Cancellation cancellation)
	{
		final Path target = target(cells, out);
		final boolean rules = settings.model().isEmpty() || settings.model().equals(
			ClassificationSettings.EVIDENCE);
		progress.stage("Opening " + cells.getFileName());
		if (!settings.workflow().isEmpty()) {
			if (!rules) throw new UserException(settings.workflow() +
				": cells are called by this workflow or by the model " + settings
					.model() + ", not by both; leave one out");
			try (TableFile table = TableFile.open(cells)) {
				return new WorkflowJob(table, settings, progress, cancellation).run(
					target);
			}
		}
		try (TableFile table = TableFile.open(cells);
				PhenotypeModel model = rules ? null : opener.apply(modelPath(settings
					.model())))
		{
			return new ClassifyJob(table, settings, model, progress, cancellation)
				.run(target);
		}
	}

	/** Returns the table to write. */
	public static Path target(final Path cells, final Path out) {
		final boolean file = out.getFileName() != null && !Files.isDirectory(out) &&
			TableFile.isTable(out);
		final Path target = file ? out : out.resolve(cells.getFileName());
		if (!file && target.toAbsolutePath().normalize().equals(cells
			.toAbsolutePath().normalize())) throw new UserException(target +
				": is the table itself; name another file or folder for the output");
		return target;
	}

	/** Returns the folder of a model given by path or by a shipped one's name. */
	static Path modelPath(final String name) {
		final Path path = Path.of(name);
		return Files.exists(path) ? path : ModelFolders.shipped(name).orElse(path);
	}

	private ClassifyOutcome run(final Path target) {
		firstReading();
		progress.stage("Classifying " + table.file().getFileName());
		final List<AddedColumn> added = addedColumns();
		table.complete(target, columns.names(), added, threads, this::call,
			progress, cancellation);
		final Map<String, Long> counts = new LinkedHashMap<>();
		phenotypes.forEach((id, n) -> counts.put(id, n.sum()));
		if (anchors != null && crops == null) notes.addAll(anchors.notes());
		if (missing.sum() > 0) notes.add(missing.sum() +
			" cells have no nucleus in their label image and were not called.");
		return new ClassifyOutcome(target, model == null ? definition.name() + " " +
			definition.version() : settings.model(), model == null ? "" : model
				.calibration(), counts.values().stream().mapToLong(n -> n).sum(),
			counts, notes);
	}

	/** Maps the features of the model to columns. */
	private void addFeatures() {
		final List<Integer> places = new ArrayList<>();
		final List<String> missing = new ArrayList<>();
		for (final String feature : model.features()) {
			final int column = CellColumnNames.of(feature, definition, table
				.columns());
			if (column < 0) missing.add(feature);
			else {
				features.add(feature);
				places.add(columns.add(table.columns().get(column)));
			}
		}
		if (features.isEmpty()) throw new UserException(table.file() +
			": has none of the features of the model (" + String.join(", ", model
				.features()) + "); its columns are " + table.listed());
		if (!missing.isEmpty()) notes.add("not in the table, so not measured: " +
			String.join(", ", missing));
		featurePlaces = places.stream().mapToInt(i -> i).toArray();
	}

	/** Learns what slides have to be known by as a whole: anchors and gates. */
	private void firstReading() {
		if (model != null) anchors = model.newAnchors();
		final boolean anchored = model != null && crops == null;
		final boolean sample = gates != null && gates.needsSample();
		if (anchored || sample) {
			progress.stage("Reading " + table.file().getFileName());
			record Part(CellFeatures cells, String[] slides, ControlRole[] roles,
					float[][] markers) {
			}
			table.read(columns.names(), threads, rows -> new Part(!anchored ? null
				: cells(rows), TableColumns.texts(rows, slide), TableColumns.roles(rows,
					control), sample ? gates.sampled(rows) : null), part -> {
						if (part.cells != null && part.cells.cells() > 0) anchors.add(
							part.cells);
						if (sample) gates.add(part.slides, part.roles, part.markers);
					}, progress, cancellation);
			if (sample) gates.find(notes);
		}
	}

	private CellFeatures cells(final RowBlock rows) {
		if (crops != null) {
			final boolean[] found = new boolean[rows.rows()];
			final CellFeatures cells = new CellFeatures(NucleusCrop.NAMES,
				TableColumns.crops(rows, crops, image, id, found));
			for (final boolean there : found)
				if (!there) missing.increment();
			return cells;
		}
		return TableColumns.cells(rows, features, featurePlaces, slide, control);
	}

	private List<AddedColumn> addedColumns() {
		final List<AddedColumn> added = new ArrayList<>();
		if (model != null) for (final String name : model.classes())
			added.add(new AddedColumn("p_" + StateModel.word(name), Type.NUMBER));
		added.add(new AddedColumn("phenotype", Type.TEXT));
		added.add(new AddedColumn("phenotype_confidence", Type.NUMBER));
		added.add(new AddedColumn("phenotype_reason", Type.TEXT));
		if (gates != null) added.add(new AddedColumn("evidence_axes", Type.TEXT));
		return added;
	}

	private void call(final RowBlock rows, final AddedValues values) {
		if (rows.rows() == 0) return;
		final PhenotypeCalls calls = model == null ? null : model.classify(cells(
			rows), anchors);
		final int first = calls == null ? 0 : calls.classes().size();
		final Evidence evidence = gates == null ? null : new Evidence();
		final Map<String, Integer> counts = new LinkedHashMap<>();
		for (int row = 0; row < rows.rows(); row++) {
			if (calls != null) for (int c = 0; c < first; c++)
				values.number(row, c, calls.probability(row, c));
			final String phenotype;
			if (evidence == null) {
				phenotype = phenotype(calls, row);
				values.number(row, first + 1, confidence(calls, row));
				values.text(row, first + 2, calls.reason(row));
			}
			else phenotype = evidence.call(rows, row, calls, values, first);
			values.text(row, first, phenotype);
			counts.merge(phenotype, 1, Integer::sum);
		}
		counts.forEach((id, n) -> phenotypes.computeIfAbsent(id,
			i -> new LongAdder()).add(n));
	}

	/** The likeliest class where it is above one half and the model is sure. */
	private static String phenotype(final PhenotypeCalls calls, final int row) {
		final int likeliest = calls.likeliest(row);
		return likeliest < 0 || calls.abstained()[row] || calls
			.outOfDistribution()[row] || calls.probability(row, likeliest) <= 0.5
				? INDETERMINATE : StateModel.word(calls.classes().get(likeliest));
	}

	/** Probability of the likeliest class. */
	private static double confidence(final PhenotypeCalls calls, final int row) {
		final int likeliest = calls.likeliest(row);
		return likeliest < 0 ? Double.NaN : calls.probability(row, likeliest);
	}

	/** Calls by the rules, with or without a model; for one thread. */
	private final class Evidence {

		private final MarkerState[] markers = new MarkerState[gates.panel().size()];
		private final double[] clarity = new double[markers.length];

		String call(final RowBlock rows, final int row, final PhenotypeCalls calls,
			final AddedValues values, final int first)
		{
			final String name = gates.slide(rows, row);
			gates.tell(rows, row, name, markers, clarity);
			final EvidenceCaller caller = callers.computeIfAbsent(gates.p53Pattern(
				name), p -> new EvidenceCaller(definition, gates.panel(), settings
					.specimen(), p));
			final Lineage of = lineageOf(rows, row);
			if (calls != null) {
				final StateModel.Call call = states.call(caller, markers, of, flagsOf(
					rows, row), calls, row);
				if (!Double.isNaN(call.confidence())) values.number(row, first + 1, call
					.confidence());
				values.text(row, first + 2, call.reason());
				values.text(row, first + 3, call.evidence().axesText());
				return call.phenotype();
			}
			final EvidenceCall call = caller.call(markers, of, flagsOf(rows, row));
			values.number(row, first + 1, call.confidence(clarity));
			values.text(row, first + 2, call.reason());
			values.text(row, first + 3, call.axesText());
			return call.phenotype();
		}

		private Lineage lineageOf(final RowBlock rows, final int row) {
			if (lineage < 0) return settings.lineage();
			final String text = rows.text(row, lineage).toLowerCase(Locale.ROOT);
			for (final Lineage l : Lineage.values())
				if (l.id().equals(text) || l == Lineage.TUMOUR && text.equals("tumor"))
					return l == Lineage.UNKNOWN ? settings.lineage() : l;
			return settings.lineage();
		}

		private int flagsOf(final RowBlock rows, final int row) {
			int bits = 0;
			for (final CellFlag flag : CellFlag.values()) {
				final int place = flagPlaces[flag.ordinal()];
				if (place >= 0 && rows.flag(row, place) > 0) bits |= flag.bit();
			}
			if (flags >= 0) for (final String word : rows.text(row, flags).split(";"))
				for (final CellFlag flag : CellFlag.values())
					if (flag.id().equals(word.strip())) bits |= flag.bit();
			return bits;
		}
	}
}
