
package org.senoscope.io.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.table.AddedColumn.Type;

/** Tables of any tool are read as they are and completed without a scratch. */
class TableFileTest {

	private static final List<AddedColumn> ADDED = List.of(new AddedColumn(
		"twice", Type.NUMBER), new AddedColumn("word", Type.TEXT), new AddedColumn(
			"big", Type.FLAG));

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		// as given | as completed
		"`id,x\\na,1.5\\nb,\\n`|`id,x,twice,word,big\\na,1.5,3,of a,true\\nb,,,of b,\\n`",
		"`id;x\\r\\na;1,5\\r\\nb;-0,25\\r\\n`|`id;x;twice;word;big\\r\\na;1,5;3;of a;true\\r\\nb;-0,25;-0,5;of b;false\\r\\n`",
		"`id\\tx\\na\\t1,5\\n`|`id\\tx\\ttwice\\tword\\tbig\\na\\t1,5\\t3\\tof a\\ttrue\\n`",
		// semicolons and points
		"`id;x\\na;1.5\\n`|`id;x;twice;word;big\\na;1.5;3;of a;true\\n`",
		// byte order mark, no line end at the end, blank line between
		"`\\uFEFFid,x\\na,1\\n\\nb,2`|`\\uFEFFid,x,twice,word,big\\na,1,2,of a,true\\n\\nb,2,4,of b,true`",
		// quotation marks, separators and line feeds within values
		"`\"id\",\"x\"\\n\"a, \"\"b\"\"\",\"1\"\\n\"c\\nd\",2\\n`|`\"id\",\"x\",twice,word,big\\n\"a, \"\"b\"\"\",\"1\",2,\"of a, \"\"b\"\"\",true\\n\"c\\nd\",2,4,\"of c\\nd\",true\\n`",
		// a quotation mark amid a value is a character
		"`id,x\\n5\" dish,1\\n`|`id,x,twice,word,big\\n5\" dish,1,2,\"of 5\"\" dish\",true\\n`",
		// columns of an earlier run are renewed in their places
		"`big,id,twice,x\\nold,a,old,3\\n,b,,4`|`big,id,twice,x,word\\ntrue,a,6,3,of a\\ntrue,b,8,4,of b`",
		"`id,x`|`id,x,twice,word,big\\n`", "`id,x\\n`|`id,x,twice,word,big\\n`" })
	void rowsStayByteForByte(final String given, final String completed)
		throws IOException
	{
		final Path out = folder.resolve("new/out.csv");
		complete(csv(unescape(given)), out, 2);
		assertEquals(unescape(completed), Files.readString(out));
		try (Stream<Path> files = Files.list(out.getParent())) {
			assertEquals(List.of(out), files.toList());
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "-1.25,-1.25", "1e3,1000", "+.5,0.5", "7.,7",
		"17449.786324786324,17449.786324786324",
		"123456789012345678901234,123456789012345678901234",
		"0.1234567890123456789,0.1234567890123456789", "1E-320,1E-320", "' 4 ',4",
		"NA,NaN", "nan,NaN", "None,NaN", "inf,NaN", "-Infinity,NaN", "1e999,NaN" })
	void numbersAreThoseOfJava(final String text, final double value) {
		final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		assertEquals(value, RowScan.number(bytes, 0, bytes.length, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "1.2.3", "12d", "1,5", "0x1p3", "--1", "-",
		"1 2" })
	void textInNumbersIsNamedWithItsPlace(final String text) throws IOException {
		final Path table = csv("id,x\na,1\n\nb,\"" + text + "\"\n");
		final String message = refused(table);
		assertTrue(message.startsWith(table +
			", row 4 (the column names are row 1), column x: \"" + text +
			"\" is not a number"), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		"`id,x\\na,1,2\\n`|row 2 (the column names are row 1): has 3 values for 2 columns",
		"`id,x\\na,1\\nb\\n`|row 3 (the column names are row 1): has 1 values for 2 columns",
		"`id,X\\na,1\\n`|has no column x (did you mean X?); its columns are id, X",
		"`id,x,x\\na,1,2\\n`|the column x is there twice",
		"``|is empty; a table begins with a line of column names" })
	void brokenTablesAreRefusedInOneLine(final String text, final String why)
		throws IOException
	{
		final String message = refused(csv(unescape(text)));
		assertTrue(message.contains(why), message);
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(1, files.count(), "no output, nothing temporary");
		}
	}

	@Test
	void otherEncodingsAreRefused() throws IOException {
		final Path table = folder.resolve("latin.csv");
		Files.write(table, "Fläche,x\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
		assertTrue(refused(table).contains("save the table as \"CSV UTF-8\""));
	}

	@Test
	void aMissingTableIsNamed() {
		assertTrue(assertThrows(UserException.class, () -> TableFile.open(folder
			.resolve("none.csv"))).getMessage().contains("none.csv"));
	}

	@Test
	void manyBlocksAndThreadsKeepTheOrder() throws IOException {
		final StringBuilder text = new StringBuilder("id,filler,x\n");
		final int rows = 60_000;
		for (int i = 0; i < rows; i++)
			text.append("c").append(i).append(",\"").append("f,\n".repeat(50)).append(
				"\",").append(i).append("\n");
		final Path table = csv(text.toString());
		assertTrue(text.length() > 2 * (4 << 20), "several blocks");
		final List<byte[]> outs = new ArrayList<>();
		for (final int threads : new int[] { 1, 3 }) {
			final Path out = folder.resolve("out" + threads + ".csv");
			complete(table, out, threads);
			outs.add(Files.readAllBytes(out));
		}
		assertArrayEquals(outs.get(0), outs.get(1));
		final List<Long> places = new ArrayList<>();
		try (TableFile opened = TableFile.open(table)) {
			opened.read(List.of("x"), 3, b -> {
				for (int i = 0; i < b.rows(); i++)
					assertEquals(b.place(i), b.number(i, 0));
				return (long) b.rows();
			}, places::add, quiet(), new Cancellation());
		}
		assertEquals(rows, places.stream().mapToLong(n -> n).sum());
	}

	@Test
	void theTableItselfCanBeCompleted() throws IOException {
		final Path table = csv("id,x\na,1\n");
		complete(table, table, 1);
		complete(table, table, 1);
		assertEquals("id,x,twice,word,big\na,1,2,of a,true\n", Files.readString(
			table));
	}

	@Test
	void stoppingLeavesTheOldFile() throws IOException {
		final Path table = csv("id,x\na,1\n"), out = folder.resolve("out.csv");
		Files.writeString(out, "old");
		final Cancellation cancellation = new Cancellation();
		try (TableFile opened = TableFile.open(table)) {
			assertThrows(CancellationException.class, () -> opened.complete(out, List
				.of("x"), ADDED, 1, (rows, values) -> cancellation.request(), quiet(),
				cancellation));
		}
		assertEquals("old", Files.readString(out));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(2, files.count());
		}
	}

	@Test
	void parquetKeepsTypesOrderAndNames() throws IOException {
		final StringBuilder text = new StringBuilder(
			"id,x,count,\"a \"\"b\"\"\"\n");
		final int rows = 5000;
		for (int i = 0; i < rows; i++)
			text.append("c").append(i).append(i % 7 == 0 ? "," : "," + i / 3.0)
				.append(",").append(i).append(",true\n");
		final Path parquet = folder.resolve("cells.parquet"), back = folder.resolve(
			"back.csv"), again = folder.resolve("again.parquet");
		complete(csv(text.toString()), parquet, 2);
		complete(parquet, again, 2);
		complete(again, back, 2);
		final List<String> lines = Files.readAllLines(back);
		assertEquals("id,x,count,\"a \"\"b\"\"\",twice,word,big", lines.get(0));
		assertEquals(rows + 1, lines.size());
		assertEquals("c0,,0,true,,of c0,", lines.get(1));
		assertEquals("c4,1.3333333333333333,4,true,2.666667,of c4,true", lines.get(
			5));
		for (int i = 0; i < rows; i++)
			assertTrue(lines.get(i + 1).startsWith("c" + i + ","), lines.get(i + 1));
	}

	@Test
	void whatIsNoParquetIsRefusedInOneLine() throws IOException {
		final Path file = folder.resolve("no.parquet");
		Files.writeString(file, "id,x\n");
		final String message = assertThrows(UserException.class, () -> TableFile
			.open(file)).getMessage();
		assertTrue(message.startsWith(file.toString()), message);
		assertEquals(1, message.lines().count());
	}

	@Test
	void withoutDuckDbTheLineSaysWhatToDo() throws IOException {
		final String message = assertThrows(UserException.class, () -> DuckDb.jar(
			folder.toString())).getMessage();
		assertTrue(message.contains("use CSV, or run ./build install"), message);
	}

	private String refused(final Path table) {
		return assertThrows(UserException.class, () -> complete(table, folder
			.resolve("out.csv"), 2)).getMessage();
	}

	private Path csv(final String text) throws IOException {
		final Path table = folder.resolve("cells.csv");
		Files.writeString(table, text);
		return table;
	}

	private static void complete(final Path table, final Path out,
		final int threads)
	{
		try (TableFile opened = TableFile.open(table)) {
			opened.complete(out, List.of("id", "x"), ADDED, threads, (rows,
				values) -> {
				for (int i = 0; i < rows.rows(); i++) {
					final double x = rows.number(i, 1);
					values.number(i, 0, 2 * x);
					values.text(i, 1, "of " + rows.text(i, 0));
					if (!Double.isNaN(x)) values.flag(i, 2, x > 0);
				}
			}, quiet(), new Cancellation());
		}
	}

	private static Progress quiet() {
		return Progress.SILENT;
	}

	private static String unescape(final String text) {
		return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t")
			.replace("\\uFEFF", "\uFEFF");
	}
}
