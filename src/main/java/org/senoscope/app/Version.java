
package org.senoscope.app;

/** The version of Senoscope that is running. */
public final class Version {

	private Version() {}

	/**
	 * Returns the version of the plugin jar, "development" where the classes do
	 * not come from one.
	 */
	public static String get() {
		final String version = Version.class.getPackage()
			.getImplementationVersion();
		return version == null ? "development" : version;
	}
}
