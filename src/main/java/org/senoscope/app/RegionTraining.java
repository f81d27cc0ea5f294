
package org.senoscope.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.protocol.RegionSettings;
import org.senoscope.core.region.RegionFeatures;
import org.senoscope.core.region.RegionForest;
import org.senoscope.core.run.AnnotationIndex;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.annotation.AnnotationReader;
import org.senoscope.io.model.RegionForestFile;
import org.senoscope.io.table.TableFile;

/**
 * Trains a region classifier on the cells of whole pictures and on annotations
 * of parts of them.
 */
public final class RegionTraining {

	/** Columns of {@code cells.csv} that are read. */
	private static final List<String> COLUMNS = List.of("centroid_x_um",
		"centroid_y_um", "nucleus_area_um2", "nucleus_minor_axis_um",
		"nucleus_eccentricity", "nucleus_solidity", "centroid_x_px",
		"centroid_y_px");

	/** Side of the parts into which a single picture is cut, µm. */
	private static final double PART_UM = 250;

	/** Nuclei of a class below which nothing is learned. */
	private static final int FEWEST = 50;

	private final List<double[]> features = new ArrayList<>();
	private final List<Lineage> truth = new ArrayList<>();
	private final List<Integer> parts = new ArrayList<>();
	private final Progress progress;
	private final Cancellation cancellation;

	private RegionTraining(final Progress progress,
		final Cancellation cancellation)
	{
		this.progress = progress;
		this.cancellation = cancellation;
	}

	/**
	 * Trains and writes.
	 *
	 * @param cells {@code cells.csv} of each picture, of a run <em>without</em>
	 *          annotations: nuclei beside an annotated area belong to what is
	 *          around those in it
	 * @param annotations annotations of each picture, in the same order
	 * @param out file to write
	 * @param progress told what is going on
	 * @param cancellation checked now and then
	 * @return the classifier
	 * @throws UserException if there is too little to learn from, a file cannot
	 *           be read or the classifier cannot be written
	 */
	public static RegionForest run(final List<Path> cells,
		final List<Path> annotations, final Path out, final Progress progress,
		final Cancellation cancellation)
	{
		if (cells.size() != annotations.size() || cells.isEmpty())
			throw new UserException(cells.size() + " tables of cells and " +
				annotations.size() +
				" files of annotations; give one of each for every picture, in the same order");
		if (Files.isDirectory(out)) throw new UserException(out +
			": is a folder; a region classifier is a file, such as regions.json");
		final RegionTraining training = new RegionTraining(progress, cancellation);
		for (int i = 0; i < cells.size(); i++)
			training.add(i, cells.size() == 1, cells.get(i), annotations.get(i));
		training.check();
		progress.stage("Growing trees");
		final RegionForest forest = RegionForest.train(training.features.toArray(
			double[][]::new), training.truth.toArray(Lineage[]::new), training.parts
				.stream().mapToInt(p -> p).toArray());
		final Map<String, Object> card = new LinkedHashMap<>();
		card.put("pictures", cells.size());
		card.put("held_out_by", cells.size() == 1 ? "squares of 250 µm"
			: "pictures");
		card.put("not_seen", "marker readings");
		RegionForestFile.write(forest, card, out);
		return forest;
	}

	private void add(final int picture, final boolean alone, final Path cells,
		final Path annotations)
	{
		progress.stage("Reading " + cells);
		final AnnotationIndex index = new AnnotationIndex(AnnotationReader.read(
			annotations), RegionSettings.DEFAULTS);
		final RegionFeatures all = new RegionFeatures();
		final List<Lineage> told = new ArrayList<>();
		final List<Integer> squares = new ArrayList<>();
		try (TableFile table = TableFile.open(cells)) {
			final List<String> missing = COLUMNS.stream().filter(c -> !table.columns()
				.contains(c)).toList();
			if (!missing.isEmpty()) throw new UserException(cells +
				": has no column " + String.join(", ", missing) +
				"; give cells.csv as senoscope writes it, with --columns senoscope");
			table.read(COLUMNS, 1, rows -> {
				final double[][] block = new double[rows.rows()][COLUMNS.size()];
				for (int r = 0; r < block.length; r++)
					for (int c = 0; c < COLUMNS.size(); c++)
						block[r][c] = rows.number(r, c);
				return block;
			}, block -> {
				for (final double[] v : block) {
					all.add(v[0], v[1], v[2], v[3], v[4], v[5]);
					told.add(index.lineage(index.find(v[6], v[7])));
					squares.add((int) (v[1] / PART_UM) * 65536 + (int) (v[0] / PART_UM));
				}
			}, progress, cancellation);
		}
		final int before = features.size();
		all.forEach((cell, values) -> {
			if (told.get(cell) == null) return;
			features.add(values.clone());
			truth.add(told.get(cell));
			parts.add(alone ? squares.get(cell) : picture);
		});
		if (features.size() == before) throw new UserException(annotations +
			": no cell of " + cells +
			" lies in an area of a class that means tumour, stroma or immune cells; classes are Tumor, Stroma, Immune cells, as keys of regions say");
	}

	private void check() {
		final Map<Lineage, Long> counts = new LinkedHashMap<>();
		truth.forEach(l -> counts.merge(l, 1L, Long::sum));
		if (counts.size() < 2 || counts.values().stream().anyMatch(n -> n < FEWEST))
			throw new UserException("annotated cells: " + counts.entrySet().stream()
				.map(e -> e.getKey().id() + " " + e.getValue()).reduce((a, b) -> a +
					", " + b).orElse("none") +
				"; annotate at least two of tumour, stroma and immune cells, " +
				FEWEST + " cells each");
	}
}
