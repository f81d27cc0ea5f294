
package org.senoscope.core.evidence;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A condition of a definition, such as
 * {@code arrest met and (p16+ or 2 of (lysosome met, chromatin met))}. Knows
 * three answers; see {@link Finding}.
 */
public final class Condition {

	/** What a condition asks for, by position in the definition. */
	static final class Asked {

		final Set<Integer> markers = new HashSet<>();
		/** Axes that are to be met, and those that are not to be. */
		final Set<Integer> axes = new HashSet<>(), axesNotMet = new HashSet<>();
		final Set<Integer> states = new HashSet<>();
		/** Asks for other markers of the same axis ("other stemness"). */
		boolean others;
	}

	/** Holds always, and stands where a definition says nothing. */
	static final Condition ALWAYS = new Condition("always", f -> Finding.MET,
		new Asked());

	/** Holds never. */
	static final Condition NEVER = new Condition("never", f -> Finding.NOT_MET,
		new Asked());

	private final String text;
	private final Function<CellFacts, Finding> test;
	private final Asked asked;

	Condition(final String text, final Function<CellFacts, Finding> test,
		final Asked asked)
	{
		this.text = text;
		this.test = test;
		this.asked = asked;
	}

	/** Returns the condition as the definition writes it. */
	public String text() {
		return text;
	}

	Asked asked() {
		return asked;
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
