
package org.senoscope.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.command.DynamicCommand;

import ij.ImagePlus;
import ij.WindowManager;

/**
 * A command that cannot run says why in one line: as the reason of its
 * cancellation, on standard error, to the macro and beside the output.
 */
class CommandErrorsTest {

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

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"ki67_gat=0.3        | ki67_gat | ki67_gate", //
		"outputdir=/x        | outputdir | output_dir", //
		"inputfile=/x        | inputfile | input_file", //
		"kind=hdab           | kind | h-dab", //
		"ki67_gate=abc       | ki67_gate | number", //
		"ki67_gate=0,3       | ki67_gate | 0.3", //
		"ki67_gate=-1        | ki67_gate | range", //
		"threads=two         | threads | whole number", //
		"labels=1            | labels | true", //
		"labels              | labels | true", //
		"Kind=h-dab          | Kind | kind", //
	})
	void aBadOptionStopsTheCommandWithItsName(final String option,
		final String name, final String hint) throws Exception
	{
		final String options = "input_file=[" + folder.resolve("a.tif") +
			"] output_dir=[" + folder + "] " + option;
		final DynamicCommand command = (DynamicCommand) MenuCommands.run(context,
			ScoreKi67.class, options);
		assertTrue(command.isCanceled());
		final String reason = command.getCancelReason();
		assertTrue(reason.startsWith("Score Ki-67: "), reason);
		assertTrue(reason.contains(name) && reason.contains(hint), reason);
		assertEquals(1, reason.lines().count(), reason);
		assertFalse(reason.contains("internal error"), reason);

		assertEquals(reason, SenoscopeMacro.run("Score Ki-67", options));
		assertEquals(reason, MenuCommands.macro("run(\"Score Ki-67\", \"" + options
			.replace("\\", "\\\\") +
			"\"); return call(\"org.senoscope.fiji.SenoscopeMacro.lastError\");",
			"x"), "plain ImageJ says the same");
		try (Stream<Path> files = Files.list(folder)) {
			final Path file = files.findFirst().orElseThrow();
			assertTrue(file.toString().endsWith("-error.txt"), file.toString());
			assertEquals(reason, Files.readString(file).strip());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"input_file=[/a.tif]            | output_dir", //
		"output_dir=[OUT]               | no image is open", //
		"output_dir=[OUT] input_file=[OUT/none.tif] | none.tif", //
	})
	void whatIsMissingIsNamed(final String options, final String hint)
		throws Exception
	{
		final DynamicCommand command = (DynamicCommand) MenuCommands.run(context,
			SegmentCellNuclei.class, options.replace("OUT", folder.toString()));
		assertNotNull(command.getCancelReason());
		assertTrue(command.getCancelReason().contains(hint), command
			.getCancelReason());
		assertEquals(1, command.getCancelReason().lines().count());
		assertFalse(command.getCancelReason().contains("internal error"), command
			.getCancelReason());
	}

	@Test
	void withoutOptionsACommandWithoutAScreenSaysWhatIsMissing()
		throws Exception
	{
		final DynamicCommand command = (DynamicCommand) MenuCommands.run(context,
			QuantifySaBetaGal.class, null);
		assertTrue(command.getCancelReason().contains("output_dir"), command
			.getCancelReason());
	}

	@Test
	void aMissingPixelSizeIsAskedForByItsMacroKey() {
		final ImagePlus image = DrawnSlides.ki67();
		image.setCalibration(null);
		WindowManager.setTempCurrentImage(image);
		final String error = SenoscopeMacro.run("Score Ki-67", "output_dir=[" +
			folder + "]");
		WindowManager.setTempCurrentImage(null);
		assertTrue(error.contains(" pixel_size"), error);
	}

	@Test
	void anUnknownLabelIsSaid() {
		assertTrue(SenoscopeMacro.run("Score Ki67", "").contains("Score Ki67"));
	}

	@Test
	void theErrorOfACommandIsToldOnce() {
		SenoscopeMacro.run("Score Ki-67", "x");
		assertTrue(SenoscopeMacro.lastError().contains("\"x\""));
		assertEquals("the command did not run", SenoscopeMacro.lastError());
		assertEquals("", SenoscopeMacro.lastReport());
	}
}
