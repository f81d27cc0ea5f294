
package org.senoscope.io.model;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import org.senoscope.core.UserException;

/**
 * Finds the models that are shipped with Senoscope and opens those of users.
 */
public final class ModelFolders {

	/** System property that names the folder with the shipped models. */
	public static final String MODELS_PROPERTY = "senoscope.models";

	/** Most that a model may measure unpacked: no nuclear network comes near. */
	private static final long LARGEST_MODEL = 1L << 28;
	private static final int MOST_FILES = 1000;

	/** Name of the zip that StarDist's {@code export_TF} leaves in its folder. */
	private static final String EXPORTED_ZIP = "TF_SavedModel.zip";

	private ModelFolders() {}

	/**
	 * Finds a shipped model: in the folder that the system property
	 * {@code senoscope.models} names, else in {@code models/senoscope} (Fiji,
	 * plain ImageJ) or {@code models} (installed command line, source tree)
	 * beside the plugin jar or up to two folders above it.
	 *
	 * @param name name of its folder ({@code nuclei-fluorescence})
	 * @return its folder, which has a card; empty if this installation has none
	 */
	public static Optional<Path> shipped(final String name) {
		final String chosen = System.getProperty(MODELS_PROPERTY);
		final Stream<Path> folders;
		if (chosen != null) folders = Stream.of(Path.of(chosen));
		else {
			final Stream.Builder<Path> places = Stream.builder();
			Path folder = ownHome().getParent();
			for (int up = 0; up < 3 && folder != null; up++) {
				places.add(folder.resolve("models").resolve("senoscope"));
				places.add(folder.resolve("models"));
				folder = folder.getParent();
			}
			folders = places.build();
		}
		return folders.map(f -> f.resolve(name)).filter(f -> Files.isRegularFile(f
			.resolve(ModelFolder.CARD))).findFirst();
	}

	private static Path ownHome() {
		final URL location = ModelFolders.class.getProtectionDomain()
			.getCodeSource().getLocation();
		try {
			return Path.of(location.toURI());
		}
		catch (final URISyntaxException unescaped) {
			// some class loaders hand out blanks as they are
			return new File(location.getPath()).toPath();
		}
	}

	/**
	 * Opens a model of the user: a folder, a zip, or the folder of a StarDist
	 * model that holds an exported zip. Files may lie in one folder inside the
	 * zip.
	 *
	 * @param given folder or zip
	 * @return the model, to be closed
	 * @throws UserException if it is not there, is no model or no sound zip, or
	 *           if the zip would write outside its folder or is larger than any
	 *           model
	 */
	public static ModelFolder open(final Path given) {
		if (Files.isDirectory(given)) {
			final Path exported = given.resolve(EXPORTED_ZIP);
			if (isModel(given) || !Files.isRegularFile(exported)) return ModelFolder
				.read(given, checked(given, given), given, null);
			return unpacked(given, exported, given);
		}
		if (!Files.exists(given)) throw new UserException(given +
			": there is no such model; give the folder or the zip of a TensorFlow SavedModel with --model");
		return unpacked(given, given, null);
	}

	private static Path checked(final Path given, final Path folder) {
		if (isModel(folder) || Files.isRegularFile(folder.resolve(
			ModelFolder.CARD))) return folder;
		throw new UserException(given + ": there is no " + ModelFolder.SAVED_MODEL +
			" in it, so it is no TensorFlow SavedModel; give the folder or zip that StarDist's export_TF or senoscope train-nuclei wrote");
	}

	private static boolean isModel(final Path folder) {
		return Files.isRegularFile(folder.resolve(ModelFolder.SAVED_MODEL));
	}

	private static ModelFolder unpacked(final Path given, final Path zip,
		final Path beside)
	{
		Path temporary = null;
		try {
			temporary = Files.createTempDirectory("senoscope-model-");
			unpack(given, zip, temporary);
			final Path folder = checked(given, inner(temporary));
			return ModelFolder.read(given, folder, beside == null ? folder : beside,
				temporary);
		}
		catch (final IOException broken) {
			if (temporary != null) delete(temporary);
			throw new UserException(UserException.Kind.INPUT, given +
				(broken instanceof ZipException ? ": no sound zip (" + broken
					.getMessage() + "); download or export the model again"
					: ": it cannot be unpacked (" + broken.getMessage() + ")"), broken);
		}
		catch (final RuntimeException refused) {
			if (temporary != null) delete(temporary);
			throw refused;
		}
	}

	/** The folder itself, or the only folder in it where it holds no files. */
	private static Path inner(final Path folder) throws IOException {
		try (Stream<Path> content = Files.list(folder)) {
			final List<Path> all = content.filter(p -> !p.getFileName().toString()
				.equals("__MACOSX")).toList();
			return all.size() == 1 && Files.isDirectory(all.get(0)) ? all.get(0)
				: folder;
		}
	}

	private static void unpack(final Path given, final Path zip,
		final Path folder) throws IOException
	{
		try (ZipFile file = new ZipFile(zip.toFile())) {
			if (file.size() > MOST_FILES) throw new UserException(given + ": " + file
				.size() + " files in one zip: that is no model");
			final byte[] buffer = new byte[1 << 16];
			long total = 0;
			final Enumeration<? extends ZipEntry> entries = file.entries();
			while (entries.hasMoreElements()) {
				final ZipEntry entry = entries.nextElement();
				final Path target = target(given, folder, entry.getName());
				if (entry.isDirectory()) {
					Files.createDirectories(target);
					continue;
				}
				Files.createDirectories(target.getParent());
				final CRC32 crc = new CRC32();
				try (InputStream in = new CheckedInputStream(file.getInputStream(entry),
					crc); OutputStream out = Files.newOutputStream(target))
				{
					// what really comes out counts: the size that the zip states may lie
					for (int n; (n = in.read(buffer)) > 0;) {
						if ((total += n) > LARGEST_MODEL) throw new UserException(given +
							": more than 256 MB unpacked: that is no model");
						out.write(buffer, 0, n);
					}
				}
				if (crc.getValue() != entry.getCrc()) throw new ZipException(
					"checksum of " + entry.getName() + " is wrong");
			}
		}
	}

	private static Path target(final Path given, final Path folder,
		final String name)
	{
		try {
			final Path target = folder.resolve(name.replace('\\', '/')).normalize();
			if (target.startsWith(folder)) return target;
		}
		catch (final InvalidPathException unspeakable) {
			// refused below
		}
		throw new UserException(given +
			": the zip would write outside its folder (" + name +
			"); it was refused, get the model from a source you trust");
	}

	static void delete(final Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
		}
		catch (final IOException | UncheckedIOException gone) {
			// a temporary folder that stays behind harms no result
		}
	}
}
