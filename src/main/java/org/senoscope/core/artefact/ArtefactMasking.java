
package org.senoscope.core.artefact;

/** Whether one kind of artefact is sought and left out. */
public enum ArtefactMasking {
		/** Where it can be told from stain on this kind of picture. */
		AUTO,
		/** Always on brightfield. */
		ON,
		/** Never. */
		OFF
}
