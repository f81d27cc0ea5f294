
package org.senoscope.core.protocol;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a settings record as a protocol key: the one
 * definition from which protocol files, command-line flags, macro keys and
 * dialog fields come. The key is the component's name in snake case under the
 * path of its section; its default stands in the record's {@code DEFAULTS}; its
 * type is the component's type. A number that may be left open is a
 * {@code double} with default NaN, a text that may be left open a String with
 * default "".
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.RECORD_COMPONENT, ElementType.METHOD })
public @interface Key {

	/** One sentence for help texts, dialogs and the documentation. */
	String meaning();

	/**
	 * Name of the key where Java forbids it as a component's name; empty: the
	 * component's name in snake case.
	 */
	String name() default "";

	/**
	 * Short label in dialogs, with the unit; empty: the key is an expert's and
	 * has no place in dialogs.
	 */
	String label() default "";

	/** Unit of a number, empty where it has none. */
	String unit() default "";

	/** Smallest value allowed. */
	double min() default Double.NEGATIVE_INFINITY;

	/** Largest value allowed. */
	double max() default Double.POSITIVE_INFINITY;

	/** Whether the value is the path of a file. */
	boolean file() default false;
}
