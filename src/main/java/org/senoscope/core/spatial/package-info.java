/** Where on a slide cells lie: intervals of shares, hot spots. */

package org.senoscope.core.spatial;
