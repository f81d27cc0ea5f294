
package org.senoscope.core.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class PanelCultureTest {

	private static final int SIDE = 700;

	private final PhantomField field = Phantoms.panel(SIDE, SIDE, 0, 3);

	/** Mean of a channel over each nucleus, above its 5th percentile. */
	private static double[] means(final PhantomField f, final String channel) {
		final char[] counts = f.channels().get(channel), sorted = counts.clone();
		Arrays.sort(sorted);
		final double[] sum = new double[f.cells().size()], n =
			new double[sum.length];
		for (int i = 0; i < counts.length; i++)
			if (f.labels()[i] > 0) {
				sum[f.labels()[i] - 1] += counts[i] - sorted[counts.length / 20];
				n[f.labels()[i] - 1]++;
			}
		for (int k = 0; k < sum.length; k++)
			sum[k] /= n[k];
		return sum;
	}

	private static PlantedMarker marker(final PhantomField f, final String id) {
		return f.markers().stream().filter(m -> m.id().equals(id)).findFirst()
			.orElseThrow();
	}

	@Test
	void theSameSeedDrawsTheSame() {
		assertArrayEquals(field.channels().get("p21"), Phantoms.panel(SIDE, SIDE, 0,
			3).channels().get("p21"));
		assertEquals(List.of("Ki-67", "SPiDER-betaGal", "p16", "p21"), List.copyOf(
			field.channels().keySet()));
	}

	@Test
	void nucleiShowTheAmountsThatWerePlanted() {
		final double[] seen = means(field, "p16");
		final PlantedMarker p16 = marker(field, "p16");
		double xy = 0, xx = 0;
		for (int k = 0; k < seen.length; k++)
			if (p16.positive()[k] && !field.cells().get(k).edge()) {
				xy += seen[k] * p16.amounts()[k];
				xx += p16.amounts()[k] * p16.amounts()[k];
			}
		// blur takes some light out of the nucleus, haze and lamp bring some in
		assertEquals(1, xy / xx, 0.15);
	}

	@Test
	void aCellIsPositiveForWhatItsStateShowsTogether() {
		final PlantedMarker sagal = marker(field, "sagal"), p16 = marker(field,
			"p16"), p21 = marker(field, "p21"), ki67 = marker(field, "ki67");
		int senescent = 0;
		for (int k = 0; k < field.cells().size(); k++)
			if (sagal.positive()[k]) {
				senescent++;
				assertTrue(p16.positive()[k] && p21.positive()[k] && !ki67
					.positive()[k]);
			}
		assertTrue(senescent > 0.05 * field.cells().size(), senescent + " of " +
			field.cells().size());
	}

	@Test
	void aShareOfTheLightOfP16LiesInTheChannelOfP21() {
		final double[] with = means(Phantoms.panel(SIDE, SIDE, 0.2, 3), "p21"),
				without = means(field, "p21");
		final PlantedMarker p16 = marker(field, "p16");
		double more = 0, light = 0;
		for (int k = 0; k < with.length; k++)
			if (p16.positive()[k] && !field.cells().get(k).edge()) {
				more += with[k] - without[k];
				light += p16.amounts()[k];
			}
		assertEquals(0.2, more / light, 0.03);
	}
}
