
package org.senoscope.io.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.senoscope.core.UserException;
import org.senoscope.core.UserException.Kind;

/**
 * The folder {@code OUT/<name>} of one image, which appears complete or not at
 * all. Files are written into a hidden folder beside it, on the same file
 * system; {@link #commit()} puts that folder in place by renaming. Until then
 * the files of an earlier run stay as they are; afterwards those of them that
 * carry a name of {@link #OUTPUT_NAMES} are gone, and files that a user laid
 * into the folder are kept. {@link #close()} without commit leaves nothing
 * behind, not even an output folder that had to be made.
 */
public final class StagedFolder implements AutoCloseable {

	/** Every file name that Senoscope writes into the folder of an image. */
	public static final Set<String> OUTPUT_NAMES = Set.of("cells.csv",
		"cells.parquet", "cells.geojson", "rois.zip", "nuclei-labels.ome.tif",
		"foci.csv", "hotspots.geojson", "artefacts.geojson", "overlay.png",
		"summary.json", "report.html", "run.json");

	/** Part of the name of every hidden folder. */
	static final String MARK = ".partial-";

	private final Path target;
	private final Path staging;
	private final Path files;
	private final Path work;
	private final Deque<Path> madeParents;
	private boolean committed;

	private StagedFolder(final Path target, final Path staging,
		final Deque<Path> madeParents) throws IOException
	{
		this.target = target;
		this.staging = staging;
		this.madeParents = madeParents;
		files = Files.createDirectory(staging.resolve("files"));
		work = Files.createDirectory(staging.resolve("work"));
	}

	/**
	 * Makes the hidden folder.
	 *
	 * @param out the output folder, made if missing
	 * @param name name of the image's folder in it
	 * @throws UserException if {@code out} cannot be written
	 */
	public static StagedFolder open(final Path out, final String name) {
		final Path folder = out.toAbsolutePath().normalize();
		final Path target = folder.resolve(name);
		if (!folder.equals(target.getParent())) throw new IllegalArgumentException(
			"not a plain folder name: " + name);
		final Deque<Path> made = new ArrayDeque<>();
		Path staging = null;
		try {
			makeParents(folder, made);
			if (Files.exists(target) && !Files.isDirectory(target))
				throw new UserException(target +
					": is a file where the folder of results belongs; move it away or choose another output folder");
			staging = Files.createTempDirectory(folder, "." + name + MARK);
			return new StagedFolder(target, staging, made);
		}
		catch (final IOException e) {
			if (staging != null) deleteQuietly(staging);
			removeMade(made);
			throw cannotWrite(out, e);
		}
		catch (final UserException e) {
			removeMade(made);
			throw e;
		}
	}

	/** Returns the folder that will hold the files. */
	public Path target() {
		return target;
	}

	/** Returns where to write a file until {@link #commit()}. */
	public Path file(final String name) {
		return files.resolve(name);
	}

	/** Returns a folder for temporary files, which is never put in place. */
	public Path work() {
		return work;
	}

	/**
	 * Puts the files in place.
	 *
	 * @throws UserException if that fails; then the files of an earlier run are
	 *           as they were
	 */
	public synchronized void commit() {
		if (committed) throw new IllegalStateException("committed twice");
		final Path old = staging.resolve("old");
		try {
			final boolean replaces = Files.exists(target);
			if (replaces) {
				keepForeignFiles();
				move(target, old);
			}
			try {
				move(files, target);
			}
			catch (final IOException e) {
				if (replaces) move(old, target);
				throw e;
			}
			committed = true;
		}
		catch (final IOException e) {
			throw new UserException(Kind.FAILURE, target +
				": the results cannot be put in place (" + OutputErrors.reason(e) +
				"); close programs that have its files open and run again", e);
		}
	}

	/** Deletes everything temporary; without commit, everything. */
	@Override
	public synchronized void close() {
		deleteQuietly(staging);
		if (!committed) removeMade(madeParents);
	}

	/**
	 * Puts what a user laid into the folder beside the new files: linked, so that
	 * it costs nothing and the old folder stays whole until all is in place.
	 */
	private void keepForeignFiles() throws IOException {
		final List<Path> foreign;
		try (Stream<Path> entries = Files.list(target)) {
			foreign = entries.filter(p -> !OUTPUT_NAMES.contains(p.getFileName()
				.toString())).toList();
		}
		for (final Path entry : foreign) {
			try (Stream<Path> tree = Files.walk(entry)) {
				for (final Path p : (Iterable<Path>) tree::iterator)
					link(p, files.resolve(target.relativize(p).toString()));
			}
			catch (final UncheckedIOException e) {
				throw e.getCause();
			}
		}
	}

	private static void link(final Path from, final Path to) throws IOException {
		if (Files.isDirectory(from)) {
			Files.createDirectories(to);
			return;
		}
		try {
			Files.createLink(to, from);
		}
		catch (final UnsupportedOperationException | IOException e) {
			// not every file system has hard links
			Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
		}
	}

	private static void move(final Path from, final Path to) throws IOException {
		try {
			Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(from, to);
		}
	}

	private static void makeParents(final Path folder, final Deque<Path> made)
		throws IOException
	{
		if (Files.isDirectory(folder)) return;
		if (Files.exists(folder)) throw new UserException(folder +
			": is a file, not a folder; choose another output folder");
		if (folder.getParent() != null) makeParents(folder.getParent(), made);
		try {
			Files.createDirectory(folder);
			made.push(folder);
		}
		catch (final FileAlreadyExistsException e) {
			// another run made it in the meantime
			if (!Files.isDirectory(folder)) throw e;
		}
	}

	private static void removeMade(final Deque<Path> made) {
		for (final Path folder : made) {
			try {
				Files.deleteIfExists(folder);
			}
			catch (final DirectoryNotEmptyException e) {
				// another image's results lie in it
				return;
			}
			catch (final IOException e) {
				return;
			}
		}
	}

	private static UserException cannotWrite(final Path out,
		final IOException e)
	{
		final UserException full = OutputErrors.of(out, e);
		if (full.getMessage().contains("disk is full")) return full;
		return new UserException(Kind.INPUT, out +
			": the output folder cannot be written (" +
			(e instanceof NoSuchFileException ? "no such folder" : OutputErrors
				.reason(e)) + "); choose another with --out", e);
	}

	private static void deleteQuietly(final Path root) {
		if (!Files.exists(root)) return;
		try (Stream<Path> tree = Files.walk(root)) {
			for (final Path p : tree.sorted(Comparator.reverseOrder()).toList())
				Files.deleteIfExists(p);
		}
		catch (final IOException | UncheckedIOException e) {
			// what cannot be deleted now (open in another program) is hidden
			root.toFile().deleteOnExit();
		}
	}
}
