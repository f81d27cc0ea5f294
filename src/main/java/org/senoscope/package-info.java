/**
 * Senoscope finds, measures and classifies senescent, dormant and proliferating
 * cells in microscope images and whole slides.
 */

package org.senoscope;
