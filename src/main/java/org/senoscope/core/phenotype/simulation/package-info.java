/**
 * Cells of known state with the marker values that the literature lets one
 * expect: what the shipped panel model is trained on, and what classifiers are
 * tested with. No simulated cell tells anything about real ones; it tells
 * whether a method does what it should where the truth is known.
 */

package org.senoscope.core.phenotype.simulation;
