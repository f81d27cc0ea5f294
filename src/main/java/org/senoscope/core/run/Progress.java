
package org.senoscope.core.run;

/**
 * Receives what a run is doing. Called from several threads; implementations
 * must be thread-safe and quick.
 */
public interface Progress {

	/** Says nothing to anyone. */
	Progress SILENT = new Progress() {

		@Override
		public void stage(final String what) {}

		@Override
		public void update(final long done, final long total) {}

		@Override
		public void warn(final String message) {}
	};

	/** A new stage begins, in words a user reads ("Segmenting nuclei"). */
	void stage(String what);

	/** So much of the present stage is done. */
	void update(long done, long total);

	/** Something a reader of the numbers should know, one line. */
	void warn(String message);
}
