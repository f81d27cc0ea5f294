
/**
 * The artefact ledger of brightfield pictures: what on a slide is neither
 * tissue nor stain, as masks, areas and their effect on the score.
 */

package org.senoscope.core.artefact;
