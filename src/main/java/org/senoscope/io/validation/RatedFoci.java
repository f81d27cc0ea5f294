
package org.senoscope.io.validation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import org.senoscope.core.UserException;
import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.FocusRecord;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.foci.FociAssay;
import org.senoscope.core.assay.foci.NucleusPixels;
import org.senoscope.core.cell.CellRaster;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;

/**
 * Compares foci with objects that three people rated (Lengert et al., Sci Rep
 * 2018; single nuclei, red 53BP1, green γH2AX, blue DAPI): AUC of the score, F1
 * at the default setting. Only objects that some detector had found were rated,
 * so that nothing is said of foci that it missed. Pictures fall into a tuning
 * and a test half by the first bit of the SHA-256 of their names; defaults were
 * chosen on the first.
 */
public final class RatedFoci {

	/** The pictures give none: nuclei are then about 10 µm long. */
	private static final double PIXEL_UM = 0.2;

	/** Distance of a focus from a rated object that it is, pixels. */
	private static final double REACH_PX = 4;

	private static final List<String> CHANNELS = List.of("53BP1", "gH2AX",
		"DAPI");

	/** One rated object with the scores of the foci on it, 0 for none. */
	private record Rated(boolean focus, double gh2ax, double p53bp1,
			boolean foundGh2ax, boolean found53bp1, boolean paired) {

		double joint() {
			return Math.sqrt(gh2ax * p53bp1);
		}
	}

	private final Path folder;

	private RatedFoci(final Path folder) {
		this.folder = folder;
	}

	/**
	 * Prints the figures of one half.
	 *
	 * @param folder folder {@code foci-gh2ax-53bp1}
	 * @param test whether the test half is scored, else the tuning half
	 * @param out where to
	 * @throws UserException if the data cannot be read
	 */
	public static void print(final Path folder, final boolean test,
		final PrintStream out)
	{
		final RatedFoci scores = new RatedFoci(folder);
		final List<Rated> rated = new ArrayList<>();
		final Map<String, List<String[]>> objects = scores.objects();
		int pictures = 0;
		for (final Map.Entry<String, List<String[]>> e : objects.entrySet())
			if (isTest(e.getKey()) == test) {
				scores.score(e.getKey(), e.getValue(), rated);
				pictures++;
			}
		final long foci = rated.stream().filter(Rated::focus).count();
		out.printf(Locale.ROOT,
			"Rated foci, %s half: %d nuclei, %d objects, %d of them foci%n", test
				? "test" : "tuning", pictures, rated.size(), foci);
		line(out, "γH2AX alone", rated, Rated::gh2ax, r -> r.foundGh2ax ? 1 : 0);
		line(out, "53BP1 alone", rated, Rated::p53bp1, r -> r.found53bp1 ? 1 : 0);
		line(out, "both (pairs)", rated, Rated::joint, r -> r.paired ? 1 : 0);
	}

	private static void line(final PrintStream out, final String name,
		final List<Rated> rated, final ToDoubleFunction<Rated> score,
		final ToDoubleFunction<Rated> found)
	{
		double wins = 0, pairs = 0, hits = 0, called = 0, foci = 0;
		for (final Rated r : rated) {
			called += found.applyAsDouble(r);
			if (!r.focus) continue;
			foci++;
			hits += found.applyAsDouble(r);
			for (final Rated o : rated)
				if (!o.focus) {
					pairs++;
					wins += 0.5 + 0.5 * Math.signum(score.applyAsDouble(r) - score
						.applyAsDouble(o));
				}
		}
		out.printf(Locale.ROOT,
			"  %-14s AUC %.3f   F1 %.3f   precision %.3f   recall %.3f%n", name,
			wins / pairs, 2 * hits / (called + foci), hits / called, hits / foci);
	}

	private static boolean isTest(final String name) {
		try {
			return (MessageDigest.getInstance("SHA-256").digest(name.getBytes(
				StandardCharsets.UTF_8))[0] & 1) == 1;
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Rows of the table by picture: name, ..., x, y, median rating, focus. */
	private Map<String, List<String[]>> objects() {
		final Path table = folder.resolve("manual_ratings.csv");
		final Map<String, List<String[]>> objects = new TreeMap<>();
		try {
			for (final String line : Files.readAllLines(table)) {
				final String[] words = line.split(",");
				if (words[0].endsWith(".tif")) objects.computeIfAbsent(words[0],
					k -> new ArrayList<>()).add(words);
			}
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, table +
				": cannot be read; give the folder foci-gh2ax-53bp1", e);
		}
		return objects;
	}

	private void score(final String name, final List<String[]> objects,
		final List<Rated> rated)
	{
		final byte[] rgb;
		final int w, h;
		try (var source = ImageSources.open(folder.resolve("cells").resolve(name),
			OpenOptions.DEFAULTS))
		{
			w = source.info().width();
			h = source.info().height();
			rgb = new byte[3 * w * h];
			source.readRgb(0, source.info().bounds(), rgb);
		}
		final Protocol protocol = BuiltInProtocols.load("dna-damage-foci");
		final List<FocusRecord> all = foci(rgb, w, h, ProtocolOverrides.apply(
			protocol, Map.of("foci.noise", "1", "foci.min_contrast", "1")));
		final List<FocusRecord> called = foci(rgb, w, h, protocol);
		for (final String[] o : objects) {
			final double x = Double.parseDouble(o[6]) + 0.5, y = Double.parseDouble(
				o[7]) + 0.5;
			final List<FocusRecord> on = at(called, x, y);
			rated.add(new Rated(o[9].equals("1"), best(at(all, x, y), 0), best(at(all,
				x, y), 1), on.stream().anyMatch(f -> f.marker() == 0), on.stream()
					.anyMatch(f -> f.marker() == 1), on.stream().anyMatch(f -> f
						.partners()[1 - f.marker()] >= 0)));
		}
	}

	private static List<FocusRecord> at(final List<FocusRecord> foci,
		final double x, final double y)
	{
		return foci.stream().filter(f -> Math.hypot(f.x() - x, f.y() -
			y) <= REACH_PX).toList();
	}

	private static double best(final List<FocusRecord> foci, final int marker) {
		return foci.stream().filter(f -> f.marker() == marker).mapToDouble(
			FocusRecord::score).max().orElse(0);
	}

	/** Finds the foci of a nucleus, whose pixels are those with DAPI. */
	private static List<FocusRecord> foci(final byte[] rgb, final int w,
		final int h, final Protocol protocol)
	{
		final byte[][] planes = new byte[3][w * h];
		final float[] dapi = new float[w * h];
		final CellRaster raster = new CellRaster();
		raster.reset(w, h);
		int x0 = w, y0 = h, x1 = 0, y1 = 0;
		for (int i = 0; i < w * h; i++) {
			for (int c = 0; c < 3; c++)
				planes[c][i] = rgb[3 * i + c];
			dapi[i] = planes[2][i] & 255;
			if (dapi[i] == 0) continue;
			raster.nuclei()[i] = 1;
			x0 = Math.min(x0, i % w);
			x1 = Math.max(x1, i % w + 1);
			y0 = Math.min(y0, i / w);
			y1 = Math.max(y1, i / w + 1);
		}
		final ArrayPixelSource source = ArrayPixelSource.channels("nucleus", w, h,
			PIXEL_UM, CHANNELS, (Object) planes[0], planes[1], planes[2]);
		final FociAssay assay = new FociAssay(protocol, source.info(),
			EvidenceDefinition.builtIn(), 2, PIXEL_UM, new ArrayList<>());
		final BlockPixels pixels = new BlockPixels(source);
		pixels.moveTo(new Region(0, 0, w, h));
		final NucleusPixels nucleus = new NucleusPixels(PIXEL_UM);
		nucleus.moveTo(raster, 1, x0, y0, x1, y1, 1, 0, 0);
		int values = assay.columns().size();
		for (final MarkerAnalyzer m : assay.markers())
			values += m.nucleusColumns().size();
		final double[] numbers = assay.reader(pixels).measure(nucleus, dapi,
			new double[values]);
		final List<FocusRecord> found = new ArrayList<>();
		for (int i = 0; i < numbers.length / FocusRecord.size(2); i++)
			found.add(FocusRecord.of(numbers, i, 2));
		return found;
	}
}
