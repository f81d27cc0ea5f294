
package org.senoscope.core.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A control image with its role.
 *
 * @param role what it is a control of
 * @param marker marker or channel of a {@link ControlRole#SINGLE}, else empty
 * @param file its file
 */
public record Control(ControlRole role, String marker, String file) {

	/** A control that is of no marker alone. */
	public Control(final ControlRole role, final String file) {
		this(role, "", file);
	}

	/**
	 * Reads the value of the key {@code control}: {@code ROLE:FILE}, and
	 * {@code single:MARKER:FILE}, several separated by semicolons. A colon inside
	 * FILE is part of it.
	 *
	 * @throws IllegalArgumentException if it is not written so; the message says
	 *           what is wrong
	 */
	public static List<Control> parse(final String text) {
		final List<Control> controls = new ArrayList<>();
		if (text.isBlank()) return controls;
		final List<String> roles = Arrays.stream(ControlRole.values()).map(
			ProtocolKey::word).toList();
		for (final String part : text.split(";")) {
			final int colon = part.indexOf(':');
			final String role = colon < 0 ? "" : part.substring(0, colon).strip()
				.toLowerCase(Locale.ROOT);
			final String file = part.substring(colon + 1).strip();
			if (colon < 0 || file.isEmpty()) throw new IllegalArgumentException("'" +
				part.strip() + "' is not ROLE:FILE, such as blank:blank_01.tif");
			if (!roles.contains(role)) throw new IllegalArgumentException("'" + role +
				"' is no role of a control; roles are " + String.join(", ", roles) +
				Nearest.hint(role, roles));
			final int next = file.indexOf(':');
			if (!role.equals("single")) controls.add(new Control(ControlRole
				.values()[roles.indexOf(role)], file));
			else if (next < 1 || next == file.length() - 1)
				throw new IllegalArgumentException("'" + part.strip() +
					"' is not single:MARKER:FILE, such as single:p16:only_p16.tif");
			else controls.add(new Control(ControlRole.SINGLE, file.substring(0, next)
				.strip(), file.substring(next + 1).strip()));
		}
		return List.copyOf(controls);
	}
}
