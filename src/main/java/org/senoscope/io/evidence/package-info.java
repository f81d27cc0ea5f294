/** Reading evidence definitions from files. */

package org.senoscope.io.evidence;
