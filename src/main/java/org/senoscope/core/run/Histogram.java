
package org.senoscope.core.run;

/**
 * Counts of cells by value, in bins of equal width.
 *
 * @param from lower edge of the first bin
 * @param binWidth width of a bin, positive
 * @param counts cells in each bin; values beyond the ends stand in the end bins
 */
public record Histogram(double from, double binWidth, long[] counts) {
}
