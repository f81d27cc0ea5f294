
package org.senoscope.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.phenotype.crop.CropAspect;
import org.senoscope.core.phenotype.crop.CropMorphology;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.table.RowBlock;
import org.senoscope.io.table.TableFile;
import org.senoscope.io.training.NucleusCrops;
import org.senoscope.tensorflow.PhenotypeModels;

/**
 * Trains a classifier on a table with a column of labels, whatever tool wrote
 * it.
 */
public final class TrainJob {

	/** Columns that name, place or call a cell, in the words of several tools. */
	private static final Pattern NO_FEATURE = Pattern.compile(
		"(?i)|unnamed.*|index|(cell|object|obj|label|image|tile|slide)[ _]?(id|uuid|name|no|number)?|cellid|imageid|id|name|" +
			"classification|parent|roi|region|well|row|col|column|plate|field|site|fov|batch|split|fold|" +
			"[xy]|[xy][ _](centroid|position|pos|px|um)|(centroid|position|pos|center)[ _][xy].*|orientation|lineage.*|flags|" +
			"p_(senescent|dormant|csc|proliferating)|phenotype.*|evidence_axes|.*_(gate|positive|margin)|ki67_class");

	private static final List<String> IDS = List.of("cell_uuid", "cell_id",
		"CellID", "Object ID", "cell_ID");

	private TrainJob() {}

	/**
	 * Trains.
	 *
	 * @param cells the table
	 * @param out folder of the model, which appears complete or not at all
	 * @param settings what to learn and how
	 * @param progress told what is going on
	 * @param cancellation checked between steps
	 * @return what became of it
	 * @throws UserException in one line, if the table cannot be used or the model
	 *           cannot be written
	 */
	public static TrainOutcome run(final Path cells, final Path out,
		final TrainingSettings settings, final Progress progress,
		final Cancellation cancellation)
	{
		if (settings.label().isBlank()) throw new UserException(
			"give the column with the class of each cell with --label");
		if (Files.exists(out) && !Files.isDirectory(out)) throw new UserException(
			out + ": is a file; a model is a folder, give another name");
		final List<String> notes = new ArrayList<>();
		final CellFeatures read;
		progress.stage("Reading " + cells.getFileName());
		try (TableFile table = TableFile.open(cells)) {
			read = settings.crop().given() ? crops(table, settings, notes, progress,
				cancellation) : read(table, settings, notes, progress, cancellation);
		}
		check(cells, settings, read);
		if (!settings.crop().given()) return new TrainOutcome(out, read.names(),
			PhenotypeModels.train(read, settings, out, progress, cancellation),
			notes);
		final TrainingReport report = PhenotypeModels.trainCrops(new CellFeatures(
			CropMorphology.NAMES, CropMorphology.of(read.values()), read.labels(),
			read.groups(), null, null), read.values(), settings, out, progress,
			cancellation);
		return new TrainOutcome(out, CropAspect.NAMES, report, notes);
	}

	/** The nuclei of a table as crops, those without a picture left out. */
	private static CellFeatures crops(final TableFile table,
		final TrainingSettings settings, final List<String> notes,
		final Progress progress, final Cancellation cancellation)
	{
		if (!settings.features().isBlank() || !settings.control().isBlank())
			throw new UserException(
				"with --crop-images nothing is learned from columns: leave --features and --control-column out");
		final NucleusCrops pictures = new NucleusCrops(settings.crop());
		final TableColumns columns = new TableColumns(table);
		final int label = columns.add(settings.label()), group = columns.addIfGiven(
			settings.group()), image = columns.add("image"), id = columns.add(
				"cell_id");
		final List<Part> parts = new ArrayList<>();
		final int[] missing = new int[1];
		table.read(columns.names(), 1, rows -> {
			final boolean[] found = new boolean[rows.rows()];
			final float[] values = TableColumns.crops(rows, pictures, image, id,
				found);
			final int[] there = IntStream.range(0, found.length).filter(i -> found[i])
				.toArray();
			missing[0] += found.length - there.length;
			final CellFeatures kept = new CellFeatures(NucleusCrop.NAMES, values,
				TableColumns.texts(rows, label), TableColumns.texts(rows, group), null,
				null).rows(there);
			return new Part(kept, kept.labels(), kept.groups(), null);
		}, parts::add, progress, cancellation);
		if (missing[0] > 0) notes.add(missing[0] +
			" rows name no nucleus of their label image and were left out.");
		return joined(NucleusCrop.NAMES, parts, notes);
	}

	private static CellFeatures read(final TableFile table,
		final TrainingSettings settings, final List<String> notes,
		final Progress progress, final Cancellation cancellation)
	{
		final TableColumns columns = new TableColumns(table);
		final int label = columns.add(settings.label()), group = columns.addIfGiven(
			settings.group()), slide = columns.addIfGiven(settings.slide()), control =
				columns.addIfGiven(settings.control());
		final List<String> features = settings.features().isBlank() ? numeric(table,
			settings, cancellation) : Arrays.stream(settings.features().split(","))
				.map(String::strip).filter(f -> !f.isEmpty()).distinct().toList();
		for (final String name : List.of(settings.label(), settings.group(),
			settings.slide(), settings.control()))
			if (!name.isEmpty() && features.contains(name)) throw new UserException(
				table.file() + ": " + name +
					" cannot be a feature, it is the column of labels, groups, slides or controls");
		final int[] places = features.stream().mapToInt(columns::add).toArray();
		final int id = IDS.stream().filter(table.columns()::contains).findFirst()
			.map(columns::add).orElse(-1);
		final List<Part> parts = new ArrayList<>();
		table.read(columns.names(), 1, rows -> new Part(TableColumns.cells(rows,
			features, places, slide, control), TableColumns.texts(rows, label),
			TableColumns.texts(rows, group), TableColumns.texts(rows, id)),
			parts::add, progress, cancellation);
		return joined(features, parts, notes);
	}

	/** What was read of a block of rows. */
	private record Part(CellFeatures cells, String[] labels, String[] groups,
			String[] ids) {
	}

	/** Joins the parts, rows that repeat another left out. */
	private static CellFeatures joined(final List<String> features,
		final List<Part> parts, final List<String> notes)
	{
		final int n = parts.stream().mapToInt(p -> p.cells.cells()).sum(), f =
			features.size();
		final float[] values = new float[n * f];
		final String[] labels = new String[n];
		final Part any = parts.isEmpty() ? null : parts.get(0);
		final String[] groups = any == null || any.groups == null ? null
			: new String[n], slides = any == null || any.cells.slides() == null ? null
				: new String[n];
		final ControlRole[] controls = any == null || any.cells.controls() == null
			? null : new ControlRole[n];
		int at = 0;
		final Set<List<Object>> seen = new HashSet<>();
		int repeated = 0;
		for (final Part part : parts)
			for (int i = 0; i < part.cells.cells(); i++) {
				final float[] row = Arrays.copyOfRange(part.cells.values(), i * f, (i +
					1) * f);
				if (part.ids != null && !part.ids[i].isEmpty() && !seen.add(List.of(
					part.ids[i], Arrays.hashCode(row), part.labels[i], part.cells.slide(
						i), part.groups == null ? "" : part.groups[i])))
				{
					repeated++;
					continue;
				}
				System.arraycopy(row, 0, values, at * f, f);
				labels[at] = part.labels[i];
				if (groups != null) groups[at] = part.groups[i];
				if (slides != null) slides[at] = part.cells.slides()[i];
				if (controls != null) controls[at] = part.cells.controls()[i];
				at++;
			}
		if (repeated > 0) notes.add(repeated +
			" rows repeat another with the same id and values: each cell is taken once");
		final int rows = at;
		return new CellFeatures(features, Arrays.copyOf(values, rows * f), Arrays
			.copyOf(labels, rows), cut(groups, rows), cut(slides, rows), cut(controls,
				rows));
	}

	private static <T> T[] cut(final T[] column, final int rows) {
		return column == null ? null : Arrays.copyOf(column, rows);
	}

	/** All columns of numbers but those that name, place or call a cell. */
	private static List<String> numeric(final TableFile table,
		final TrainingSettings settings, final Cancellation cancellation)
	{
		final List<String> taken = List.of(settings.label(), settings.group(),
			settings.slide(), settings.control());
		final List<String> candidates = table.columns().stream().filter(c -> !taken
			.contains(c) && !NO_FEATURE.matcher(c).matches()).toList();
		final int[] numbers = new int[candidates.size()], texts = new int[candidates
			.size()];
		final UserException[] first = new UserException[candidates.size()];
		if (!candidates.isEmpty()) table.read(candidates, 1, rows -> rows,
			rows -> count(rows, numbers, texts, first), Progress.SILENT,
			cancellation);
		for (int c = 0; c < candidates.size(); c++)
			// a column of numbers with some slips, not a column of texts
			if (texts[c] > 0 && numbers[c] > texts[c]) throw first[c];
		final List<String> found = IntStream.range(0, candidates.size()).filter(
			c -> numbers[c] > 0 && texts[c] == 0).mapToObj(candidates::get).toList();
		if (found.isEmpty()) throw new UserException(table.file() +
			": has no column of numbers to learn from; name some with --features; its columns are " +
			table.listed());
		return found;
	}

	private static void count(final RowBlock rows, final int[] numbers,
		final int[] texts, final UserException[] first)
	{
		for (int c = 0; c < numbers.length; c++)
			for (int row = 0; row < rows.rows(); row++) {
				try {
					if (!Double.isNaN(rows.number(row, c))) numbers[c]++;
				}
				catch (final UserException e) {
					texts[c]++;
					if (first[c] == null) first[c] = new UserException(e.getMessage() +
						"; or name the columns to learn from with --features");
				}
			}
	}

	private static void check(final Path cells, final TrainingSettings settings,
		final CellFeatures read)
	{
		final Map<String, Integer> classes = new TreeMap<>();
		for (final String label : read.labels())
			for (final String one : label.split(";"))
				if (!one.isBlank()) classes.merge(one.strip(), 1, Integer::sum);
		if (classes.isEmpty()) throw new UserException(cells + ": the column " +
			settings.label() + " is empty; write the class of each cell into it");
		if (classes.size() == 1) throw new UserException(cells + ": the column " +
			settings.label() + " holds one class only (" + classes.keySet().iterator()
				.next() + ", " + classes.values().iterator().next() +
			" cells); a classifier needs two to tell apart");
	}
}
