
/**
 * Two pictures of one field laid over each other: translation and small
 * rotation, to a fraction of a pixel.
 */

package org.senoscope.core.registration;
