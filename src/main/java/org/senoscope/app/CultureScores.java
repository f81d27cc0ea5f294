
package org.senoscope.app;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.imageio.ImageIO;

import org.senoscope.core.cell.Outline;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.phantom.XgalLook.Scanner;
import org.senoscope.core.protocol.ProtocolReader;
import org.senoscope.core.registration.RegisteredSource;
import org.senoscope.core.registration.RigidTransform;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.io.output.TempFileSpill;

/**
 * {@code ./build scores-culture}: how well cells of X-gal cultures without
 * counterstain are found and called, on phantoms: by relief and granules, by
 * granules beside a typed total, by nuclei in a paired image that lies askew
 * and in which the product hides nuclei.
 * <p>
 * Numbers of the method were set looking at seeds 100 to 199; what is reported
 * comes from seeds from 7000 on, which is what it draws unless told otherwise.
 */
public final class CultureScores {

	private static final double PIXEL_UM = 0.5;
	/**
	 * A found cell is a planted one whose nucleus lies within this distance of
	 * its middle, µm: half a cell, for the middle of a body is not its nucleus.
	 */
	private static final double SAME_UM = 12;
	/** The same where nuclei are seen. */
	private static final double SAME_NUCLEUS_UM = 5;
	private static final double[] SHARES = { 0.01, 0.04, 0.1, 0.2, 0.35, 0.6 },
			BLURS = { 0, 0.3, 0.6 }, GRADIENTS = { Double.NaN, 0.05, -0.16, 0.16 };
	private static final float[] QUALITIES = { 0.95f, 0.85f, 0.75f, 0.6f };

	private final long firstSeed;
	private final Path temporary;
	private final Path pictures;

	private CultureScores(final long firstSeed, final Path temporary,
		final Path pictures)
	{
		this.firstSeed = firstSeed;
		this.temporary = temporary;
		this.pictures = pictures;
	}

	/**
	 * Prints the tables.
	 *
	 * @param arguments number of fields (36), first seed (7000), a folder to
	 *          which the fields are written as PNG with what was found
	 */
	public static void main(final String[] arguments) throws IOException {
		final int fields = arguments.length > 0 ? Integer.parseInt(arguments[0])
			: 36;
		final Path temporary = Files.createTempDirectory("scores-culture");
		try {
			final CultureScores scores = new CultureScores(arguments.length > 1 ? Long
				.parseLong(arguments[1]) : 7000, temporary, arguments.length > 2 ? Path
					.of(arguments[2]) : null);
			scores.alone(fields);
			scores.paired(fields / 2);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/** What a run says, with its cells. */
	private record Run(MarkerSummary sagal, List<double[]> cells,
			List<Outline> outlines, Map<?, ?> registration) {

		long hidden() {
			return cells.stream().filter(c -> c[4] > 0).count();
		}
	}

	/** Condition number k. */
	private static XgalLook look(final int k) {
		return new XgalLook(PIXEL_UM, Dye.NONE, SHARES[k % 6], true, 0, Double.NaN,
			Scanner.values()[(k + k / 6) % 4], BLURS[k / 2 % 3], GRADIENTS[k / 3 % 4],
			1);
	}

	/** The picture alone: no stain and no image shows nuclei. */
	private void alone(final int count) throws IOException {
		System.out.println(
			"No counterstain, no nuclei image. Planted -> found: cells, share of positive ones; F1 of positive cells; the same of granules alone beside the typed (planted) total");
		final long[][] all = new long[2][3];
		final List<double[]> errors = new ArrayList<>();
		for (int k = 0; k < count; k++) {
			final XgalLook look = look(k);
			final PhantomField f = XgalScores.draw(look, firstSeed + k);
			final byte[] seen = XgalScores.jpeg(f.rgb(), f.width(), f.height(),
				QUALITIES[k / 5 % 4]);
			final PixelSource source = ArrayPixelSource.rgb("field.tif", f.width(), f
				.height(), PIXEL_UM, seen);
			final int planted = f.cells().size();
			final Run relief = run(source, null, ""), typed = run(source, null,
				", total_cells: " + planted);
			final long[] n = add(all[0], XgalScores.match(f, PIXEL_UM, relief.cells,
				SAME_UM)), m = add(all[1], XgalScores.match(f, PIXEL_UM, typed.cells,
					SAME_UM));
			final double share = f.positivePercent();
			errors.add(new double[] { 100 * (relief.cells.size() / (double) planted -
				1), relief.sagal.positivePercent() - share, typed.sagal
					.positivePercent() - share });
			System.out.printf(Locale.ROOT,
				"%3d %-9s blur %.1f  cells %3d -> %3d (%+5.1f %%)  positive %5.1f -> %5.1f %% [%.1f, %.1f]  F1 %.3f (tp %d fp %d fn %d)  typed: %5.1f %%  F1 %.3f%n",
				k, look.scanner(), look.defocusUm(), planted, relief.cells.size(),
				errors.get(k)[0], share, relief.sagal.positivePercent(), relief.sagal
					.ciLowPercent(), relief.sagal.ciHighPercent(), XgalScores.f1(n), n[0],
				n[1], n[2], typed.sagal.positivePercent(), XgalScores.f1(m));
			if (pictures != null) save(f, seen, relief, String.format(Locale.ROOT,
				"%03d.png", k));
		}
		System.out.printf(Locale.ROOT,
			"F1 of positive cells %.3f (tp %d fp %d fn %d), beside a typed total %.3f (tp %d fp %d fn %d)%n",
			XgalScores.f1(all[0]), all[0][0], all[0][1], all[0][2], XgalScores.f1(
				all[1]), all[1][0], all[1][1], all[1][2]);
		final String[] what = { "total of cells, %", "share, points",
			"share of a typed total, points" };
		for (int i = 0; i < what.length; i++) {
			final int at = i;
			final double[] e = errors.stream().mapToDouble(x -> x[at]).toArray();
			System.out.printf(Locale.ROOT,
				"error of the %s: mean %+.2f, mean size %.2f, largest %.2f%n", what[i],
				Arrays.stream(e).average().orElse(Double.NaN), Arrays.stream(e).map(
					Math::abs).average().orElse(Double.NaN), Arrays.stream(e).map(
						Math::abs).max().orElse(Double.NaN));
		}
		System.out.println();
	}

	/**
	 * A paired DAPI image, shifted and turned, in which dense product hides
	 * nuclei more or less.
	 */
	private void paired(final int count) throws IOException {
		System.out.println(
			"DAPI of the same field, moved and turned. F1 of positive cells with hidden nuclei added, and without; registration error in pixels at the corners");
		for (final double quenching : new double[] { 0, 0.5, 1 }) {
			final long[][] all = new long[2][3];
			double worst = 0, sum = 0;
			long added = 0, planted = 0, found = 0;
			int matched = 0;
			for (int k = 0; k < count; k++) {
				final XgalLook l = look(k);
				final PhantomField f = XgalScores.draw(new XgalLook(PIXEL_UM, Dye.NONE,
					l.share(), true, 0, Double.NaN, l.scanner(), l.defocusUm(), l
						.gradient(), 1, 0, quenching), firstSeed + 200 + k);
				final byte[] seen = XgalScores.jpeg(f.rgb(), f.width(), f.height(),
					QUALITIES[k / 5 % 4]);
				final short[] dapi = new short[f.dapi().length];
				for (int i = 0; i < dapi.length; i++)
					dapi[i] = (short) f.dapi()[i];
				final PixelSource straight = ArrayPixelSource.channels("dapi.tif", f
					.width(), f.height(), PIXEL_UM, List.of("DAPI"), dapi);
				final RigidTransform moved = RigidTransform.about(f.width() / 2.0, f
					.height() / 2.0, Math.toRadians(k % 7 - 3), 11 * (k % 4) - 15.3, 7.6 -
						5 * (k % 5));
				final PixelSource source = ArrayPixelSource.rgb("field.tif", f.width(),
					f.height(), PIXEL_UM, seen), nuclei = new RegisteredSource(straight,
						moved, straight.info());
				final Run with = run(source, nuclei, "");
				double error = Double.NaN;
				PixelSource laid = nuclei;
				if (with.registration.get("shift_x_px") instanceof final Double x) {
					final RigidTransform t = RigidTransform.about(f.width() / 2.0, f
						.height() / 2.0, Math.toRadians((double) with.registration.get(
							"rotation_degrees")), x, (double) with.registration.get(
								"shift_y_px"));
					error = error(moved, t, f.width(), f.height());
					laid = new RegisteredSource(nuclei, t, source.info());
					matched++;
					worst = Math.max(worst, error);
					sum += error;
				}
				// registered once, which takes longer than all the rest
				final Run without = run(source, laid,
					", quenched: false}, nuclei: {register: off");
				final long[] n = add(all[0], XgalScores.match(f, PIXEL_UM, with.cells,
					SAME_NUCLEUS_UM)), m = add(all[1], XgalScores.match(f, PIXEL_UM,
						without.cells, SAME_NUCLEUS_UM));
				added += with.hidden();
				planted += f.cells().size();
				found += with.cells.size();
				System.out.printf(Locale.ROOT,
					"%.1f %2d cells %d -> %d, %d hidden  F1 %.3f | %.3f  off by %.2f px%n",
					quenching, k, f.cells().size(), with.cells.size(), with.hidden(),
					XgalScores.f1(n), XgalScores.f1(m), error);
				if (pictures != null) save(f, seen, with, String.format(Locale.ROOT,
					"paired_%.1f_%02d.png", quenching, k));
			}
			System.out.printf(Locale.ROOT,
				"quenching %.1f: F1 %.3f (tp %d fp %d fn %d), without hidden nuclei %.3f (tp %d fp %d fn %d); cells %d -> %d, %d hidden; registered %d of %d, off by %.2f px, at most %.2f%n",
				quenching, XgalScores.f1(all[0]), all[0][0], all[0][1], all[0][2],
				XgalScores.f1(all[1]), all[1][0], all[1][1], all[1][2], planted, found,
				added, matched, count, sum / matched, worst);
		}
		System.out.println();
	}

	/** Mean distance at the corners between a place and where it is put. */
	private static double error(final RigidTransform moved,
		final RigidTransform found, final double width, final double height)
	{
		double sum = 0;
		for (final double x : new double[] { 0, width })
			for (final double y : new double[] { 0, height }) {
				final double u = found.x(x, y), v = found.y(x, y);
				sum += Math.hypot(moved.x(u, v) - x, moved.y(u, v) - y) / 4;
			}
		return sum;
	}

	private static long[] add(final long[] sum, final long[] n) {
		for (int i = 0; i < n.length; i++)
			sum[i] += n[i];
		return n;
	}

	private Run run(final PixelSource source, final PixelSource nuclei,
		final String sagal)
	{
		try (TempFileSpill spill = new TempFileSpill(temporary);
				SlideResult r = SlidePipeline.run(new SlideInputs(source, nuclei, List
					.of(), "field.tif"), ProtocolReader.read(
						"{extends: sagal-xgal, method: classical, sagal: {gating: fixed, gate: 0.177" +
							sagal + "}}", "scores-culture"), RunOptions.DEFAULTS, spill,
					Progress.SILENT, new Cancellation()))
		{
			final List<double[]> cells = new ArrayList<>();
			final List<Outline> outlines = new ArrayList<>();
			r.forEachCell(c -> {
				final String flags = c.texts()[r.table().index("flags")];
				cells.add(new double[] { r.table().number(c, "centroid_x_px"), r.table()
					.number(c, "centroid_y_px"), r.table().number(c, "sagal_value"), r
						.table().number(c, "sagal_positive"), flags != null && flags
							.contains("quenched") ? 1 : 0 });
				outlines.add(c.nucleus());
			});
			return new Run(r.summary().markers().get(0), cells, outlines, r.record()
				.get("nuclei_image_registration") instanceof final Map<?, ?> m ? m : Map
					.of());
		}
	}

	/** The field with outlines of what was found and dots on planted nuclei. */
	private void save(final PhantomField f, final byte[] seen, final Run run,
		final String name) throws IOException
	{
		Files.createDirectories(pictures);
		final BufferedImage picture = XgalScores.image(seen, f.width(), f.height());
		final Graphics2D g = picture.createGraphics();
		g.setStroke(new BasicStroke(1.5f));
		for (int i = 0; i < run.outlines.size(); i++) {
			final Outline o = run.outlines.get(i);
			final Path2D path = new Path2D.Double();
			for (int k = 0; k < o.corners(); k++)
				if (k == 0) path.moveTo(o.x()[k], o.y()[k]);
				else path.lineTo(o.x()[k], o.y()[k]);
			path.closePath();
			g.setColor(run.cells.get(i)[4] > 0 ? Color.MAGENTA : run.cells.get(
				i)[3] > 0 ? Color.ORANGE : Color.CYAN);
			g.draw(path);
		}
		f.cells().forEach(c -> {
			g.setColor(c.positive() ? Color.RED : Color.GREEN);
			g.fillOval((int) c.xPx() - 2, (int) c.yPx() - 2, 5, 5);
		});
		g.dispose();
		ImageIO.write(picture, "png", pictures.resolve(name).toFile());
	}
}
