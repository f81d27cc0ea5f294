
package org.senoscope.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.NuclearChannels;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.Registering;
import org.senoscope.core.registration.RegisteredSource;
import org.senoscope.core.registration.Registration;
import org.senoscope.core.registration.RegistrationPicture;
import org.senoscope.core.registration.RigidTransform;

/**
 * Lays pictures of the nuclei, and of fluorescence, over the picture that is
 * measured: a stage or a filter cube moves between two exposures.
 */
final class PairedNuclei {

	/** Moves below this are none, and pixels stay as they are. */
	static final double LEAST_MOVE_PX = 0.25;

	private PairedNuclei() {}

	/**
	 * Returns the inputs with the picture of the nuclei registered; the same
	 * where there is none or it is to be taken as it lies.
	 *
	 * @param record receives how it was done
	 * @param warnings receives what a reader should know
	 * @throws UserException if the pictures do not match, but must
	 */
	static SlideInputs register(final SlideInputs inputs, final Protocol protocol,
		final Map<String, Object> record, final List<String> warnings)
	{
		final PixelSource nuclei = inputs.nuclei();
		// fluorescence of which this is a channel lies on the picture already
		return nuclei == null || nuclei == inputs.fluorescence() ? inputs : inputs
			.withNuclei(lay(inputs, nuclei, "nuclei", protocol.nuclei().register(),
				protocol, record, warnings));
	}

	/**
	 * Returns the inputs with fluorescence of the field registered; its nuclear
	 * channel shows the nuclei where no picture of theirs is given.
	 *
	 * @param record receives how it was done
	 * @param warnings receives what a reader should know
	 * @throws UserException if the pictures do not match, but must, or nothing
	 *           shows nuclei
	 */
	static SlideInputs registerFluorescence(final SlideInputs inputs,
		final Protocol protocol, final Map<String, Object> record,
		final List<String> warnings)
	{
		final PixelSource given = inputs.fluorescence();
		if (given == null) return inputs;
		if (!inputs.source().info().rgb() || protocol.assay() != AssayKind.SAGAL)
			throw new UserException(inputs.name() +
				": a fluorescence image is measured beside X-gal only; leave out --fluorescence-image");
		final PixelSource laid = lay(inputs, given, "fluorescence", protocol
			.fluorescence().register(), protocol, record, warnings);
		final SlideInputs with = inputs.withFluorescence(laid);
		if (inputs.nuclei() != null) return with;
		if (protocol.channel().isBlank() && NuclearChannels.find(given.info()) < 0)
			throw new UserException(given.info().name() +
				": no channel of the fluorescence image is known as the nuclear one (there are " +
				given.info().channelNames() +
				"); name it with --channel, or give a --nuclei-image");
		return with.withNuclei(laid);
	}

	private static PixelSource lay(final SlideInputs inputs,
		final PixelSource nuclei, final String what, final Registering register,
		final Protocol protocol, final Map<String, Object> record,
		final List<String> warnings)
	{
		if (register == Registering.OFF) return nuclei;
		final PixelSource source = inputs.source();
		final ImageInfo info = source.info(), other = nuclei.info();
		final Registration.Found found = Registration.find(info.rgb() ? brightfield(
			source, protocol) : fluorescence(source, ""), fluorescence(nuclei,
				protocol.channel().trim()));
		final boolean sameSize = info.width() == other.width() && info
			.height() == other.height();
		final Map<String, Object> one = new LinkedHashMap<>();
		describe(found, info.bounds(), one);
		record.put(what + "_image_registration", one);
		if (!found.matches()) {
			final String words = other.name() + ": the " + what +
				" image could not be registered to " + inputs.name() +
				" (no shift within a quarter of the field and no rotation within " +
				(int) Registration.MOST_DEGREES + "° stands out)";
			if (!sameSize || register == Registering.ON) throw new UserException(
				words +
					"; give the image of the same field, or, if both lie alike, --" +
					what + "-register off");
			warnings.add(words + "; it was taken as it lies.");
			return nuclei;
		}
		final RigidTransform t = found.transform();
		final Region bounds = info.bounds();
		final double x = bounds.width() / 2.0, y = bounds.height() / 2.0, move = t
			.largestMove(bounds);
		if (sameSize && move < LEAST_MOVE_PX) return nuclei;
		if (move > 2) warnings.add(String.format(Locale.ROOT,
			"The %s image was moved by %.1f, %.1f px and turned by %.2f° to lie on the picture (residual %.2f px).",
			what, x - t.x(x, y), y - t.y(x, y), -found.angleDegrees(), found
				.residualPx()));
		return new RegisteredSource(nuclei, t, info);
	}

	/** Puts what was found into a record. */
	static void describe(final Registration.Found found, final Region bounds,
		final Map<String, Object> one)
	{
		one.put("matched", found.matches());
		one.put("peak_in_standard_deviations", found.standout());
		if (!found.matches()) return;
		final double x = bounds.width() / 2.0, y = bounds.height() / 2.0;
		one.put("shift_x_px", found.transform().x(x, y) - x);
		one.put("shift_y_px", found.transform().y(x, y) - y);
		one.put("rotation_degrees", found.angleDegrees());
		one.put("residual_px", found.residualPx());
		one.put("windows", found.windows());
	}

	private static RegistrationPicture brightfield(final PixelSource source,
		final Protocol protocol)
	{
		return protocol.assay() == AssayKind.SAGAL ? RegistrationPicture
			.withoutProduct(source) : RegistrationPicture.brightness(source);
	}

	private static RegistrationPicture fluorescence(final PixelSource source,
		final String asked)
	{
		final ImageInfo info = source.info();
		final Channel named = asked.isEmpty() ? null : info.channel(asked);
		if (named != null) return RegistrationPicture.fluorescence(source, named
			.index());
		final int found = info.rgb() ? -1 : NuclearChannels.find(info);
		return RegistrationPicture.fluorescence(source, found >= 0 ? new int[] {
			found } : IntStream.range(0, info.channels().size()).toArray());
	}
}
