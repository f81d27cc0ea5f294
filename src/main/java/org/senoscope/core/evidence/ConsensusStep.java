
package org.senoscope.core.evidence;

/**
 * A step of the consensus procedure (Gorgoulis et al., Cell 2019).
 *
 * @param label what the step asks for
 * @param when what must hold
 */
public record ConsensusStep(String label, Condition when) {
}
