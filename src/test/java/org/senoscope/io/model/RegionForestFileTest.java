
package org.senoscope.io.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.forest.DecisionTree;
import org.senoscope.core.region.RegionFeatures;
import org.senoscope.core.region.RegionForest;

class RegionForestFileTest {

	@TempDir
	Path folder;

	/** One tree: an area up to 40 µm2 is immune (9 of 10), else tumour. */
	private static RegionForest small() {
		return new RegionForest(List.of(Lineage.TUMOUR, Lineage.IMMUNE), List.of(
			new DecisionTree(new int[] { 0, -1, -1 }, new double[] { 40, 0, 0 },
				new int[] { 1, 0, 0 }, new int[] { 2, 0, 0 }, new double[][] { {}, {
					0.1, 0.9 }, { 0.8, 0.2 } })), new int[] { 70, 60 }, 0.9);
	}

	@Test
	void aClassifierComesBackAsItWasWritten() {
		final Path file = folder.resolve("r.json");
		RegionForestFile.write(small(), Map.of("pictures", 2), file);
		final RegionForest read = RegionForestFile.read(file);
		final double[] features = new double[RegionFeatures.NAMES.size()];
		features[0] = 40;
		assertEquals(Lineage.IMMUNE, read.tell(features));
		features[0] = 41;
		assertEquals(Lineage.TUMOUR, read.tell(features));
		assertEquals(0.9, read.balancedAccuracy());
		assertEquals(60, read.trainedOn()[1]);
	}

	@Test
	void whatIsNoSoundClassifierIsRefused() throws IOException {
		final Path file = folder.resolve("r.json");
		assertRefused(file, "no such file");
		Files.writeString(file, "{\"format\": \"something else\"}");
		assertRefused(file, "it is none");
		RegionForestFile.write(small(), Map.of(), file);
		final String text = Files.readString(file);
		// a node that leads back to itself would never end
		Files.writeString(file, text.replaceFirst("\"yes\" : \\[ 1",
			"\"yes\" : [ 0"));
		assertRefused(file, "a tree of it is broken");
		Files.writeString(file, text.replace("solidity", "roundness"));
		assertRefused(file, "another version");
		Files.writeString(file, text.substring(0, text.length() / 2));
		assertRefused(file, "train-regions");
	}

	private static void assertRefused(final Path file, final String why) {
		final String message = assertThrows(UserException.class,
			() -> RegionForestFile.read(file)).getMessage();
		assertTrue(message.contains(why) && message.contains("r.json") && message
			.lines().count() == 1, message);
	}
}
