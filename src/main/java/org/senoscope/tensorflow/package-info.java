/**
 * TensorFlow, kept apart from whatever TensorFlow a Fiji has on its class path.
 * Only the {@code backend} package below imports {@code org.tensorflow}, and
 * only {@link org.senoscope.tensorflow.IsolatedTensorFlow} loads that package.
 */

package org.senoscope.tensorflow;
