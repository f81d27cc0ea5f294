
package org.senoscope.fiji;

import java.awt.Color;
import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;

/**
 * Small drawn pictures: round nuclei of 8 µm on clear glass, 5 in a row, 0.5 µm
 * a pixel, saved as TIFF with that calibration.
 */
final class DrawnSlides {

	private static final Color GLASS = new Color(242, 242, 242);
	private static final Color HEMATOXYLIN = new Color(95, 90, 150);
	private static final Color DAB = new Color(105, 65, 35);
	private static final Color NUCLEAR_FAST_RED = new Color(210, 90, 120);
	private static final Color INDIGO = new Color(70, 150, 165);

	private static final int SIDE = 200;
	private static final int PITCH = 40;
	private static final int DIAMETER = 16;

	private DrawnSlides() {}

	/** 15 blue and 10 brown nuclei. */
	static ImagePlus ki67() {
		final ColorProcessor ip = glass();
		for (int i = 0; i < 25; i++)
			nucleus(ip, i, i % 5 < 2 ? DAB : HEMATOXYLIN);
		return calibrated("ki67.tif", ip);
	}

	/** 25 red nuclei, 5 of them with blue around. */
	static ImagePlus sagal() {
		final ColorProcessor ip = glass();
		for (int i = 0; i < 5; i++) {
			ip.setColor(INDIGO);
			ip.fillOval(PITCH * 2 + 4, PITCH * i + 4, 32, 32);
		}
		for (int i = 0; i < 25; i++)
			nucleus(ip, i, NUCLEAR_FAST_RED);
		return calibrated("sagal.tif", ip);
	}

	/** 25 bright nuclei on dark, grey. */
	static ImagePlus dapi() {
		final ImagePlus image = ki67();
		image.setProcessor(image.getProcessor().convertToByteProcessor());
		image.getProcessor().invert();
		return image;
	}

	/** Writes a picture; returns its file. */
	static Path save(final ImagePlus image, final Path folder,
		final String name)
	{
		final Path file = folder.resolve(name);
		IJ.saveAsTiff(image, file.toString());
		return file;
	}

	private static ColorProcessor glass() {
		final ColorProcessor ip = new ColorProcessor(SIDE, SIDE);
		ip.setColor(GLASS);
		ip.fill();
		return ip;
	}

	private static void nucleus(final ColorProcessor ip, final int i,
		final Color colour)
	{
		ip.setColor(colour);
		ip.fillOval(PITCH * (i % 5) + 12, PITCH * (i / 5) + 12, DIAMETER, DIAMETER);
	}

	private static ImagePlus calibrated(final String title,
		final ColorProcessor ip)
	{
		// Real edges are never this sharp.
		ip.blurGaussian(1);
		final ImagePlus image = new ImagePlus(title, ip);
		image.getCalibration().setUnit("micron");
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().pixelHeight = 0.5;
		return image;
	}
}
