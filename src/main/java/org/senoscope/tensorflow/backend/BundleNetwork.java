
package org.senoscope.tensorflow.backend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.senoscope.tensorflow.SavedNetwork;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/** A SavedModel with tag {@code serve}, run by its default signature. */
final class BundleNetwork implements SavedNetwork {

	private static final String SIGNATURE = "serving_default";

	private final SavedModelBundle bundle;
	private final List<Slot> inputs = new ArrayList<>();
	private final List<Slot> outputs = new ArrayList<>();
	private final List<String> feeds = new ArrayList<>();
	private final List<String> fetches = new ArrayList<>();

	BundleNetwork(final Path folder, final int threads) {
		// Operations run one after the other on the caller's thread: a pool of
		// TensorFlow's own would be one for all calls of the process. Inside an
		// operation several threads share out what is computed, never a sum.
		final ConfigProto config = ConfigProto.newBuilder()
			.setInterOpParallelismThreads(-1).setIntraOpParallelismThreads(threads)
			.build();
		try {
			bundle = SavedModelBundle.loader(folder.toString()).withTags("serve")
				.withConfigProto(config).load();
		}
		catch (final TensorFlowException e) {
			throw new IllegalArgumentException(firstLine(e), e);
		}
		final MetaGraphDef meta = bundle.metaGraphDef();
		final SignatureDef signature = meta.getSignatureDefMap().get(SIGNATURE);
		if (signature == null) {
			bundle.close();
			throw new IllegalArgumentException("it has no signature " + SIGNATURE +
				", only " + meta.getSignatureDefMap().keySet());
		}
		slots(signature.getInputsMap(), inputs, feeds);
		slots(signature.getOutputsMap(), outputs, fetches);
	}

	private static void slots(final Map<String, TensorInfo> map,
		final List<Slot> slots, final List<String> names)
	{
		new TreeMap<>(map).forEach((name, info) -> {
			final TensorShapeProto shape = info.getTensorShape();
			slots.add(new Slot(name, shape.getUnknownRank() ? null : shape
				.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize)
				.toArray()));
			names.add(info.getName());
		});
	}

	@Override
	public List<Slot> inputs() {
		return List.copyOf(inputs);
	}

	@Override
	public List<Slot> outputs() {
		return List.copyOf(outputs);
	}

	@Override
	public List<Values> run(final List<Values> values) {
		if (values.size() != feeds.size()) throw new IllegalArgumentException(
			"it takes " + feeds.size() + " inputs, not " + values.size());
		final Session.Runner runner = bundle.session().runner();
		final List<TFloat32> tensors = new ArrayList<>();
		try {
			for (int i = 0; i < feeds.size(); i++) {
				final Values v = values.get(i);
				final Shape shape = Shape.of(v.shape());
				tensors.add(TFloat32.tensorOf(shape, DataBuffers.of(v.values(), true,
					false).slice(0, shape.size())));
				runner.feed(feeds.get(i), tensors.get(i));
			}
			fetches.forEach(runner::fetch);
			try (Result result = runner.run()) {
				final List<Values> out = new ArrayList<>();
				for (int i = 0; i < fetches.size(); i++) {
					final TFloat32 tensor = (TFloat32) result.get(i);
					final float[] copy = new float[Math.toIntExact(tensor.shape()
						.size())];
					tensor.asRawTensor().data().asFloats().read(copy);
					out.add(new Values(copy, tensor.shape().asArray()));
				}
				return out;
			}
		}
		catch (final TensorFlowException e) {
			throw new IllegalArgumentException(firstLine(e), e);
		}
		finally {
			tensors.forEach(TFloat32::close);
		}
	}

	static String firstLine(final TensorFlowException e) {
		return e.getMessage() == null ? e.getClass().getSimpleName() : e
			.getMessage().lines().findFirst().orElse("");
	}

	@Override
	public void close() {
		bundle.close();
	}
}
