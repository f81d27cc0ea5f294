
package org.senoscope.core.nuclei.starconvex.training;

/**
 * Patches for one step of training.
 *
 * @param images [count, side, side, channels], normalised
 * @param probability [count, side/grid, side/grid]; {@link StarTargets#UNKNOWN}
 *          where nothing is known
 * @param distances [count, side/grid, side/grid, rays] in pixels
 * @param count number of patches
 * @param side side of a patch in pixels
 */
public record PatchBatch(float[] images, float[] probability, float[] distances,
		int count, int side) {
}
