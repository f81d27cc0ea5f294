
package org.senoscope.tensorflow;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The one folder outside a run's output that Senoscope writes to: the
 * environment variable {@code SENOSCOPE_HOME}, else {@code senoscope} in the
 * user's cache folder. It may be deleted at any time.
 */
public final class CacheFolder {

	private CacheFolder() {}

	/** Returns the folder, which need not exist yet. */
	public static Path path() {
		return path(System.getenv(), System.getProperty("os.name"), Path.of(System
			.getProperty("user.home")));
	}

	static Path path(final Map<String, String> environment,
		final String operatingSystem, final Path userHome)
	{
		final String chosen = environment.getOrDefault("SENOSCOPE_HOME", "");
		if (!chosen.isBlank()) return Path.of(chosen).toAbsolutePath();
		final String os = operatingSystem.toLowerCase(Locale.ROOT);
		if (os.startsWith("mac")) return userHome.resolve(
			"Library/Caches/Senoscope");
		if (os.startsWith("windows")) {
			final String local = environment.getOrDefault("LOCALAPPDATA", "");
			return local.isBlank() ? userHome.resolve("AppData/Local/Senoscope")
				: Path.of(local).resolve("Senoscope");
		}
		// The XDG base directory specification ignores relative values.
		final String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
		return (xdg.startsWith("/") ? Path.of(xdg) : userHome.resolve(".cache"))
			.resolve("senoscope");
	}
}
