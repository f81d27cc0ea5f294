/**
 * What a star-convex network learns from: annotated pictures, patches cut from
 * them with random changes, and what the network should say of each patch.
 */

package org.senoscope.core.nuclei.starconvex.training;
