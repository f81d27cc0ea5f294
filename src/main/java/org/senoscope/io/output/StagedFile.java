
package org.senoscope.io.output;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.senoscope.core.UserException;
import org.senoscope.core.UserException.Kind;

/**
 * One output file, which appears complete or not at all: it is written beside
 * its place, under a hidden name, and {@link #commit()} renames it. Until then
 * a file that was there stays as it is. {@link #close()} without commit leaves
 * nothing behind.
 */
public final class StagedFile implements AutoCloseable {

	private final Path target;
	private final Path staging;

	/**
	 * Finds a hidden name; folders that lack are made.
	 *
	 * @param target the place of the file
	 * @throws UserException if nothing can be written there
	 */
	public StagedFile(final Path target) {
		this.target = target.toAbsolutePath().normalize();
		if (Files.isDirectory(this.target)) throw new UserException(target +
			": is a folder; give a file with --out");
		final Path folder = this.target.getParent();
		staging = folder.resolve("." + this.target.getFileName() +
			StagedFolder.MARK + Long.toHexString(System.nanoTime()));
		try {
			Files.createDirectories(folder);
			Files.createFile(staging);
		}
		catch (final IOException e) {
			final UserException full = OutputErrors.of(this.target, e);
			if (full.getMessage().contains("disk is full")) throw full;
			throw new UserException(Kind.INPUT, target + ": cannot be written (" +
				OutputErrors.reason(e) + "); choose another with --out", e);
		}
	}

	/** Returns where to write until {@link #commit()}. */
	public Path path() {
		return staging;
	}

	/**
	 * Puts the file in place.
	 *
	 * @throws UserException if that fails; then a file that was there still is
	 */
	public void commit() {
		try {
			try {
				Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
			}
			catch (final AtomicMoveNotSupportedException e) {
				Files.move(staging, target, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (final IOException e) {
			throw new UserException(Kind.FAILURE, target +
				": cannot be put in place (" + OutputErrors.reason(e) +
				"); close programs that have it open and run again", e);
		}
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(staging);
		}
		catch (final IOException e) {
			staging.toFile().deleteOnExit();
		}
	}
}
