
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.protocol.AssayKind;

/** Tests {@link SummaryWriter} and {@link RunWriter}. */
class SummaryWriterTest {

	@TempDir
	private Path folder;

	@Test
	void keysAreThoseOfTheInterface() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 640, 480,
			300, "ä.tif");
		final JsonNode root = write(slide);
		assertEquals(List.of("image", "pixel_size_um", "analysed_area_mm2", "cells",
			"markers", "phenotypes", "evidence", "nucleus_area_median_um2",
			"warnings"), names(root));
		final JsonNode ki67 = root.at("/markers/ki67");
		assertEquals(List.of("measured", "positive", "positive_percent",
			"ci_low_percent", "ci_high_percent", "area_percent", "gate",
			"gate_origin", "h_score", "allred_proportion", "allred_intensity"), names(
				ki67).subList(0, 11));
		assertEquals("ä.tif", root.get("image").asText());
		assertEquals(300, root.get("cells").asLong());
		assertEquals(300, ki67.get("measured").asLong());
		assertEquals(slide.summary().markers().get(0).positivePercent(), ki67.get(
			"positive_percent").asDouble(), 1e-5);
		assertTrue(ki67.get("area_percent").isNull());
		assertEquals(41.5, ki67.get("h_score").asDouble());
		assertEquals(List.of("negative", "1+", "2+", "3+"), names(ki67.get(
			"classes")));
		assertEquals(List.of("cells", "percent"), names(root.at(
			"/phenotypes/indeterminate")));
		assertEquals(100, root.at("/phenotypes/indeterminate/percent").asDouble());
		assertEquals(slide.summary().warnings().get(0), root.at("/warnings/0")
			.asText());
	}

	@Test
	void evidenceStandsBesideThePhenotypes() throws Exception {
		final SyntheticSlide slide = SyntheticSlide.ofPanel(800, 600, "p.tif",
			"sagal", "p21", "lmnb1");
		final JsonNode root = write(slide), evidence = root.get("evidence");
		final JsonNode senescent = root.at("/phenotypes/senescent");
		assertEquals(List.of("cells", "percent", "percent_of_tumour"), names(
			senescent));
		assertEquals(100.0 * senescent.get("cells").asLong() / evidence.at(
			"/lineage/tumour").asLong(), senescent.get("percent_of_tumour")
				.asDouble(), 1e-5);
		assertTrue(senescent.get("percent").asDouble() < senescent.get(
			"percent_of_tumour").asDouble(), "stroma counts in one of them only");
		long cells = 0;
		for (final JsonNode phenotype : root.get("phenotypes"))
			cells += phenotype.get("cells").asLong();
		assertEquals(root.get("cells").asLong(), cells);
		assertTrue(evidence.at("/axes/lysosome/met").asLong() > 0);
		assertEquals(0, evidence.at("/axes/quiescence/met").asLong() + evidence.at(
			"/axes/quiescence/not_met").asLong());
		assertEquals("good", evidence.at("/states/senescent/grade").asText());
		assertEquals("none", evidence.at("/states/dormant/grade").asText());
		assertEquals("nuclear p27", evidence.at("/states/dormant/would_help/0")
			.asText());
		assertEquals("DNA damage", evidence.at("/missing_hallmarks/0").asText());
		assertTrue(evidence.get("senescent_stroma").asLong() > 0);
		assertEquals(3, evidence.get("consensus_steps").size());
	}

	@Test
	void unknownNumbersAreNull() throws Exception {
		final JsonNode sagal = write(new SyntheticSlide(AssayKind.SAGAL, 100, 100,
			0, "a.tif")).at("/markers/sagal");
		for (final String key : List.of("positive_percent", "h_score",
			"allred_proportion", "allred_intensity"))
			assertTrue(sagal.get(key).isNull(), key);
		assertEquals(12.34568, sagal.get("area_percent").asDouble(), 1e-5);
	}

	@Test
	void bytesAreTheSameInEveryRun() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.SAGAL, 640, 480,
			300, "a.tif");
		write(slide);
		final byte[] first = Files.readAllBytes(folder.resolve("summary.json"));
		write(slide);
		assertArrayEquals(first, Files.readAllBytes(folder.resolve(
			"summary.json")));
	}

	@Test
	void theRunRecordKeepsItsOrder() throws Exception {
		final Path file = folder.resolve("run.json");
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.SAGAL, 64, 48, 3,
			"a.tif");
		RunWriter.write(slide.record(), file);
		final JsonNode root = new ObjectMapper().readTree(file.toFile());
		assertEquals(List.copyOf(slide.record().keySet()), names(root));
		assertEquals("a b.tif", root.at("/command/2").asText());
	}

	private JsonNode write(final SyntheticSlide slide) throws Exception {
		final Path file = folder.resolve("summary.json");
		SummaryWriter.write(slide.summary(), file);
		return new ObjectMapper().readTree(file.toFile());
	}

	private static List<String> names(final JsonNode node) {
		final List<String> names = new ArrayList<>();
		node.fieldNames().forEachRemaining(names::add);
		return names;
	}
}
