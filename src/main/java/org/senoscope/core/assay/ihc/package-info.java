
/** Any single marker by immunohistochemistry. */

package org.senoscope.core.assay.ihc;
