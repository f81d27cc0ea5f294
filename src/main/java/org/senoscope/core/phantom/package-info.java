/**
 * Test pictures with exact truth, simulated from physics: absorption by stains,
 * fluorescence, blur, noise. Shares no code and no number with the analysis.
 */

package org.senoscope.core.phantom;
