
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code senoscope validate} on small files whose figures can be counted. */
class ValidateVerbTest {

	@TempDir
	Path folder;

	private final CliFixture cli = new CliFixture();

	@Test
	void labelsAreScoredImageByImageAndTogether() throws IOException {
		// one of two squares found, one invented
		labels("a/one.png", 0, 20, 40);
		labels("b/one.png", 0, 20);
		labels("a/two.tif", 0);
		labels("b/two.tif", 60);
		final Path csv = folder.resolve("scores.csv");
		assertEquals(0, validate("labels", "a", "b", "--iou", "0.5", "--out", csv),
			cli.err());
		final List<String> lines = Files.readAllLines(csv);
		assertEquals(
			"image,iou,images,predicted,reference,true_positives,false_positives,false_negatives,precision,recall,f1,average_precision,panoptic_quality,mean_image_average_precision,mean_image_f1",
			lines.get(0));
		assertEquals("one,0.5,1,3,2,2,1,0,0.666667,1,0.8,0.666667,0.8,0.666667,0.8",
			lines.get(1));
		assertEquals(
			"all images,0.5,2,4,3,2,2,1,0.5,0.666667,0.571429,0.4,0.571429", lines
				.get(3).replaceAll(",[^,]*,[^,]*$", ""));
		assertTrue(cli.out().startsWith("image "), cli.out());
	}

	@Test
	void foldersOfOurResultsAreUnderstood() throws IOException {
		labels("a/one/nuclei-labels.ome.tif", 0, 20);
		labels("b/one.png", 0, 20);
		labels("b/three.png", 0);
		assertEquals(1, validate("labels", "a", "b", "--json"));
		assertEquals(1, json().path("rows").get(3).path("f1").asDouble());
		assertTrue(cli.err().contains(
			"no prediction for 1 images of the reference, which do not count: three"),
			cli.err());
	}

	@Test
	void nucleiAreScoredByClass() throws IOException {
		final String feature =
			"{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%1$d,0],[%2$d,0],[%2$d,10],[%1$d,10],[%1$d,0]]]},\"properties\":{\"classification\":{\"name\":\"%3$s\"}}}";
		write("a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[" +
			feature.formatted(0, 10, "Ki-67 positive") + "," + feature.formatted(20,
				30, "Ki-67 negative") + "," + feature.formatted(50, 60,
					"Ki-67 negative") + "]}");
		write("b.csv", "x,y,class\n5,5,Positive\n25,5,positive\n90,5,negative\n");
		assertEquals(0, validate("nuclei", "a.geojson", "b.csv", "--json"), cli
			.err());
		final JsonNode rows = json().path("rows");
		assertEquals("point inside", rows.get(0).path("same_if").asText());
		assertEquals(2, rows.get(0).path("true_positives").asInt());
		assertEquals("negative", rows.get(1).path("class").asText());
		assertEquals(0, rows.get(1).path("true_positives").asInt());
		assertEquals(2.0 / 3, rows.get(2).path("f1").asDouble(), 1e-6);
	}

	@Test
	void indicesAreComparedWithTheirLimitsOfAgreement() throws IOException {
		write("a.csv", "image,index_percent\nx.png,11\ny,19\nz,33\nw,5\n");
		write("b.csv", "image;index_percent\nx;10\ny.svs;20\nz;30\n");
		assertEquals(0, validate("index", "a.csv", "b.csv", "--json"), cli.err());
		final JsonNode summary = json().path("summary");
		assertEquals(3, summary.path("images").asInt());
		assertEquals(-2.92, summary.path("lower_limit_of_agreement_points")
			.asDouble(), 1e-6);
		assertEquals(1, summary.path("share_within_fifth_of_reference").asDouble());
		assertTrue(cli.err().contains("no reference for 1 predicted images"), cli
			.err());
	}

	@Test
	void countsMayComeFromARun() throws IOException {
		write("run/x/summary.json",
			"{\"markers\":{\"ki67\":{\"measured\":100,\"positive\":25,\"positive_percent\":25.0}}}");
		write("b.csv", "image,positive,negative\nx,20,80\n");
		assertEquals(0, validate("counts", "run", "b.csv", "--json"), cli.err());
		final JsonNode row = json().path("rows").get(0);
		assertEquals(75, row.path("predicted_negative").asInt());
		assertEquals(5, row.path("difference_points").asDouble(), 1e-9);
	}

	@Test
	void badArgumentsAndFilesGetOneLine() throws IOException {
		assertEquals(2, cli.run("validate", "--what", "lables"));
		assertTrue(cli.err().contains("--predicted is required"), cli.err());
		assertTrue(cli.err().contains("did you mean labels?"), cli.err());
		write("a.csv", "image,index_percent\nx,high\n");
		write("b.csv", "image,index_percent\nx,1\n");
		assertEquals(2, validate("index", "a.csv", "b.csv"));
		assertTrue(cli.err().contains("row 2"), cli.err());
		assertEquals(2, validate("labels", "a.csv", "b.csv"));
		assertEquals(2, validate("counts", "a.csv", "b.csv"));
		assertTrue(cli.err().contains("has no column positive"), cli.err());
		assertEquals(4, cli.err().lines().count(), cli.err());
	}

	private int validate(final String what, final String a, final String b,
		final Object... more)
	{
		final Object[] args = new Object[7 + more.length];
		System.arraycopy(new Object[] { "validate", "--what", what, "--predicted",
			folder.resolve(a), "--reference", folder.resolve(b) }, 0, args, 0, 7);
		System.arraycopy(more, 0, args, 7, more.length);
		return cli.run(args);
	}

	private JsonNode json() throws IOException {
		return new ObjectMapper().readTree(cli.out());
	}

	private void write(final String name, final String text) throws IOException {
		final Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	/** Squares of side 10 in a row of 80 px, at these columns. */
	private void labels(final String name, final int... columns)
		throws IOException
	{
		final BufferedImage image = new BufferedImage(80, 12,
			BufferedImage.TYPE_USHORT_GRAY);
		for (int n = 0; n < columns.length; n++)
			for (int y = 0; y < 10; y++)
				for (int x = columns[n]; x < columns[n] + 10; x++)
					image.getRaster().setSample(x, y, 0, n + 1);
		final Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		assertTrue(ImageIO.write(image, name.endsWith("png") ? "png" : "tiff", file
			.toFile()));
	}
}
