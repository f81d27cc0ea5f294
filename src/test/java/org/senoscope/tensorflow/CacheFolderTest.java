
package org.senoscope.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** Where the cache lies on each system. */
class CacheFolderTest {

	private static final Path HOME = Path.of("/home/ada");

	@Test
	void senoscopeHomeDecides() {
		assertEquals(Path.of("/big/cache"), CacheFolder.path(Map.of(
			"SENOSCOPE_HOME", "/big/cache", "XDG_CACHE_HOME", "/other"), "Linux",
			HOME));
	}

	@Test
	void elseTheCacheFolderOfTheSystem() {
		assertEquals(HOME.resolve(".cache/senoscope"), CacheFolder.path(Map.of(),
			"Linux", HOME));
		assertEquals(Path.of("/xdg/senoscope"), CacheFolder.path(Map.of(
			"XDG_CACHE_HOME", "/xdg"), "Linux", HOME));
		assertEquals(HOME.resolve("Library/Caches/Senoscope"), CacheFolder.path(Map
			.of("XDG_CACHE_HOME", "/xdg"), "Mac OS X", HOME));
		assertEquals(Path.of("/local/Senoscope"), CacheFolder.path(Map.of(
			"LOCALAPPDATA", "/local"), "Windows 11", HOME));
	}

	@Test
	void relativeXdgFolderIsIgnored() {
		assertEquals(HOME.resolve(".cache/senoscope"), CacheFolder.path(Map.of(
			"XDG_CACHE_HOME", "here"), "Linux", HOME));
	}
}
