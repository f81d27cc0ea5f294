
package org.senoscope.io.validation;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.senoscope.core.assay.FocusRecord;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.phantom.CellType;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.phantom.PlantedFocus;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.core.run.SpillStore;

/**
 * Runs the whole pipeline with its defaults on foci phantoms and compares with
 * what was planted: precision and recall of foci, counts a nucleus, pairs; SAHF
 * calls, and what was made of dividing, dying and mouse nuclei. Nuclei that the
 * edge of the picture cuts are left out.
 */
public final class FociPhantoms {

	private static final int SIDE = 1280;

	/** Foci that ought to be found: contrast and signal-to-noise from here on. */
	private static final double CONTRAST = 1.5, SNR = 5;

	/** Distance of a focus found from one planted that it is, µm. */
	private static final double REACH_UM = 0.3;

	private final NucleusNetworks networks;
	private final PrintStream out;

	private FociPhantoms(final NucleusNetworks networks, final PrintStream out) {
		this.networks = networks;
		this.out = out;
	}

	/**
	 * Prints the figures.
	 *
	 * @param networks where nucleus networks come from
	 * @param pictures pictures of each kind
	 * @param seed the first of them
	 * @param out where to
	 */
	public static void print(final NucleusNetworks networks, final int pictures,
		final long seed, final PrintStream out)
	{
		final FociPhantoms scores = new FociPhantoms(networks, out);
		scores.damage(pictures, seed);
		scores.sahf(pictures, seed);
		scores.mouse(pictures, seed);
	}

	/** A planted nucleus with the cell that was found on it. */
	private record Pair(PhantomField field, PlantedCell planted, Cell found,
			Map<String, Integer> columns, List<String> markers) {

		double number(final String column) {
			return found == null ? Double.NaN : found.numbers()[columns.get(column)];
		}

		boolean flagged(final String flag) {
			final String flags = found == null ? null : found.texts()[columns.get(
				"flags")];
			return flags != null && List.of(flags.split(";")).contains(flag);
		}

		boolean interphase() {
			return planted.type() != CellType.MITOTIC && planted
				.type() != CellType.APOPTOTIC;
		}

		List<FocusRecord> foci(final String marker) {
			if (found == null) return List.of();
			final int m = markers.indexOf(marker);
			return IntStream.range(0, found.foci().length / FocusRecord.size(markers
				.size())).mapToObj(i -> FocusRecord.of(found.foci(), i, markers.size()))
				.filter(f -> f.marker() == m).toList();
		}

		List<PlantedFocus> plantedFoci(final String marker) {
			return field.foci().stream().filter(f -> f.cell() == planted.id() && f
				.marker().equals(marker)).toList();
		}
	}

	private void run(final PhantomKind kind, final String protocol,
		final int pictures, final long seed, final Consumer<Pair> visitor)
	{
		for (int k = 0; k < pictures; k++) {
			final PhantomField field = Phantoms.field(kind, SIDE, SIDE, seed + k);
			final List<String> names = new ArrayList<>(List.of("DAPI"));
			final List<Object> planes = new ArrayList<>(List.of(shorts(field
				.dapi())));
			field.channels().forEach((name, counts) -> {
				names.add(name);
				planes.add(shorts(counts));
			});
			final SlideInputs inputs = new SlideInputs(ArrayPixelSource.channels(kind
				.id() + ".tif", SIDE, SIDE, kind.pixelSizeUm(), names, planes
					.toArray()), null, List.of(), kind.id(), EvidenceDefinition.builtIn(),
				null, networks, List.of());
			Protocol asked = BuiltInProtocols.load(protocol);
			if (kind == PhantomKind.SAHF_MOUSE) asked = ProtocolOverrides.apply(asked,
				Map.of("specimen.species", "mouse"));
			try (SlideResult result = SlidePipeline.run(inputs, asked,
				RunOptions.DEFAULTS, new Memory(), Progress.SILENT, new Cancellation()))
			{
				final Map<Integer, Cell> found = new HashMap<>();
				final Map<String, Integer> columns = new HashMap<>();
				for (int c = 0; c < result.table().columns().size(); c++)
					columns.put(result.table().columns().get(c).name(), c);
				result.forEachCell(cell -> found.putIfAbsent(field.labels()[(int) cell
					.numbers()[columns.get("centroid_y_px")] * SIDE + (int) cell
						.numbers()[columns.get("centroid_x_px")]], cell));
				for (final PlantedCell planted : field.cells())
					if (!planted.edge()) visitor.accept(new Pair(field, planted, found
						.get(planted.id()), columns, result.focusMarkers()));
			}
		}
	}

	private static short[] shorts(final char[] counts) {
		final short[] s = new short[counts.length];
		for (int i = 0; i < s.length; i++)
			s[i] = (short) counts[i];
		return s;
	}

	private void damage(final int pictures, final long seed) {
		final String[] markers = { "gh2ax", "p53bp1" };
		final long[][] n = new long[2][8];
		final double[][] bins = new double[4][3];
		final long[] cells = new long[12];
		final double pixel = PhantomKind.FOCI.pixelSizeUm();
		run(PhantomKind.FOCI, "dna-damage-foci", pictures, seed, p -> {
			cells[0]++;
			if (p.found() == null) cells[1]++;
			if (!p.interphase()) {
				looks(p, cells, 4);
				return;
			}
			if (p.planted().amount() == 0) {
				cells[2]++;
				if (p.number("gh2ax_positive") > 0) cells[3]++;
			}
			if (p.flagged("apoptotic") || p.flagged("mitotic") || p.flagged(
				"pan_nuclear_gh2ax")) cells[8]++;
			for (int m = 0; m < 2; m++) {
				final List<FocusRecord> found = p.foci(markers[m]);
				final List<PlantedFocus> planted = p.plantedFoci(markers[m]);
				final int[] match = match(planted, found, REACH_UM / pixel);
				n[m][0] += found.size();
				for (int i = 0; i < planted.size(); i++) {
					final boolean clear = planted.get(i).contrast() >= CONTRAST && planted
						.get(i).snr() >= SNR;
					if (match[i] >= 0) n[m][1]++;
					if (clear) n[m][2]++;
					if (clear && match[i] >= 0) n[m][3]++;
				}
				if (m == 0 && planted.size() > 0 && planted.stream().allMatch(f -> f
					.snr() >= SNR))
				{
					final double[] bin = bins[Math.min(3, (planted.size() - 1) / 15)];
					bin[0]++;
					bin[1] += planted.size();
					bin[2] += found.size() - planted.size();
					n[0][4] += planted.size();
					n[0][5] += Math.abs(found.size() - planted.size());
				}
			}
			n[0][6] += p.plantedFoci("p53bp1").size();
			if (p.found() != null) n[0][7] += Math.round(p.number(
				"gh2ax_foci_with_p53bp1"));
		});
		out.printf(Locale.ROOT,
			"DNA-damage foci, %d phantoms of %d x %d px: %d nuclei (edge left out), %d not found%n",
			pictures, SIDE, SIDE, cells[0], cells[1]);
		for (int m = 0; m < 2; m++)
			out.printf(Locale.ROOT,
				"  %-7s precision %.4f   recall %.4f (of %d planted with contrast >= %.1f and signal-to-noise >= %.0f)%n",
				markers[m], (double) n[m][1] / n[m][0], (double) n[m][3] / n[m][2],
				n[m][2], CONTRAST, SNR);
		for (int b = 0; b < 4; b++)
			out.printf(Locale.ROOT,
				"  %2d-%2d foci planted: %3.0f nuclei, count off by %+.1f %%%n", 15 *
					b + 1, 15 * b + 15, bins[b][0], 100 * bins[b][2] / bins[b][1]);
		out.printf(Locale.ROOT,
			"  mean absolute error of a nucleus' count, of its planted count: %.1f %%; pairs found %d of %d%n",
			100.0 * n[0][5] / n[0][4], n[0][7], n[0][6]);
		out.printf(Locale.ROOT, "  nuclei without foci called positive: %d of %d%n",
			cells[3], cells[2]);
		looks(cells, 4);
		out.printf(Locale.ROOT, "  other nuclei flagged: %d%n", cells[8]);
	}

	private static void looks(final Pair p, final long[] counts,
		final int first)
	{
		final boolean mitotic = p.planted().type() == CellType.MITOTIC;
		final int at = first + (mitotic ? 0 : 2);
		counts[at]++;
		if (p.flagged(mitotic ? "mitotic" : "apoptotic")) counts[at + 1]++;
	}

	private void looks(final long[] counts, final int first) {
		out.printf(Locale.ROOT,
			"  mitotic nuclei flagged so: %d of %d; apoptotic: %d of %d%n",
			counts[first + 1], counts[first], counts[first + 3], counts[first + 2]);
	}

	private void sahf(final int pictures, final long seed) {
		final long[] n = new long[16];
		run(PhantomKind.SAHF, "sahf", pictures, seed, p -> {
			n[0]++;
			if (p.found() == null) n[1]++;
			if (!p.interphase()) {
				looks(p, n, 6);
				if (p.number("sahf_positive") > 0) n[10]++;
				return;
			}
			final boolean called = p.number("sahf_positive") > 0;
			if (p.planted().positive()) n[called ? 2 : 3]++;
			else {
				n[called ? 4 : 5]++;
				if (!p.plantedFoci("barr").isEmpty()) {
					n[11]++;
					if (called) n[12]++;
				}
			}
			if (p.flagged("apoptotic") || p.flagged("mitotic")) n[13]++;
			if (p.planted().positive() && p.found() != null) {
				n[14] += p.plantedFoci("sahf").size();
				n[15] += Math.round(p.number("sahf_count"));
			}
		});
		out.printf(Locale.ROOT,
			"SAHF, %d phantoms: %d nuclei (edge left out), %d not found%n", pictures,
			n[0], n[1]);
		out.printf(Locale.ROOT,
			"  call F1 %.4f (%d of %d with SAHF called; without SAHF %d of %d called, %.2f %%)%n",
			2.0 * n[2] / (2.0 * n[2] + n[3] + n[4]), n[2], n[2] + n[3], n[4], n[4] +
				n[5], 100.0 * n[4] / (n[4] + n[5]));
		out.printf(Locale.ROOT,
			"  foci counted in nuclei with SAHF: %d of %d; with a Barr body called: %d of %d; dividing or dying called: %d%n",
			n[15], n[14], n[12], n[11], n[10]);
		looks(n, 6);
		out.printf(Locale.ROOT, "  other nuclei flagged: %d%n", n[13]);
	}

	private void mouse(final int pictures, final long seed) {
		final long[] n = new long[2];
		final double[] sums = new double[2];
		run(PhantomKind.SAHF_MOUSE, "sahf", Math.max(1, pictures / 4), seed, p -> {
			if (!p.interphase() || p.found() == null) return;
			n[0]++;
			if (!Double.isNaN(p.number("sahf_positive"))) n[1]++;
			sums[0] += p.planted().amount();
			sums[1] += p.number("sahf_count");
		});
		out.printf(Locale.ROOT,
			"Mouse nuclei: %d, called %d; chromocentres counted %.0f of %.0f%n", n[0],
			n[1], sums[1], sums[0]);
	}

	/** For each planted focus the place of the one found on it, -1 for none. */
	private static int[] match(final List<PlantedFocus> planted,
		final List<FocusRecord> found, final double reachPx)
	{
		final int[] match = new int[planted.size()];
		Arrays.fill(match, -1);
		final boolean[] used = new boolean[found.size()];
		while (true) {
			double least = reachPx;
			int a = -1, b = -1;
			for (int i = 0; i < match.length; i++)
				for (int k = 0; k < used.length && match[i] < 0; k++) {
					final double d = Math.hypot(planted.get(i).xPx() - found.get(k).x(),
						planted.get(i).yPx() - found.get(k).y());
					if (used[k] || d > least) continue;
					least = d;
					a = i;
					b = k;
				}
			if (a < 0) return match;
			match[a] = b;
			used[b] = true;
		}
	}

	/** Phantoms are small: their cells stay in memory. */
	static final class Memory implements SpillStore {

		private final Map<Integer, byte[]> kept = new ConcurrentHashMap<>();

		@Override
		public void put(final int block, final byte[] bytes) {
			kept.put(block, bytes);
		}

		@Override
		public byte[] get(final int block) {
			return kept.getOrDefault(block, ByteBuffer.allocate(0).array());
		}

		@Override
		public void close() {
			kept.clear();
		}
	}
}
