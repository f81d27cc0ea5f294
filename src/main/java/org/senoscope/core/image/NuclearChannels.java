
package org.senoscope.core.image;

import java.util.regex.Pattern;

/** Which channel of a fluorescence image shows nuclei. */
public final class NuclearChannels {

	private static final Pattern NAMES = Pattern.compile(
		"(?i).*(dapi|hoechst|draq5|nuclei|nuclear|nucleus|\\bdna\\b|\\bh3\\b|h2b|syto).*");

	private NuclearChannels() {}

	/**
	 * Finds the nuclear channel: the only one, else the first with a name of a
	 * nuclear dye.
	 *
	 * @return its index, -1 if none is known as such
	 */
	public static int find(final ImageInfo info) {
		if (info.channels().size() == 1) return 0;
		for (final Channel channel : info.channels())
			if (NAMES.matcher(channel.name()).matches()) return channel.index();
		return -1;
	}
}
