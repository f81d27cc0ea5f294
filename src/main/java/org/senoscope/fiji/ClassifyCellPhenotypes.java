
package org.senoscope.fiji;

import java.io.File;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Calls the cells of a table of any tool. */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Classify Cell Phenotypes")
@SuppressWarnings("unused")
public final class ClassifyCellPhenotypes extends KeyedCommand {

	@Parameter(required = false, persist = false, style = "open")
	private File cells;

	@Parameter(required = false, persist = false, style = "save")
	private File output_dir;

	@Parameter(required = false, persist = false, style = "open")
	private File model;

	@Parameter(required = false, persist = false, style = "open")
	private File gates;

	@Parameter(required = false, persist = false, style = "open")
	private File phenotype_workflow;

	@Parameter(required = false, persist = false, style = "open")
	private File phenotype_definition;

	@Parameter(required = false, persist = false)
	private Double phenotype_coverage;

	@Parameter(required = false, persist = false)
	private String slide_column;

	@Parameter(required = false, persist = false)
	private String control_column;

	@Parameter(required = false, persist = false)
	private String lineage;

	@Parameter(required = false, persist = false)
	private String specimen_preservation;

	@Parameter(required = false, persist = false)
	private String specimen_kind;

	@Parameter(required = false, persist = false)
	private String specimen_organ;

	@Parameter(required = false, persist = false)
	private String specimen_tumour_type;

	@Parameter(required = false, persist = false)
	private String specimen_species;

	@Parameter(required = false, persist = false)
	private String specimen_section_um;

	@Parameter(required = false, persist = false)
	private String specimen_treatment;

	@Parameter(required = false, persist = false)
	private String specimen_days_since_treatment;

	@Parameter(required = false, persist = false)
	private Integer threads;

	@Parameter(required = false, persist = false, style = "directory")
	private File crop_images;

	@Parameter(required = false, persist = false, style = "directory")
	private File crop_labels;

	@Parameter(required = false, persist = false)
	private String crop_channel;

	@Parameter(required = false, persist = false)
	private String crop_pixel_size;

	/** Called by SciJava. */
	public ClassifyCellPhenotypes() {
		super(TableDoor.CLASSIFY_CELL_PHENOTYPES);
	}
}
