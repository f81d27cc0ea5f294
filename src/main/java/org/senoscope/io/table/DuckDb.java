
package org.senoscope.io.table;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.senoscope.core.UserException;

/**
 * Parquet by DuckDB, whose jar lies in {@code lib/senoscope} (the system
 * property {@code senoscope.duckdb} names another place), where no class path
 * sees it: it is loaded by a class loader of its own and talked to by JDBC.
 */
final class DuckDb {

	private static final Pattern JAR = Pattern.compile("duckdb_jdbc-.*\\.jar");
	private static Driver driver;

	private DuckDb() {}

	/** Writes a Parquet file as CSV with comma and '.'. */
	static void parquetToCsv(final Path parquet, final Path csv) {
		run(parquet, "COPY (SELECT * FROM read_parquet(" + quoted(parquet
			.toString()) + ")) TO " + quoted(csv.toString()) +
			" (FORMAT csv, HEADER true, DELIMITER ',')");
	}

	/**
	 * Writes a table with added columns as Parquet.
	 *
	 * @param table the table, Parquet or CSV
	 * @param format how it is written as CSV
	 * @param added CSV file of the added columns, row by row
	 * @param columns the added columns
	 * @param out Parquet file to write
	 */
	static void join(final Path table, final CsvFormat format, final Path added,
		final List<AddedColumn> columns, final Path out)
	{
		final List<String> replaced = columns.stream().map(AddedColumn::name)
			.filter(format.names()::contains).toList();
		final String select = Stream.concat(format.names().stream().map(
			n -> replaced.contains(n) ? "p." + name(n) : "t." + name(n)), columns
				.stream().map(AddedColumn::name).filter(n -> !replaced.contains(n)).map(
					n -> "p." + name(n))).collect(Collectors.joining(", "));
		final String types = columns.stream().map(c -> quoted(c.name()) + ": " +
			quoted(switch (c.type()) {
				case NUMBER -> "DOUBLE";
				case TEXT -> "VARCHAR";
				case FLAG -> "BOOLEAN";
			})).collect(Collectors.joining(", ", "{", "}"));
		final String source = TableFile.isParquet(table) ? "read_parquet(" + quoted(
			table.toString()) + ")" : "read_csv(" + quoted(table.toString()) +
				", header = true, delim = " + quoted(String.valueOf((char) format
					.separator())) + ", decimal_separator = '" + (format.decimalComma()
						? ',' : '.') + "', sample_size = -1)";
		run(out, "COPY (SELECT " + select + " FROM " + source +
			" t POSITIONAL JOIN read_csv(" + quoted(added.toString()) +
			", header = true, delim = ',', quote = '\"', escape = '\"', columns = " +
			types + ") p) TO " + quoted(out.toString()) + " (FORMAT parquet)");
	}

	/** Returns the version, once it has loaded. */
	static String version() {
		try (Connection connection = driver().connect("jdbc:duckdb:",
			new Properties()))
		{
			return connection.getMetaData().getDatabaseProductVersion();
		}
		catch (final SQLException e) {
			throw unavailable("DuckDB does not start (" + e.getMessage() + ")", e);
		}
	}

	private static void run(final Path file, final String sql) {
		try (Connection connection = driver().connect("jdbc:duckdb:",
			new Properties()); Statement statement = connection.createStatement())
		{
			statement.execute(sql);
		}
		catch (final SQLException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": DuckDB cannot do it (" + String.valueOf(e.getMessage()).lines()
					.findFirst().orElse("") + ")", e);
		}
	}

	private static synchronized Driver driver() {
		if (driver != null) return driver;
		final Path jar = jar(System.getProperty("senoscope.duckdb"));
		try {
			// Never closed: the driver lives as long as the process.
			final ClassLoader loader = new URLClassLoader("senoscope-duckdb",
				new URL[] { jar.toUri().toURL() }, ClassLoader
					.getPlatformClassLoader());
			return driver = (Driver) loader.loadClass("org.duckdb.DuckDBDriver")
				.getConstructor().newInstance();
		}
		// An UnsatisfiedLinkError is no Exception.
		catch (final Exception | LinkageError e) {
			throw unavailable("DuckDB does not load from " + jar + " (" + e + ")", e);
		}
	}

	static Path jar(final String chosen) {
		if (chosen != null) return jarsIn(Path.of(chosen)).findFirst().orElseThrow(
			() -> unavailable("there is no DuckDB in " + chosen +
				" (system property senoscope.duckdb)", null));
		final Path home = ownHome();
		Path folder = home.getParent();
		for (int up = 0; up < 3 && folder != null; up++, folder = folder
			.getParent())
		{
			final Path jar = jarsIn(folder.resolve("lib").resolve("senoscope"))
				.findFirst().orElse(null);
			if (jar != null) return jar;
		}
		return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(
			File.pathSeparator))).map(Path::of).filter(DuckDb::isJar).findFirst()
			.orElseThrow(() -> unavailable(
				"there is no DuckDB in lib/senoscope near " + home, null));
	}

	private static UserException unavailable(final String why,
		final Throwable cause)
	{
		return new UserException(UserException.Kind.INPUT,
			"Parquet cannot be read or written: " + why +
				"; use CSV, or run ./build install, or ./build fiji FOLDER, again",
			cause);
	}

	private static Stream<Path> jarsIn(final Path folder) {
		if (!Files.isDirectory(folder)) return Stream.empty();
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(DuckDb::isJar).sorted().toList().stream();
		}
		catch (final IOException e) {
			return Stream.empty();
		}
	}

	private static boolean isJar(final Path file) {
		return file.getFileName() != null && JAR.matcher(file.getFileName()
			.toString()).matches();
	}

	private static Path ownHome() {
		final URL location = DuckDb.class.getProtectionDomain().getCodeSource()
			.getLocation();
		try {
			return Path.of(location.toURI());
		}
		catch (final Exception e) {
			return Path.of(URI.create(location.toString().replace(" ", "%20")));
		}
	}

	private static String quoted(final String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	private static String name(final String column) {
		return '"' + column.replace("\"", "\"\"") + '"';
	}
}
