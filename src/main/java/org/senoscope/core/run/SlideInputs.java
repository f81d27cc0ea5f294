
package org.senoscope.core.run;

import java.util.List;

import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.gate.BatchGates;
import org.senoscope.core.gate.GivenGates;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.region.RegionForest;

/**
 * What a run reads.
 *
 * @param source the picture that is measured
 * @param nuclei the picture that shows the nuclei of the same field; null where
 *          the picture itself does
 * @param annotations annotations in level-0 pixels of the picture
 * @param name name of the picture in every output: file name with extension, or
 *          the pseudonym
 * @param evidence the rules by which cells are called
 * @param model the classifier that tells states, null for the rules alone; not
 *          closed
 * @param networks where star-convex networks come from
 * @param controls control pictures; not closed
 * @param regions tells the lineage of cells that no annotation decides, null
 *          for nothing
 * @param batch what the slides read that share their gates with this one, null
 *          for gates of its own
 * @param gates gates of markers of a panel for which the protocol has none
 * @param fluorescence fluorescence of the same field, whose channels are
 *          measured with the picture; null for none
 * @param rounds further staining rounds of the same field, in order; not closed
 * @param field part of the picture that is analysed at most, level-0 pixels;
 *          null for all of it
 */
public record SlideInputs(PixelSource source, PixelSource nuclei,
		List<Annotation> annotations, String name, EvidenceDefinition evidence,
		PhenotypeModel model, NucleusNetworks networks, List<ControlInput> controls,
		RegionForest regions, BatchGates batch, GivenGates gates,
		PixelSource fluorescence, List<PixelSource> rounds, Region field) {

	/** What a run reads of one round of staining. */
	public SlideInputs(final PixelSource source, final PixelSource nuclei,
		final List<Annotation> annotations, final String name,
		final EvidenceDefinition evidence, final PhenotypeModel model,
		final NucleusNetworks networks, final List<ControlInput> controls,
		final RegionForest regions, final BatchGates batch, final GivenGates gates,
		final PixelSource fluorescence)
	{
		this(source, nuclei, annotations, name, evidence, model, networks, controls,
			regions, batch, gates, fluorescence, List.of(), null);
	}

	/** What a run reads without fluorescence beside it. */
	public SlideInputs(final PixelSource source, final PixelSource nuclei,
		final List<Annotation> annotations, final String name,
		final EvidenceDefinition evidence, final PhenotypeModel model,
		final NucleusNetworks networks, final List<ControlInput> controls,
		final RegionForest regions, final BatchGates batch, final GivenGates gates)
	{
		this(source, nuclei, annotations, name, evidence, model, networks, controls,
			regions, batch, gates, null);
	}

	/** What a run reads that has gates of its own and brings none along. */
	public SlideInputs(final PixelSource source, final PixelSource nuclei,
		final List<Annotation> annotations, final String name,
		final EvidenceDefinition evidence, final PhenotypeModel model,
		final NucleusNetworks networks, final List<ControlInput> controls,
		final RegionForest regions)
	{
		this(source, nuclei, annotations, name, evidence, model, networks, controls,
			regions, null, GivenGates.NONE, null);
	}

	/** What a run reads that tells no regions. */
	public SlideInputs(final PixelSource source, final PixelSource nuclei,
		final List<Annotation> annotations, final String name,
		final EvidenceDefinition evidence, final PhenotypeModel model,
		final NucleusNetworks networks, final List<ControlInput> controls)
	{
		this(source, nuclei, annotations, name, evidence, model, networks, controls,
			null);
	}

	/** What a run reads that uses no network and the built-in rules. */
	public SlideInputs(final PixelSource source, final PixelSource nuclei,
		final List<Annotation> annotations, final String name)
	{
		this(source, nuclei, annotations, name, EvidenceDefinition.builtIn(), null,
			NucleusNetworks.NONE, List.of());
	}

	/** Copies the lists. */
	public SlideInputs {
		annotations = List.copyOf(annotations);
		controls = List.copyOf(controls);
		rounds = List.copyOf(rounds);
	}

	/** The same with another picture of the nuclei. */
	SlideInputs withNuclei(final PixelSource other) {
		return new SlideInputs(source, other, annotations, name, evidence, model,
			networks, controls, regions, batch, gates, fluorescence, rounds, field);
	}

	/** The same with another picture that is measured. */
	SlideInputs withSource(final PixelSource other) {
		return new SlideInputs(other, nuclei, annotations, name, evidence, model,
			networks, controls, regions, batch, gates, fluorescence, rounds, field);
	}

	/** The same with fluorescence of the field. */
	public SlideInputs withFluorescence(final PixelSource other) {
		return new SlideInputs(source, nuclei, annotations, name, evidence, model,
			networks, controls, regions, batch, gates, other, rounds, field);
	}

	/** The same with further staining rounds. */
	public SlideInputs withRounds(final List<PixelSource> others) {
		return new SlideInputs(source, nuclei, annotations, name, evidence, model,
			networks, controls, regions, batch, gates, fluorescence, others, field);
	}

	/** The same within a part of the picture. */
	SlideInputs within(final Region part) {
		return new SlideInputs(source, nuclei, annotations, name, evidence, model,
			networks, controls, regions, batch, gates, fluorescence, rounds, part);
	}
}
