
package org.senoscope.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.DynamicCommand;
import org.scijava.module.Module;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;

/** The commands give the same numbers through every door of ImageJ. */
class CommandRunTest {

	private static Context context;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() throws Exception {
		context = new Context();
		MenuCommands.install();
	}

	@AfterAll
	static void stop() {
		context.dispose();
	}

	@AfterEach
	void closeImages() {
		WindowManager.setTempCurrentImage(null);
	}

	@Test
	void aFileIsAnalysedAlikeByCommandMacroAndCall() throws Exception {
		final Path file = DrawnSlides.save(DrawnSlides.ki67(), folder, "a b.tif");
		final String options = "input_file=[" + file +
			"] output_dir=[%s] threads=1";

		final DynamicCommand command = (DynamicCommand) MenuCommands.run(context,
			ScoreKi67.class, options.formatted(folder.resolve("fiji")));
		assertFalse(command.isCanceled(), command.getCancelReason());
		assertEquals(folder.resolve("fiji/a b/report.html").toString(),
			SenoscopeMacro.lastReport());

		assertEquals("", MenuCommands.macro("run(\"Score Ki-67\", \"" + options
			.formatted(folder.resolve("plain")) +
			"\"); return call(\"org.senoscope.fiji.SenoscopeMacro.lastError\");",
			"x"));
		assertEquals("", SenoscopeMacro.run("Score Ki-67", options.formatted(folder
			.resolve("call"))));

		final JsonNode summary = summary("fiji/a b");
		assertEquals(25, summary.path("cells").asInt(), "nuclei drawn");
		assertEquals(10, summary.at("/markers/ki67/positive").asInt(),
			"brown nuclei drawn");
		for (final String name : List.of("cells.csv", "summary.json",
			"cells.geojson"))
		{
			final Path expected = folder.resolve("fiji/a b").resolve(name);
			assertEquals(-1, Files.mismatch(expected, folder.resolve("plain/a b")
				.resolve(name)), name);
			assertEquals(-1, Files.mismatch(expected, folder.resolve("call/a b")
				.resolve(name)), name);
		}
	}

	@Test
	void aScriptSetsFieldsByTheirNames() throws Exception {
		final Path file = DrawnSlides.save(DrawnSlides.ki67(), folder, "a.tif");
		final Module module = MenuCommands.runWith(context, ScoreKi67.class, Map.of(
			"input_file", file.toFile(), "output_dir", folder.resolve("out").toFile(),
			"ki67_gate", 0.25, "specimen_kind", "culture"));
		assertNull(((DynamicCommand) module).getCancelReason());
		final JsonNode protocol = run("out/a").path("protocol");
		assertEquals(0.25, protocol.at("/ki67/gate").asDouble());
		assertEquals("culture", protocol.at("/specimen/kind").asText());
		assertEquals("h-dab", run("out/a").path("kind").asText(), "found");
	}

	@Test
	void onlyWhatDiffersFromTheDefaultsIsLeftForTheRecorder() throws Exception {
		final Path file = DrawnSlides.save(DrawnSlides.ki67(), folder, "a.tif");
		final Module module = MenuCommands.runWith(context, SegmentCellNuclei.class,
			Map.of("input_file", file.toFile(), "output_dir", folder.toFile(),
				"nuclei_splitting", 1.5));
		final StringBuilder recorded = new StringBuilder();
		for (final CommandKey key : AnalysisDoor.SEGMENT_CELL_NUCLEI.keys()) {
			final Object value = module.getInput(key.name());
			if (value != null) recorded.append(key.name()).append('=').append(value
				.toString().contains(" ") ? "[" + value + "]" : value).append(' ');
		}
		assertEquals("input_file=" + file + " output_dir=" + folder +
			" nuclei_splitting=1.5 ", recorded.toString());
		assertNull(module.getInput("about"));

		final Path first = folder.resolve("first");
		Files.move(folder.resolve("a"), first);
		assertEquals("", SenoscopeMacro.run("Segment Cell Nuclei", recorded
			.toString()), "the recorded macro replays");
		assertEquals(-1, Files.mismatch(first.resolve("cells.csv"), folder.resolve(
			"a/cells.csv")));
	}

	@Test
	void theActiveImageIsAnalysedInItsSelection() throws Exception {
		final ImagePlus image = DrawnSlides.ki67();
		// The upper two of five rows of nuclei.
		image.setRoi(new Roi(0, 0, 200, 80));
		WindowManager.setTempCurrentImage(image);
		assertEquals("", SenoscopeMacro.run("Score Ki-67", "output_dir=[" + folder +
			"]"));
		assertEquals(10, summary("ki67").path("cells").asInt());
		assertEquals("0,0,200,80", run("ki67").at("/protocol/region").asText());
		assertEquals("run(\"Score Ki-67\", \"output_dir=" + folder +
			" region=0,0,200,80\");", run("ki67").path("command").get(0).asText());
	}

	@Test
	void anOutlineOnTheActiveImageIsItsAnnotation() throws Exception {
		final ImagePlus image = DrawnSlides.ki67();
		// Round the nine nuclei in the middle, whose centres lie within 57 px.
		image.setRoi(new OvalRoi(35, 35, 130, 130));
		WindowManager.setTempCurrentImage(image);
		assertEquals("", SenoscopeMacro.run("Score Ki-67", "output_dir=[" + folder +
			"]"));
		assertEquals(9, summary("ki67").path("cells").asInt());
		assertTrue(Files.exists(folder.resolve("ki67-selection.roi")),
			"kept, so that the run can be repeated");
	}

	@Test
	void aBrightfieldPictureOpenedAsThreeChannelsIsOnePicture() throws Exception {
		final ImagePlus rgb = DrawnSlides.ki67();
		final CompositeImage composite = new CompositeImage(rgb,
			CompositeImage.COMPOSITE);
		composite.setTitle("composite.tif");
		composite.setCalibration(rgb.getCalibration());
		assertEquals(3, composite.getNChannels());
		WindowManager.setTempCurrentImage(composite);
		assertEquals("", SenoscopeMacro.run("Score Ki-67", "output_dir=[" + folder +
			"]"));
		assertEquals(10, summary("composite").at("/markers/ki67/positive").asInt());
		final Protocol nuclei = AnalysisDoor.SEGMENT_CELL_NUCLEI.base();
		assertNotSame(composite, RgbComposite.merged(composite, nuclei));
		assertSame(composite, RgbComposite.merged(composite, ProtocolOverrides
			.apply(nuclei, Map.of("kind", "fluorescence"))));
		final ImagePlus dark = rgb.duplicate();
		dark.getProcessor().invert();
		final ImagePlus stained = new CompositeImage(dark,
			CompositeImage.COMPOSITE);
		assertSame(stained, RgbComposite.merged(stained, nuclei),
			"three fluorescence channels");
	}

	@Test
	void outlinesComeBackAsAnOverlayInTheColoursOfTheirClasses()
		throws Exception
	{
		WindowManager.setTempCurrentImage(DrawnSlides.ki67());
		assertEquals("", SenoscopeMacro.run("Score Ki-67", "output_dir=[" + folder +
			"]"));
		final Overlay overlay = ResultViews.overlay(folder.resolve(
			"ki67/rois.zip"));
		assertEquals(25, overlay.size());
		assertTrue(overlay.get(0).getStrokeWidth() >= 1);
		// Columns 1 and 2 are brown, column 3 is blue.
		assertEquals(colourAt(overlay, 20, 20), colourAt(overlay, 60, 60));
		assertFalse(colourAt(overlay, 20, 20).equals(colourAt(overlay, 100, 20)));
	}

	private static Object colourAt(final Overlay overlay, final int x,
		final int y)
	{
		for (final Roi roi : overlay)
			if (roi.contains(x, y)) return roi.getStrokeColor();
		throw new AssertionError("no outline at " + x + ", " + y);
	}

	@Test
	void imagesOfOneNameKeepTheirExtensions() throws Exception {
		final Path file = DrawnSlides.save(DrawnSlides.ki67(), folder, "a.tif");
		Files.writeString(folder.resolve("a.png"), "another image");
		assertEquals("", SenoscopeMacro.run("Segment Cell Nuclei", "input_file=[" +
			file + "] output_dir=[" + folder.resolve("out") + "]"));
		assertEquals(folder.resolve("out/a.tif/report.html").toString(),
			SenoscopeMacro.lastReport());
	}

	@Test
	void anErrorFileGoesWhenTheImageSucceeds() throws Exception {
		final Path file = folder.resolve("a.tif");
		Files.writeString(file, "no image");
		final String options = "input_file=[" + file + "] output_dir=[" + folder
			.resolve("out") + "]";
		final String error = SenoscopeMacro.run("Score Ki-67", options);
		assertTrue(error.contains("a.tif"), error);
		assertFalse(error.contains("internal error"), error);
		assertEquals(error, Files.readString(folder.resolve("out/a-error.txt"))
			.strip());
		DrawnSlides.save(DrawnSlides.ki67(), folder, "a.tif");
		assertEquals("", SenoscopeMacro.run("Score Ki-67", options));
		assertFalse(Files.exists(folder.resolve("out/a-error.txt")));
	}

	@Test
	void aPseudonymHidesTheNameInEveryFile() throws Exception {
		final Path file = DrawnSlides.save(DrawnSlides.ki67(), folder,
			"Jane Doe.tif");
		assertEquals("", SenoscopeMacro.run("Score Ki-67", "input_file=[" + file +
			"] output_dir=[" + folder.resolve("out") + "] pseudonym=P7"));
		final File[] files = folder.resolve("out/P7").toFile().listFiles();
		assertTrue(files.length > 4);
		for (final File written : files)
			if (written.getName().matches(".*\\.(csv|json|geojson|html)"))
				assertFalse(Files.readString(written.toPath()).contains("Jane"), written
					.getName());
		final String error = SenoscopeMacro.run("Score Ki-67", "input_file=[" +
			folder.resolve("John Roe.tif") + "] output_dir=[" + folder.resolve(
				"out") + "] pseudonym=P8");
		assertTrue(error.contains("John Roe"), "the user must know: " + error);
		assertFalse(Files.readString(folder.resolve("out/P8-error.txt")).contains(
			"John Roe"));
	}

	private JsonNode summary(final String image) throws IOException {
		return read(image, "summary.json");
	}

	private JsonNode run(final String image) throws IOException {
		return read(image, "run.json");
	}

	private JsonNode read(final String image, final String name)
		throws IOException
	{
		return new ObjectMapper().readTree(folder.resolve(image).resolve(name)
			.toFile());
	}
}
