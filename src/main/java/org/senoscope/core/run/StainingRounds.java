
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.JoinedChannels;
import org.senoscope.core.image.NuclearChannels;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.registration.RegisteredSource;
import org.senoscope.core.registration.Registration;
import org.senoscope.core.registration.RegistrationPicture;
import org.senoscope.core.registration.RigidTransform;

/**
 * Cyclic staining: lays every further round of one field over the first, by the
 * nuclei that each round shows again, and puts its other channels behind those
 * of the first, so that all are read from the same cells. Only the part of the
 * field that all rounds show is analysed.
 */
final class StainingRounds {

	/** What lies this near to the edge of a round may be a cut cell. */
	private static final double CELL_UM = 12;

	private StainingRounds() {}

	/**
	 * Returns the inputs with the channels of all rounds in one picture; the same
	 * where there is one round only.
	 *
	 * @param inputs the rounds are {@link SlideInputs#rounds()}
	 * @param record receives how they were registered
	 * @param warnings receives what a reader should know
	 * @throws UserException if a round is not of this field, has other pixels or
	 *           nothing to be measured
	 */
	static SlideInputs join(final SlideInputs inputs, final Protocol protocol,
		final Map<String, Object> record, final List<String> warnings)
	{
		if (inputs.rounds().isEmpty()) return inputs;
		final PixelSource source = inputs.source();
		final ImageInfo info = source.info();
		if (info.rgb()) throw new UserException(inputs.name() +
			": rounds are of fluorescence; on a brightfield picture leave --rounds out");
		final RegistrationPicture first = nuclei(inputs.nuclei() != null ? inputs
			.nuclei() : source, protocol, inputs.name());
		final List<JoinedChannels.Added> added = new ArrayList<>();
		final List<Map<String, Object>> facts = new ArrayList<>();
		Region common = info.bounds();
		for (int r = 0; r < inputs.rounds().size(); r++) {
			final PixelSource round = inputs.rounds().get(r);
			final String name = "round " + (r + 2) + " (" + round.info().name() + ")";
			check(info, round.info(), inputs.name(), name);
			final RegistrationPicture nuclei = nuclei(round, protocol, name);
			final Registration.Found found = Registration.find(first, nuclei);
			if (!found.matchesSameDye()) throw new UserException(inputs.name() +
				": " + name +
				" does not show the same field: no shift within a quarter of it " +
				"and no rotation within " + (int) Registration.MOST_DEGREES +
				"° lays its nuclei over those of the first; check --rounds");
			final RigidTransform t = found.transform();
			final boolean lies = info.bounds().equals(round.info().bounds()) && t
				.largestMove(info.bounds()) < PairedNuclei.LEAST_MOVE_PX && info
					.levels().equals(round.info().levels());
			if (!lies) common = shown(common, t, round.info().bounds());
			if (common.isEmpty()) throw new UserException(inputs.name() + ": " +
				name + " has no part of the field in common with the rounds before");
			final PixelSource over = lies ? round : new RegisteredSource(round, t,
				info);
			final List<String> names = new ArrayList<>();
			for (final Channel c : round.info().channels()) {
				if (c.index() == nuclei.channels()[0]) continue;
				final boolean taken = c.name().equals("Channel " + (c.index() + 1)) ||
					info.channels().stream().anyMatch(o -> o.name().equalsIgnoreCase(c
						.name())) || added.stream().anyMatch(o -> o.name().equalsIgnoreCase(
							c.name()));
				names.add(taken ? "round " + (r + 2) + " " + c.name() : c.name());
				added.add(new JoinedChannels.Added(over, c.index(), names.get(names
					.size() - 1)));
			}
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("round", r + 2);
			one.put("channels", names);
			PairedNuclei.describe(found, info.bounds(), one);
			facts.add(one);
			if (found.residualPx() > 1) warnings.add(String.format(Locale.ROOT,
				"Round %d lies on the first only to %.1f px: it is bent or cells moved; what small compartments read of it is doubtful.",
				r + 2, found.residualPx()));
		}
		record.put("rounds", facts);
		final double um = protocol.pixelSize() > 0 ? protocol.pixelSize() : info
			.pixelSizeUm();
		common = withoutCut(common, info.bounds(), (int) Math.ceil(CELL_UM / um));
		if (!common.equals(info.bounds())) record.put("rounds_common_field", common
			.toString());
		return inputs.withSource(new JoinedChannels(source, added)).within(common);
	}

	private static void check(final ImageInfo first, final ImageInfo round,
		final String image, final String name)
	{
		final String what = round.rgb()
			? "is brightfield; rounds are of fluorescence" : round.type() != first
				.type() ? "has samples of another type (" + round.type() +
					", the first " + first.type() + "); save all rounds alike" : first
						.hasPixelSize() && round.hasPixelSize() && Math.abs(round
							.pixelSizeUm() / first.pixelSizeUm() - 1) > 0.01
								? "has other pixels (" + round.pixelSizeUm() +
									" µm, the first " + first.pixelSizeUm() +
									"); rounds are not scaled" : round.channels().size() < 2
										? "has no channel beside that of the nuclei" : null;
		if (what != null) throw new UserException(image + ": " + name + " " + what);
	}

	/** The nuclear channel of a round. */
	private static RegistrationPicture nuclei(final PixelSource round,
		final Protocol protocol, final String name)
	{
		final ImageInfo info = round.info();
		final String asked = protocol.channel().strip();
		final Channel named = asked.isEmpty() ? null : info.channel(asked);
		final int found = named != null ? named.index() : NuclearChannels.find(
			info);
		if (found < 0) throw new UserException(name +
			": no nuclear channel is known by its name; every round needs one, name it with --channel, there are " +
			info.channelNames());
		return RegistrationPicture.fluorescence(round, found);
	}

	/** A region without a margin at those of its sides that are the rounds'. */
	private static Region withoutCut(final Region region, final Region bounds,
		final int margin)
	{
		final int left = region.x() + (region.x() > 0 ? margin : 0), top = region
			.y() + (region.y() > 0 ? margin : 0), right = region.right() - (region
				.right() < bounds.right() ? margin : 0), bottom = region.bottom() -
					(region.bottom() < bounds.bottom() ? margin : 0);
		return right <= left || bottom <= top ? region : new Region(left, top,
			right - left, bottom - top);
	}

	/** The part of a region all of which a round shows. */
	private static Region shown(final Region region, final RigidTransform t,
		final Region bounds)
	{
		int left = region.x(), top = region.y(), right = region.right(), bottom =
			region.bottom();
		// rotation is small: what one pass leaves outside the next one cuts
		for (int pass = 0; pass < 3; pass++) {
			double l = 0, u = 0, r = 0, b = 0;
			for (final int x : new int[] { left, right })
				for (final int y : new int[] { top, bottom }) {
					l = Math.max(l, x == left ? -t.x(x, y) : 0);
					r = Math.max(r, x == right ? t.x(x, y) - bounds.right() : 0);
					u = Math.max(u, y == top ? -t.y(x, y) : 0);
					b = Math.max(b, y == bottom ? t.y(x, y) - bounds.bottom() : 0);
				}
			left += (int) Math.ceil(l);
			top += (int) Math.ceil(u);
			right -= (int) Math.ceil(r);
			bottom -= (int) Math.ceil(b);
		}
		return right <= left || bottom <= top ? new Region(0, 0, 0, 0) : new Region(
			left, top, right - left, bottom - top);
	}
}
