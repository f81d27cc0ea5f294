
package org.senoscope.fiji;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.app.ClassifyJob;
import org.senoscope.app.ClassifyOutcome;
import org.senoscope.app.TrainJob;
import org.senoscope.app.TrainOutcome;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.SettingsKeys;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

import ij.IJ;
import ij.measure.ResultsTable;

/** The commands that work on tables of cells. */
enum TableDoor implements Door {

		/** Calls the cells of a table. */
		CLASSIFY_CELL_PHENOTYPES("Classify Cell Phenotypes",
			"Calls the cells of a table of any tool: senescent, dormant, CSC-marker profile, proliferating, or indeterminate.",
			ClassificationSettings.KEYS, new CommandKey("output_dir",
				"Output table or folder",
				"Table to write, .csv or .parquet, or the folder that receives one of the same name.",
				java.io.File.class, "", List.of(), true))
		{

			@Override
			Path work(final Path cells, final Path out,
				final Map<String, String> settings, final Progress progress,
				final Cancellation cancellation, final boolean show) throws IOException
		{
				final ClassifyOutcome outcome = ClassifyJob.run(cells, out,
					ClassificationSettings.KEYS.read(settings), progress, cancellation);
				IJ.log(String.format(Locale.ROOT, "%s: %,d cells called by %s", cells
					.getFileName(), outcome.cells(), outcome.caller()));
				outcome.notes().forEach(n -> IJ.log("  Note: " + n));
				outcome.phenotypes().forEach((id, n) -> IJ.log(String.format(
					Locale.ROOT, "  %s: %,d (%.1f %%)", id, n, 100.0 * n / outcome
						.cells())));
				IJ.log("  Table: " + outcome.table());
				if (show) show(outcome);
				return outcome.table();
			}
		},

		/** Trains a classifier on a table with labels. */
		TRAIN_PHENOTYPE_CLASSIFIER("Train Phenotype Classifier",
			"Trains a classifier of cells on a table with a column of labels.",
			TrainingSettings.KEYS, new CommandKey("output_dir",
				"Folder for the model", "Folder that becomes the model.",
				java.io.File.class, "", List.of(), true))
		{

			@Override
			Path work(final Path cells, final Path out,
				final Map<String, String> settings, final Progress progress,
				final Cancellation cancellation, final boolean show)
		{
				final TrainOutcome outcome = TrainJob.run(cells, out,
					TrainingSettings.KEYS.read(settings), progress, cancellation);
				IJ.log(cells.getFileName() + ": trained on " + String.join(", ", outcome
					.features()));
				outcome.notes().forEach(n -> IJ.log("  Note: " + n));
				outcome.report().notes().forEach(n -> IJ.log("  Note: " + n));
				for (final MethodScores m : outcome.report().methods())
					IJ.log(String.format(Locale.ROOT,
						"  %s: balanced accuracy %.3f, macro F1 %.3f, ROC AUC %.3f, calibration error %.3f",
						m.method(), m.balancedAccuracy(), m.macroF1(), m.rocAuc(), m
							.calibrationError()));
				IJ.log("  Model: " + outcome.model());
				return outcome.model();
			}
		};

	/** More rows than this make ImageJ's tables crawl. */
	private static final int MOST_ROWS = 100_000;

	private static final CommandKey CELLS = new CommandKey("cells",
		"Table of cells",
		"Table with one row a cell, from any tool: .csv (comma, semicolon or tab, UTF-8) or .parquet.",
		java.io.File.class, "", List.of(), true);

	private final String label;
	private final String help;
	private final SettingsKeys<?> settingsKeys;
	private final CommandKey output;

	TableDoor(final String label, final String help,
		final SettingsKeys<?> settingsKeys, final CommandKey output)
	{
		this.label = label;
		this.help = help;
		this.settingsKeys = settingsKeys;
		this.output = output;
	}

	/** Does the work with the paths found. */
	abstract Path work(Path cells, Path out, Map<String, String> settings,
		Progress progress, Cancellation cancellation, boolean show)
		throws IOException;

	@Override
	public String label() {
		return label;
	}

	@Override
	public String help() {
		return help;
	}

	@Override
	public List<CommandKey> keys() {
		final List<CommandKey> keys = new ArrayList<>(List.of(CELLS, output));
		settingsKeys.keys().forEach(key -> keys.add(CommandKey.of(key, key
			.defaultText())));
		return keys;
	}

	@Override
	public boolean asks(final CommandKey key) {
		if (key == CELLS || key == output) return true;
		final ProtocolKey of = settingsKeys.find(key.name());
		return of.section().isEmpty() && !of.label().isEmpty();
	}

	@Override
	public String macroKey(final String flag) {
		if (flag.equals("--out")) return output.name();
		if (flag.equals("--cells")) return CELLS.name();
		final ProtocolKey key = settingsKeys.find(flag);
		return key == null ? null : key.macroKey();
	}

	@Override
	public void check(final Map<String, String> settings) {
		final Map<String, String> own = own(settings);
		for (final String name : own.keySet()) {
			// the catalogue names the nearest of its own keys
			final String near = settingsKeys.find(name) != null ? null : Nearest.of(
				name, keys().stream().map(CommandKey::name).toList());
			if (CELLS.name().equals(near) || output.name().equals(near))
				throw new UserException("unknown key " + name + " (did you mean " +
					near + "?)");
		}
		settingsKeys.read(own);
		path(settings, CELLS, "no table: give cells, the table of cells");
		path(settings, output, "no output: give output_dir, " + Character
			.toLowerCase(output.meaning().charAt(0)) + output.meaning().substring(1)
				.replaceAll("\\.$", ""));
		if (settingsKeys.find("label") != null && own.getOrDefault("label", "")
			.isEmpty()) throw new UserException(
				"no label: give label, the column with the class of each cell");
	}

	@Override
	public Path work(final Map<String, String> settings, final Progress progress,
		final Cancellation cancellation, final boolean show) throws IOException
	{
		check(settings);
		return work(path(settings, CELLS, ""), path(settings, output, ""), own(
			settings), progress, cancellation, show);
	}

	@Override
	public Path errorFile(final Map<String, String> settings) {
		final String out = settings.getOrDefault(output.name(), "");
		if (out.isEmpty()) return null;
		final Path place = Path.of(out).toAbsolutePath();
		final String cells = settings.getOrDefault(CELLS.name(), "");
		if (this == TRAIN_PHENOTYPE_CLASSIFIER || cells.isEmpty()) return place
			.resolveSibling(place.getFileName() + "-error.txt");
		final Path target = ClassifyJob.target(Path.of(cells), place);
		return target.resolveSibling(target.getFileName() + "-error.txt");
	}

	/** Returns the settings without the places. */
	private Map<String, String> own(final Map<String, String> settings) {
		final Map<String, String> own = new LinkedHashMap<>(settings);
		own.remove(CELLS.name());
		own.remove(output.name());
		return own;
	}

	private static Path path(final Map<String, String> settings,
		final CommandKey key, final String missing)
	{
		final String text = settings.getOrDefault(key.name(), "");
		if (text.isEmpty()) throw new UserException(missing);
		try {
			return Path.of(text).toAbsolutePath().normalize();
		}
		catch (final InvalidPathException e) {
			throw new UserException(key.name() + ": '" + text + "' is no path: " + e
				.getReason());
		}
	}

	private static void show(final ClassifyOutcome outcome) throws IOException {
		final String name = outcome.table().getFileName().toString();
		if (outcome.cells() > MOST_ROWS || !name.endsWith(".csv")) IJ.log(
			"  not shown: " + name);
		else ResultsTable.open(outcome.table().toString()).show(name);
	}
}
