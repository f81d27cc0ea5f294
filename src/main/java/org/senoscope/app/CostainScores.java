
package org.senoscope.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedMarker;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.ControlInput;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.io.output.TempFileSpill;

/**
 * How marker panels do on phantoms: shares of positive cells and of pairs
 * beside the planted ones, and the bleed-through of p16 into p21, left in and
 * taken out by the shares read off single stains of other cells.
 */
public final class CostainScores {

	private static final int SIDE = 1024;

	/** Ids and channels of the markers, as they are planted. */
	private static final List<String> MARKERS = List.of("ki67", "sagal", "p16",
		"p21");

	private static final int P16 = 2, P21 = 3;

	/** What gets into a dim channel from a bright one is what does harm. */
	private static final double[] BRIGHT = { 1, 8 };

	/** Seeds of single stains: no cell is on a picture that is scored. */
	private static final long OTHERS = 50_000;

	/** What was found in one way of correcting. */
	private static final class Found {

		final double[] worst = new double[MARKERS.size()];
		final int[] called = new int[MARKERS.size()], wrong = new int[MARKERS
			.size()];
		int gates, pairs, single, falsePairs;
		double worstPair;
		final Map<String, List<Double>> shares = new TreeMap<>();
		int held, told;
	}

	private final Path temporary;

	private CostainScores(final Path temporary) {
		this.temporary = temporary;
	}

	/**
	 * Prints the tables.
	 *
	 * @param arguments number of pictures, 20; first seed, 1
	 */
	public static void main(final String[] arguments) throws Exception {
		final int pictures = arguments.length > 0 ? Integer.parseInt(arguments[0])
			: 20;
		final long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
		final Path temporary = Files.createTempDirectory("senoscope-scores-");
		try {
			new CostainScores(temporary).print(pictures, seed);
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
		finally {
			try (var files = Files.walk(temporary)) {
				for (final Path p : files.sorted((a, b) -> b.compareTo(a)).toList())
					Files.delete(p);
			}
		}
	}

	private void print(final int pictures, final long seed) {
		final Map<String, Found> ways = new LinkedHashMap<>();
		for (int k = 0; k < pictures; k++)
			for (final double bright : BRIGHT) {
				final PixelSource[] pictured = new PixelSource[MARKERS.size()];
				for (int m = 0; m < pictured.length; m++)
					pictured[m] = source(Phantoms.panel(SIDE, SIDE, Phantoms.PANEL_BLEED,
						bright, OTHERS + MARKERS.size() * (seed + k) + m, MARKERS.get(m)));
				final List<ControlInput> singles = new ArrayList<>();
				for (int m = 0; m < pictured.length; m++)
					singles.add(new ControlInput(ControlRole.SINGLE, MARKERS.get(m),
						MARKERS.get(m) + "_alone.tif", pictured[m], null, List.of()));
				final PhantomField field = Phantoms.panel(SIDE, SIDE,
					Phantoms.PANEL_BLEED, bright, seed + k, null);
				final PixelSource source = source(field);
				final String times = String.format(Locale.ROOT,
					"p16 %.0f times as bright, ", bright);
				score(field, source, List.of(), ways.computeIfAbsent(times + "left in",
					w -> new Found()));
				score(field, source, singles, ways.computeIfAbsent(times +
					"taken out by single stains", w -> new Found()));
			}
		System.out.printf(Locale.ROOT,
			"%d pictures of %d x %d pixels, seeds from %d, %.0f %% of the light of p16 in the channel of p21%n%n",
			pictures, SIDE, SIDE, seed, 100 * Phantoms.PANEL_BLEED);
		System.out.println(
			"| bleed-through | gates | share positive, largest error in points (Ki-67, SA-beta-gal, p16, p21) | pairs told | co-positivity, largest error in points | cells called otherwise than planted | p16+ p21+ among cells planted p16+ p21- |");
		System.out.println("|---|---|---|---|---|---|---|");
		ways.forEach((way, f) -> System.out.printf(Locale.ROOT,
			"| %s | %d of %d | %s | %d of %d | %.1f | %s | %d of %d (%.1f %%) |%n",
			way, f.gates, pictures * MARKERS.size(), list("%.1f", f.worst), f.pairs,
			pictures * 6, f.worstPair, wrong(f), f.falsePairs, f.single, 100.0 *
				f.falsePairs / Math.max(1, f.single)));
		System.out.printf(Locale.ROOT,
			"%n| light of | seen in | share read off, mean (range), %% | planted, %% |%n|---|---|---|---|%n");
		final Found read = new Found();
		for (final Found f : ways.values()) {
			f.shares.forEach((names, s) -> read.shares.computeIfAbsent(names,
				n -> new ArrayList<>()).addAll(s));
			read.held += f.held;
			read.told += f.told;
		}
		read.shares.forEach((names, shares) -> {
			final double[] s = shares.stream().mapToDouble(v -> 100 * v).sorted()
				.toArray();
			System.out.printf(Locale.ROOT, "| %s | %.2f (%.2f to %.2f) | %.0f |%n",
				names, Arrays.stream(s).average().orElse(Double.NaN), s[0], s[s.length -
					1], 100 * planted(names));
		});
		System.out.printf(Locale.ROOT,
			"%nThe 95 %% intervals hold the planted share in %d of %d.%n", read.held,
			read.told);
	}

	private static double planted(final String names) {
		return names.equals("p16 | p21") ? Phantoms.PANEL_BLEED : 0;
	}

	private static String wrong(final Found f) {
		final List<String> words = new ArrayList<>();
		for (int m = 0; m < MARKERS.size(); m++)
			words.add(f.wrong[m] + " of " + f.called[m]);
		return String.join(", ", words);
	}

	private static String list(final String format, final double[] values) {
		return String.join(", ", Arrays.stream(values).mapToObj(v -> String.format(
			Locale.ROOT, format, v)).toList());
	}

	private static PixelSource source(final PhantomField field) {
		final List<String> names = new ArrayList<>(List.of("DAPI"));
		final List<Object> planes = new ArrayList<>(List.of(shorts(field.dapi())));
		field.channels().forEach((name, counts) -> {
			names.add(name);
			planes.add(shorts(counts));
		});
		return ArrayPixelSource.channels("panel.tif", field.width(), field.height(),
			PhantomKind.PANEL.pixelSizeUm(), names, planes.toArray());
	}

	private static short[] shorts(final char[] counts) {
		final short[] s = new short[counts.length];
		for (int i = 0; i < s.length; i++)
			s[i] = (short) counts[i];
		return s;
	}

	@SuppressWarnings("unchecked")
	private void score(final PhantomField field, final PixelSource source,
		final List<ControlInput> controls, final Found found)
	{
		final ProtocolOverrides o = ProtocolOverrides.apply(AssayProtocols.of(
			AssayKind.COSTAIN), RunOptions.DEFAULTS, Map.of("method", "classical"));
		final List<PlantedMarker> planted = field.markers();
		try (TempFileSpill spill = new TempFileSpill(temporary);
				SlideResult r = SlidePipeline.run(new SlideInputs(source, null, List
					.of(), "panel.tif", EvidenceDefinition.builtIn(), null,
					NucleusNetworks.NONE, controls), o.protocol(), o.options(), spill,
					Progress.SILENT, new Cancellation()))
		{
			final List<Integer> ids = new ArrayList<>();
			final List<double[]> calls = new ArrayList<>();
			r.forEachCell(c -> {
				ids.add(field.labels()[(int) r.table().number(c, "centroid_y_px") *
					SIDE + (int) r.table().number(c, "centroid_x_px")]);
				calls.add(MARKERS.stream().mapToDouble(m -> r.table().number(c, m +
					"_positive")).toArray());
			});
			for (int m = 0; m < MARKERS.size(); m++) {
				final int marker = m;
				final double percent = percent(calls, c -> c[marker]);
				if (Double.isNaN(percent)) continue;
				found.gates++;
				found.worst[m] = Math.max(found.worst[m], Math.abs(percent - planted
					.get(m).positivePercent()));
				for (int other = m + 1; other < MARKERS.size(); other++) {
					final int second = other;
					final double both = percent(calls, c -> c[marker] * c[second]);
					if (Double.isNaN(both)) continue;
					found.pairs++;
					int n = 0;
					for (int k = 0; k < field.cells().size(); k++)
						if (planted.get(m).positive()[k] && planted.get(other)
							.positive()[k]) n++;
					found.worstPair = Math.max(found.worstPair, Math.abs(both - 100.0 *
						n / field.cells().size()));
				}
			}
			for (int i = 0; i < calls.size(); i++) {
				if (ids.get(i) == 0) continue;
				final int k = ids.get(i) - 1;
				final double[] call = calls.get(i);
				for (int m = 0; m < MARKERS.size(); m++) {
					if (Double.isNaN(call[m])) continue;
					found.called[m]++;
					if (call[m] > 0 != planted.get(m).positive()[k]) found.wrong[m]++;
				}
				if (!planted.get(P16).positive()[k] || planted.get(P21).positive()[k] ||
					Double.isNaN(call[P16] * call[P21])) continue;
				found.single++;
				if (call[P16] * call[P21] > 0) found.falsePairs++;
			}
			if (!controls.isEmpty())
				for (final Map<String, Object> share : (List<Map<String, Object>>) ((Map<String, Object>) r
					.summary().assays().get("costain")).get("bleed_through"))
				{
					final String names = id(share.get("from")) + " | " + id(share.get(
						"to"));
					found.shares.computeIfAbsent(names, n -> new ArrayList<>()).add(
						(Double) share.get("share"));
					found.told++;
					if ((Double) share.get("low") <= planted(names) && (Double) share.get(
						"high") >= planted(names)) found.held++;
				}
		}
	}

	private static String id(final Object channel) {
		return EvidenceDefinition.builtIn().markerOfName(String.valueOf(channel))
			.id();
	}

	/** Percentage of the cells that were called, NaN if none was. */
	private static double percent(final List<double[]> calls,
		final java.util.function.ToDoubleFunction<double[]> call)
	{
		return 100 * calls.stream().mapToDouble(call).filter(v -> !Double.isNaN(v))
			.average().orElse(Double.NaN);
	}
}
