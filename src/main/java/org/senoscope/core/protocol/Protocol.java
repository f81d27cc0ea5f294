
package org.senoscope.core.protocol;

import org.senoscope.core.artefact.ArtefactSettings;
import org.senoscope.core.assay.costain.FluorescenceSettings;
import org.senoscope.core.assay.costain.PanelSettings;
import org.senoscope.core.assay.foci.FociSettings;
import org.senoscope.core.assay.foci.SahfSettings;
import org.senoscope.core.assay.ihc.IhcSettings;
import org.senoscope.core.assay.ki67.Ki67Settings;
import org.senoscope.core.assay.lipofuscin.LipofuscinSettings;
import org.senoscope.core.assay.sagal.SagalSettings;
import org.senoscope.core.cell.CompartmentSettings;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.image.IlluminationSettings;
import org.senoscope.core.nuclei.NucleiSettings;
import org.senoscope.core.stain.StainSettings;

/**
 * A complete description of an assay: what the picture is, what is measured on
 * it and how. Immutable. The Fiji command, the macro, the command line and the
 * protocol file all end in this one object, so that they give the same numbers.
 * <p>
 * Every component with {@link Key} is a key of the protocol file; the keys of a
 * {@link Section} stand under its name ({@code ki67.gate}, flag
 * {@code --ki67-gate}, macro key {@code ki67_gate}).
 */
public record Protocol(String name, String description, @Key(
	meaning = "What is measured.") AssayKind assay, @Key(label = "Image kind",
		meaning = "How the picture was made; auto finds it.") ImageKind kind, @Key(
			label = "Pixel size (µm, empty = from the file)",
			meaning = "Width of a full-resolution pixel; open: from the file.",
			unit = "µm", min = 0.001, max = 1000) double pixelSize, @Key(
				label = "Segmentation",
				meaning = "How nuclei are found.") SegmentationMethod method, @Key(
					meaning = "Folder or zip of the network that finds nuclei.",
					file = true) String model, @Key(label = "Nuclear channel",
						meaning = "Nuclear channel of a fluorescence image (of the nuclei image if there is one), by name or number from 1; open: found by name.") String channel,
		@Key(meaning = "Series of the file, from 1.", min = 1,
			max = 100000) int series, @Key(
				meaning = "Plane of a stack: best (sharpest), max (maximum projection) or its number from 1.") String z,
		@Key(meaning = "Time point, from 1.", min = 1, max = 1000000) int t, @Key(
			label = "Region x,y,w,h (pixels)",
			meaning = "Only this rectangle, in full-resolution pixels: x,y,width,height.") String region,
		@Key(label = "Annotations",
			meaning = "Annotations (QuPath GeoJSON, ImageJ ROI zip, ASAP XML, ImageScope XML).",
			file = true) String annotations, @Key(label = "Lineage of all cells",
				meaning = "Lineage of cells that no annotation decides; tumour in a pure tumour-cell culture.") Lineage lineage,
		@Key(
			meaning = "Control images, ROLE:FILE, several separated by semicolons; roles blank, ph7, negative, positive, ph4, and single:MARKER:FILE for one marker of a panel stained alone.") String control,
		@Key(label = "Further staining rounds",
			meaning = "Pictures of further staining rounds of the same field, several separated by semicolons, {name} for the name of the image; each is laid over the first by its nuclear channel.") String rounds,
		@Section(meaning = "What lies on the slide.") SpecimenSettings specimen,
		@Section(meaning = "How it was stained.") StainingSettings staining,
		@Section(
			meaning = "Which part of the picture counts.") TissueSettings tissue,
		@Section(meaning = "What annotations mean.") RegionSettings regions,
		@Section(
			meaning = "How uneven light is evened out.") IlluminationSettings illumination,
		@Section(meaning = "How colours are separated.") StainSettings stains,
		@Section(meaning = "How nuclei are found.") NucleiSettings nuclei, @Section(
			meaning = "How far cells reach.") CompartmentSettings cells, @Section(
				meaning = "How Ki-67 is read.") Ki67Settings ki67, @Section(
					meaning = "How SA-beta-gal is read.") SagalSettings sagal, @Section(
						meaning = "What all gates have in common.") GateSettings gates,
		@Section(meaning = "How intervals are made.") StatisticsSettings statistics,
		@Section(meaning = "How cells are called.") PhenotypeSettings phenotype,
		@Section(meaning = "How foci of DNA damage are found.") FociSettings foci,
		@Section(meaning = "How SAHF are found and called.") SahfSettings sahf,
		@Section(meaning = "Markers of a co-stain panel.") PanelSettings panel,
		@Section(
			meaning = "Which single marker DAB shows, and how it is read.") IhcSettings ihc,
		@Section(meaning = "How lipofuscin is read.") LipofuscinSettings lipofuscin,
		@Section(
			meaning = "Which artefacts of brightfield pictures are left out.") ArtefactSettings artefacts,
		@Section(
			meaning = "Fluorescence measured beside X-gal.") FluorescenceSettings fluorescence) {

	/** What holds where a protocol says nothing. */
	public static final Protocol DEFAULTS = new Protocol("", "", AssayKind.NUCLEI,
		ImageKind.AUTO, Double.NaN, SegmentationMethod.AUTO, "", "", 1, "best", 1,
		"", "", Lineage.UNKNOWN, "", "", SpecimenSettings.DEFAULTS,
		StainingSettings.DEFAULTS, TissueSettings.DEFAULTS, RegionSettings.DEFAULTS,
		IlluminationSettings.DEFAULTS, StainSettings.DEFAULTS,
		NucleiSettings.DEFAULTS, CompartmentSettings.DEFAULTS,
		Ki67Settings.DEFAULTS, SagalSettings.DEFAULTS, GateSettings.DEFAULTS,
		StatisticsSettings.DEFAULTS, PhenotypeSettings.DEFAULTS,
		FociSettings.DEFAULTS, SahfSettings.DEFAULTS, PanelSettings.DEFAULTS,
		IhcSettings.DEFAULTS, LipofuscinSettings.DEFAULTS,
		ArtefactSettings.DEFAULTS, FluorescenceSettings.DEFAULTS);
}
