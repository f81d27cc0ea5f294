"""What the published CellProfiler examples ExampleSpeckles and ExamplePercentPositive do, in scikit-image.

The steps and numbers are those that the pipelines of the examples state: nuclei by Otsu (speckles) or minimum cross
entropy (percent positive) and a watershed of the distance; foci by a white top-hat of size 10, a robust background
threshold (mean + 2 standard deviations after 5 % are cut off at either end), maxima 4 pixels apart; phospho-H3 objects
by minimum cross entropy, not below 0.05, and a nucleus is positive if it holds one. Prints one line a picture.

Usage: foci_peer.py FOLDER   (fields-cellprofiler)
"""

import sys
from pathlib import Path

import numpy as np
import tifffile
from scipy import ndimage as ndi
from skimage import feature, filters, measure, morphology, segmentation


def nuclei(image, threshold, smallest, largest):
    """Labels of nuclei whose equivalent diameter is in range and that do not touch the border."""
    smooth = filters.gaussian(image, 1.3488 / 2.35, preserve_range=True)
    mask = ndi.binary_fill_holes(smooth > threshold(smooth))
    distance = ndi.distance_transform_edt(mask)
    distance = filters.gaussian(distance, smallest / 5)
    peaks = feature.peak_local_max(distance, min_distance=max(1, int(smallest / 1.5)), labels=measure.label(mask))
    seeds = np.zeros(mask.shape, int)
    seeds[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
    labels = segmentation.clear_border(segmentation.watershed(-distance, seeds, mask=mask))
    for region in measure.regionprops(labels):
        if not smallest <= region.equivalent_diameter_area <= largest:
            labels[labels == region.label] = 0
    return labels


def speckles(folder):
    scale = 4095.0
    dna = tifffile.imread(folder / "1-162hrhoe2.tif") / scale
    green = tifffile.imread(folder / "1-162hrh2ax2.tif") / scale
    found = nuclei(dna, filters.threshold_otsu, 120, 300)
    enhanced = morphology.white_tophat(green, morphology.disk(5))
    inside = found > 0
    values = np.sort(enhanced[inside])
    cut = int(0.05 * len(values))
    kept = values[cut:len(values) - cut]
    mask = (enhanced > kept.mean() + 2 * kept.std()) & inside
    smooth = filters.gaussian(enhanced, 4 / 2.35, preserve_range=True)
    peaks = feature.peak_local_max(smooth, min_distance=4, labels=measure.label(mask))
    seeds = np.zeros(mask.shape, int)
    seeds[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
    foci = segmentation.watershed(-smooth, seeds, mask=mask)
    per = {label: 0 for label in np.unique(found) if label}
    for region in measure.regionprops(foci):
        if 4 <= region.equivalent_diameter_area <= 35:
            label = found[tuple(np.round(region.centroid).astype(int))]
            if label:
                per[label] += 1
    counts = sorted(per.values())
    print(f"speckles nuclei {len(counts)} foci {sum(counts)} per_nucleus {np.mean(counts):.1f} counts {counts}")


def percent_positive(folder):
    dna = tifffile.imread(folder / "AS_09125_050116030001_D03f00d0.tif") / 255
    green = tifffile.imread(folder / "AS_09125_050116030001_D03f00d1.tif") / 255
    found = nuclei(dna, filters.threshold_li, 8, 80)
    smooth = filters.gaussian(green, 1.3488 / 2.35, preserve_range=True)
    mask = smooth > max(0.05, filters.threshold_li(smooth))
    positive = set()
    for region in measure.regionprops(measure.label(mask)):
        if 5 <= region.equivalent_diameter_area <= 20:
            positive |= set(np.unique(found[tuple(region.coords.T)])) - {0}
    bright = {r.label for r in measure.regionprops(found, green) if r.intensity_max > 0.2}
    n = len(np.unique(found)) - 1
    print(f"percent_positive nuclei {n} positive {len(positive)} percent {100 * len(positive) / n:.1f}"
          f" brightest_pixel_above_0.2 {len(bright)} percent {100 * len(bright) / n:.1f}")


if __name__ == "__main__":
    data = Path(sys.argv[1])
    speckles(data / "ExampleSpeckles")
    percent_positive(data / "ExamplePercentPositive")
