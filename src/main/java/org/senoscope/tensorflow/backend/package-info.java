/**
 * The code that talks to TensorFlow. It is loaded by a class loader of its own;
 * everything outside talks to it through the interfaces of
 * {@code org.senoscope.tensorflow}, whose signatures are types of the JDK.
 */

package org.senoscope.tensorflow.backend;
