
package org.senoscope.app;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import org.senoscope.core.artefact.ArtefactFinder;
import org.senoscope.core.artefact.ArtefactKind;
import org.senoscope.core.artefact.ArtefactMap;
import org.senoscope.core.artefact.ArtefactSettings;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.phantom.Artefacts;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.protocol.ProtocolReader;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainEstimator;
import org.senoscope.core.stain.StainSettings;
import org.senoscope.io.output.TempFileSpill;

/**
 * {@code ./build scores-artefacts}: how well artefacts planted on X-gal and
 * H-DAB phantoms are found, kind by kind, and what is masked where there is
 * none; and what stained area of X-gal the whole run reads without the ledger
 * and with it.
 * <p>
 * Cuts were set looking at seeds 1 to 999; figures that are reported come from
 * seeds from 5000 on, which is what it draws unless told otherwise.
 */
public final class ArtefactScores {

	private static final List<Set<ArtefactKind>> SETS = List.of(EnumSet.noneOf(
		ArtefactKind.class), EnumSet.of(ArtefactKind.FOLD, ArtefactKind.EDGE_SHADOW,
			ArtefactKind.DEBRIS), EnumSet.of(ArtefactKind.PEN, ArtefactKind.PIGMENT),
		EnumSet.of(ArtefactKind.BUBBLE, ArtefactKind.OUT_OF_FOCUS));

	/** What is planted on fields that go through the whole run. */
	private static final Map<String, Set<ArtefactKind>> RUN =
		new LinkedHashMap<>();

	static {
		for (final ArtefactKind kind : List.of(ArtefactKind.FOLD,
			ArtefactKind.EDGE_SHADOW, ArtefactKind.DEBRIS))
			RUN.put(kind.id(), EnumSet.of(kind));
		RUN.put("all three", SETS.get(1));
	}

	/** Every kind switched off, as a protocol says it. */
	static final String NO_LEDGER = "artefacts: {" + ProtocolKeys.protocol()
		.stream().filter(key -> key.section().equals("artefacts")).map(key -> key
			.name() + ": off").collect(Collectors.joining(", ")) + "}";

	private final long firstSeed;
	private final Path pictures;
	private final Path temporary;

	private ArtefactScores(final long firstSeed, final Path pictures,
		final Path temporary)
	{
		this.firstSeed = firstSeed;
		this.pictures = pictures;
		this.temporary = temporary;
	}

	/**
	 * Prints the tables.
	 *
	 * @param arguments number of fields (24), first seed (5000), a folder for
	 *          pictures of what was planted and found, then real pictures without
	 *          artefacts, each KIND:PIXEL_UM:FILE
	 */
	public static void main(final String[] arguments) throws IOException {
		final int fields = arguments.length > 0 ? Integer.parseInt(arguments[0])
			: 24;
		final Path temporary = Files.createTempDirectory("scores-artefacts");
		try {
			final ArtefactScores s = new ArtefactScores(arguments.length > 1 ? Long
				.parseLong(arguments[1]) : 5000, arguments.length > 2 && !arguments[2]
					.equals("-") ? Path.of(arguments[2]) : null, temporary);
			if (fields > 0) {
				s.table("X-gal", fields, true);
				s.table("H-DAB", fields / 2, false);
				s.runs(fields);
			}
			for (int i = 3; i < arguments.length; i++)
				s.real(arguments[i]);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/** Stained area of X-gal phantoms through the whole run. */
	private void runs(final int fields) {
		System.out.println(
			"The whole run on X-gal phantoms without X-gal: stained area, all of it false, in % of what counts, without the ledger -> with it, mean (worst)");
		for (final String planted : RUN.keySet())
			for (final Dye dye : Dye.values()) {
				final double[] sum = new double[2], worst = new double[2];
				int n = 0;
				for (int k = 0; k < fields; k++) {
					final XgalLook look = XgalScores.look(k);
					if (look.dye() != dye) continue;
					n++;
					final XgalLook blank = new XgalLook(look.pixelSizeUm(), dye, look
						.share(), false, 0, Double.NaN, look.scanner(), look.defocusUm(),
						look.gradient(), 1);
					for (int on = 0; on < 2; on++) {
						final double area = run(blank, k, RUN.get(planted), on == 1);
						sum[on] += area;
						worst[on] = Math.max(worst[on], area);
					}
				}
				if (n > 0) System.out.printf(Locale.ROOT,
					"%-12s %-11s %7.3f (%7.3f) -> %6.3f (%6.3f)%n", planted, dye, sum[0] /
						n, worst[0], sum[1] / n, worst[1]);
			}
		System.out.println(
			"The same with X-gal: stained area in %: without artefacts, with all three planted, after the ledger");
		int within = 0;
		for (int k = 0; k < fields; k++) {
			final XgalLook look = XgalScores.look(k);
			final double clean = run(look, k, Set.of(), false), before = run(look, k,
				RUN.get("all three"), false), after = run(look, k, RUN.get("all three"),
					true);
			final boolean ok = Math.abs(after - clean) <= (clean < 10 ? 1 : 0.1 *
				clean);
			if (ok) within++;
			System.out.printf(Locale.ROOT, "%3d %-11s %6.2f  %6.2f -> %6.2f%s%n", k,
				look.dye(), clean, before, after, ok ? "" : " OUTSIDE");
		}
		System.out.printf("within 1 point / 10 %%: %d of %d%n", within, fields);
	}

	/** Stained share of field k in percent. */
	private double run(final XgalLook look, final int k,
		final Set<ArtefactKind> planted, final boolean ledger)
	{
		final PhantomField f = XgalScores.draw(look, firstSeed + k);
		final int w = f.width(), h = f.height();
		final byte[] rgb = XgalScores.jpeg(Artefacts.plant(f.rgb(), w, h, look
			.pixelSizeUm(), planted, firstSeed + 7 * k + 1).rgb(), w, h, XgalScores
				.quality(k));
		// area alone is asked for: no picture of the nuclei
		final Protocol p = ProtocolReader.read("{extends: " + XgalScores.protocol(
			look) + ", method: classical, sagal: {gating: fixed, gate: 0.177}" +
			(ledger ? "" : ", " + NO_LEDGER) + "}", "scores-artefacts");
		try (TempFileSpill spill = new TempFileSpill(temporary);
				SlideResult r = SlidePipeline.run(new SlideInputs(ArrayPixelSource.rgb(
					"field.tif", w, h, look.pixelSizeUm(), rgb), null, List.of(),
					"field.tif"), p, RunOptions.DEFAULTS, spill, Progress.SILENT,
					new Cancellation()))
		{
			return r.summary().markers().get(0).areaPercent();
		}
	}

	private void table(final String name, final int fields, final boolean xgal)
		throws IOException
	{
		final int kinds = ArtefactKind.values().length;
		// planted, found of them, masked, masked rightly (as any artefact), clean
		final long[][] n = new long[kinds][4];
		final long[] clean = new long[kinds + 1];
		for (int k = 0; k < fields; k++) {
			final XgalLook look = XgalScores.look(k);
			final int side = 900;
			final PhantomField f = xgal ? XgalScores.draw(look, firstSeed + k)
				: Phantoms.field(PhantomKind.HDAB, side, side, firstSeed + k);
			final double um = xgal ? look.pixelSizeUm() : PhantomKind.HDAB
				.pixelSizeUm();
			final ImageKind kind = !xgal ? ImageKind.H_DAB : switch (look.dye()) {
				case NONE -> ImageKind.X_GAL;
				case FAST_RED -> ImageKind.X_GAL_NFR;
				case HEMATOXYLIN -> ImageKind.X_GAL_H;
				case EOSIN -> ImageKind.X_GAL_E;
			};
			for (int set = 0; set < SETS.size(); set++) {
				if (!xgal && set == 3 && k % 2 == 1) continue;
				final Artefacts.Planted p = Artefacts.plant(f.rgb(), f.width(), f
					.height(), um, SETS.get(set), firstSeed + 7 * k + set);
				final byte[] rgb = XgalScores.jpeg(p.rgb(), f.width(), f.height(),
					XgalScores.quality(k));
				final byte[] found = find(rgb, f.width(), f.height(), um, kind);
				for (int i = 0; i < found.length; i++) {
					final int t = p.truth()[i] - 1, m = found[i] - 1;
					if (set == 0) clean[m < 0 ? kinds : m]++;
					if (t >= 0) {
						n[t][0]++;
						if (m >= 0) n[t][1]++;
					}
					if (m >= 0 && set > 0) {
						n[m][2]++;
						if (t >= 0) n[m][3]++;
					}
				}
				if (pictures != null) save(rgb, f.width(), f.height(), found, pictures
					.resolve(String.format(Locale.ROOT, "%s_%02d_%d.png", name, k, set))
					.toFile());
			}
		}
		final long all = Arrays.stream(clean).sum();
		System.out.println(name + ", " + fields +
			" fields: share of the planted area that is masked, of the masked area that is an artefact; masked where nothing was planted");
		for (final ArtefactKind kind : ArtefactKind.values()) {
			final long[] r = n[kind.ordinal()];
			System.out.printf(Locale.ROOT,
				"%-13s found %5.1f %%  right %5.1f %%  false on clean fields %.3f %%%n",
				kind.id(), 100.0 * r[1] / r[0], 100.0 * r[3] / r[2], 100.0 * clean[kind
					.ordinal()] / all);
		}
	}

	private static byte[] find(final byte[] rgb, final int w, final int h,
		final double um, final ImageKind kind)
	{
		final RgbField field = new RgbField(w, h, rgb);
		final StainEstimate stains = StainEstimator.estimate(kind,
			StainSettings.DEFAULTS, List.of(field), field);
		final ArtefactMap map = ArtefactFinder.find(field, um, w, h, stains, null,
			false, ArtefactSettings.DEFAULTS, 1);
		final byte[] found = new byte[w * h];
		for (int i = 0; i < found.length; i++)
			found[i] = (byte) map.at(i % w, i / w);
		return found;
	}

	private void real(final String word) throws IOException {
		final String[] part = word.split(":", 3);
		final BufferedImage image = ImageIO.read(new File(part[2]));
		final int w = image.getWidth(), h = image.getHeight();
		final byte[] rgb = new byte[3 * w * h];
		for (int i = 0; i < w * h; i++) {
			final int p = image.getRGB(i % w, i / w);
			rgb[3 * i] = (byte) (p >> 16);
			rgb[3 * i + 1] = (byte) (p >> 8);
			rgb[3 * i + 2] = (byte) p;
		}
		final byte[] found = find(rgb, w, h, Double.parseDouble(part[1]), ImageKind
			.valueOf(part[0]));
		final long[] n = new long[ArtefactKind.values().length + 1];
		for (final byte b : found)
			n[b]++;
		final StringBuilder text = new StringBuilder(new File(part[2]).getName());
		for (final ArtefactKind kind : ArtefactKind.values())
			text.append(String.format(Locale.ROOT, "  %s %.2f %%", kind.id(), 100.0 *
				n[kind.ordinal() + 1] / found.length));
		System.out.println(text);
		if (pictures != null) save(rgb, w, h, found, pictures.resolve("real_" +
			new File(part[2]).getName() + ".png").toFile());
	}

	/** The picture, and beside it with what was masked in its colour. */
	private static void save(final byte[] rgb, final int w, final int h,
		final byte[] found, final File file) throws IOException
	{
		Files.createDirectories(file.toPath().getParent());
		final BufferedImage out = new BufferedImage(2 * w, h,
			BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < w * h; i++) {
			final int p = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 |
				rgb[3 * i + 2] & 255;
			out.setRGB(i % w, i / w, p);
			out.setRGB(w + i % w, i / w, found[i] == 0 ? p : ArtefactKind
				.values()[found[i] - 1].rgb());
		}
		ImageIO.write(out, "png", file);
	}
}
