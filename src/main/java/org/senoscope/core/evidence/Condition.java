
package org.senoscope.core.evidence;

import java.util.function.Function;

/**
 * A condition of a definition, such as
 * {@code arrest met and (p16+ or 2 of (lysosome met, chromatin met))}. Knows
 * three answers; see {@link Finding}.
 */
public final class Condition {

	/** Holds always, and stands where a definition says nothing. */
	static final Condition ALWAYS = new Condition("always", f -> Finding.MET,
		false);

	/** Holds never. */
	static final Condition NEVER = new Condition("never", f -> Finding.NOT_MET,
		false);

	private final String text;
	private final Function<CellFacts, Finding> test;
	private final boolean asksForOthers;

	Condition(final String text, final Function<CellFacts, Finding> test,
		final boolean asksForOthers)
	{
		this.text = text;
		this.test = test;
		this.asksForOthers = asksForOthers;
	}

	/** Returns the condition as the definition writes it. */
	public String text() {
		return text;
	}

	/** Whether it asks for other markers of the same axis ("other stemness"). */
	boolean asksForOthers() {
		return asksForOthers;
	}

	Finding of(final CellFacts facts) {
		return test.apply(facts);
	}

	boolean holds(final CellFacts facts) {
		return test.apply(facts) == Finding.MET;
	}

	@Override
	public String toString() {
		return text;
	}
}
