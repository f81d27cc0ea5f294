/**
 * What marker states say about a cell: axes of evidence, the steps of the
 * consensus procedure, phenotypes by rules, and what a panel can tell at all.
 * All of it is written in a definition file, not in code; see
 * {@link org.senoscope.core.evidence.EvidenceDefinition}.
 */

package org.senoscope.core.evidence;
