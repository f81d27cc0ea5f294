
package org.senoscope.core.protocol;

/** Whether two pictures of one field are registered before they are used. */
public enum Registering {
		/** Where they match; else they are taken as they lie, with a warning. */
		AUTO,
		/** They must match. */
		ON,
		/** They are taken as they lie. */
		OFF
}
