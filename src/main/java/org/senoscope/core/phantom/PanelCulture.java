
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cultured cells in five channels of a widefield microscope: DAPI, Ki-67, p16
 * and p21 in nuclei, and a fluorescent product of SA-β-gal, granular, around
 * them. Each cell is in one of five states, whose shares differ from picture to
 * picture; the state decides which markers are positive together. Amounts of
 * positive and of negative cells are log-normal. A share of the light of p16
 * gets into the channel of p21.
 */
final class PanelCulture {

	/** Names of the channels, the one of DAPI left out, and marker ids. */
	private static final Map<String, String> CHANNELS = channels();
	/** Ki-67, SA-β-gal, p16, p21 of each state, and its middle share. */
	private static final boolean[][] STATES = {
		// proliferating, resting, p21 alone, senescent, cycling with p16
		{ true, false, false, false }, { false, false, false, false }, { false,
			false, false, true }, { false, true, true, true }, { true, false, true,
				false } };
	private static final double[] SHARES = { 0.3, 0.3, 0.12, 0.2, 0.08 };
	/** SA-β-gal lies within this distance from the nucleus, µm. */
	private static final double ZONE_UM = 4;
	private static final double MARGIN_UM = 18;

	private final long bits;
	private final Canvas canvas;

	private static Map<String, String> channels() {
		final Map<String, String> names = new LinkedHashMap<>();
		names.put("Ki-67", "ki67");
		names.put("SPiDER-betaGal", "sagal");
		names.put("p16", "p16");
		names.put("p21", "p21");
		return names;
	}

	private PanelCulture(final int width, final int height, final long seed) {
		bits = Hash.mix(seed + 977);
		final double px = PhantomKind.PANEL.pixelSizeUm();
		canvas = new Canvas(width, height, (int) Math.ceil(MARGIN_UM / px), px);
	}

	/**
	 * Draws a field with its truth.
	 *
	 * @param bleed share of the light of p16 in the channel of p21
	 * @param bright how many times as bright as the others p16 may be
	 * @param only id of the one marker that is stained, null: all are
	 */
	static PhantomField field(final int width, final int height,
		final double bleed, final double bright, final long seed, final String only)
	{
		return new PanelCulture(width, height, seed).draw(bleed, bright, only);
	}

	private PhantomField draw(final double bleed, final double bright,
		final String only)
	{
		final double reach = MARGIN_UM - 2;
		final List<Seedling> seeds = process().within(-reach, -reach, canvas.width *
			canvas.pixelSizeUm + reach, canvas.height * canvas.pixelSizeUm + reach);
		final List<Contour> contours = new ArrayList<>();
		final Labels labels = new Labels(canvas);
		final float[] dna = canvas.map();
		final double brightness = Hash.uniform(bits, 1, 1800, 4200);
		for (final Seedling s : seeds) {
			final Contour c = new Contour(s.a(), s.b(), s.angle(), 0.04, 0, s.bits());
			contours.add(c);
			labels.plant(s.x(), s.y(), c);
			Fluorescence.draw(canvas, new Fluorescence.Nucleus(s.x(), s.y(), c,
				(float) (brightness * StrictMath.exp(0.3 * Hash.normal(s.bits(), 21))),
				s.bits(), s.type()), dna);
		}
		final boolean[][] positive = new boolean[seeds.size()][];
		final double[] cuts = cuts();
		for (int k = 0; k < positive.length; k++) {
			final double u = Hash.uniform(seeds.get(k).bits(), 31);
			int state = 0;
			while (state < STATES.length - 1 && u >= cuts[state])
				state++;
			positive[k] = STATES[state];
		}
		final int n = CHANNELS.size();
		final double[][] amounts = new double[n][];
		final float[][] light = new float[n][];
		for (int m = 0; m < n; m++) {
			light[m] = canvas.map();
			amounts[m] = new double[seeds.size()];
			if (only != null && !List.copyOf(CHANNELS.values()).get(m).equals(only))
				continue;
			// what a positive cell shows, and how much less a negative one
			final double level = Hash.uniform(bits, 40 + m, 700, 2200), weak = Hash
				.uniform(bits, 50 + m, 9, 14);
			for (int k = 0; k < seeds.size(); k++) {
				amounts[m][k] = (m == 2 ? bright : 1) * level / (positive[k][m] ? 1
					: weak) * StrictMath.exp(0.3 * Hash.normal(seeds.get(k).bits(), 60 +
						m));
				if (m == 1) around(seeds.get(k), contours.get(k), amounts[m][k], labels
					.owner(), light[m]);
				else inside(seeds.get(k), contours.get(k), amounts[m][k], m, light[m]);
			}
		}
		for (int i = 0; i < light[3].length; i++)
			light[3][i] += (float) bleed * light[2][i];
		final boolean[] visible = new boolean[seeds.size()];
		final List<PlantedCell> cells = labels.finish((k, mean) -> {
			visible[k] = true;
			return new Labels.Reading(seeds.get(k).type(), amounts[0][k],
				positive[k][0]);
		}, dna);
		final Map<String, char[]> pictures = new LinkedHashMap<>();
		final List<PlantedMarker> markers = new ArrayList<>();
		int m = 0;
		for (final Map.Entry<String, String> channel : CHANNELS.entrySet()) {
			pictures.put(channel.getKey(), Fluorescence.expose(canvas, light[m],
				bits + 100 + m, 0));
			final double[] planted = new double[cells.size()];
			final boolean[] is = new boolean[cells.size()];
			int at = 0;
			for (int k = 0; k < visible.length; k++)
				if (visible[k]) {
					planted[at] = amounts[m][k];
					is[at++] = positive[k][m];
				}
			markers.add(new PlantedMarker(channel.getValue(), planted, is));
			m++;
		}
		return new PhantomField(PhantomKind.PANEL, canvas.width, canvas.height,
			null, Fluorescence.expose(canvas, dna, bits + 9, 60), pictures, labels
				.picture(), cells, List.of(), markers, Double.NaN, Double.NaN);
	}

	/** Upper ends of the shares of the states, different in each picture. */
	private double[] cuts() {
		final double[] cuts = new double[SHARES.length];
		double sum = 0;
		for (int s = 0; s < cuts.length; s++)
			cuts[s] = sum += SHARES[s] * StrictMath.exp(0.4 * Hash.normal(bits, 20 +
				s));
		for (int s = 0; s < cuts.length; s++)
			cuts[s] /= sum;
		return cuts;
	}

	private HardCoreProcess process() {
		return new HardCoreProcess(17, 9, 1.35, 1.9) {

			@Override
			Seedling candidate(final int ix, final int iy) {
				final long b = Hash.at(bits, ix, iy);
				final double a = Hash.uniform(b, 5, 5.5, 8.5);
				return new Seedling((ix + Hash.uniform(b, 1)) * pitchUm(), (iy + Hash
					.uniform(b, 2)) * pitchUm(), a, a * Hash.uniform(b, 6, 0.7, 0.95),
					Hash.uniform(b, 4, 0, Math.PI), CellType.CULTURED, b);
			}
		};
	}

	private void inside(final Seedling s, final Contour contour,
		final double amount, final int marker, final float[] light)
	{
		final int texture = (int) s.bits() + marker;
		canvas.visit(s.x(), s.y(), contour, 1, (i, dx, dy, d, r) -> {
			final float edge = Math.min(1, 0.5f + (r - d) / 0.7f);
			if (edge > 0) light[i] += (float) amount * edge * (1 + 0.15f * Noise.at(
				texture, dx * 1.2f, dy * 1.2f));
		});
	}

	/** Granules around a nucleus, none in another. */
	private void around(final Seedling s, final Contour contour,
		final double amount, final int[] owner, final float[] light)
	{
		final int texture = (int) s.bits() + 7;
		final double[] seen = new double[2];
		canvas.visit(s.x(), s.y(), contour, ZONE_UM, (i, dx, dy, d, r) -> {
			if (d < r || owner[i] != 0) return;
			seen[0]++;
			seen[1] += granules(texture, dx, dy);
		});
		final float scale = (float) (amount * seen[0] / seen[1]);
		canvas.visit(s.x(), s.y(), contour, ZONE_UM, (i, dx, dy, d, r) -> {
			if (d >= r && owner[i] == 0) light[i] += scale * granules(texture, dx,
				dy);
		});
	}

	private static float granules(final int texture, final float dx,
		final float dy)
	{
		return Math.max(0.15f, 1 + 1.6f * Noise.at(texture, dx * 1.4f, dy * 1.4f));
	}
}
