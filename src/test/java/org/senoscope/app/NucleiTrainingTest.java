
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.starconvex.NetworkCard;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.training.AnnotatedFolder;
import org.senoscope.tensorflow.IsolatedTensorFlow;
import org.senoscope.tensorflow.StarConvexNetwork;

/** Training on drawn discs, with a network so small that it takes seconds. */
class NucleiTrainingTest {

	private static final int STEPS = 150;

	@TempDir
	Path folder;

	private final List<String> lines = new ArrayList<>();

	/* Five pictures of 96 x 96 px with nine discs of radius 5 to 8 on noise. */
	@BeforeEach
	void draw() throws IOException {
		Files.createDirectories(folder.resolve("images"));
		Files.createDirectories(folder.resolve("labels"));
		for (int n = 0; n < 5; n++)
			draw("p" + n, n);
	}

	@Test
	void networkFindsDiscsOfPicturesThatItNeverSaw() throws Exception {
		final NucleiTraining.Result result = run(request("model", STEPS, null,
			false), new Cancellation());
		assertTrue((double) scores(result).get("f1_50") > 0.7, lines.toString());
		final Map<?, ?> training = (Map<?, ?>) result.card().get("training");
		assertEquals(4, ((List<?>) training.get("pictures")).size());
		assertEquals(1, ((List<?>) training.get("held_out")).size());
		final NetworkCard card = NucleusModels.shared().open(folder.resolve("model")
			.toString()).card();
		assertEquals(12, card.nucleusDiameterPx());
		assertEquals(java.util.Set.of(ImageKind.FLUORESCENCE), card.kinds());
		assertFalse(Files.exists(folder.resolve("model.training")));
	}

	/** With one thread, to the last bit. */
	@Test
	void trainingThatWasStoppedEndsWhereItWouldHave() throws Exception {
		run(request("whole", 60, null, false), new Cancellation());
		final Cancellation stop = new Cancellation();
		final NucleiTraining.Request first = request("parts", 60, null, false);
		assertThrows(CancellationException.class, () -> NucleiTraining.run(first,
			new Progress()
			{

				@Override
				public void stage(final String what) {}

				@Override
				public void update(final long done, final long total) {
					if (total == 60 && done == 20) stop.request();
				}

				@Override
				public void warn(final String message) {}
			}, lines::add, stop));
		assertFalse(Files.exists(folder.resolve("parts")));
		assertTrue(assertThrows(UserException.class, () -> run(first,
			new Cancellation())).getMessage().contains("--resume"));
		assertTrue(assertThrows(UserException.class, () -> run(request("parts", 70,
			null, true), new Cancellation())).getMessage().contains(
				"other pictures or settings"));
		run(request("parts", 60, null, true), new Cancellation());
		final StarConvexNetwork network = new StarConvexNetwork(1, 4, 64, 32);
		final Map<String, float[]> expected = IsolatedTensorFlow.load().weights(
			network, folder.resolve("whole"));
		IsolatedTensorFlow.load().weights(network, folder.resolve("parts")).forEach(
			(name, values) -> assertArrayEquals(expected.get(name), values, name));
	}

	@Test
	void modelThatIsTrainedFurtherIsNeverWorseOnWhatIsHeldOut() throws Exception {
		final NucleiTraining.Result start = run(request("start", STEPS, null,
			false), new Cancellation());
		lines.clear();
		final NucleiTraining.Result further = run(request("further", 50, folder
			.resolve("start"), false), new Cancellation());
		assertTrue(lines.stream().anyMatch(l -> l.startsWith("step 0 of 50; held")),
			lines.toString());
		assertTrue((double) scores(further).get("f1_50") >= (double) scores(start)
			.get("f1_50") - 1e-9, lines.toString());
		final Map<?, ?> from = (Map<?, ?>) ((Map<?, ?>) further.card().get(
			"training")).get("from");
		assertEquals("start", from.get("name"));
	}

	@Test
	void inputsThatCannotBeUsedAreNamed() throws Exception {
		final Path labels = folder.resolve("labels");
		fails("p1.png: has 8 x 8 px", () -> write(labels.resolve("p1.png"),
			new int[64], 8, BufferedImage.TYPE_USHORT_GRAY));
		fails("not a grey PNG", () -> write(labels.resolve("p1.png"), new int[96 *
			96], 96, BufferedImage.TYPE_INT_RGB));
		draw("p1", 1);
		for (int n = 0; n < 5; n++)
			write(labels.resolve("p" + n + ".png"), new int[96 * 96], 96,
				BufferedImage.TYPE_USHORT_GRAY);
		fails("no label image holds a nucleus", () -> {});
		final int[] mask = new int[96 * 96];
		for (int i = 0; i < mask.length; i++)
			mask[i] = i % 16 < 8 && i / 96 % 16 < 8 ? 255 : 0;
		fails("1 values in 36 separate pieces, so they are masks", () -> write(
			labels.resolve("p1.png"), mask, 96, BufferedImage.TYPE_USHORT_GRAY));
		for (int n = 0; n < 5; n++)
			Files.move(labels.resolve("p" + n + ".png"), labels.resolve("q" + n +
				".png"));
		fails("has the name of a picture", () -> {});
		fails("already", () -> Files.createDirectories(folder.resolve("model")));
	}

	private interface Change {

		void apply() throws IOException;
	}

	private void fails(final String part, final Change change)
		throws IOException
	{
		change.apply();
		final String message = assertThrows(UserException.class, () -> run(request(
			"model", 1, null, false), new Cancellation())).getMessage();
		assertTrue(message.contains(part), message);
	}

	private static Map<?, ?> scores(final NucleiTraining.Result result) {
		return (Map<?, ?>) result.card().get("scores");
	}

	private NucleiTraining.Result run(final NucleiTraining.Request request,
		final Cancellation cancellation)
	{
		return NucleiTraining.run(request, Progress.SILENT, lines::add,
			cancellation);
	}

	private NucleiTraining.Request request(final String out, final int steps,
		final Path from, final boolean resume)
	{
		return new NucleiTraining.Request(folder.resolve("images"), folder.resolve(
			"labels"), AnnotatedFolder.Choice.ALL, folder.resolve(out), from, resume,
			ImageKind.AUTO, "", steps, 2, 64, 0.003, 4, 12, 1.2, 0.2, 1, 1, "", "CC0",
			"senoscope train-nuclei");
	}

	private void draw(final String name, final int seed) throws IOException {
		final Random random = new Random(seed);
		final int[] image = new int[96 * 96];
		final int[] labels = new int[96 * 96];
		for (int i = 0; i < image.length; i++)
			image[i] = (int) Math.max(0, 30 + 6 * random.nextGaussian());
		for (int d = 0; d < 9; d++) {
			final double r = 5 + 3 * random.nextDouble();
			final int cx = 16 + 32 * (d % 3) + random.nextInt(9) - 4;
			final int cy = 16 + 32 * (d / 3) + random.nextInt(9) - 4;
			for (int i = 0; i < image.length; i++)
				if (Math.hypot(i % 96 - cx, i / 96 - cy) <= r) {
					image[i] += 120;
					labels[i] = d + 1;
				}
		}
		write(folder.resolve("images").resolve(name + ".png"), image, 96,
			BufferedImage.TYPE_BYTE_GRAY);
		write(folder.resolve("labels").resolve(name + ".png"), labels, 96,
			BufferedImage.TYPE_USHORT_GRAY);
	}

	private static void write(final Path file, final int[] values,
		final int width, final int type) throws IOException
	{
		final BufferedImage image = new BufferedImage(width, values.length / width,
			type);
		for (int i = 0; i < values.length; i++)
			image.getRaster().setSample(i % width, i / width, 0, values[i]);
		ImageIO.write(image, "png", file.toFile());
	}
}
