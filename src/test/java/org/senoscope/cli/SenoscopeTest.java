
package org.senoscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.senoscope.app.SlideRequest;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Preservation;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.protocol.TableStyle;
import org.senoscope.io.evidence.EvidenceFile;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command line: arguments, streams and exit codes. */
class SenoscopeTest {

	@TempDir
	private Path dir;

	private final CliFixture cli = new CliFixture();
	private Path out;
	private Path image;

	@BeforeEach
	void draw() throws IOException {
		out = dir.resolve("out");
		image = file("a.tif");
	}

	private Path file(final String name) throws IOException {
		final Path file = dir.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, "not looked into");
	}

	// What flags there are

	@ParameterizedTest
	@ValueSource(strings = { "segment", "ki67", "sagal", "sahf", "costain",
		"analyze" })
	void everyKeyIsAFlagAndEveryFlagAKey(final String verb) {
		final CommandLine command = Senoscope.commandLine(cli.context())
			.getSubcommands().get(verb);
		final Set<String> flags = new TreeSet<>();
		for (final OptionSpec option : command.getCommandSpec().options())
			flags.add(option.longestName());
		final Set<String> expected = new TreeSet<>(List.of("--out", "--set",
			"--json", "--debug", "--help"));
		if (verb.equals("analyze")) expected.add("--protocol");
		for (final ProtocolKey key : ProtocolKeys.all())
			assertTrue(expected.add(key.flag()), key.flag() + " is taken");
		assertEquals(expected, flags);
	}

	@ParameterizedTest
	@ValueSource(strings = { "info", "segment", "ki67", "sagal", "sahf",
		"costain", "analyze" })
	void theFlagsOfThePublicInterfaceAreThere(final String verb) {
		final CommandLine command = Senoscope.commandLine(cli.context())
			.getSubcommands().get(verb);
		for (final String flag : ("--pixel-size --kind --method --model --channel --series --z --t " +
			"--region --annotations --threads --memory --labels --columns --pseudonym --json --debug --help" +
			(verb.equals("info") ? "" : " --out --nuclei-image --control")).split(
				" "))
			assertTrue(command.getCommandSpec().findOption(flag) != null, flag);
	}

	@ParameterizedTest
	@ValueSource(strings = { "segment", "ki67", "sagal", "sahf", "costain",
		"analyze" })
	void helpExplainsEveryFlag(final String verb) {
		assertEquals(0, cli.run(verb, "--help"));
		assertEquals("", cli.err());
		final String words = cli.out().replaceAll("\\s+", " ");
		for (final ProtocolKey key : ProtocolKeys.all()) {
			if (key.path().equals("assay") && !verb.equals("analyze")) continue;
			assertTrue(words.contains(key.flag()), key.flag());
			assertTrue(words.contains(key.meaning()), key.meaning());
		}
		assertTrue(cli.out().startsWith("Usage: senoscope " + verb + " IMAGE..."),
			cli.out());
		assertTrue(cli.out().lines().allMatch(l -> l.length() <= 100));
	}

	@ParameterizedTest
	@ValueSource(strings = { "info", "protocols", "doctor", "phantom", "bench" })
	void everyOtherVerbHasHelp(final String verb) {
		assertEquals(0, cli.run(verb, "--help"));
		assertTrue(cli.out().startsWith("Usage: senoscope " + verb), cli.out());
	}

	@Test
	void benchNamesEveryBadArgument() {
		assertRefused("--repeat: '0' is not a whole number from 1 to 100", "bench",
			"--out", out, "--repeat", "0");
		assertRefused("--pixel-size: 'x' is not a pixel size in µm", "bench",
			"--pixel-size", "x");
	}

	// What arguments become

	@Test
	void flagsSetAndProtocolBecomeOneProtocol() {
		assertEquals(0, cli.run("analyze", image, "--protocol", "ki67-hdab",
			"--set", "ki67.gate=0.1", "--set", "specimen_organ=liver = left",
			"--ki67-gate", "0.3", "--specimen-preservation=ffpe", "--labels",
			"--columns", "qupath", "--out", out, "--control", "blank:b.tif",
			"--control", "ph7:c.tif"), cli::err);
		final SlideRequest request = cli.requests.get(0);
		assertEquals("ki67-hdab", request.protocol().name());
		assertEquals(ImageKind.H_DAB, request.protocol().kind());
		assertEquals(0.3, request.protocol().ki67().gate(), "flags come last");
		assertEquals("liver = left", request.protocol().specimen().organ());
		assertEquals(Preservation.FFPE, request.protocol().specimen()
			.preservation());
		assertEquals("blank:b.tif;ph7:c.tif", request.protocol().control());
		assertTrue(request.options().labels());
		assertEquals(TableStyle.QUPATH, request.options().columns());
		assertEquals(out, request.outputFolder());
		assertEquals("a", request.folderName());
		assertEquals(image, request.image());
	}

	@Test
	void theVerbsStartFromTheirProtocols() {
		assertEquals(0, cli.run("segment", image, "--out", out));
		assertEquals(0, cli.run("ki67", image, "--out", out));
		assertEquals(0, cli.run("sagal", image, "--out", out));
		assertEquals(0, cli.run("sagal", image, "--out", out, "--kind",
			"x-gal-nfr"));
		assertEquals(List.of(AssayKind.NUCLEI, AssayKind.KI67, AssayKind.SAGAL,
			AssayKind.SAGAL), cli.requests.stream().map(r -> r.protocol().assay())
				.toList());
		assertEquals(List.of(ImageKind.AUTO, ImageKind.AUTO, ImageKind.AUTO,
			ImageKind.X_GAL_NFR), cli.requests.stream().map(r -> r.protocol().kind())
				.toList());
	}

	@Test
	void aProtocolFileIsReadAndItsFaultsAreNamed() throws IOException {
		final Path good = Files.writeString(dir.resolve("my protocol.yaml"),
			"extends: ki67-hdab\nname: mine\nki67: {gate: 0.11}\n");
		assertEquals(0, cli.run("analyze", image, "--protocol", good, "--out",
			out));
		assertEquals(0.11, cli.requests.get(0).protocol().ki67().gate());
		final Path bad = Files.writeString(dir.resolve("bad.yaml"),
			"assay: ki67\nki67: {gat: 1}\nkind: hdab\n");
		assertRefused("line 2: unknown key ki67.gat (did you mean ki67.gate?); " +
			"line 3: kind: 'hdab' is not one of", "analyze", image, "--protocol", bad,
			"--out", out);
	}

	@Test
	void theCommandOfTheRecordRepeatsTheRun() {
		assertEquals(0, cli.run("analyze", "--set", "ki67.gate=0.1", "--out", out,
			image, "--protocol", "ki67-hdab", "--labels", "--json", "--t", "1"));
		final List<String> command = cli.requests.get(0).command();
		assertEquals(List.of("senoscope", "analyze", image.toString(), "--protocol",
			"ki67-hdab", "--out", out.toString(), "--set", "ki67.gate=0.1", "--t",
			"1", "--labels", "true"), command);
		final List<String> again = new ArrayList<>(command.subList(1, command
			.size()));
		assertEquals(0, cli.run(again.toArray()), cli::err);
		assertEquals(cli.requests.get(0).protocol(), cli.requests.get(1)
			.protocol());
		assertEquals(cli.requests.get(0).options(), cli.requests.get(1).options());
	}

	@Test
	void thePseudonymHidesTheNameOfTheFile() throws IOException {
		final Path named = file("Doe_Jane.svs");
		assertEquals(0, cli.run("segment", named, "--out", out, "--pseudonym", "P7",
			"--annotations", "ann/Doe_Jane.geojson"));
		assertEquals("P7", cli.requests.get(0).options().pseudonym());
		assertFalse(cli.err().contains("Doe"), cli.err());
		assertRefused("--pseudonym names one image, but 2 were given", "segment",
			named, image, "--out", out, "--pseudonym", "P7");
	}

	// Several images

	@Test
	void foldersMeanTheirImageFilesOnly() throws IOException {
		file("in/b.png");
		file("in/a.svs");
		file("in/notes.txt");
		file("in/table.csv");
		file("in/sub/c.tif");
		assertEquals(0, cli.run("segment", dir.resolve("in"), image, image, "--out",
			out));
		assertEquals(List.of("a.svs", "b.png", "a.tif"), cli.requests.stream().map(
			r -> r.image().getFileName().toString()).toList());
		assertEquals(3, cli.requests.stream().map(SlideRequest::folderName)
			.distinct().count(), "names that would collide stay apart");
		assertEquals(1, cli.err().lines().filter(l -> l.contains(
			"2 files that are no images were passed over")).count(), cli.err());
		assertEquals(out.toString(), lastLine(cli.out()));
	}

	@Test
	void nucleiImagesOfAFolderAreNoImagesOfTheirOwn() throws IOException {
		file("in/a.ome.tif");
		file("in/a_dapi.tif");
		file("in/b.tif");
		file("in/b_dapi.tif");
		assertEquals(0, cli.run("sagal", dir.resolve("in"), "--out", out,
			"--nuclei-image", "{name}_dapi.tif"));
		assertEquals(List.of("a.ome.tif", "b.tif"), cli.requests.stream().map(r -> r
			.image().getFileName().toString()).toList());
	}

	@Test
	void aFolderWithoutImagesIsRefused() throws IOException {
		file("in/notes.txt");
		assertRefused("no image file in", "segment", dir.resolve("in"), "--out",
			out);
	}

	@Test
	void oneGateForAllImagesTakesTwoPassesAndABadImageFailsOnce()
		throws IOException
	{
		assertEquals(1, cli.run("ki67", image, file("bad.tif"), file("c.tif"),
			"--out", out, "--gates-scope", "batch"));
		final String gates = out.resolve("batch-gates.json").toString();
		assertEquals(List.of("COLLECT", "COLLECT", "COLLECT", "BATCH", "BATCH"),
			cli.requests.stream().map(r -> r.protocol().gates().scope().name())
				.toList());
		assertTrue(cli.requests.stream().allMatch(r -> r.protocol().gates().file()
			.equals(gates)));
		final List<String> repeats = cli.requests.get(4).command();
		assertEquals(List.of("--gates-scope", "batch", "--gates-file", gates),
			repeats.subList(repeats.size() - 4, repeats.size()));
		assertTrue(cli.err().contains(
			"1 of 3 images failed or are partial: bad.tif"), cli.err());
	}

	@Test
	void oneBadImageNeverStopsTheRest() throws IOException {
		assertEquals(1, cli.run("segment", file("bad.tif"), file("bug.tif"), file(
			"heap.tif"), file("full.tif"), image, "--out", out));
		assertEquals(5, cli.requests.size());
		assertEquals(out.toString(), lastLine(cli.out()));
		assertTrue(cli.err().contains(
			"4 of 5 images failed or are partial: bad.tif, bug.tif, heap.tif, full.tif"),
			cli.err());
		assertTrue(cli.err().contains("senoscope: bad.tif: the file is truncated"),
			cli.err());
		assertTrue(cli.err().contains(
			"senoscope: bug.tif: internal error (IllegalStateException: a); please report"),
			cli.err());
		assertTrue(cli.err().contains("heap.tif: out of memory; give Java more"),
			cli.err());
		assertFalse(cli.err().contains("\tat "), cli.err());
	}

	@Test
	void exitCodesTellWhatFailed() throws IOException {
		final Path bad = file("bad.tif");
		assertEquals(2, cli.run("segment", bad, "--out", out), "nothing readable");
		assertEquals(2, cli.run("segment", bad, file("bad2.tif"), "--out", out));
		assertEquals(1, cli.run("segment", bad, image, "--out", out));
		assertEquals(1, cli.run("segment", bad, file("full.tif"), "--out", out));
		assertEquals(1, cli.run("segment", file("full.tif"), "--out", out));
		assertEquals(1, cli.run("segment", file("bug.tif"), "--out", out));
		assertEquals(1, cli.run("segment", file("part.tif"), "--out", out));
		assertEquals(0, cli.run("segment", image, "--out", out));
		assertFalse(Files.exists(out), "the command line itself makes no folder");
	}

	@Test
	void ctrlCStopsTheRest() throws IOException {
		assertEquals(130, cli.run("segment", image, file("stop.tif"), file("z.tif"),
			"--out", out));
		assertEquals(2, cli.requests.size());
		assertTrue(lastLine(cli.err()).startsWith("senoscope: stopped"), cli.err());
		assertEquals(130, cli.run("segment", image, "--out", out));
	}

	// Streams

	@Test
	void theLastLineIsThePathOfTheReport() {
		assertEquals(0, cli.run("segment", image, "--out", out));
		assertEquals(out.resolve("a").resolve("report.html").toString(), lastLine(
			cli.out()));
		assertTrue(cli.out().contains("a.tif: 1,234 cells on 1.250 mm2"), cli
			.out());
		assertTrue(cli.out().contains("Ki-67-positive nuclei: 24.3 %"), cli.out());
		assertEquals("warning: a.tif: few cells", cli.err().strip());
	}

	@Test
	void jsonIsOneObjectAndNothingElse() throws IOException {
		assertEquals(0, cli.run("segment", image, "--out", out, "--json"));
		final JsonNode one = new ObjectMapper().readTree(cli.out());
		assertEquals("a.tif", one.get("image").asText());
		assertTrue(cli.out().contains("\"positive_percent\" : 24.31,"), cli.out());
		assertFalse(cli.out().contains("NaN"), cli.out());
		assertEquals(1234, one.get("cells").asLong());
		assertEquals(24.31, one.get("markers").get("ki67").get("positive_percent")
			.asDouble());
		assertTrue(one.get("markers").get("ki67").get("ci_high_percent").isNull());
		assertEquals(out.resolve("a").resolve("report.html").toString(), one.get(
			"report").asText());
		cli.outBytes.reset();
		assertEquals(1, cli.run("segment", image, file("bad.tif"), "--out", out,
			"--json"));
		final JsonNode several = new ObjectMapper().readTree(cli.out());
		assertEquals(2, several.get("images").size());
		assertEquals("bad.tif: the file is truncated; copy it again", several.get(
			"images").get(1).get("error").asText());
	}

	@Test
	void debugAddsTheStackTrace() throws IOException {
		assertEquals(1, cli.run("segment", file("bug.tif"), "--out", out,
			"--debug"));
		assertTrue(cli.err().contains("\tat "), cli.err());
	}

	@Test
	void textIsUtf8() throws IOException {
		final Path greek = file("β-gal µ.tif");
		assertEquals(0, cli.run("segment", greek, "--out", out));
		assertTrue(cli.out().contains("β-gal µ.tif"), cli.out());
	}

	// Bad arguments

	@Test
	void badArgumentsAreRefusedInOneLine() throws IOException {
		assertRefused("give a verb: ");
		assertRefused("unknown verb segmnt (did you mean segment?)", "segmnt",
			image);
		assertRefused("unknown option --pixel-sise (did you mean --pixel-size?)",
			"segment", image, "--out", out, "--pixel-sise", "1");
		assertRefused(
			"give at least one IMAGE, file or folder; give the folder for results with --out DIR; --kind: 'hdab' is not one of",
			"segment", "--kind", "hdab");
		assertRefused("--out needs a value (DIR)", "segment", image, "--out");
		assertRefused("--set 'x' is not KEY=VALUE", "segment", image, "--out", out,
			"--set", "x");
		assertRefused("unknown key ki67.gat (did you mean ki67.gate?)", "segment",
			image, "--out", out, "--set", "ki67.gat=1");
		assertRefused("--pixel-size: -1 is out of range", "segment", image, "--out",
			out, "--pixel-size", "-1");
		assertRefused("--pixel-size: 0 is out of range", "segment", image, "--out",
			out, "--pixel-size", "0");
		assertRefused("--region: '1,2,3' is not x,y,width,height", "segment", image,
			"--out", out, "--region", "1,2,3");
		assertRefused("--control: 'blanc' is no role", "sagal", image, "--out", out,
			"--control", "blanc:a.tif");
		assertRefused("'--kind' (KIND) should be specified only once", "segment",
			image, "--out", out, "--kind", "h-e", "--kind", "h-e");
		assertRefused("SA-β-gal enzyme activity is lost in FFPE", "sagal", image,
			"--out", out, "--specimen-preservation", "ffpe");
		assertRefused("Ki-67 is read on kind h-dab or fluorescence, not on h-e",
			"ki67", image, "--out", out, "--kind", "h-e");
		assertRefused("ki67 measures one assay; take the verb analyze", "ki67",
			image, "--out", out, "--set", "assay=nuclei");
		assertRefused("give the protocol with --protocol FILE or NAME", "analyze",
			image, "--out", out);
		assertRefused(
			"--protocol ki67-hdba is neither a file nor a built-in protocol (did you mean ki67-hdab?)",
			"analyze", image, "--out", out, "--protocol", "ki67-hdba");
		assertRefused("there is no built-in protocol sagl", "protocols", "sagl");
		assertRefused("unexpected argument x", "doctor", "x");
		assertTrue(cli.requests.isEmpty());
	}

	@Test
	void anOutputFolderThatCannotBeWrittenIsRefused() throws IOException {
		final Path plain = file("plain.txt");
		assertRefused("is a file; give another folder", "segment", image, "--out",
			plain);
		assertRefused("cannot be written", "segment", image, "--out", plain.resolve(
			"below"));
		final Path closed = Files.createDirectory(dir.resolve("closed"));
		closed.toFile().setWritable(false);
		Assumptions.assumeFalse(Files.isWritable(closed),
			"this user may write anywhere");
		assertRefused("cannot be written", "segment", image, "--out", closed
			.resolve("below"));
	}

	private void assertRefused(final String expected, final Object... args) {
		cli.errBytes.reset();
		cli.outBytes.reset();
		assertEquals(2, cli.run(args), cli::err);
		assertTrue(cli.err().contains(expected), expected + " not in: " + cli
			.err());
		assertTrue(cli.err().startsWith("senoscope: "), cli.err());
		assertEquals(1, cli.err().lines().count(), cli.err());
		assertEquals("", cli.out());
		assertFalse(Files.exists(out));
	}

	// Other verbs

	@ParameterizedTest
	@CsvSource({ "ki67-hdab", "ki67-if", "sagal-xgal", "sagal-xgal-nfr",
		"sagal-fluorescence", "sahf", "senescence-panel-if",
		"dormancy-csc-panel-if", "dna-damage-foci", "nuclei-he",
		"nuclei-fluorescence" })
	void protocolsListsAndPrints(final String name) throws IOException {
		assertEquals(0, cli.run("protocols"));
		assertTrue(cli.out().contains(name + " "), cli.out());
		for (final String full : List.of("", "--full")) {
			cli.outBytes.reset();
			assertEquals(0, full.isEmpty() ? cli.run("protocols", name) : cli.run(
				"protocols", name, full));
			// What is printed can be saved, changed and used.
			final Path saved = Files.writeString(dir.resolve("saved.yaml"), cli
				.out());
			assertEquals(0, cli.run("analyze", image, "--protocol", saved, "--out",
				out), cli::err);
			assertEquals(name, cli.requests.get(cli.requests.size() - 1).protocol()
				.name());
		}
	}

	@Test
	void theEvidenceDefinitionIsPrintedToBeChangedAndUsed() throws IOException {
		assertEquals(0, cli.run("protocols", "--evidence"));
		final Path saved = Files.writeString(dir.resolve("lab.yaml"), cli.out()
			.replace("name: senoscope-evidence", "name: lab"));
		assertEquals("lab", EvidenceFile.read(saved.toString()).name());
		assertEquals(0, cli.run("ki67", image, "--phenotype-definition", saved,
			"--out", out), cli::err);
		assertEquals(saved.toString(), cli.requests.get(cli.requests.size() - 1)
			.protocol().phenotype().definition());
	}

	@Test
	void infoTellsWhatIsInAFileThatPhantomDrew() throws IOException {
		assertEquals(0, cli.run("phantom", "hdab", "--out", dir.resolve("p"),
			"--size", "320x256", "--seed", "3"), cli::err);
		assertEquals(dir.resolve("p").toString(), lastLine(cli.out()));
		final Path drawn = dir.resolve("p/images/hdab_01.ome.tif");
		assertTrue(Files.exists(dir.resolve("p/cells/hdab_01.csv")));
		assertTrue(Files.exists(dir.resolve("p/labels/hdab_01.ome.tif")));
		cli.outBytes.reset();
		assertEquals(0, cli.run("info", drawn), cli::err);
		assertTrue(cli.out().contains("320 x 256 pixels"), cli.out());
		cli.outBytes.reset();
		assertEquals(0, cli.run("info", drawn, "--json"), cli::err);
		final JsonNode series = new ObjectMapper().readTree(cli.out()).get("series")
			.get(0);
		assertEquals(320, series.get("width").asInt());
		assertEquals(256, series.get("height").asInt());
		assertEquals("h-dab", series.get("kind_guess").asText());
		assertEquals(0.5, series.get("pixel_size_um").asDouble(), 1e-9);
		for (final String key : "size_z size_t channels levels".split(" "))
			assertTrue(series.has(key), key);
		cli.outBytes.reset();
		assertEquals(0, cli.run("info", drawn, "--pixel-size", "0.25",
			"--pseudonym", "P1"), cli::err);
		assertTrue(cli.out().contains("0.2500 µm"), cli.out());
		assertTrue(cli.out().startsWith("P1 ("), cli.out());
		assertFalse(cli.out().contains("hdab"), cli.out());
		assertRefused("no channel Cy5; there are 1 ", "info", drawn, "--channel",
			"Cy5");
		assertRefused("series 2", "info", drawn, "--series", "2");
		assertRefused("--pixel-size", "info", drawn, "--pixel-size", "x");
	}

	@Test
	void infoNamesTheFileThatCannotBeRead() throws IOException {
		assertRefused("a.tif", "info", image);
		assertRefused("gone.tif", "info", dir.resolve("gone.tif"));
		assertRefused("give at least one IMAGE", "info");
		cli.errBytes.reset();
		assertEquals(2, cli.run("info", image, "--json"));
		assertTrue(new ObjectMapper().readTree(cli.out()).get("error").asText()
			.contains("a.tif"));
	}

	@Test
	void phantomsThatCannotBeDrawnAreRefused() {
		assertRefused(
			"unknown kind hdap (did you mean hdab?); kinds are xgal, xgal-nfr, ",
			"phantom", "hdap", "--out", out);
		assertRefused(
			"give the folder for the pictures with --out DIR; --size: '3' is not WIDTHxHEIGHT in pixels, such as 2048x1024; --count: '0' is not a whole number from 1; --seed: 'x' is not a whole number",
			"phantom", "hdab", "--size", "3", "--count", "0", "--seed", "x");
		cli.errBytes.reset();
		cli.cancellation.request();
		assertEquals(130, cli.run("phantom", "hdab", "--out", out, "--size",
			"128x128"));
	}

	@Test
	void doctorNamesWhatItChecked() {
		final int code = cli.run("doctor");
		assertTrue(cli.out().contains("Java: "), cli.out());
		assertEquals(cli.out().contains("missing  ") ? 1 : 0, code);
	}

	@Test
	void streamsAreUtf8InThePosixLocale() throws Exception {
		// The real main, in a Java machine whose own encoding is ASCII.
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System
			.getProperty("java.home"), "bin", "java").toString(),
			"-Dfile.encoding=US-ASCII", "-Djava.awt.headless=true", "-cp", System
				.getProperty("java.class.path"), "org.senoscope.cli.Senoscope", "sagal",
			"a.tif", "--out", out.toString(), "--specimen-preservation", "ffpe");
		builder.environment().put("LC_ALL", "C");
		final Process process = builder.redirectOutput(
			ProcessBuilder.Redirect.DISCARD).start();
		final String err = new String(process.getErrorStream().readAllBytes(),
			StandardCharsets.UTF_8);
		assertEquals(2, process.waitFor(), err);
		assertTrue(err.startsWith("senoscope: SA-β-gal enzyme activity is lost"),
			err);
	}

	private static String lastLine(final String text) {
		return text.lines().reduce("", (a, b) -> b);
	}
}
