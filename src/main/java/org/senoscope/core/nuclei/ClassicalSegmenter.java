
package org.senoscope.core.nuclei;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.senoscope.core.image.Region;

/**
 * The classical segmenter of a slide: reads the nuclear signal of a block and
 * finds nuclei in it by the slide's model.
 */
public final class ClassicalSegmenter implements NucleusSegmenter {

	private final ClassicalModel model;
	private final Supplier<NuclearSignalReader> signals;

	/**
	 * Makes the segmenter of a slide.
	 *
	 * @param model what the slide's sample fields showed
	 * @param signals makes a reader of the nuclear signal for each thread
	 */
	public ClassicalSegmenter(final ClassicalModel model,
		final Supplier<NuclearSignalReader> signals)
	{
		this.model = model;
		this.signals = signals;
	}

	@Override
	public int downsample() {
		return model.workingDownsample();
	}

	@Override
	public int marginPx() {
		return model.marginPx();
	}

	@Override
	public Map<String, Object> description() {
		final Map<String, Object> d = new LinkedHashMap<>();
		d.put("method", "classical");
		d.put("nucleus_diameter_px", model.nucleusDiameterPx());
		d.put("working_downsample", model.workingDownsample());
		d.put("background", model.background());
		d.put("background_noise", model.backgroundNoise());
		d.put("threshold", model.threshold());
		d.put("smoothing_sigma_px", model.sigmaPx());
		d.put("min_area_px", model.minAreaPx());
		d.put("max_area_px", model.maxAreaPx());
		d.put("margin_px", model.marginPx());
		return d;
	}

	@Override
	public Worker worker() {
		final NuclearSignalReader signal = signals.get();
		final ClassicalNuclei nuclei = new ClassicalNuclei(model);
		final ClassicalNuclei.Scratch scratch = new ClassicalNuclei.Scratch();
		return new Worker() {

			private float[] plane = new float[0];

			@Override
			public int segment(final Region block, final int[] labels) {
				final int n = (int) block.size();
				if (plane.length < n) plane = new float[n];
				signal.read(block, model.workingDownsample(), plane);
				return nuclei.segment(plane, block.width(), block.height(), labels,
					scratch);
			}
		};
	}
}
