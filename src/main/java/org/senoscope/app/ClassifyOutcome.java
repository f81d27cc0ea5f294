
package org.senoscope.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What became of a table.
 *
 * @param table the table with the calls
 * @param caller what called: a model's name, or the evidence definition's
 * @param calibration how far the probabilities hold, empty: there are none
 * @param cells rows of the table
 * @param phenotypes cells of each phenotype, in the order of their ids
 * @param notes what a reader should know, a sentence each
 */
public record ClassifyOutcome(Path table, String caller, String calibration,
		long cells, Map<String, Long> phenotypes, List<String> notes) {
}
