
package org.senoscope.io.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ChannelColours;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.image.PyramidLevel;

import loci.formats.FormatException;
import loci.formats.FormatTools;
import loci.formats.ImageReader;
import loci.formats.in.TiffDelegateReader;
import loci.formats.meta.IMetadata;
import loci.formats.tiff.IFD;
import ome.xml.model.primitives.Color;

/**
 * Finds out which pictures of an opened file may be analysed and what is known
 * of them, without reading pixels.
 */
final class FileCatalogue {

	/** Relative difference of aspect ratio that rounding of a level may make. */
	private static final double ASPECT_TOLERANCE = 0.02;

	/** Mean step between the entries of a palette, more than in a ramp. */
	private static final int PALETTE_JUMP = 12;

	private final String name;
	private final ImageReader reader;
	private final IMetadata metadata;
	private final TiffPages pages;
	private final List<Picture> pictures = new ArrayList<>();

	private FileCatalogue(final Path file, final ImageReader reader,
		final IMetadata metadata, final TiffPages pages)
	{
		name = ImageErrors.name(file);
		this.reader = reader;
		this.metadata = metadata;
		this.pages = pages;
	}

	/**
	 * Lists the pictures of a file that may be analysed, in file order, at least
	 * one.
	 *
	 * @param file the file, for its name
	 * @param reader reader that is set to the file, with resolutions not
	 *          flattened
	 * @param metadata what the reader filled
	 * @param pages pages of the file, null if it is no TIFF
	 * @throws UserException if there is none
	 */
	static List<Picture> list(final Path file, final ImageReader reader,
		final IMetadata metadata, final TiffPages pages) throws FormatException
	{
		final FileCatalogue catalogue = new FileCatalogue(file, reader, metadata,
			pages);
		catalogue.build();
		return List.copyOf(catalogue.pictures);
	}

	private void build() throws FormatException {
		final boolean plainTiff = reader.getReader() instanceof TiffDelegateReader;
		final int count = reader.getSeriesCount();
		int s = 0;
		while (s < count) {
			reader.setSeries(s);
			reader.setResolution(0);
			// The only picture of a file is what its user wants to be read.
			if (count > 1 && (reader.isThumbnailSeries() || PictureNames.isOfTheSlide(
				metadata.getImageName(s), name)))
			{
				s++;
				continue;
			}
			int end = s + 1;
			// Writers of plain pyramidal TIFFs leave the levels as pages, which the
			// reader shows as series; a page of the same shape but of other samples
			// is a preview.
			if (plainTiff) while (end < count && isReduced(s, end))
				end++;
			pictures.add(picture(s, end));
			s = end;
		}
		if (pictures.isEmpty()) throw new UserException(name +
			": holds only label, macro or thumbnail pictures, nothing to analyse; give the slide itself");
	}

	/** Whether a series shows the same as an earlier one, smaller. */
	private boolean isReduced(final int series, final int other) {
		reader.setSeries(series);
		final double width = reader.getSizeX(), height = reader.getSizeY();
		reader.setSeries(other);
		final double x = width / reader.getSizeX(), y = height / reader.getSizeY();
		return x >= 1.5 && Math.abs(x / y - 1) <= tolerance(reader.getSizeX(),
			reader.getSizeY());
	}

	/** Rounding to whole pixels bends the aspect ratio of small levels. */
	private static double tolerance(final int width, final int height) {
		return Math.max(ASPECT_TOLERANCE, 1.0 / Math.min(width, height));
	}

	private Picture picture(final int first, final int end)
		throws FormatException
	{
		final List<String> warnings = new ArrayList<>();
		reader.setSeries(first);
		reader.setResolution(0);
		final int width = reader.getSizeX(), height = reader.getSizeY();
		if (width < 1 || height < 1) throw new UserException(name +
			": the picture has no pixels (" + width + " x " + height +
			"); copy the file again");
		final int sizeC = reader.getSizeC(), sizeZ = reader.getSizeZ(), sizeT =
			reader.getSizeT();
		final int pixelType = reader.getPixelType();
		final Picture.Colour colour = colour(first);
		final boolean rgb = colour != Picture.Colour.NONE;
		int shift = 0;
		if (rgb && pixelType == FormatTools.UINT16) {
			shift = Math.max(0, Math.min(16, reader.getBitsPerPixel()) - 8);
			warnings.add("16-bit colours are read as 8-bit colours");
		}
		final List<PyramidLevel> levels = new ArrayList<>();
		final List<Picture.Place> places = new ArrayList<>();
		for (int s = first; s < end; s++) {
			reader.setSeries(s);
			for (int r = 0; r < reader.getResolutionCount(); r++) {
				reader.setResolution(r);
				final boolean alike = reader.getSizeC() == sizeC && reader
					.getSizeZ() == sizeZ && reader.getSizeT() == sizeT && reader
						.getPixelType() == pixelType;
				addLevel(levels, places, alike, s, r, width, height);
			}
		}
		reader.setSeries(first);
		reader.setResolution(0);
		if (levels.size() == 1 && reader.getSeriesCount() == 1 && reader
			.getReader() instanceof TiffDelegateReader && pages != null)
			addReducedPages(levels, places, colour);
		final String description = metadata.getImageDescription(first);
		final double aperio = PixelSizes.aperio(description);
		double x = PixelSizes.micrometres(metadata.getPixelsPhysicalSizeX(first));
		double y = PixelSizes.micrometres(metadata.getPixelsPhysicalSizeY(first));
		if (aperio > 0) {
			x = aperio;
			y = aperio;
		}
		final double[] size = PixelSizes.plausible(x, y, warnings);
		final String seriesName = metadata.getImageName(first);
		final ImageInfo info = new ImageInfo(name, pictures.size(),
			seriesName == null ? "" : seriesName, reader.getFormat(), rgb
				? PixelType.UINT8 : Samples.type(pixelType), rgb, channels(first, rgb,
					sizeC), levels, sizeZ, sizeT, size[0], size[1], warnings);
		return new Picture(info, places, colour, shift);
	}

	private void addLevel(final List<PyramidLevel> levels,
		final List<Picture.Place> places, final boolean alike, final int series,
		final int resolution, final int width, final int height)
	{
		final int w = reader.getSizeX(), h = reader.getSizeY();
		if (!levels.isEmpty()) {
			final PyramidLevel last = levels.get(levels.size() - 1);
			final double x = (double) width / w, y = (double) height / h;
			if (!alike || w >= last.width() || h >= last.height() || Math.abs(x / y -
				1) > tolerance(w, h)) return;
		}
		levels.add(new PyramidLevel(w, h, downsample(width, height, w, h)));
		places.add(new Picture.Place(-1, series, resolution, reader
			.getOptimalTileWidth(), reader.getOptimalTileHeight()));
	}

	/**
	 * Generic pyramids keep their levels as pages marked as reduced, or as pages
	 * below the first one; the reader passes over both.
	 */
	private void addReducedPages(final List<PyramidLevel> levels,
		final List<Picture.Place> places, final Picture.Colour colour)
		throws FormatException
	{
		if (reader.getImageCount() != 1 || colour != Picture.Colour.SAMPLES &&
			reader.getSizeC() != 1 || colour == Picture.Colour.PALETTE) return;
		final int width = reader.getSizeX(), height = reader.getSizeY();
		final Map<Integer, Integer> byWidth = new TreeMap<>(Comparator
			.reverseOrder());
		for (int p = 1; p < pages.count(); p++) {
			final IFD page = pages.page(p);
			if (!pages.isReduced(p) || page.getPixelType() != reader.getPixelType() ||
				page.getSamplesPerPixel() != reader.getRGBChannelCount() || PictureNames
					.isOfTheSlide(page.getComment(), name)) continue;
			byWidth.putIfAbsent((int) page.getImageWidth(), p);
		}
		for (final int p : byWidth.values()) {
			final IFD page = pages.page(p);
			final int w = (int) page.getImageWidth(), h = (int) page.getImageLength();
			final PyramidLevel last = levels.get(levels.size() - 1);
			final double x = (double) width / w, y = (double) height / h;
			if (w >= last.width() || h >= last.height() || Math.abs(x / y -
				1) > tolerance(w, h)) continue;
			levels.add(new PyramidLevel(w, h, downsample(width, height, w, h)));
			places.add(new Picture.Place(p, 0, 0, page.isTiled() ? (int) page
				.getTileWidth() : w, page.isTiled() ? (int) page.getTileLength()
					: (int) page.getRowsPerStrip()[0]));
		}
	}

	/**
	 * Returns level-0 pixels a pixel of a level. Sizes of levels are rounded,
	 * most often after each of several halvings, so a power of two, else a whole
	 * factor is taken where it explains both sides.
	 */
	static double downsample(final int width, final int height, final int w,
		final int h)
	{
		final double mean = ((double) width / w + (double) height / h) / 2;
		final double power = Math.pow(2, Math.round(Math.log(mean) / Math.log(2)));
		for (final double factor : new double[] { power, Math.round(mean) }) {
			if (Math.abs(width - factor * w) <= factor && Math.abs(height - factor *
				h) <= factor) return factor;
		}
		return mean;
	}

	private Picture.Colour colour(final int series) throws FormatException {
		final int pixelType = reader.getPixelType();
		final boolean integer = pixelType == FormatTools.UINT8 ||
			pixelType == FormatTools.UINT16;
		if (integer && reader.isIndexed() && reader.getEffectiveSizeC() == 1 &&
			(!reader.isFalseColor() || isPaletteOfTiff()))
			return Picture.Colour.PALETTE;
		if (!integer) return Picture.Colour.NONE;
		if (reader.isRGB()) {
			final int samples = reader.getRGBChannelCount();
			return (samples == 3 || samples == 4) && reader.getEffectiveSizeC() == 1
				? Picture.Colour.SAMPLES : Picture.Colour.NONE;
		}
		if (reader.getSizeC() == 3 && isNamed(series, 0, "red", "r") && isNamed(
			series, 1, "green", "g") && isNamed(series, 2, "blue", "b"))
			return Picture.Colour.PLANES;
		return Picture.Colour.NONE;
	}

	/**
	 * A TIFF does not say whether its table of colours is a palette or a look-up
	 * table that shows one channel in false colours. A palette jumps from entry
	 * to entry.
	 */
	private boolean isPaletteOfTiff() throws FormatException {
		if (!(reader.getReader() instanceof TiffDelegateReader) || reader
			.getPixelType() != FormatTools.UINT8) return false;
		final byte[][] table;
		try {
			table = reader.get8BitLookupTable();
		}
		catch (final IOException exc) {
			return false;
		}
		if (table == null || table.length < 3) return false;
		int last = table[0].length - 1;
		while (last > 0 && (table[0][last] | table[1][last] | table[2][last]) == 0)
			last--;
		long jumps = 0;
		for (int i = 1; i <= last; i++) {
			for (int c = 0; c < 3; c++) {
				jumps += Math.abs((table[c][i] & 255) - (table[c][i - 1] & 255));
			}
		}
		return jumps > 3L * last * PALETTE_JUMP;
	}

	private boolean isNamed(final int series, final int channel,
		final String word, final String letter)
	{
		if (channel >= metadata.getChannelCount(series)) return false;
		final String given = metadata.getChannelName(series, channel);
		if (given == null) return false;
		final String lower = given.strip().toLowerCase(Locale.ROOT);
		return lower.equals(word) || lower.equals(letter);
	}

	private List<Channel> channels(final int series, final boolean rgb,
		final int sizeC)
	{
		final List<Channel> channels = new ArrayList<>();
		if (rgb) {
			final String[] names = { "Red", "Green", "Blue" };
			for (int c = 0; c < 3; c++) {
				channels.add(new Channel(c, names[c], ChannelColours.standard(c, 3,
					true)));
			}
			return channels;
		}
		final int samples = Math.max(1, reader.getRGBChannelCount());
		for (int c = 0; c < sizeC; c++) {
			// A channel of the metadata stands for all samples of a plane.
			final int m = c / samples;
			final boolean known = m < metadata.getChannelCount(series);
			String given = known ? metadata.getChannelName(series, m) : null;
			if (known && (given == null || given.isBlank())) given = metadata
				.getChannelFluor(series, m);
			final boolean named = given != null && !given.isBlank() && samples == 1;
			final Color colour = known && samples == 1 ? metadata.getChannelColor(
				series, m) : null;
			final int packed = colour == null ? 0 : colour.getRed() << 16 | colour
				.getGreen() << 8 | colour.getBlue();
			channels.add(new Channel(c, named ? given.strip() : "Channel " + (c + 1),
				packed != 0 ? packed : ChannelColours.standard(c, sizeC, false)));
		}
		return channels;
	}
}
