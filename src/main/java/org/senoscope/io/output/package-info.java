/**
 * The files of one analysed image: per-cell tables, outlines, label image,
 * summary and run record. Every writer streams the cells and holds none; all
 * files appear together or not at all.
 */

package org.senoscope.io.output;
