
package org.senoscope.core.assay.foci;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.FocusRecord;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.NucleusAssay;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Column.Type;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.Protocol;

/**
 * Foci of a slide: SAHF in the nuclear signal, DNA-damage foci and telomeres in
 * channels of their own, which of them lie on each other, and how much DNA a
 * nucleus holds. Foci of γH2AX should lie outside SAHF (biology: damage foci
 * are not heterochromatic), which is reported as a check.
 */
public final class FociAssay implements NucleusAssay {

	/** Markers that are read as foci where a channel carries their name. */
	private static final List<String> BY_NAME = List.of("gh2ax", "p53bp1",
		"telomere");

	/** Marks of heterochromatin, which SAHF are rich in. */
	private static final List<String> HETEROCHROMATIN = List.of("h3k9me3", "hp1",
		"macroh2a");

	/** A channel in which foci are sought. */
	private record Source(String id, String label, int channel) {
	}

	private final FociSettings settings;
	private final SahfSettings sahf;
	private final boolean callSahf;
	private final List<Source> sources = new ArrayList<>();
	private final List<Source> enriched = new ArrayList<>();
	private final List<Column> sahfColumns = new ArrayList<>();
	private final double pixelSizeUm;
	private final double quantum;
	private final List<MarkerAnalyzer> markers = new ArrayList<>();

	/**
	 * Prepares the foci of a slide.
	 *
	 * @param protocol the assay
	 * @param info the picture
	 * @param evidence knows the names of markers
	 * @param nuclearChannel channel that shows nuclei, -1 where another picture
	 *          does
	 * @param pixelSizeUm width of a level-0 pixel
	 * @param warnings receives what a reader should know
	 * @throws UserException if a channel that was named is not there, or there is
	 *           none to be measured
	 */
	public FociAssay(final Protocol protocol, final ImageInfo info,
		final EvidenceDefinition evidence, final int nuclearChannel,
		final double pixelSizeUm, final List<String> warnings)
	{
		settings = protocol.foci();
		sahf = protocol.assay() == AssayKind.SAHF ? protocol.sahf() : null;
		this.pixelSizeUm = pixelSizeUm;
		quantum = info.type() == PixelType.FLOAT ? 0 : 1;
		callSahf = !protocol.specimen().species().toLowerCase(Locale.ROOT).matches(
			".*\\b(mouse|mice|murine|mus)\\b.*");
		findSources(info, evidence, nuclearChannel);
		if (sahf == null && sources.isEmpty()) throw new UserException(info.name() +
			": no channel of γH2AX, 53BP1 or telomeres is known by its name; name it with --foci-markers gh2ax=CHANNEL, there are " +
			info.channelNames());
		if (sahf != null) {
			if (!callSahf) warnings.add(
				"SAHF: in mouse nuclei chromocentres look like SAHF; foci are measured, no nucleus is called.");
			addSahf(info, evidence);
		}
		for (int s = 0; s < sources.size(); s++)
			markers.add(new FociMarker(sources.get(s).id, sources.get(s).label,
				sources.get(s).channel, columns(s), settings));
		final double finest = 0.85 * 2.355 * pixelSizeUm;
		if (sources.size() > 0 && finest > 1.5 * settings.smallestUm()) warnings
			.add(String.format(Locale.ROOT,
				"Foci: at %.3g µm a pixel no focus smaller than %.2g µm is seen as it is (foci.smallest_um is %.3g); neighbouring foci fuse.",
				pixelSizeUm, finest, settings.smallestUm()));
	}

	private void findSources(final ImageInfo info,
		final EvidenceDefinition evidence, final int nuclearChannel)
	{
		final Map<String, Integer> found = new LinkedHashMap<>();
		for (final String part : settings.markers().split("[;,]")) {
			if (part.isBlank()) continue;
			final String[] words = part.split("=", 2);
			final Marker marker = evidence.markerOfName(words[0].strip());
			final String id = marker != null ? marker.id() : words[0].strip()
				.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
			final Channel channel = words.length > 1 ? info.channel(words[1].strip())
				: ofMarker(info, evidence, id);
			if (channel == null) {
				if (words.length > 1) throw new UserException(info.name() +
					": no channel " + words[1].strip() + " (foci.markers); there are " +
					info.channelNames());
				continue;
			}
			found.put(id, channel.index());
		}
		if (found.isEmpty()) for (final String id : BY_NAME) {
			final Channel channel = ofMarker(info, evidence, id);
			if (channel != null && channel.index() != nuclearChannel) found.put(id,
				channel.index());
		}
		found.forEach((id, channel) -> sources.add(new Source(id, label(evidence,
			id), channel)));
	}

	private static Channel ofMarker(final ImageInfo info,
		final EvidenceDefinition evidence, final String id)
	{
		for (final Channel c : info.channels()) {
			final Marker m = evidence.markerOfName(c.name());
			if (m != null && m.id().equals(id)) return c;
		}
		return null;
	}

	private static String label(final EvidenceDefinition evidence,
		final String id)
	{
		final Marker marker = evidence.marker(id);
		return marker == null ? id : marker.label();
	}

	private void addSahf(final ImageInfo info,
		final EvidenceDefinition evidence)
	{
		number(sahfColumns, "sahf_count", "SAHF: foci in the nucleus");
		number(sahfColumns, "sahf_area_fraction",
			"SAHF: share of the nucleus that foci cover");
		number(sahfColumns, "sahf_contrast",
			"SAHF: mean over foci of peak over nucleoplasm, both above background");
		number(sahfColumns, "sahf_cv",
			"DNA signal of the nucleus above background: standard deviation over mean");
		number(sahfColumns, "sahf_texture",
			"DNA signal: spread of its structure of the size of SAHF, over its mean");
		for (final String id : HETEROCHROMATIN) {
			final Channel channel = ofMarker(info, evidence, id);
			if (channel == null) continue;
			enriched.add(new Source(id, label(evidence, id), channel.index()));
			number(sahfColumns, "sahf_" + id + "_enrichment", label(evidence, id) +
				": mean in SAHF over mean in the rest of the nucleus, both above background; above 1: together");
		}
		for (final Source s : sources)
			number(sahfColumns, "sahf_" + s.id + "_inside", s.label +
				": share of its foci whose centre lies in a SAHF");
		markers.add(new SahfMarker(sahfColumns, sahf, callSahf));
	}

	private static void number(final List<Column> columns, final String name,
		final String meaning)
	{
		columns.add(new Column(name, Type.NUMBER, meaning));
	}

	/** Columns of the s-th channel. */
	private List<Column> columns(final int s) {
		final String id = sources.get(s).id, label = sources.get(s).label;
		final List<Column> columns = new ArrayList<>();
		number(columns, id + "_foci_count", label + ": foci in the nucleus");
		number(columns, id + "_foci_area_fraction", label +
			": share of the nucleus that foci cover");
		number(columns, id + "_foci_contrast", label +
			": mean over foci of peak over nucleoplasm, both above background");
		number(columns, id + "_nucleoplasm", label +
			": level of the nucleus between its foci, above background");
		for (int t = s + 1; t < sources.size(); t++)
			number(columns, id + "_foci_with_" + sources.get(t).id, label +
				": foci on which a focus of " + sources.get(t).label + " lies");
		return columns;
	}

	/** Returns the markers that the slide gets, in the order of the table. */
	public List<MarkerAnalyzer> markers() {
		return List.copyOf(markers);
	}

	@Override
	public List<Column> columns() {
		return List.of(new Column("dna_nucleus_mean", Type.NUMBER,
			"nuclear signal above background: mean over the nucleus"), new Column(
				"dna_nucleus_integrated", Type.NUMBER,
				"nuclear signal above background: sum times pixel area in µm²"));
	}

	@Override
	public List<String> focusMarkers() {
		final List<String> ids = new ArrayList<>();
		if (sahf != null) ids.add("sahf");
		sources.forEach(s -> ids.add(s.id));
		return ids;
	}

	@Override
	public Reader reader(final BlockPixels pixels) {
		return new NucleusReader(pixels);
	}

	/** Measures nuclei; one object a thread. */
	private final class NucleusReader implements Reader {

		private final BlockPixels pixels;
		private final FociDetector spots, heterochromatin;
		private final Foci[] found;
		private final Foci dense = new Foci();
		private final float[][] cuts;
		private float[] dna;
		private float[] other;
		private int[] partner = new int[0];

		NucleusReader(final BlockPixels pixels) {
			this.pixels = pixels;
			final int n = sources.size();
			spots = n == 0 ? null : new FociDetector(settings.smallestUm(), settings
				.largestUm(), settings.noise(), settings.minContrast(), pixelSizeUm,
				quantum);
			heterochromatin = sahf == null ? null : new FociDetector(sahf
				.smallestUm(), sahf.largestUm(), sahf.noise(), sahf.focusContrast(),
				pixelSizeUm, quantum);
			found = new Foci[n];
			Arrays.setAll(found, i -> new Foci());
			cuts = new float[n][];
		}

		@Override
		public double[] measure(final NucleusPixels nucleus,
			final float[] nuclearSignal, final double[] values)
		{
			Arrays.fill(values, Double.NaN);
			dna = nucleus.cut(nuclearSignal, dna);
			final double background = nucleus.background(dna);
			final double[] moments = moments(nucleus, dna, background);
			values[0] = moments[0];
			values[1] = moments[0] * nucleus.area() * pixelSizeUm * pixelSizeUm;
			int at = 2;
			if (spots != null) {
				spots.moveTo(nucleus);
				for (int s = 0; s < found.length; s++) {
					cuts[s] = nucleus.cut(pixels.channel(sources.get(s).channel),
						cuts[s]);
					spots.detect(cuts[s], nucleus.background(cuts[s]), found[s]);
				}
				pair();
			}
			if (heterochromatin != null) at = sahf(nucleus, background, moments,
				values, at);
			for (int s = 0; s < found.length; s++)
				at = values(s, nucleus, values, at);
			return records();
		}

		/** Mean and standard deviation of a nucleus above background. */
		private double[] moments(final NucleusPixels nucleus, final float[] cut,
			final double background)
		{
			double sum = 0, squares = 0;
			for (int i = 0; i < nucleus.size(); i++)
				if (nucleus.inside(i)) {
					final double v = cut[i] - background;
					sum += v;
					squares += v * v;
				}
			final double n = nucleus.area(), mean = sum / n;
			return new double[] { mean, Math.sqrt(Math.max(0, squares / n - mean *
				mean)) };
		}

		private int sahf(final NucleusPixels nucleus, final double background,
			final double[] moments, final double[] values, final int first)
		{
			heterochromatin.moveTo(nucleus);
			heterochromatin.detect(dna, background, dense);
			final int[] owner = heterochromatin.owner();
			int at = first;
			final double fraction = dense.areaPx() / (double) nucleus.area();
			values[at++] = dense.count();
			values[at++] = fraction;
			final double contrast = meanContrast(dense);
			values[at++] = contrast;
			values[at++] = moments[1] / moments[0];
			values[at++] = heterochromatin.texture() / moments[0];
			for (final Source s : enriched) {
				other = nucleus.cut(pixels.channel(s.channel), other);
				values[at++] = enrichment(nucleus, other, nucleus.background(other),
					owner);
			}
			for (int s = 0; s < found.length; s++)
				values[at++] = inside(nucleus, found[s], owner);
			return at;
		}

		private double meanContrast(final Foci foci) {
			if (foci.count() == 0) return Double.NaN;
			double sum = 0;
			for (int i = 0; i < foci.count(); i++)
				sum += foci.contrast(i);
			return sum / foci.count();
		}

		private double enrichment(final NucleusPixels nucleus, final float[] cut,
			final double background, final int[] owner)
		{
			double in = 0, out = 0;
			int n = 0, m = 0;
			for (int i = 0; i < nucleus.size(); i++) {
				if (!nucleus.inside(i)) continue;
				if (owner[i] >= 0) {
					in += cut[i] - background;
					n++;
				}
				else {
					out += cut[i] - background;
					m++;
				}
			}
			return n == 0 || m == 0 || out <= 0 ? Double.NaN : in / n / (out / m);
		}

		private double inside(final NucleusPixels nucleus, final Foci foci,
			final int[] owner)
		{
			if (foci.count() == 0) return Double.NaN;
			int n = 0;
			for (int i = 0; i < foci.count(); i++) {
				final int x = (int) foci.x(i) - nucleus.x0(), y = (int) foci.y(i) -
					nucleus.y0();
				if (owner[y * nucleus.width() + x] >= 0) n++;
			}
			return n / (double) foci.count();
		}

		private int values(final int s, final NucleusPixels nucleus,
			final double[] values, final int first)
		{
			final Foci foci = found[s];
			int at = first;
			values[at++] = foci.count();
			values[at++] = foci.areaPx() / (double) nucleus.area();
			values[at++] = meanContrast(foci);
			values[at++] = foci.nucleoplasm() - nucleus.background(cuts[s]);
			for (int t = s + 1; t < found.length; t++) {
				int n = 0;
				for (int i = 0; i < foci.count(); i++)
					if (partner(s, i, t) >= 0) n++;
				values[at++] = n;
			}
			return at;
		}

		/** Place of a focus' partner in another channel, -1 for none. */
		private int partner(final int s, final int i, final int t) {
			return partner[(offset(s) + i) * found.length + t];
		}

		private int offset(final int s) {
			int n = 0;
			for (int k = 0; k < s; k++)
				n += found[k].count();
			return n;
		}

		/** Finds which foci of different channels lie on each other. */
		private void pair() {
			final int n = offset(found.length) * found.length;
			if (partner.length < n) partner = new int[2 * n];
			Arrays.fill(partner, 0, n, -1);
			for (int s = 0; s < found.length; s++)
				for (int t = s + 1; t < found.length; t++) {
					final int[] pairs = FocusPairs.of(found[s], found[t], settings
						.partnerUm() / pixelSizeUm);
					for (int p = 0; p < pairs.length; p += 2) {
						partner[(offset(s) + pairs[p]) * found.length + t] = pairs[p + 1];
						partner[(offset(t) + pairs[p + 1]) * found.length + s] = pairs[p];
					}
				}
		}

		private double[] records() {
			final int first = sahf == null ? 0 : 1, m = first + found.length;
			final double[] out = new double[(first * dense.count() + offset(
				found.length)) * FocusRecord.size(m)];
			int k = 0;
			final int[] none = new int[m];
			Arrays.fill(none, -1);
			if (sahf != null) for (int i = 0; i < dense.count(); i++)
				write(0, dense, i, none, out, k++);
			for (int s = 0; s < found.length; s++)
				for (int i = 0; i < found[s].count(); i++) {
					final int[] partners = none.clone();
					for (int t = 0; t < found.length; t++)
						if (partner(s, i, t) >= 0) partners[first + t] = first * dense
							.count() + offset(t) + partner(s, i, t);
					write(first + s, found[s], i, partners, out, k++);
				}
			return out;
		}

		private void write(final int marker, final Foci f, final int i,
			final int[] partners, final double[] out, final int k)
		{
			new FocusRecord(marker, f.x(i), f.y(i), f.sigma(i), f.contrast(i), f.snr(
				i), f.score(i), f.area(i), partners).write(out, k);
		}
	}
}
