
package org.senoscope.core.phenotype;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.EvidenceCall;
import org.senoscope.core.evidence.EvidenceCaller;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Finding;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.State;

/**
 * A classifier whose classes are states of an evidence definition. It tells the
 * states; lineage, exclusions and the order of the phenotype rules remain those
 * of the definition, and a state that the panel cannot tell is told by nobody.
 */
public final class StateModel {

	/**
	 * What became of a cell.
	 *
	 * @param phenotype id of the phenotype; {@code indeterminate} where the model
	 *          abstained or does not know such cells
	 * @param confidence probability of the least certain of the answers, NaN for
	 *          a cell that was not called
	 * @param reason by the rules and by the model
	 * @param evidence what the rules say, given the model's states
	 */
	public record Call(String phenotype, double confidence, String reason,
			EvidenceCall evidence) {
	}

	private final EvidenceDefinition definition;
	private final PhenotypeModel model;
	private final List<State> states;

	private StateModel(final EvidenceDefinition definition,
		final PhenotypeModel model, final List<State> states)
	{
		this.definition = definition;
		this.model = model;
		this.states = states;
	}

	/**
	 * Returns a model as one of states.
	 *
	 * @return null if any of its classes is no state of the definition
	 */
	public static StateModel of(final PhenotypeModel model,
		final EvidenceDefinition definition)
	{
		for (final String name : model.classes())
			if (definition.state(word(name)) == null) return null;
		return new StateModel(definition, model, model.classes().stream().map(
			c -> definition.state(word(c))).toList());
	}

	/** Returns a name in lower-case ASCII, other characters {@code _}. */
	public static String word(final String name) {
		return Normalizer.normalize(name.strip(), Normalizer.Form.NFD).replaceAll(
			"\\p{M}", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
	}

	/** Returns the classifier. */
	public PhenotypeModel model() {
		return model;
	}

	/** Returns the state of each class, in the order of the classes. */
	public List<State> states() {
		return states;
	}

	/**
	 * Calls a cell.
	 *
	 * @param caller the rules
	 * @param markers states of the markers, in the order of the caller's panel
	 * @param lineage what is known of the lineage without markers
	 * @param flags bits of {@link org.senoscope.core.evidence.CellFlag}s
	 * @param calls what the model says
	 * @param cell the cell among them
	 */
	public Call call(final EvidenceCaller caller, final MarkerState[] markers,
		final Lineage lineage, final int flags, final PhenotypeCalls calls,
		final int cell)
	{
		final Finding[] told = new Finding[definition.states().size()];
		double certainty = 1;
		for (int c = 0; c < states.size(); c++) {
			final double p = calls.probability(cell, c);
			told[states.get(c).index()] = Double.isNaN(p) || !caller.sufficiency()
				.tells(states.get(c).id()) ? Finding.NOT_MEASURED : p > 0.5
					? Finding.MET : Finding.NOT_MET;
			certainty = Math.min(certainty, Math.max(p, 1 - p));
		}
		final EvidenceCall evidence = caller.call(markers, lineage, flags, told);
		final boolean unsure = evidence.called() && (calls.abstained()[cell] ||
			calls.outOfDistribution()[cell]);
		final String phenotype = unsure ? "indeterminate" : evidence.phenotype();
		return new Call(phenotype, evidence.called() && !unsure ? certainty
			: Double.NaN, (unsure ? phenotype : evidence.reason()) + "; model: " +
				calls.reason(cell) + "; calibration: " + model.calibration(), evidence);
	}
}
