
/** Random forests as plain numbers, grown by a library (Smile). */

package org.senoscope.core.forest;
