"""Python StarDist beside Senoscope on the same weights: trains a small model, exports it, predicts with it.

    parity.py train DATA MODEL [STEPS]   trains on DATA (index.csv, images/, labels/), folds 1 to 4, and writes into
                                         MODEL config.json, thresholds.json, saved_model.pb, variables/ (two outputs at
                                         half size) and fiji.zip (one output at full size, as for the Fiji plugin)
    parity.py predict DATA MODEL OUT [N] writes label images of N pictures of fold 0 into OUT/labels, the pictures
                                         themselves into OUT/images
    parity.py time MODEL RUNS IMAGE...   prints the seconds of each run over all images: network, polygons, labels

Development only: the product needs no Python.
"""
import csv
import json
import os
import shutil
import sys
import time
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))

import numpy as np
import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(1)

from csbdeep.utils import normalize
from skimage.io import imread, imsave
from stardist import fill_label_holes
from stardist.models import Config2D, StarDist2D

SEED = 1


def pictures(data, folds):
    """Names of the fluorescence pictures of some folds."""
    with open(os.path.join(data, "index.csv")) as f:
        return [r["image"] for r in csv.DictReader(f) if r["modality"] == "fluorescence" and int(r["fold"]) in folds]


def picture(data, name):
    image = imread(os.path.join(data, "images", name + ".png"))
    return image if image.ndim == 2 else image[..., :3].mean(axis=2)


def labels(data, name):
    return fill_label_holes(imread(os.path.join(data, "labels", name + ".png")))


def train(data, folder, steps):
    np.random.seed(SEED)
    tf.random.set_seed(SEED)
    names = np.random.permutation(pictures(data, {1, 2, 3, 4}))
    usable = [n for n in names if min(picture(data, n).shape) >= 256]
    x = [normalize(picture(data, n), 1, 99.8) for n in usable]
    y = [labels(data, n) for n in usable]
    config = Config2D(n_rays=32, grid=(2, 2), n_channel_in=1, unet_n_filter_base=16, train_patch_size=(256, 256),
                      train_batch_size=4, train_epochs=1, train_steps_per_epoch=steps, train_learning_rate=1e-3)
    parent, name = os.path.split(os.path.abspath(folder))
    model = StarDist2D(config, name=name, basedir=parent)

    def augment(image, label):
        turns = np.random.randint(4)
        image, label = np.rot90(image, turns), np.rot90(label, turns)
        return image * np.random.uniform(0.6, 1.5) + np.random.uniform(-0.2, 0.2), label

    model.train(x[20:], y[20:], validation_data=(x[:4], y[:4]), augmenter=augment)
    model.optimize_thresholds(x[:20], y[:20])
    model.export_TF(os.path.join(folder, "fiji.zip"))
    two = os.path.join(folder, "two.zip")
    model.export_TF(two, single_output=False, upsample_grid=False)
    zipfile.ZipFile(two).extractall(folder)
    os.remove(two)
    shutil.rmtree(os.path.join(folder, "logs"), ignore_errors=True)


def predict(data, folder, out, n):
    parent, name = os.path.split(os.path.abspath(folder))
    model = StarDist2D(None, name=name, basedir=parent)
    for sub in ("images", "labels"):
        os.makedirs(os.path.join(out, sub), exist_ok=True)
    names = pictures(data, {0})
    for name in names[:: max(1, len(names) // n)][:n]:
        image = picture(data, name)
        found, _ = model.predict_instances(normalize(image, 1, 99.8))
        imsave(os.path.join(out, "labels", name + ".png"), found.astype(np.uint16), check_contrast=False)
        imsave(os.path.join(out, "images", name + ".png"), image.astype(np.uint8), check_contrast=False)


def measure(folder, runs, files):
    parent, name = os.path.split(os.path.abspath(folder))
    model = StarDist2D(None, name=name, basedir=parent)
    images = [normalize(imread(f), 1, 99.8) for f in files]
    seconds, nuclei = [], 0
    for run in range(runs + 1):
        start = time.perf_counter()
        found = [model.predict_instances(image)[0] for image in images]
        if run > 0:  # the first run builds the graph
            seconds.append(time.perf_counter() - start)
        nuclei = sum(int(f.max()) for f in found)
    print(json.dumps({"seconds": seconds, "nuclei": nuclei}))


if __name__ == "__main__":
    verb, arguments = sys.argv[1], sys.argv[2:]
    if verb == "train":
        train(arguments[0], arguments[1], int(arguments[2]) if len(arguments) > 2 else 400)
    elif verb == "predict":
        predict(*arguments[:3], int(arguments[3]) if len(arguments) > 3 else 50)
    else:
        measure(arguments[0], int(arguments[1]), arguments[2:])
