
package org.senoscope.core.nuclei.starconvex;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.ImageKind;

/** Where a run gets its networks from. */
public interface NucleusNetworks {

	/** An installation without any network. */
	NucleusNetworks NONE = new NucleusNetworks() {

		@Override
		public RadialNetwork shipped(final ImageKind kind) {
			return null;
		}

		@Override
		public RadialNetwork open(final String path) {
			throw new UserException(path +
				": star-convex networks cannot be used here; use --method classical and leave --model away");
		}
	};

	/**
	 * Returns the shipped network for a kind of image.
	 *
	 * @return the network; null if none is shipped for this kind
	 * @throws NetworksUnavailableException if this machine cannot run it
	 * @throws UserException if its files are damaged
	 */
	RadialNetwork shipped(ImageKind kind) throws NetworksUnavailableException;

	/**
	 * Opens a network of the user.
	 *
	 * @param path folder or zip
	 * @throws NetworksUnavailableException if this machine cannot run it
	 * @throws UserException if it is no star-convex network
	 */
	RadialNetwork open(String path) throws NetworksUnavailableException;

	/** This machine cannot run networks; the message says why in one line. */
	final class NetworksUnavailableException extends Exception {

		private static final long serialVersionUID = 1L;

		/**
		 * @param message one line: why, and what to do
		 * @param cause the exception behind it
		 */
		public NetworksUnavailableException(final String message,
			final Throwable cause)
		{
			super(message, cause);
		}
	}
}
