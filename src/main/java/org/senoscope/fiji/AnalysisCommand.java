
package org.senoscope.fiji;

import java.io.File;

import org.scijava.plugin.Parameter;

/**
 * What the three analyses of the menu have in common in Fiji: one field for
 * every macro key.
 */
@SuppressWarnings("unused")
abstract class AnalysisCommand extends KeyedCommand {

	@Parameter(required = false, persist = false, style = "open")
	private File input_file;

	@Parameter(required = false, persist = false, style = "directory")
	private File output_dir;

	@Parameter(required = false, persist = false)
	private String assay;

	@Parameter(required = false, persist = false)
	private String kind;

	@Parameter(required = false, persist = false)
	private String pixel_size;

	@Parameter(required = false, persist = false)
	private String method;

	@Parameter(required = false, persist = false, style = "open")
	private File model;

	@Parameter(required = false, persist = false)
	private String channel;

	@Parameter(required = false, persist = false)
	private Integer series;

	@Parameter(required = false, persist = false)
	private String z;

	@Parameter(required = false, persist = false)
	private Integer t;

	@Parameter(required = false, persist = false)
	private String region;

	@Parameter(required = false, persist = false, style = "open")
	private File annotations;

	@Parameter(required = false, persist = false)
	private String lineage;

	@Parameter(required = false, persist = false)
	private String control;

	@Parameter(required = false, persist = false)
	private String rounds;

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
	private String staining_ph;

	@Parameter(required = false, persist = false)
	private String staining_hours;

	@Parameter(required = false, persist = false)
	private String staining_clone;

	@Parameter(required = false, persist = false)
	private String staining_lot;

	@Parameter(required = false, persist = false)
	private String staining_scanner;

	@Parameter(required = false, persist = false)
	private String tissue_mask;

	@Parameter(required = false, persist = false)
	private Double tissue_min_piece_um2;

	@Parameter(required = false, persist = false)
	private String regions_tumour_classes;

	@Parameter(required = false, persist = false)
	private String regions_stroma_classes;

	@Parameter(required = false, persist = false)
	private String regions_immune_classes;

	@Parameter(required = false, persist = false)
	private String regions_excluded_classes;

	@Parameter(required = false, persist = false)
	private String regions_control_classes;

	@Parameter(required = false, persist = false, style = "open")
	private File regions_classifier;

	@Parameter(required = false, persist = false)
	private String illumination_correction;

	@Parameter(required = false, persist = false, style = "open")
	private File illumination_flat_field;

	@Parameter(required = false, persist = false, style = "open")
	private File illumination_dark_frame;

	@Parameter(required = false, persist = false)
	private String stains_vectors;

	@Parameter(required = false, persist = false)
	private String stains_counterstain;

	@Parameter(required = false, persist = false)
	private String stains_chromogen;

	@Parameter(required = false, persist = false)
	private String stains_white;

	@Parameter(required = false, persist = false, style = "open")
	private File nuclei_image;

	@Parameter(required = false, persist = false)
	private String nuclei_register;

	@Parameter(required = false, persist = false)
	private String nuclei_diameter_um;

	@Parameter(required = false, persist = false)
	private String nuclei_min_area_um2;

	@Parameter(required = false, persist = false)
	private String nuclei_max_area_um2;

	@Parameter(required = false, persist = false)
	private Double nuclei_threshold_scale;

	@Parameter(required = false, persist = false)
	private Double nuclei_splitting;

	@Parameter(required = false, persist = false)
	private String nuclei_min_probability;

	@Parameter(required = false, persist = false)
	private String nuclei_max_shared;

	@Parameter(required = false, persist = false)
	private String nuclei_overlap;

	@Parameter(required = false, persist = false)
	private Double cells_expansion_um;

	@Parameter(required = false, persist = false)
	private Double cells_ring_um;

	@Parameter(required = false, persist = false)
	private Double cells_membrane_um;

	@Parameter(required = false, persist = false)
	private String ki67_gating;

	@Parameter(required = false, persist = false)
	private Double ki67_gate;

	@Parameter(required = false, persist = false)
	private Double ki67_from2plus;

	@Parameter(required = false, persist = false)
	private Double ki67_from3plus;

	@Parameter(required = false, persist = false)
	private Integer ki67_min_nuclei;

	@Parameter(required = false, persist = false)
	private Integer ki67_hot_spot_nuclei;

	@Parameter(required = false, persist = false)
	private Double ki67_interval_points;

	@Parameter(required = false, persist = false)
	private String sagal_gating;

	@Parameter(required = false, persist = false)
	private Double sagal_gate;

	@Parameter(required = false, persist = false)
	private Double sagal_stained_pixel;

	@Parameter(required = false, persist = false)
	private Double sagal_stained_seed;

	@Parameter(required = false, persist = false)
	private Double sagal_teal_pixel;

	@Parameter(required = false, persist = false)
	private Double sagal_saturation;

	@Parameter(required = false, persist = false)
	private String sagal_cells_from;

	@Parameter(required = false, persist = false)
	private String sagal_total_cells;

	@Parameter(required = false, persist = false)
	private Double sagal_cell_um;

	@Parameter(required = false, persist = false)
	private Boolean sagal_quenched;

	@Parameter(required = false, persist = false)
	private Double gates_percentile;

	@Parameter(required = false, persist = false)
	private String gates_scope;

	@Parameter(required = false, persist = false, style = "open")
	private File gates_file;

	@Parameter(required = false, persist = false)
	private Integer statistics_bootstrap_samples;

	@Parameter(required = false, persist = false)
	private Double statistics_bootstrap_square_um;

	@Parameter(required = false, persist = false)
	private Integer statistics_seed;

	@Parameter(required = false, persist = false, style = "open")
	private File phenotype_definition;

	@Parameter(required = false, persist = false, style = "open")
	private File phenotype_network;

	@Parameter(required = false, persist = false)
	private Integer phenotype_min_cells;

	@Parameter(required = false, persist = false)
	private Double phenotype_coverage;

	@Parameter(required = false, persist = false)
	private String foci_markers;

	@Parameter(required = false, persist = false)
	private Double foci_smallest_um;

	@Parameter(required = false, persist = false)
	private Double foci_largest_um;

	@Parameter(required = false, persist = false)
	private Double foci_noise;

	@Parameter(required = false, persist = false)
	private Double foci_min_contrast;

	@Parameter(required = false, persist = false)
	private Double foci_partner_um;

	@Parameter(required = false, persist = false)
	private Integer foci_positive_from;

	@Parameter(required = false, persist = false)
	private Double foci_condensed_from;

	@Parameter(required = false, persist = false)
	private Double sahf_smallest_um;

	@Parameter(required = false, persist = false)
	private Double sahf_largest_um;

	@Parameter(required = false, persist = false)
	private Double sahf_noise;

	@Parameter(required = false, persist = false)
	private Double sahf_focus_contrast;

	@Parameter(required = false, persist = false)
	private Integer sahf_min_count;

	@Parameter(required = false, persist = false)
	private Double sahf_min_area_fraction;

	@Parameter(required = false, persist = false)
	private Double sahf_min_contrast;

	@Parameter(required = false, persist = false)
	private Boolean sahf_on_sections;

	@Parameter(required = false, persist = false)
	private String panel_markers;

	@Parameter(required = false, persist = false)
	private Boolean panel_unlisted;

	@Parameter(required = false, persist = false)
	private String panel_gating;

	@Parameter(required = false, persist = false, style = "open")
	private File panel_gates;

	@Parameter(required = false, persist = false)
	private String panel_background;

	@Parameter(required = false, persist = false)
	private Double panel_ball_um;

	@Parameter(required = false, persist = false)
	private String panel_bleed_through;

	@Parameter(required = false, persist = false)
	private String panel_rules;

	@Parameter(required = false, persist = false)
	private String panel_overlap;

	@Parameter(required = false, persist = false)
	private String ihc_marker;

	@Parameter(required = false, persist = false)
	private String ihc_compartment;

	@Parameter(required = false, persist = false)
	private String ihc_gating;

	@Parameter(required = false, persist = false)
	private Double ihc_gate;

	@Parameter(required = false, persist = false)
	private Double ihc_from2plus;

	@Parameter(required = false, persist = false)
	private Double ihc_from3plus;

	@Parameter(required = false, persist = false)
	private String lipofuscin_gating;

	@Parameter(required = false, persist = false)
	private Double lipofuscin_gate;

	@Parameter(required = false, persist = false)
	private Double lipofuscin_granule_pixel;

	@Parameter(required = false, persist = false)
	private String artefacts_folds;

	@Parameter(required = false, persist = false)
	private String artefacts_pen;

	@Parameter(required = false, persist = false)
	private String artefacts_bubbles;

	@Parameter(required = false, persist = false)
	private String artefacts_debris;

	@Parameter(required = false, persist = false)
	private String artefacts_pigment;

	@Parameter(required = false, persist = false)
	private String artefacts_edge_shadow;

	@Parameter(required = false, persist = false)
	private String artefacts_out_of_focus;

	@Parameter(required = false, persist = false)
	private String artefacts_glass;

	@Parameter(required = false, persist = false, style = "open")
	private File fluorescence_image;

	@Parameter(required = false, persist = false)
	private String fluorescence_register;

	@Parameter(required = false, persist = false)
	private Integer threads;

	@Parameter(required = false, persist = false)
	private Integer memory;

	@Parameter(required = false, persist = false)
	private Integer tile_size;

	@Parameter(required = false, persist = false)
	private Boolean labels;

	@Parameter(required = false, persist = false)
	private String columns;

	@Parameter(required = false, persist = false)
	private String pseudonym;

	AnalysisCommand(final AnalysisDoor door) {
		super(door);
	}
}
