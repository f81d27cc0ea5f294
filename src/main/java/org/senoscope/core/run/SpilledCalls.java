
package org.senoscope.core.run;

import java.nio.ByteBuffer;

import org.senoscope.core.phenotype.PhenotypeCalls;

/** What a classifier said of the cells of a block, as bytes for the spill. */
final class SpilledCalls {

	private SpilledCalls() {}

	static byte[] encode(final PhenotypeCalls calls) {
		final int n = calls.cells(), k = calls.classes().size();
		final ByteBuffer out = ByteBuffer.allocate(n * size(k));
		for (int i = 0; i < n; i++) {
			for (int c = 0; c < k; c++)
				out.putFloat(calls.probability(i, c));
			out.putFloat(calls.outOfDistributionScore()[i]);
			out.put((byte) ((calls.outOfDistribution()[i] ? 1 : 0) + (calls
				.abstained()[i] ? 2 : 0)));
			for (int r = i * PhenotypeCalls.REASONS; r < (i + 1) *
				PhenotypeCalls.REASONS; r++)
				out.putShort(calls.reasons()[r]).putFloat(calls.contributions()[r]);
		}
		return out.array();
	}

	/**
	 * @param like calls of the same classifier, which name classes and features
	 */
	static PhenotypeCalls decode(final byte[] bytes, final PhenotypeCalls like) {
		final int k = like.classes().size(), n = bytes.length / size(k);
		final ByteBuffer in = ByteBuffer.wrap(bytes);
		final float[] p = new float[n * k], score = new float[n];
		final boolean[] outside = new boolean[n], abstained = new boolean[n];
		final short[] reasons = new short[n * PhenotypeCalls.REASONS];
		final float[] contributions = new float[reasons.length];
		for (int i = 0; i < n; i++) {
			for (int c = 0; c < k; c++)
				p[i * k + c] = in.getFloat();
			score[i] = in.getFloat();
			final int bits = in.get();
			outside[i] = (bits & 1) != 0;
			abstained[i] = (bits & 2) != 0;
			for (int r = i * PhenotypeCalls.REASONS; r < (i + 1) *
				PhenotypeCalls.REASONS; r++)
			{
				reasons[r] = in.getShort();
				contributions[r] = in.getFloat();
			}
		}
		return new PhenotypeCalls(like.classes(), like.features(), p, score,
			outside, abstained, reasons, contributions);
	}

	/** Bytes of a cell. */
	private static int size(final int classes) {
		return 4 * classes + 5 + 6 * PhenotypeCalls.REASONS;
	}
}
