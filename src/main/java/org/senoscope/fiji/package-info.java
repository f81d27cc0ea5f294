/**
 * Commands for Fiji and for plain ImageJ, thin: they read the image and the
 * settings, call the job that the command line calls too, and show what it
 * found.
 * <p>
 * One jar serves both programs. Fiji finds the SciJava commands
 * ({@link org.senoscope.fiji.AnalysisCommand}) by its index; plain ImageJ,
 * which has no SciJava, finds {@link org.senoscope.fiji.PlainImageJPlugIn} by
 * {@code plugins.config} under the same labels. Neither holds more than its own
 * dialog: both hand the same texts to {@link org.senoscope.fiji.CommandRun}.
 */

package org.senoscope.fiji;
