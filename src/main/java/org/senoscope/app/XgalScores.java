
package org.senoscope.app;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.phantom.Wedge;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.phantom.XgalLook.Scanner;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolReader;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.io.output.TempFileSpill;

/**
 * {@code ./build scores-xgal}: how well SA-β-gal on X-gal is read, on phantoms
 * drawn under many conditions: per-cell calls and stained area, the same truth
 * at 20x and 40x, blanks, linearity, illumination, cell size.
 * <p>
 * Cuts were set looking at seeds 1 to 999; figures that are reported come from
 * seeds from 5000 on, which is what it draws unless told otherwise.
 */
public final class XgalScores {

	/** Sides of a field in µm, and of its pixels at 20x. */
	private static final double FIELD_UM = 450, PIXEL_UM = 0.5;
	/** A found cell is a planted one within this distance, µm. */
	private static final double SAME_UM = 5;
	private static final double[] SHARES = { 0.01, 0.04, 0.1, 0.2, 0.35, 0.6 },
			BLURS = { 0, 0.3, 0.6 }, QUALITIES = { 0.6, 0.75, 0.85, 0.95 },
			GRADIENTS = { Double.NaN, 0.05, -0.16, 0.16 };

	private final long firstSeed;
	private final Path temporary;
	private final Path pictures;

	private XgalScores(final long firstSeed, final Path temporary,
		final Path pictures)
	{
		this.firstSeed = firstSeed;
		this.temporary = temporary;
		this.pictures = pictures;
	}

	/**
	 * Prints the tables.
	 *
	 * @param arguments number of fields (72), first seed (5000), a folder to
	 *          which the fields are written as PNG
	 */
	public static void main(final String[] arguments) throws IOException {
		final int fields = arguments.length > 0 ? Integer.parseInt(arguments[0])
			: 72;
		final Path temporary = Files.createTempDirectory("scores-xgal");
		try {
			final XgalScores scores = new XgalScores(arguments.length > 1 ? Long
				.parseLong(arguments[1]) : 5000, temporary, arguments.length > 2 ? Path
					.of(arguments[2]) : null);
			scores.fields(fields);
			scores.magnifications();
			scores.blanks();
			scores.wedge();
			scores.illumination();
			scores.cellSize();
			scores.besideKi67();
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/** What a run says, with its cells. */
	private record Run(MarkerSummary sagal, List<double[]> cells,
			List<Map<String, Object>> regions) {
	}

	/** Condition number k of the grid. */
	static XgalLook look(final int k) {
		final Dye dye = Dye.values()[k % 4];
		return new XgalLook(PIXEL_UM, dye, SHARES[k / 4 % 6], true, 0, Double.NaN,
			Scanner.values()[(k + k / 4) % 4], BLURS[k / 2 % 3], GRADIENTS[k / 3 % 4],
			1);
	}

	static float quality(final int k) {
		return (float) QUALITIES[k / 5 % 4];
	}

	static PhantomField draw(final XgalLook look, final long seed) {
		final int side = (int) Math.round(FIELD_UM / look.pixelSizeUm());
		return Phantoms.culture(look, side, side, seed);
	}

	private void fields(final int count) throws IOException {
		System.out.println(
			"Cells and area. truth: positive % and stained area %; F1 of positive cells; area found");
		final long[][] byDye = new long[5][3];
		final int[] inArea = new int[2];
		for (int k = 0; k < count; k++) {
			final XgalLook look = look(k);
			final PhantomField f = draw(look, firstSeed + k);
			final Run run = run(f, look, quality(k), classical(look));
			if (pictures != null) save(f, quality(k), pictures.resolve(String.format(
				Locale.ROOT, "%03d.png", k)));
			final long[] n = match(f, look.pixelSizeUm(), run.cells, SAME_UM);
			for (int i = 0; i < 3; i++) {
				byDye[look.dye().ordinal()][i] += n[i];
				byDye[4][i] += n[i];
			}
			final double planted = 100 * f.stainedAreaFraction(), found = run.sagal
				.areaPercent();
			final boolean ok = Math.abs(found - planted) <= (planted < 10 ? 1 : 0.1 *
				planted);
			inArea[ok ? 1 : 0]++;
			System.out.printf(Locale.ROOT,
				"%3d %-11s %-9s blur %.1f jpeg %.2f  cells %3d pos %5.1f %%  F1 %.3f (tp %d fp %d fn %d)  area %5.2f -> %5.2f %s  gate %.3f%n",
				k, look.dye(), look.scanner(), look.defocusUm(), quality(k), f.cells()
					.size(), f.positivePercent(), f1(n), n[0], n[1], n[2], planted, found,
				ok ? "" : "OUTSIDE", run.sagal.gate());
		}
		for (int d = 0; d < 5; d++)
			System.out.printf(Locale.ROOT, "%-11s F1 %.3f (tp %d fp %d fn %d)%n",
				d == 4 ? "all" : Dye.values()[d].toString(), f1(byDye[d]), byDye[d][0],
				byDye[d][1], byDye[d][2]);
		System.out.printf("area within 1 point / 10 %%: %d of %d%n%n", inArea[1],
			count);
	}

	private void magnifications() throws IOException {
		System.out.println("The same truth at 20x and 40x");
		for (int k = 0; k < 12; k++) {
			final XgalLook a = with(look(4 * k + k / 3), 0.5, 1), b = with(a, 0.25,
				1);
			final Run x = run(draw(a, firstSeed + 300 + k), a, 0.85f, classical(a)),
					y = run(draw(b, firstSeed + 300 + k), b, 0.85f, classical(b));
			System.out.printf(Locale.ROOT,
				"%2d %-11s area %.2f | %.2f %% (%+.1f %%)  positive %.1f | %.1f %%  mean OD %.4f | %.4f (%+.1f %%)%n",
				k, a.dye(), x.sagal.areaPercent(), y.sagal.areaPercent(), 100 * (y.sagal
					.areaPercent() / x.sagal.areaPercent() - 1), x.sagal
						.positivePercent(), y.sagal.positivePercent(), x.sagal.meanOd(),
				y.sagal.meanOd(), 100 * (y.sagal.meanOd() / x.sagal.meanOd() - 1));
		}
		System.out.println();
	}

	private void blanks() throws IOException {
		System.out.println("No X-gal: stained area %, positive cells %");
		double worst = 0;
		for (int k = 0; k < 16; k++) {
			final XgalLook l = look(k);
			final XgalLook blank = new XgalLook(PIXEL_UM, l.dye(), l.share(), false,
				0, Double.NaN, Scanner.values()[k / 4], l.defocusUm(), l.gradient(), 1);
			final PhantomField f = draw(blank, firstSeed + 400 + k);
			final Run run = run(f, blank, quality(k), classical(blank));
			if (pictures != null) save(f, quality(k), pictures.resolve(String.format(
				Locale.ROOT, "blank_%02d.png", k)));
			worst = Math.max(worst, run.sagal.areaPercent());
			System.out.printf(Locale.ROOT,
				"%2d %-11s %-9s area %.3f  positive %.1f%n", k, l.dye(), blank
					.scanner(), run.sagal.areaPercent(), run.sagal.positivePercent());
		}
		System.out.printf(Locale.ROOT, "worst %.3f %%%n%n", worst);
	}

	private void wedge() throws IOException {
		final double[] od = new double[24];
		for (int i = 0; i < od.length; i++)
			od[i] = 0.1 * i;
		final Wedge wedge = new Wedge(64, od);
		final byte[] rgb = wedge.rgb(firstSeed, 1);
		final List<Annotation> squares = new ArrayList<>();
		for (int i = 0; i < od.length; i++)
			squares.add(new Annotation(String.format(Locale.ROOT, "%.1f", od[i]), "",
				new GeometryFactory().toGeometry(new Envelope(wedge.left(i) + 8, wedge
					.left(i) + 56, 64 + 8, 64 + 56))));
		final ArrayPixelSource source = ArrayPixelSource.rgb("wedge.tif", wedge
			.width(), wedge.height(), PIXEL_UM, rgb);
		final Run run = run(source, null, squares,
			"{extends: sagal-xgal, tissue: {mask: off}}");
		System.out.println(
			"Step wedge: planted OD in red -> mean OD read along the stain vector; share of saturated pixels");
		final List<double[]> linear = new ArrayList<>();
		for (int i = 0; i < od.length; i++) {
			final Map<String, Object> row = run.regions.get(i + 1);
			final double read = (double) row.get("mean_od");
			if (od[i] <= 1.5001) linear.add(new double[] { od[i], read });
			System.out.printf(Locale.ROOT, "%.1f %.3f %.1f %%%n", od[i], read, row
				.get("saturated_percent"));
		}
		System.out.printf(Locale.ROOT, "R2 up to 1.5: %.5f%n%n", r2(linear));
	}

	private void illumination() throws IOException {
		System.out.println(
			"Lamp 0.7 and 1.3 of the usual: change in percent of stained area, share of positive cells, mean value of positive cells, mean OD of the field");
		final double[] worst = new double[4];
		for (int k = 0; k < 8; k++) {
			final double[][] seen = new double[3][];
			for (int i = 0; i < 3; i++) {
				final XgalLook l = with(look(k + 8), PIXEL_UM, 0.78 * (0.7 + 0.3 * i));
				final Run run = run(draw(l, firstSeed + 500 + k), l, 0.95f, classical(
					l));
				seen[i] = new double[] { run.sagal.areaPercent(), run.sagal
					.positivePercent(), run.cells.stream().filter(c -> c[3] > 0)
						.mapToDouble(c -> c[2]).average().orElse(Double.NaN), run.sagal
							.meanOd() };
			}
			System.out.printf("%-11s", look(k + 8).dye());
			for (int r = 0; r < 4; r++) {
				final double low = 100 * (seen[0][r] / seen[1][r] - 1), high = 100 *
					(seen[2][r] / seen[1][r] - 1);
				worst[r] = Math.max(worst[r], Math.max(Math.abs(low), Math.abs(high)));
				System.out.printf(Locale.ROOT, "  %+5.1f %+5.1f", low, high);
			}
			System.out.println();
		}
		System.out.printf(Locale.ROOT,
			"largest change: area %.1f %%, positive %.1f %%, value %.1f %%, mean OD %.1f %%%n%n",
			worst[0], worst[1], worst[2], worst[3]);
	}

	/** Unstained large cells against a blank of small ones. */
	private void cellSize() throws IOException {
		final XgalLook small = new XgalLook(PIXEL_UM, Dye.NONE, 0.2, false, 0.03, 0,
			Scanner.PLAIN, 0, Double.NaN, 1), large = new XgalLook(PIXEL_UM, Dye.NONE,
				0.2, false, 0.03, 1, Scanner.PLAIN, 0, Double.NaN, 1);
		final List<double[]> blank = new ArrayList<>(), sample = new ArrayList<>();
		for (int k = 0; k < 6; k++) {
			blank.addAll(run(draw(small, firstSeed + 600 + k), small, 0.95f,
				classical(small)).cells);
			sample.addAll(run(draw(large, firstSeed + 600 + k), large, 0.95f,
				classical(large)).cells);
		}
		System.out.printf(Locale.ROOT,
			"Unstained large cells (%d) above the 95th percentile of a blank of small ones (%d): by density per area %.1f %%, by summed density %.1f %%%n",
			sample.size(), blank.size(), above(sample, blank, 2), above(sample, blank,
				4));
	}

	/** X-gal and Ki-67 by DAB on one section. */
	private void besideKi67() throws IOException {
		System.out.println(
			"X-gal beside DAB Ki-67: share of cells in percent, planted -> found: SA-β-gal+; Ki-67+; SA-β-gal+ Ki-67-");
		for (int k = 0; k < 8; k++) {
			final XgalLook look = new XgalLook(PIXEL_UM, Dye.HEMATOXYLIN, SHARES[2 +
				k % 4], true, 0, Double.NaN, Scanner.values()[k / 2], BLURS[k % 3],
				GRADIENTS[k % 4], 1, 0.3);
			final PhantomField f = draw(look, firstSeed + 700 + k);
			final Run run = run(f, look, quality(k),
				"{extends: sagal-ki67-hdab, method: classical, sagal: {gating: fixed, gate: 0.177}}");
			if (pictures != null) save(f, quality(k), pictures.resolve(String.format(
				Locale.ROOT, "hdab_%02d.png", k)));
			final int n = f.cells().size(), m = run.cells.size();
			System.out.printf(Locale.ROOT,
				"%d %-9s cells %d -> %d   %.1f -> %.1f   %.1f -> %.1f   %.1f -> %.1f%n",
				k, look.scanner(), n, m, f.positivePercent(), run.sagal
					.positivePercent(), 100.0 * f.cells().stream().filter(
						PlantedCell::ki67Positive).count() / n, 100.0 * run.cells.stream()
							.filter(c -> c[5] > 0).count() / m, 100.0 * f.cells().stream()
								.filter(c -> c.positive() && !c.ki67Positive()).count() / n,
				100.0 * run.cells.stream().filter(c -> c[3] > 0 && c[5] == 0).count() /
					m);
		}
	}

	private static double above(final List<double[]> sample,
		final List<double[]> blank, final int column)
	{
		final double[] b = blank.stream().mapToDouble(c -> c[column]).sorted()
			.toArray();
		final double gate = b[(int) (0.95 * (b.length - 1))];
		return 100.0 * sample.stream().filter(c -> c[column] > gate).count() /
			sample.size();
	}

	private static XgalLook with(final XgalLook l, final double pixelSizeUm,
		final double light)
	{
		return new XgalLook(pixelSizeUm, l.dye(), l.share() < 0.05 ? 0.25 : l
			.share(), true, 0, Double.NaN, l.scanner(), l.defocusUm(), l.gradient(),
			light);
	}

	static String protocol(final XgalLook look) {
		return look.dye() == Dye.NONE ? "sagal-xgal" : look.dye() == Dye.FAST_RED
			? "sagal-xgal-nfr" : look.dye() == Dye.HEMATOXYLIN
				? "sagal-xgal, kind: x-gal-h" : "sagal-xgal, kind: x-gal-e";
	}

	private static String classical(final XgalLook look) {
		return "{extends: " + protocol(look) +
			", method: classical, sagal: {gating: fixed, gate: 0.177}}";
	}

	/**
	 * True positive, false positive and missed positive cells.
	 *
	 * @param found by cell: x, y in pixels, reading, whether it is positive
	 * @param sameUm a found cell is a planted one within this distance
	 */
	static long[] match(final PhantomField f, final double pixelSizeUm,
		final List<double[]> found, final double sameUm)
	{
		final long[] n = new long[3];
		final boolean[] taken = new boolean[f.cells().size()];
		final double reach = sameUm / pixelSizeUm;
		for (final double[] c : found) {
			int best = -1;
			double nearest = reach;
			for (int i = 0; i < taken.length; i++) {
				final PlantedCell p = f.cells().get(i);
				final double d = Math.hypot(p.xPx() - c[0], p.yPx() - c[1]);
				if (!taken[i] && d < nearest) {
					nearest = d;
					best = i;
				}
			}
			if (best >= 0) taken[best] = true;
			if (best >= 0 && f.cells().get(best).edge()) continue;
			if (c[3] == 0) {
				if (best >= 0 && f.cells().get(best).positive()) n[2]++;
			}
			else n[best >= 0 && f.cells().get(best).positive() ? 0 : 1]++;
		}
		for (int i = 0; i < taken.length; i++)
			if (!taken[i] && f.cells().get(i).positive() && !f.cells().get(i).edge())
				n[2]++;
		return n;
	}

	static double f1(final long[] n) {
		return 2 * n[0] + n[1] + n[2] == 0 ? Double.NaN : 2.0 * n[0] / (2 * n[0] +
			n[1] + n[2]);
	}

	private static double r2(final List<double[]> points) {
		final double n = points.size(), mx = points.stream().mapToDouble(p -> p[0])
			.sum() / n, my = points.stream().mapToDouble(p -> p[1]).sum() / n;
		double xy = 0, xx = 0, yy = 0;
		for (final double[] p : points) {
			xy += (p[0] - mx) * (p[1] - my);
			xx += (p[0] - mx) * (p[0] - mx);
			yy += (p[1] - my) * (p[1] - my);
		}
		return xy * xy / (xx * yy);
	}

	private Run run(final PhantomField f, final XgalLook look,
		final float quality, final String protocol) throws IOException
	{
		final ArrayPixelSource source = ArrayPixelSource.rgb("field.tif", f.width(),
			f.height(), look.pixelSizeUm(), jpeg(f.rgb(), f.width(), f.height(),
				quality));
		final boolean paired = look.dye() == Dye.NONE || look.dye() == Dye.EOSIN;
		final short[] dapi = new short[f.dapi().length];
		for (int i = 0; i < dapi.length; i++)
			dapi[i] = (short) f.dapi()[i];
		return run(source, paired ? ArrayPixelSource.channels("dapi.tif", f.width(),
			f.height(), look.pixelSizeUm(), List.of("DAPI"), dapi) : null, List.of(),
			protocol);
	}

	@SuppressWarnings("unchecked")
	private Run run(final PixelSource source, final PixelSource nuclei,
		final List<Annotation> annotations, final String protocol)
	{
		final Protocol p = ProtocolReader.read(protocol, "scores-xgal");
		try (TempFileSpill spill = new TempFileSpill(temporary);
				SlideResult r = SlidePipeline.run(new SlideInputs(source, nuclei,
					annotations, "field.tif"), p, RunOptions.DEFAULTS, spill,
					Progress.SILENT, new Cancellation()))
		{
			final List<double[]> cells = new ArrayList<>();
			r.forEachCell(c -> cells.add(Arrays.stream(new String[] { "centroid_x_px",
				"centroid_y_px", "sagal_value", "sagal_positive",
				"sagal_cell_integrated", "ki67_positive" }).mapToDouble(name -> r
					.table().number(c, name)).toArray()));
			return new Run(r.summary().markers().get(0), cells,
				(List<Map<String, Object>>) ((Map<String, Object>) r.summary().assays()
					.get("sagal")).get("regions"));
		}
	}

	private static void save(final PhantomField f, final float quality,
		final Path file) throws IOException
	{
		Files.createDirectories(file.getParent());
		ImageIO.write(image(jpeg(f.rgb(), f.width(), f.height(), quality), f
			.width(), f.height()), "png", file.toFile());
	}

	static BufferedImage image(final byte[] rgb, final int w, final int h) {
		final BufferedImage image = new BufferedImage(w, h,
			BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < w * h; i++)
			image.setRGB(i % w, i / w, (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] &
				255) << 8 | rgb[3 * i + 2] & 255);
		return image;
	}

	/** The picture after compression and back. */
	static byte[] jpeg(final byte[] rgb, final int w, final int h,
		final float quality)
	{
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg")
			.next();
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(
			bytes))
		{
			final ImageWriteParam parameters = writer.getDefaultWriteParam();
			parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			parameters.setCompressionQuality(quality);
			writer.setOutput(out);
			writer.write(null, new IIOImage(image(rgb, w, h), null, null),
				parameters);
			out.flush();
			final BufferedImage back = ImageIO.read(new ByteArrayInputStream(bytes
				.toByteArray()));
			final byte[] seen = new byte[rgb.length];
			for (int i = 0; i < w * h; i++) {
				final int p = back.getRGB(i % w, i / w);
				seen[3 * i] = (byte) (p >> 16);
				seen[3 * i + 1] = (byte) (p >> 8);
				seen[3 * i + 2] = (byte) p;
			}
			return seen;
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
		finally {
			writer.dispose();
		}
	}
}
