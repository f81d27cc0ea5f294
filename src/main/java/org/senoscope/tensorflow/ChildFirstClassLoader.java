
package org.senoscope.tensorflow;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;

/**
 * Takes the packages of TensorFlow and of our code above it from its own jars
 * and from nowhere else; all other classes come from the parent. A parent that
 * holds another TensorFlow, as a Fiji with StarDist does, is therefore never
 * mixed with ours, not even for a class that ours lacks.
 */
final class ChildFirstClassLoader extends URLClassLoader {

	static {
		registerAsParallelCapable();
	}

	private static final List<String> OWN_PACKAGES = List.of("org.tensorflow.",
		"org.bytedeco.", "com.google.protobuf.",
		"org.senoscope.tensorflow.backend.");

	private static final List<String> OWN_FOLDERS = OWN_PACKAGES.stream().map(
		p -> p.replace('.', '/')).toList();

	ChildFirstClassLoader(final URL[] urls, final ClassLoader parent) {
		super("senoscope-tensorflow", urls, parent);
	}

	@Override
	protected Class<?> loadClass(final String name, final boolean resolve)
		throws ClassNotFoundException
	{
		if (OWN_PACKAGES.stream().noneMatch(name::startsWith))
			return super.loadClass(name, resolve);
		synchronized (getClassLoadingLock(name)) {
			Class<?> c = findLoadedClass(name);
			if (c == null) c = findClass(name);
			if (resolve) resolveClass(c);
			return c;
		}
	}

	// JavaCPP finds its native libraries as resources.
	@Override
	public URL getResource(final String name) {
		return isOwn(name) ? findResource(name) : super.getResource(name);
	}

	@Override
	public Enumeration<URL> getResources(final String name) throws IOException {
		return isOwn(name) ? findResources(name) : super.getResources(name);
	}

	private static boolean isOwn(final String resource) {
		return OWN_FOLDERS.stream().anyMatch(resource::startsWith);
	}
}
