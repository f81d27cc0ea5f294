
package org.senoscope.fiji;

import java.io.File;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a classifier of cells on a table with labels. */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Train Phenotype Classifier")
@SuppressWarnings("unused")
public final class TrainPhenotypeClassifier extends KeyedCommand {

	@Parameter(required = false, persist = false, style = "open")
	private File cells;

	@Parameter(required = false, persist = false, style = "directory")
	private File output_dir;

	@Parameter(required = false, persist = false)
	private String label;

	@Parameter(required = false, persist = false)
	private String group;

	@Parameter(required = false, persist = false)
	private String slide_column;

	@Parameter(required = false, persist = false)
	private String control_column;

	@Parameter(required = false, persist = false)
	private String features;

	@Parameter(required = false, persist = false)
	private String anchoring;

	@Parameter(required = false, persist = false)
	private String prior;

	@Parameter(required = false, persist = false)
	private String classifier;

	@Parameter(required = false, persist = false)
	private Double coverage;

	@Parameter(required = false, persist = false)
	private Integer seed;

	@Parameter(required = false, persist = false)
	private Integer epochs;

	@Parameter(required = false, persist = false)
	private Integer folds;

	@Parameter(required = false, persist = false)
	private Integer members;

	@Parameter(required = false, persist = false)
	private Double marker_dropout;

	@Parameter(required = false, persist = false, style = "open")
	private File from;

	@Parameter(required = false, persist = false, style = "directory")
	private File crop_images;

	@Parameter(required = false, persist = false, style = "directory")
	private File crop_labels;

	@Parameter(required = false, persist = false)
	private String crop_channel;

	@Parameter(required = false, persist = false)
	private String crop_pixel_size;

	/** Called by SciJava. */
	public TrainPhenotypeClassifier() {
		super(TableDoor.TRAIN_PHENOTYPE_CLASSIFIER);
	}
}
