
/** Lipofuscin: granules of Sudan Black B or of GL13 in the cytoplasm. */

package org.senoscope.core.assay.lipofuscin;
