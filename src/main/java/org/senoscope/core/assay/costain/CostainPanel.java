
package org.senoscope.core.assay.costain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.senoscope.core.UserException;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.evidence.MarkerRule;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.protocol.Protocol;

/**
 * The panel of one slide: which channel shows which marker, with its
 * background, what bleeds into it, and the rules over the markers. Made once
 * per slide; immutable and thread-safe.
 */
public final class CostainPanel {

	private final PixelSource source;
	private final ImageInfo info;
	private final PanelSettings settings;
	private final EvidenceDefinition evidence;
	private final PanelReferences references;
	private final double pixelSizeUm;
	private final Map<String, PanelMarker> listed = new LinkedHashMap<>();
	private final Map<String, Integer> channels = new LinkedHashMap<>();
	private final Map<List<Object>, ChannelBackground> backgrounds =
		new LinkedHashMap<>();
	private final List<ChannelAnalyzer> markers = new ArrayList<>();
	private final List<MarkerRule> rules;
	private final Map<String, Object> record = new LinkedHashMap<>();
	private final List<Overlap> overlaps = new ArrayList<>();
	private final List<Map<String, Object>> bleedThrough = new ArrayList<>();
	private final Map<String, Double> given = new HashMap<>();

	/** Two markers whose pixels are compared in each cell. */
	public record Overlap(ChannelAnalyzer first, ChannelAnalyzer second) {
	}

	/**
	 * Settles the panel of a slide.
	 *
	 * @param source the picture
	 * @param protocol the assay
	 * @param evidence knows the names of markers and where they are read
	 * @param nuclearChannel channel that shows nuclei, -1 where another picture
	 *          does
	 * @param references controls and gates
	 * @param pixelSizeUm width of a level-0 pixel
	 * @param warnings receives what a reader should know
	 * @throws UserException if a channel that was named is not there, or there is
	 *           none to be measured
	 */
	public CostainPanel(final PixelSource source, final Protocol protocol,
		final EvidenceDefinition evidence, final int nuclearChannel,
		final PanelReferences references, final double pixelSizeUm,
		final List<String> warnings)
	{
		this.source = source;
		info = source.info();
		settings = protocol.panel();
		this.evidence = evidence;
		this.references = references;
		this.pixelSizeUm = pixelSizeUm;
		references.gates().byMarker().forEach((name, gate) -> given.put(id(name),
			gate));
		final List<String> missing = find(nuclearChannel);
		if (channels.isEmpty()) throw new UserException(info.name() +
			": no channel is known as that of a marker; name channels with --panel-markers \"MARKER=CHANNEL; ...\", there are " +
			info.channelNames());
		if (!missing.isEmpty()) warnings.add(
			"Not measured, the picture has no such channel: " + String.join(", ",
				missing) + " (there are " + info.channelNames() + ").");
		final double[][] weights = weights(warnings);
		channels.forEach((id, channel) -> markers.add(analyzer(protocol, id,
			channel, weights)));
		rules = readRules();
		for (final MarkerPair p : MarkerPair.parse(settings.overlap())) {
			final ChannelAnalyzer a = measured(p.first(), warnings), b = measured(p
				.second(), warnings);
			if (a != null && b != null) overlaps.add(new Overlap(a, b));
		}
	}

	/** A marker of the picture by its name; null for one that is not there. */
	private ChannelAnalyzer measured(final String name,
		final List<String> warnings)
	{
		for (final ChannelAnalyzer m : markers)
			if (m.id().equals(id(name))) return m;
		if (!listed.containsKey(id(name)) && evidence.marker(id(name)) == null)
			throw new UserException(info.name() + ": no marker " + name +
				" (panel.overlap); there are " + String.join(", ", channels.keySet()));
		warnings.add("Overlap: " + label(id(name)) + " is not measured.");
		return null;
	}

	/** Finds the channels; returns the markers that have none. */
	private List<String> find(final int nuclearChannel) {
		final List<String> missing = new ArrayList<>();
		for (final PanelMarker m : PanelMarker.parse(settings.markers())) {
			final String id = id(m.name());
			if (listed.put(id, m) != null) throw new UserException("panel.markers: " +
				m.name() + " is listed twice, as " + id);
			final Channel channel = m.channel().isEmpty() ? namedOrNull(id, m.name())
				: channelNamed(m.channel(), "panel.markers");
			if (channel == null) missing.add(label(id));
			else channels.put(id, channel.index());
		}
		if (settings.unlisted()) for (final Channel c : info.channels()) {
			final Marker known = evidence.markerOfName(c.name());
			if (known != null && c.index() != nuclearChannel && !channels
				.containsValue(c.index())) channels.putIfAbsent(known.id(), c.index());
		}
		return missing;
	}

	private Channel namedOrNull(final String id, final String name) {
		final Channel exact = info.channel(name);
		// a marker's own name may look like a number of a channel
		if (exact != null && exact.name().equalsIgnoreCase(name)) return exact;
		for (final Channel c : info.channels())
			if (id(c.name()).equals(id)) return c;
		return null;
	}

	/** The channel that a person named. */
	private Channel channelNamed(final String name, final String key) {
		final Channel channel = info.channel(name);
		if (channel == null) throw new UserException(info.name() + ": no channel " +
			name + " (" + key + "); there are " + info.channelNames());
		return channel;
	}

	/** Id of a marker or channel name. */
	private String id(final String name) {
		final Marker marker = evidence.markerOfName(name);
		return marker != null ? marker.id() : name.strip().toLowerCase(Locale.ROOT)
			.replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
	}

	private String label(final String id) {
		final Marker marker = evidence.marker(id);
		if (marker != null) return marker.label();
		final PanelMarker m = listed.get(id);
		return m == null ? id : m.name();
	}

	/** Weights by [channel wanted][channel measured]; null: nothing bleeds. */
	private double[][] weights(final List<String> warnings) {
		final double[][] shares = new double[info.channels().size()][info.channels()
			.size()];
		boolean any = false;
		final Set<List<Integer>> written = new HashSet<>();
		for (final BleedThrough.Share s : BleedThrough.parse(settings
			.bleedThrough()))
		{
			final int from = bleeding(s.from(), "panel.bleed_through"), to = bleeding(
				s.to(), "panel.bleed_through");
			if (from < 0 || to < 0 || !written.add(List.of(from, to))) continue;
			shares[to][from] = s.share();
			any = true;
			note(from, to, s.share(), "written in the protocol");
		}
		for (final PanelReferences.Single single : references.singles())
			any |= estimate(single, written, shares, warnings);
		if (!any) return null;
		try {
			return BleedThrough.inverse(shares);
		}
		catch (final IllegalArgumentException e) {
			throw new UserException("panel.bleed_through: " + e.getMessage());
		}
	}

	/** Reads the shares of a single stain; returns whether any is above 0. */
	private boolean estimate(final PanelReferences.Single single,
		final Set<List<Integer>> written, final double[][] shares,
		final List<String> warnings)
	{
		final String who = "Single stain " + single.name() + " (" + single
			.marker() + "): ";
		final int from = bleeding(single.marker(), "control single:" + single
			.marker());
		if (from < 0) {
			warnings.add(who +
				"the picture has no such channel, nothing is corrected.");
			return false;
		}
		if (single.source().info().channels().size() != info.channels().size())
			throw new UserException(single.name() + ": the single stain of " + single
				.marker() + " has the channels " + single.source().info()
					.channelNames() + ", the picture " + info.channelNames() +
				"; give one with the channels of the picture");
		final Set<Integer> others = new LinkedHashSet<>(channels.values());
		for (final PanelReferences.Single s : references.singles())
			others.add(bleeding(s.marker(), "control single:" + s.marker()));
		others.removeIf(c -> c < 0 || c == from || written.contains(List.of(from,
			c)));
		boolean any = false;
		for (final SingleStain.Share s : new SingleStain(single.source(), from)
			.shares(List.copyOf(others)))
		{
			final String to = info.channels().get(s.to()).name();
			if (s.pairs() < SingleStain.FEWEST_PAIRS) throw new UserException(single
				.name() + ": too few objects of little and of much " + single.marker() +
				" are to be seen in this single stain (" + s.pairs() + " pairs, " +
				SingleStain.FEWEST_PAIRS +
				" are needed) to tell how much of its light gets into " + to +
				"; is it the control of this marker?");
			if (s.share() >= 1) throw new UserException(single.name() +
				": this single stain of " + single.marker() + " is brighter in " + to +
				" than in its own channel " + info.channels().get(from).name() +
				"; is it the control of this marker?");
			// a share that cannot be told from 0 would only add noise
			final double share = s.low() > 0 ? s.share() : 0;
			shares[s.to()][from] = share;
			any |= share > 0;
			final Map<String, Object> note = note(from, s.to(), share,
				"read off the single stain " + single.name() + (share > 0 ? ""
					: ", not told from 0"));
			note.put("low", s.low());
			note.put("high", s.high());
			note.put("pairs", (long) s.pairs());
		}
		return any;
	}

	private Map<String, Object> note(final int from, final int to,
		final double share, final String origin)
	{
		final Map<String, Object> note = new LinkedHashMap<>();
		note.put("from", info.channels().get(from).name());
		note.put("to", info.channels().get(to).name());
		note.put("share", share);
		note.put("origin", origin);
		bleedThrough.add(note);
		return note;
	}

	/** A channel of the matrix; -1 for a listed marker that is not there. */
	private int bleeding(final String name, final String key) {
		final Integer marker = channels.get(id(name));
		if (marker != null) return marker;
		final Channel channel = namedOrNull(id(name), name);
		if (channel != null) return channel.index();
		if (listed.containsKey(id(name))) return -1;
		return channelNamed(name, key).index();
	}

	private ChannelAnalyzer analyzer(final Protocol protocol, final String id,
		final int channel, final double[][] weights)
	{
		final PanelMarker said = listed.getOrDefault(id, PanelMarker.of(id, ""));
		final PanelMarker marker = new PanelMarker(said.name(), said.channel(), said
			.compartments().isEmpty() ? List.of(compartment(id)) : said
				.compartments(), said.statistic(), said.background(), said.gating(),
			said.gate());
		final BackgroundMethod method = marker.background() != null ? marker
			.background() : settings.background();
		final List<ChannelAnalyzer.Part> parts = new ArrayList<>();
		parts.add(new ChannelAnalyzer.Part(channel, background(channel, method),
			weights == null ? 1 : (float) weights[channel][channel]));
		if (weights != null) for (int c = 0; c < weights.length; c++)
			if (c != channel && weights[channel][c] != 0) parts.add(
				new ChannelAnalyzer.Part(c, background(c, settings.background()),
					(float) weights[channel][c]));
		final Map<String, Object> one = new LinkedHashMap<>();
		one.put("channel", info.channels().get(channel).name());
		one.put("background", method.name().toLowerCase(Locale.ROOT).replace('_',
			'-'));
		final float[] range = parts.get(0).background().range();
		one.put("background_level", List.of((double) range[0], (double) range[1]));
		one.put("noise", parts.get(0).background().noise());
		record.put(id, one);
		return new ChannelAnalyzer(id, label(id), marker, parts, marker
			.gating() == null && given.containsKey(id) ? new Gate(given.get(id),
				references.gates().origin()) : null, marker.gating() != null ? marker
					.gating() : settings.gating(), protocol.gates(), info
						.type() == PixelType.FLOAT ? Double.NaN : info.type().maximum());
	}

	private Compartment compartment(final String id) {
		final Marker marker = evidence.marker(id);
		for (final Compartment c : Compartment.values())
			if (marker != null && c.id().equals(marker.compartment())) return c;
		return Compartment.CELL;
	}

	private ChannelBackground background(final int channel,
		final BackgroundMethod method)
	{
		return backgrounds.computeIfAbsent(List.of(channel, method), k -> {
			final ChannelBackground local = ChannelBackground.local(source, channel);
			switch (method) {
				case NONE:
					return local.constant(0);
				case LOCAL:
					return local;
				case ROLLING_BALL:
					return local.rolled(source, channel, settings.ballUm() / pixelSizeUm);
				default:
					final PixelSource blank = references.blank();
					if (blank == null) throw new UserException(info.name() +
						": the background 'blank' needs a blank control; give one with --control blank:FILE, or choose another with --panel-background");
					if (blank.info().channels().size() <= channel)
						throw new UserException(blank.info().name() +
							": the blank control has no channel " + (channel + 1) +
							"; it must have the channels of the picture, " + info
								.channelNames());
					return local.constant(ChannelBackground.median(blank, channel));
			}
		});
	}

	private List<MarkerRule> readRules() {
		final Set<String> ids = new LinkedHashSet<>(channels.keySet());
		// a rule may ask for what the picture lacks: it is then not measured
		for (final String id : MarkerRule.markersOf(settings.rules()))
			if (listed.containsKey(id) || evidence.marker(id) != null) ids.add(id);
		try {
			return MarkerRule.parse(settings.rules(), List.copyOf(ids));
		}
		catch (final IllegalArgumentException e) {
			throw new UserException("panel.rules: " + e.getMessage());
		}
	}

	/** Returns the markers in the order of the table. */
	public List<MarkerAnalyzer> markers() {
		return List.copyOf(markers);
	}

	/** Returns the pairs whose pixels are compared. */
	public List<Overlap> overlaps() {
		return List.copyOf(overlaps);
	}

	/** Returns the columns of those pairs, as {@link PixelOverlap} reads them. */
	public List<Column> overlapColumns() {
		final List<Column> columns = new ArrayList<>();
		for (final Overlap o : overlaps) {
			final String name = "overlap_" + o.first.id() + "_" + o.second.id();
			final String words = o.first.label() + " and " + o.second.label();
			columns.add(new Column(name + "_pearson", Column.Type.NUMBER,
				"Pearson correlation of the pixels of the cell, " + words));
			columns.add(new Column(name + "_manders_" + o.first.id(),
				Column.Type.NUMBER, "Manders: share of the signal of " + o.first
					.label() + " where " + o.second.label() + " has signal"));
			columns.add(new Column(name + "_manders_" + o.second.id(),
				Column.Type.NUMBER, "Manders: share of the signal of " + o.second
					.label() + " where " + o.first.label() + " has signal"));
		}
		return columns;
	}

	/** Returns the rules; of their markers those of the table come first. */
	public List<MarkerRule> rules() {
		return rules;
	}

	/**
	 * Returns the shares of bleed-through that are taken out: {@code from, to,
	 * share, origin}, for those read off single stains {@code low, high, pairs}.
	 */
	public List<Map<String, Object>> bleedThrough() {
		return List.copyOf(bleedThrough);
	}

	/** Returns what the run record says of the channels. */
	public Map<String, Object> record() {
		return record;
	}
}
