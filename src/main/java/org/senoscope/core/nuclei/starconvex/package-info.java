/**
 * Nuclei by star-convex networks (Schmidt et al., MICCAI 2018): pixels to the
 * scale of the network, radial predictions, polygons, suppression, labels. The
 * network itself stands behind
 * {@link org.senoscope.core.nuclei.starconvex.RadialNetwork}.
 */

package org.senoscope.core.nuclei.starconvex;
