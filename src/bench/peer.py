"""The scikit-image pipeline that Senoscope's speed is compared with.

Usage: peer.py SLIDE (analyses it) or peer.py --picture FILE.png (writes the picture that is tiled).

Nuclei of an H-DAB slide and their mean stains, as one writes it from the scikit-image gallery: decode, colour
deconvolution, Gaussian, Otsu, distance transform, watershed, regionprops with means. The whole slide is one array;
one process, and one thread but for decoding, where tifffile uses the processors.
Prints {"name", "wall_s", "cpu_s", "cells"}: from opening the file to the table, without the start of Python.
"""

import json
import sys
import time


def picture(file):
    from skimage import data, io

    io.imsave(file, data.immunohistochemistry())


def nuclei(file):
    import numpy as np
    import tifffile
    from scipy import ndimage
    from skimage import __version__, color, filters, measure, segmentation

    wall, cpu = time.perf_counter(), time.process_time()
    rgb = tifffile.imread(file, level=0)
    stains = color.rgb2hed(rgb).astype(np.float32)
    signal = filters.gaussian(stains[..., 0], sigma=1)
    mask = signal > filters.threshold_otsu(signal)
    distance = ndimage.distance_transform_edt(mask)
    # peak_local_max would do, but its time grows with the square of the number of nuclei: not on slides
    peaks = mask & (distance == ndimage.maximum_filter(distance, size=11))
    markers = measure.label(peaks)
    labels = segmentation.watershed(-distance, markers, mask=mask)
    table = measure.regionprops_table(
        labels, stains[..., [0, 2]], properties=("label", "area", "centroid", "mean_intensity")
    )
    print(
        json.dumps(
            {
                "name": f"scikit-image {__version__}",
                "wall_s": time.perf_counter() - wall,
                "cpu_s": time.process_time() - cpu,
                "cells": len(table["label"]),
            }
        )
    )


if sys.argv[1] == "--picture":
    picture(sys.argv[2])
else:
    nuclei(sys.argv[1])
