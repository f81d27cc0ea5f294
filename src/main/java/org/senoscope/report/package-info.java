/**
 * What people look at: the overlay picture and the slide report.
 */

package org.senoscope.report;
