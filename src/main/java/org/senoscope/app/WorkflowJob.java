
package org.senoscope.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.phenotype.CellColumnNames;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.core.phenotype.workflow.GateScale;
import org.senoscope.core.phenotype.workflow.PhenotypeWorkflow;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.evidence.EvidenceFile;
import org.senoscope.io.table.AddedColumn;
import org.senoscope.io.table.AddedColumn.Type;
import org.senoscope.io.table.AddedValues;
import org.senoscope.io.table.RowBlock;
import org.senoscope.io.table.TableFile;

/**
 * Calls the cells of a table by a phenotype workflow of SCIMAP, each slide
 * scaled by itself. Gates come from a file; a marker without one gets the
 * valley between two groups of all cells of its slide where there is one, and
 * else is not measured: phenotypes that ask for it are then not told. The table
 * is streamed: memory does not grow with it.
 */
final class WorkflowJob {

	private final TableFile table;
	private final Path file;
	private final PhenotypeWorkflow workflow;
	private final Progress progress;
	private final Cancellation cancellation;
	private final int threads;
	private final TableColumns columns;
	private final int slideColumn;
	/** By marker of the workflow: place among the columns read, -1: none. */
	private final int[] places;
	private final GateFile gates;
	private final List<String> notes = new ArrayList<>();
	private final Map<String, MarkerGates.Sample> samples = new TreeMap<>();
	/** By slide: the scale of each marker, null where it is not measured. */
	private final Map<String, GateScale[]> scales = new HashMap<>();
	private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

	WorkflowJob(final TableFile table, final ClassificationSettings settings,
		final Progress progress, final Cancellation cancellation)
	{
		this.table = table;
		this.progress = progress;
		this.cancellation = cancellation;
		threads = settings.threads() > 0 ? settings.threads() : Runtime.getRuntime()
			.availableProcessors();
		file = Path.of(settings.workflow());
		try (TableFile rows = TableFile.open(file)) {
			workflow = PhenotypeWorkflow.of(rows.columns(), rows.texts());
		}
		catch (final IllegalArgumentException e) {
			throw new UserException(file + ": " + e.getMessage());
		}
		gates = settings.gates().isEmpty() ? null : GateFile.read(Path.of(settings
			.gates()));
		columns = new TableColumns(table);
		slideColumn = columns.addSlide(settings.slide());
		if (gates != null && slideColumn < 0 && !gates.bySlide().containsKey(
			GateFile.ALL) && gates.bySlide().size() > 1) throw new UserException(table
				.file() + ": no column says which slide a cell is of, and " + gates
					.file() + " has gates for " + String.join(", ", gates.bySlide()
						.keySet()) + "; name the column with --slide-column");
		final EvidenceDefinition definition = EvidenceFile.read(settings
			.definition());
		places = workflow.markers().stream().mapToInt(m -> {
			final int column = CellColumnNames.of(m, definition, table.columns());
			return column < 0 ? -1 : columns.add(table.columns().get(column));
		}).toArray();
		final List<String> lacking = IntStream.range(0, places.length).filter(
			m -> places[m] < 0).mapToObj(workflow.markers()::get).toList();
		if (lacking.size() == places.length) throw new UserException(table.file() +
			": has none of the markers of " + file + " (" + String.join(", ",
				lacking) + "); its columns are " + table.listed());
		if (!lacking.isEmpty()) notes.add("not in the table, so not measured: " +
			String.join(", ", lacking));
	}

	ClassifyOutcome run(final Path target) {
		progress.stage("Reading " + table.file().getFileName());
		read((slide, values) -> samples.computeIfAbsent(slide,
			MarkerGates.Sample::new).add(floats(values)));
		findGates();
		read((slide, values) -> {
			final GateScale[] of = scales.get(slide);
			for (int m = 0; m < of.length; m++)
				if (of[m] != null) of[m].add(values[m]);
		});
		progress.stage("Classifying " + table.file().getFileName());
		table.complete(target, columns.names(), List.of(new AddedColumn("phenotype",
			Type.TEXT), new AddedColumn("phenotype_confidence", Type.NUMBER),
			new AddedColumn("phenotype_reason", Type.TEXT)), threads, this::call,
			progress, cancellation);
		final Map<String, Long> found = new LinkedHashMap<>();
		counts.forEach((name, n) -> found.put(name, n.sum()));
		return new ClassifyOutcome(target, file.getFileName().toString(), "", found
			.values().stream().mapToLong(n -> n).sum(), found, notes);
	}

	/** Takes a row, in the order of the table. */
	private interface RowTaker {

		void take(String slide, double[] values);
	}

	private void read(final RowTaker taker) {
		record Part(String[] slides, double[][] values) {
		}
		table.read(columns.names(), threads, rows -> new Part(TableColumns.texts(
			rows, slideColumn), IntStream.range(0, rows.rows()).mapToObj(
				row -> values(rows, row)).toArray(double[][]::new)), part -> {
					for (int row = 0; row < part.values.length; row++)
						taker.take(part.slides == null ? GateFile.ALL : part.slides[row],
							part.values[row]);
				}, progress, cancellation);
	}

	private double[] values(final RowBlock rows, final int row) {
		final double[] values = new double[places.length];
		for (int m = 0; m < values.length; m++)
			values[m] = places[m] < 0 ? Double.NaN : rows.number(row, places[m]);
		return values;
	}

	private static float[] floats(final double[] values) {
		final float[] floats = new float[values.length];
		for (int i = 0; i < floats.length; i++)
			floats[i] = (float) values[i];
		return floats;
	}

	private void findGates() {
		final Set<String> slides = samples.keySet();
		final Map<String, List<String>> without = new LinkedHashMap<>();
		final Set<String> untold = new LinkedHashSet<>();
		boolean any = samples.isEmpty();
		for (final Map.Entry<String, MarkerGates.Sample> slide : samples
			.entrySet())
		{
			final Map<String, Double> written = gates == null ? Map.of() : gates.of(
				List.of(slide.getKey()), slides);
			final GateScale[] of = new GateScale[places.length];
			final boolean[] measured = new boolean[places.length];
			for (int m = 0; m < of.length; m++) {
				if (places[m] < 0) continue;
				final String marker = workflow.markers().get(m);
				final Double gate = written.get(marker.toLowerCase(Locale.ROOT));
				final double found = gate != null ? gate : MarkerGates.mixture(slide
					.getValue(), m);
				measured[m] = !Double.isNaN(found);
				if (measured[m]) of[m] = new GateScale(found);
				else without.computeIfAbsent(marker, k -> new ArrayList<>()).add(slide
					.getKey());
			}
			scales.put(slide.getKey(), of);
			untold.addAll(workflow.untold(measured));
			any |= workflow.tellsAny(measured);
		}
		samples.clear();
		if (!without.isEmpty()) notes.add(
			"no gate could be found, the values are not bimodal, so not measured: " +
				String.join(", ", without.entrySet().stream().map(e -> e.getKey() + (e
					.getValue().size() == slides.size() || slides.isEmpty() ? ""
						: " on " + e.getValue().size() + " of the slides")).toList()) +
				"; give gates");
		if (!untold.isEmpty()) notes.add("not told for want of markers: " + String
			.join(", ", untold));
		if (!any) throw new UserException(table.file() + ": no phenotype of " +
			file +
			" can be told, its markers have no gates; give them with --gates FILE (" +
			GateFile.FORM + ")");
	}

	private void call(final RowBlock rows, final AddedValues values) {
		final double[] scaled = new double[places.length];
		final Map<String, Integer> found = new LinkedHashMap<>();
		for (int row = 0; row < rows.rows(); row++) {
			final GateScale[] of = scales.get(slideColumn < 0 ? GateFile.ALL : rows
				.text(row, slideColumn));
			final double[] read = values(rows, row);
			Arrays.setAll(scaled, m -> of[m] == null ? Double.NaN : of[m].scaled(
				read[m]));
			final PhenotypeWorkflow.Call call = workflow.call(scaled);
			values.text(row, 0, call.phenotype());
			values.number(row, 1, Math.min(1, call.score()));
			values.text(row, 2, call.path().isEmpty() ? "fits no row of the workflow"
				: String.join(" > ", call.path()));
			found.merge(call.phenotype(), 1, Integer::sum);
		}
		found.forEach((name, n) -> counts.computeIfAbsent(name,
			i -> new LongAdder()).add(n));
	}
}
