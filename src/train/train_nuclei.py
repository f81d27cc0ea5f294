#!/usr/bin/env python3
"""Trains the nucleus networks that Senoscope ships, fast on a processor with bf16.

The same network, targets and loss as `senoscope train-nuclei`, written for PyTorch because its convolutions in bf16
train several times as fast without a graphics card. Batch norm is folded into the convolutions, so that what is
exported is convolution, bias and ReLU only.

  train_nuclei.py fluorescence|brightfield DATA OUT --minutes M [--folds 1,2,3,4] [--phantoms DIR ...] [--threads N]

DATA: a folder with images/, labels/ and index.csv (image,width,height,modality,nuclei,fold). Writes OUT.pt (checkpoint),
OUT.safetensors (weights for ./build export-model) and OUT.json (what was done, thresholds, figures on the pictures
held back from training). The pictures of folds that are not named are never opened.
"""
import argparse
import csv
import ctypes
import json
import math
import os
import queue
import struct
import subprocess
import tempfile
import threading
import time

import imageio.v3 as iio
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from scipy.ndimage import distance_transform_edt, gaussian_filter, zoom

RAYS, GRID, PATCH, MARGIN = 32, 2, 256, 32
DIAMETER = 24.0  # of the typical nucleus at the network's input, in pixels
SCALES = (0.55, 1.65)  # a typical nucleus is trained at DIAMETER times these
HERE = os.path.dirname(os.path.abspath(__file__))


def library():
    path = os.path.join(tempfile.gettempdir(), "senoscope-starconvex-%d.so" % os.getpid())
    subprocess.run(["gcc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", "-o", path,
                    os.path.join(HERE, "starconvex.c"), "-lm"], check=True)
    return ctypes.CDLL(path)


C = library()


def pointer(a):
    return a.ctypes.data_as(ctypes.c_void_p)


# ---------------------------------------------------------------- network


def block(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))


class Net(nn.Module):
    """senoscope-unet-1; names are those of the exported weights."""

    def __init__(self, channels, b=32, head=64):
        super().__init__()
        sizes = {"stem": (channels, 16), "enc0a": (16, b), "enc0b": (b, b), "enc1a": (b, 2 * b), "enc1b": (2 * b, 2 * b),
                 "enc2a": (2 * b, 4 * b), "enc2b": (4 * b, 4 * b), "mid_a": (4 * b, 4 * b), "mid_b": (4 * b, 4 * b),
                 "dec2a": (8 * b, 4 * b), "dec2b": (4 * b, 2 * b), "dec1a": (4 * b, 2 * b), "dec1b": (2 * b, b),
                 "dec0a": (2 * b, b), "dec0b": (b, b), "head": (b, head)}
        for name, (i, o) in sizes.items():
            self.add_module(name, block(i, o))
        self.blocks = list(sizes)
        self.prob = nn.Conv2d(head, 1, 1)
        self.dist = nn.Conv2d(head, RAYS, 1)
        nn.init.constant_(self.dist.bias, 8.0)
        nn.init.constant_(self.prob.bias, -2.0)

    def forward(self, x):
        up = lambda t: F.interpolate(t, scale_factor=2, mode="nearest")
        down = lambda t: F.max_pool2d(t, 2)
        a = self.enc0b(self.enc0a(down(self.stem(x))))
        b = self.enc1b(self.enc1a(down(a)))
        c = self.enc2b(self.enc2a(down(b)))
        d = self.mid_b(self.mid_a(down(c)))
        c = self.dec2b(self.dec2a(torch.cat([up(d), c], 1)))
        b = self.dec1b(self.dec1a(torch.cat([up(c), b], 1)))
        a = self.dec0b(self.dec0a(torch.cat([up(b), a], 1)))
        h = self.head(a)
        return self.prob(h), self.dist(h)

    def weights(self):
        """Kernels [kh, kw, in, out] and biases, batch norm folded in."""
        out = {}
        for name in self.blocks:
            conv, norm = getattr(self, name)[0], getattr(self, name)[1]
            gain = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach()
            out[name + "/kernel"] = (conv.weight.detach() * gain[:, None, None, None]).permute(2, 3, 1, 0)
            out[name + "/bias"] = (norm.bias - norm.running_mean * gain).detach()
        for name in ("prob", "dist"):
            conv = getattr(self, name)
            out[name + "/kernel"] = conv.weight.detach().permute(2, 3, 1, 0)
            out[name + "/bias"] = conv.bias.detach()
        return {k: np.ascontiguousarray(v.float().numpy()) for k, v in out.items()}


def save_safetensors(weights, path):
    header, at = {}, 0
    for name, a in weights.items():
        header[name] = {"dtype": "F32", "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        at += a.nbytes
    text = json.dumps(header).encode()
    with open(path + ".part", "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text)
        for a in weights.values():
            f.write(a.astype("<f4").tobytes())
    os.replace(path + ".part", path)


# ---------------------------------------------------------------- pictures


class Item:
    """A picture ready for patches: values as the network sees them, labels, typical diameter."""

    def __init__(self, name, source, image, labels):
        self.name, self.source = name, source
        self.image = np.ascontiguousarray(image, np.float32)
        self.labels = np.ascontiguousarray(labels, np.uint16)
        areas = np.bincount(labels.ravel())[1:]
        self.areas = areas[areas > 0]
        self.diameter = float(np.sqrt(np.median(self.areas) * 4 / np.pi)) if len(self.areas) else DIAMETER


def normalise(image):
    """Percentiles 1 and 99.8 to 0 and 1, all channels together."""
    low, high = np.percentile(image, (1, 99.8))
    return (image.astype(np.float32) - low) / max(high - low, 1e-6)


def white(image):
    """Share of light let through: value over the white of its channel (where most of the bright pixels are)."""
    w = np.maximum(np.percentile(image.reshape(-1, 3), 99, axis=0), 128)
    return np.minimum(image[..., :3].astype(np.float32) / w, 1.2)


def read(kind, data, folds, phantoms):
    items = []
    for r in csv.DictReader(open(os.path.join(data, "index.csv"))):
        if r["fold"] not in folds:
            continue
        if kind == "fluorescence" and r["modality"] != "fluorescence":
            continue
        image = iio.imread(os.path.join(data, "images", r["image"] + ".png"))
        labels = iio.imread(os.path.join(data, "labels", r["image"] + ".png"))
        if kind == "fluorescence":
            items.append(Item(r["image"], "fluorescence", normalise(image if image.ndim == 2 else image[..., 0])[..., None], labels))
        elif r["modality"] == "fluorescence":
            if r["fold"] in folds:
                items.append(Item(r["image"], "inverted", normalise(image if image.ndim == 2 else image[..., 0])[..., None], labels))
        else:
            if image.ndim == 2:
                image = np.stack([image] * 3, -1)
            items.append(Item(r["image"], "histology" if r["modality"].startswith("hist") else "grey", white(image), labels))
    for folder in phantoms if kind == "brightfield" else []:
        for file in sorted(os.listdir(os.path.join(folder, "images"))):
            items.append(Item(file, "phantom", white(iio.imread(os.path.join(folder, "images", file))),
                              iio.imread(os.path.join(folder, "labels", file))))
    return items


# ---------------------------------------------------------------- augmentation

H_E = np.array([[0.650, 0.704, 0.286], [0.072, 0.990, 0.105]])
BLUE = np.array([[0.65, 0.70, 0.29], [0.78, 0.58, 0.23], [0.72, 0.64, 0.26], [0.60, 0.72, 0.35]])
BROWN = np.array([[0.27, 0.57, 0.78], [0.33, 0.60, 0.73], [0.22, 0.50, 0.84], [0.40, 0.60, 0.69]])
PINK = np.array([[0.07, 0.99, 0.11], [0.20, 0.90, 0.35], [0.10, 0.85, 0.50]])
RED = np.array([[0.21, 0.85, 0.48], [0.15, 0.80, 0.58]])
TEAL = np.array([[0.85, 0.48, 0.22], [0.80, 0.55, 0.24], [0.88, 0.42, 0.22]])


def pick(rng, table):
    v = table[rng.integers(len(table))] + rng.normal(0, 0.04, 3)
    v = np.maximum(v, 0.01)
    return v / np.linalg.norm(v)


def texture(rng, size, sigma):
    small = rng.standard_normal((max(4, int(size / sigma) + 2),) * 2)
    t = zoom(small, size / small.shape[0] + 1e-6, order=1)[:size, :size]
    return (t / max(t.std(), 1e-6)).astype(np.float32)


def fluorescence(rng, image, labels):
    x = image[..., 0]
    if rng.random() < 0.5:
        x = np.sign(x) * np.abs(x) ** rng.uniform(0.55, 1.6)
    if rng.random() < 0.25:  # nuclei of unlike brightness
        gain = np.exp(rng.normal(0, 0.45, int(labels.max()) + 1)).astype(np.float32)
        gain[0] = 1
        x = x * gaussian_filter(gain[labels], 1.0)
    if rng.random() < 0.35:
        x = gaussian_filter(x, rng.uniform(0.4, 2.2))
    x = x * rng.uniform(0.6, 1.8) + rng.uniform(-0.15, 0.2)
    if rng.random() < 0.25:
        x = x + rng.uniform(0.03, 0.25) * texture(rng, x.shape[0], rng.uniform(20, 150))
    if rng.random() < 0.5:
        x = x + rng.normal(0, rng.uniform(0.005, 0.12), x.shape).astype(np.float32)
    return x[..., None]


def soft(labels, values, sigma=0.8):
    """Values of objects as a plane with soft edges."""
    return gaussian_filter(values[labels].astype(np.float32), sigma)


def around(rng, labels):
    """A stain of cells beside their nuclei, and thinly above them: plain, grainy, in granules, along the borders of cells."""
    size, n = labels.shape[0], int(labels.max()) + 1
    if n == 1:
        return np.zeros(labels.shape, np.float32)
    distance, (y, x) = distance_transform_edt(labels == 0, return_indices=True)
    owner = labels[y, x]
    level = np.exp(rng.normal(0, 0.35, n)) * (rng.random(n) < (1 if rng.random() < 0.5 else rng.uniform(0.2, 0.9)))
    amount = level[owner] * (distance < rng.uniform(4, 45))
    if rng.random() < 0.4:  # glands beside stroma
        amount = amount * (texture(rng, size, rng.uniform(40, 150)) > rng.normal(0, 0.7))
    kind = rng.choice(["plain", "grainy", "granules", "membrane"], p=[0.3, 0.3, 0.15, 0.25])
    if kind == "grainy":
        amount = amount * np.maximum(1 + rng.uniform(0.2, 0.7) * texture(rng, size, rng.uniform(1.5, 6)), 0)
    elif kind == "granules":
        amount = amount * 2.5 * (texture(rng, size, rng.uniform(1.5, 4)) > rng.uniform(0.3, 1.2))
    elif kind == "membrane":
        border = np.zeros(labels.shape, bool)
        border[1:] |= owner[1:] != owner[:-1]
        border[:, 1:] |= owner[:, 1:] != owner[:, :-1]
        line = np.minimum(gaussian_filter(border.astype(np.float32), rng.uniform(0.8, 2.0)) * 3, 1.5)
        amount = amount * (rng.uniform(0, 0.5) + line)
    veil = np.exp(rng.normal(0, 0.3, n)) * rng.uniform(0, 0.7)
    return gaussian_filter((np.where(labels > 0, veil[labels], 1) * amount).astype(np.float32), rng.uniform(0.4, 1.2))


def paint(rng, darkness, labels, mode):
    """Optical density of three channels from a plane of darkness, nuclei stained anew one by one."""
    size, n = labels.shape[0], int(labels.max()) + 1
    share = rng.beta(0.5, 0.8) if mode == "h-dab" else 0.0
    brown = rng.random(n) < share
    brown[0] = False
    strength = np.exp(rng.normal(0, 0.3, n))
    inside = soft(labels, (np.arange(n) > 0).astype(float))
    cytoplasmic = rng.random() < 0.4 and mode != "nfr"
    b = soft(labels, brown * strength * rng.uniform(0.8, 2.2))
    h = soft(labels, (np.arange(n) > 0) * np.where(brown, rng.uniform(0, 0.6), 1.0) * strength *
             (rng.uniform(0.2, 1.0) if cytoplasmic else rng.uniform(0.4, 1.3)))
    nuclear = pick(rng, RED) if mode == "nfr" else pick(rng, BLUE)
    od = (darkness * h)[..., None] * nuclear + (darkness * b)[..., None] * pick(rng, BROWN)
    rest = darkness * (1 - np.minimum(inside, 1)) * rng.uniform(0.1, 0.7)
    ground = pick(rng, [PINK, BLUE, BROWN][rng.choice(3, p=[0.7, 0.2, 0.1] if mode == "h-e" else [0.25, 0.5, 0.25])])
    od += rest[..., None] * ground
    if rng.random() < 0.6:  # stroma, cytoplasm
        t = np.maximum(texture(rng, size, rng.uniform(6, 60)) * 0.6 + 0.4 * texture(rng, size, rng.uniform(2, 6)) + 0.3, 0)
        od += (t * rng.uniform(0.02, 0.25) * (1 - 0.7 * inside))[..., None] * pick(rng, PINK if mode == "h-e" else [PINK, BLUE, BROWN][rng.integers(3)])
    if cytoplasmic and mode == "h-dab":
        od += (around(rng, labels) * rng.uniform(0.1, 0.9))[..., None] * pick(rng, BROWN)
    elif rng.random() < 0.15:  # product of X-gal
        od += (around(rng, labels) * rng.uniform(0.1, 0.7))[..., None] * pick(rng, TEAL)
    if mode == "h-dab" and rng.random() < 0.2:  # brown haze around nuclei, as cytoplasmic background has
        halo = gaussian_filter(soft(labels, brown * 1.0), rng.uniform(2, 6))
        od += (halo * rng.uniform(0.05, 0.3))[..., None] * pick(rng, BROWN)
    return od


def brightfield(rng, item, image, labels):
    size = labels.shape[0]
    if item.source == "inverted":
        x = np.clip(image[..., 0], 0, 1.3) ** rng.uniform(0.5, 1.3)
        x = x * (1 + rng.uniform(0, 0.25) * texture(rng, size, rng.uniform(1.5, 4)))
        od = paint(rng, np.maximum(x, 0) * rng.uniform(0.3, 1.0), labels, rng.choice(["h-dab", "h-e", "nfr"], p=[0.6, 0.25, 0.15]))
    else:
        od = -np.log10(np.clip(image, 1 / 256, 1.2))
        r = rng.random()
        if item.source == "histology" and r < 0.4:
            mode = rng.choice(["h-dab", "h-e", "nfr"], p=[0.75, 0.15, 0.1])
            d = od.mean(-1)
            ground = np.percentile(d[labels == 0], 30) if (labels == 0).any() else 0
            od = paint(rng, np.maximum(d - ground * rng.uniform(0, 1), 0) * rng.uniform(1.2, 2.2), labels, mode)
        elif r < 0.85:
            od = od @ (np.diag(rng.uniform(0.6, 1.5, 3)) + rng.normal(0, 0.06, (3, 3)))
            od = od * rng.uniform(0.6, 1.4)
    if rng.random() < 0.35:
        s = rng.uniform(0.4, 1.8)
        od = gaussian_filter(od, (s, s, 0))
    elif rng.random() < 0.2:
        od = od + rng.uniform(0.3, 1.0) * (od - gaussian_filter(od, (1.2, 1.2, 0)))  # a camera's sharpening
    if rng.random() < 0.4:
        od = od + rng.uniform(-0.03, 0.15) + rng.uniform(-0.03, 0.06, 3)
    if rng.random() < 0.3:
        od = od + (rng.uniform(0.01, 0.05) * texture(rng, size, rng.uniform(60, 200)))[..., None]
    x = 10.0 ** -np.clip(od, -0.05, 2.2)
    if rng.random() < 0.5:
        x = x + rng.normal(0, rng.uniform(0.003, 0.04), x.shape)
    return np.clip(x, 0, 1.2).astype(np.float32)


def patch(rng, kind, item):
    full = PATCH + 2 * MARGIN
    h, w, c = item.image.shape
    scale = math.exp(rng.uniform(math.log(SCALES[0]), math.log(SCALES[1]))) * DIAMETER / item.diameter
    angle = rng.uniform(0, 2 * math.pi) if rng.random() < 0.7 else rng.integers(4) * math.pi / 2
    slender = kind == "brightfield" and rng.random() < 0.3  # nuclei of stroma
    aspect = math.exp(rng.normal(0, 0.3 if slender else 0.07))
    flip = 1 if rng.random() < 0.5 else -1
    a = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) @ np.diag(
        [aspect / scale, flip / aspect / scale])
    half = (full / 2) / scale
    centre = [rng.uniform(min(half, n / 2), max(n - half, n / 2)) for n in (h, w)]
    m = np.zeros((2, 3))
    m[:, :2] = a
    m[:, 2] = np.array(centre) - a @ np.array([full / 2, full / 2])
    knots = rng.normal(0, rng.uniform(0, 2.5) / scale, (5, 5, 2)) if rng.random() < 0.5 else np.zeros((5, 5, 2))
    knots = np.ascontiguousarray(knots)
    image = np.empty((full, full, c), np.float32)
    labels = np.empty((full, full), np.uint16)
    source = item.image
    if scale < 0.7:  # averages what it shrinks
        s = 0.4 / scale
        source = item.cache.get(round(s, 1)) if hasattr(item, "cache") else None
        if source is None:
            source = np.ascontiguousarray(gaussian_filter(item.image, (s - 0.4, s - 0.4, 0)))
            item.cache = {round(s, 1): source}
    C.warp(pointer(source), pointer(item.labels), h, w, c, pointer(np.ascontiguousarray(m)), pointer(knots), pointer(image),
           pointer(labels), full)
    n = PATCH // GRID
    dist = np.empty((n, n, RAYS), np.float32)
    prob = np.empty((n, n), np.float32)
    C.targets(pointer(labels), full, MARGIN, PATCH, GRID, RAYS, pointer(dist), pointer(prob))
    image = fluorescence(rng, image, labels) if kind == "fluorescence" else brightfield(rng, item, image, labels)
    return image[MARGIN:-MARGIN, MARGIN:-MARGIN], prob, dist


class Loader:
    """Makes batches ahead on threads of its own (most of the work is in C and scipy, outside the interpreter's lock)."""

    def __init__(self, kind, items, batch, threads, seed):
        self.kind, self.items, self.batch, self.ready = kind, items, batch, queue.Queue(6)
        shares = {"histology": 0.55, "inverted": 0.27, "phantom": 0.12, "grey": 0.06, "fluorescence": 1.0}
        weight = np.zeros(len(items))
        for source in set(i.source for i in items):
            at = [k for k, i in enumerate(items) if i.source == source]
            nuclei = np.array([len(items[k].areas) for k in at], float)
            weight[at] = shares[source] * (0.5 / len(at) + 0.5 * nuclei / nuclei.sum())
        self.weight = weight / weight.sum()
        for t in range(threads):
            threading.Thread(target=self.work, args=(np.random.default_rng([seed, t]),), daemon=True).start()

    def work(self, rng):
        while True:
            try:
                made = [patch(rng, self.kind, self.items[rng.choice(len(self.items), p=self.weight)]) for _ in range(self.batch)]
                x, p, d = (torch.from_numpy(np.stack(a)) for a in zip(*made))
                self.ready.put((x.permute(0, 3, 1, 2), p[:, None], d.permute(0, 3, 1, 2)))
            except Exception as e:  # a thread that dies in silence would stop the training without a word
                self.ready.put(e)
                raise


# ---------------------------------------------------------------- loss, prediction, figures


def loss_of(prob, dist, p, d):
    bce = F.binary_cross_entropy_with_logits(prob, p)
    entropy = F.binary_cross_entropy(p.clamp(1e-6, 1 - 1e-6), p)  # what no network can do without
    inside = p > 0
    w = torch.where(inside, p, 0 * p)
    mae = ((dist - d).abs().mean(1, keepdim=True) * w).sum() / w.sum().clamp_min(1)
    z = dist.clamp_min(1e-3)
    iou = torch.minimum(z, d).sum(1, keepdim=True) / torch.maximum(z, d).sum(1, keepdim=True).clamp_min(1e-3)
    polar = (-torch.log(iou.clamp_min(1e-3)) * w).sum() / w.sum().clamp_min(1)
    return bce - entropy + 0.05 * mae + 0.5 * polar, bce - entropy, mae


def resize(image, scale):
    """Area-averaged when shrinking, bilinear when enlarging."""
    t = torch.from_numpy(image).permute(2, 0, 1)[None]
    h, w = max(16, round(image.shape[0] * scale)), max(16, round(image.shape[1] * scale))
    t = F.interpolate(t, size=(h, w), mode="bilinear", align_corners=False, antialias=scale < 1)
    return t[0].permute(1, 2, 0).numpy()


def predict(net, image, scale):
    """Scores, centres and rays in the picture's own pixels, best first."""
    h, w = image.shape[:2]
    x = resize(image, scale) if scale != 1 else image
    sy, sx = x.shape[0] / h, x.shape[1] / w
    ph, pw = -x.shape[0] % 16, -x.shape[1] % 16
    x = np.pad(x, ((0, ph), (0, pw), (0, 0)), mode="reflect")
    with torch.no_grad():
        prob, dist = net(torch.from_numpy(np.ascontiguousarray(x)).permute(2, 0, 1)[None])
    prob = torch.sigmoid(prob.float())[0, 0].numpy()
    dist = dist.float().clamp_min(1e-3)[0].permute(1, 2, 0).numpy()
    gy, gx = np.nonzero(prob > 0.1)
    keep = (gy * GRID < sy * h) & (gx * GRID < sx * w)
    gy, gx = gy[keep], gx[keep]
    order = np.argsort(-prob[gy, gx], kind="stable")
    gy, gx = gy[order], gx[order]
    d = dist[gy, gx] / ((sy + sx) / 2)
    points = np.stack([(gy * GRID + 0.5) / sy - 0.5, (gx * GRID + 0.5) / sx - 0.5], 1)
    return prob[gy, gx], points.astype(np.float32), np.ascontiguousarray(d, np.float32)


def labels_of(prediction, shape, prob, nms):
    s, p, d = prediction
    n = int((s > prob).sum())
    out = np.zeros(shape, np.int32)
    C.suppress(pointer(np.ascontiguousarray(p[:n])), pointer(np.ascontiguousarray(d[:n])), n, RAYS, ctypes.c_float(nms), shape[0], shape[1], pointer(out))
    return out


def matches(a, b, thresholds):
    """tp, fp, fn at each IoU threshold (all at least 0.5)."""
    na, nb = int(a.max()), int(b.max())
    pairs = np.bincount(a.ravel().astype(np.int64) * (nb + 1) + b.ravel(), minlength=(na + 1) * (nb + 1)).reshape(na + 1, nb + 1)
    sa, sb = pairs.sum(1), pairs.sum(0)
    iou = pairs[1:, 1:] / np.maximum(sa[1:, None] + sb[None, 1:] - pairs[1:, 1:], 1)
    na, nb = int((sa[1:] > 0).sum()), int((sb[1:] > 0).sum())
    out = []
    for t in thresholds:
        tp = int((iou >= t).any(1).sum()) if iou.size else 0
        out.append((tp, na - tp, nb - tp))
    return np.array(out)


def figures(net, items, probs, nmss, thresholds=(0.5, 0.7, 0.9), jitter=None):
    """Pooled figures for each setting: {(prob, nms): [ap at each threshold]}."""
    total = {(p, n): np.zeros((len(thresholds), 3), int) for p in probs for n in nmss}
    for k, item in enumerate(items):
        scale = DIAMETER / item.diameter * (1 if jitter is None else jitter[k % len(jitter)])
        prediction = predict(net, item.image, scale)
        for (p, n) in total:
            total[p, n] += matches(labels_of(prediction, item.labels.shape, p, n), item.labels, thresholds)
    return {k: [tp / max(tp + fp + fn, 1) for tp, fp, fn in v] + [2 * v[0][0] / max(2 * v[0][0] + v[0][1] + v[0][2], 1)]
            for k, v in total.items()}


# ---------------------------------------------------------------- training


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["fluorescence", "brightfield"])
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--folds", default="1,2,3,4")
    parser.add_argument("--phantoms", nargs="*", default=[])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--loaders", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-back", type=float, default=0.08)
    parser.add_argument("--start", help="checkpoint to go on from")
    o = parser.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = np.random.default_rng(o.seed)
    items = read(o.kind, o.data, o.folds.split(","), o.phantoms)
    main_source = "fluorescence" if o.kind == "fluorescence" else "histology"
    real = [i for i in items if i.source == main_source]
    held = [real[k] for k in rng.permutation(len(real))[:max(4, round(o.hold_back * len(real)))]]
    if o.kind == "brightfield":
        ph = [i for i in items if i.source == "phantom"]
        held += [ph[k] for k in rng.permutation(len(ph))[:4]]
    names = {i.name for i in held}
    used = [i for i in items if i.name not in names]
    print(len(used), "pictures for training,", len(held), "held back", flush=True)
    channels = 1 if o.kind == "fluorescence" else 3
    net = Net(channels).to(memory_format=torch.channels_last)
    ema = Net(channels)
    if o.start:
        net.load_state_dict(torch.load(o.start)["ema"])
    ema.load_state_dict(net.state_dict())
    ema.eval()
    optimiser = torch.optim.AdamW(net.parameters(), o.rate, weight_decay=1e-4)
    loader = Loader(o.kind, used, o.batch, o.loaders, o.seed + (1000 if o.start else 0))
    begin, step, seen, told = time.time(), 0, [], time.time()
    last_figures = 0
    while True:
        share = (time.time() - begin) / (60 * o.minutes)
        if share >= 1:
            break
        rate = o.rate * min(1, (step + 1) / 200) * (0.5 * (1 + math.cos(math.pi * share)) * 0.98 + 0.02)
        for g in optimiser.param_groups:
            g["lr"] = rate
        batch = loader.ready.get()
        if isinstance(batch, Exception):
            raise batch
        x, p, d = batch
        with torch.autocast("cpu", dtype=torch.bfloat16):
            prob, dist = net(x.contiguous(memory_format=torch.channels_last))
        loss, bce, mae = loss_of(prob.float(), dist.float(), p, d)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        step += 1
        decay = min(0.9985, 1 - 1 / (step + 1) ** 0.8)
        with torch.no_grad():
            for a, b in zip(ema.state_dict().values(), net.state_dict().values()):
                if a.dtype.is_floating_point:
                    a.lerp_(b, 1 - decay)
                else:
                    a.copy_(b)
        seen.append((loss.item(), bce.item(), mae.item()))
        if time.time() - told > 30:
            told = time.time()
            print("%5.1f min  step %d  loss %.4f  bce %.4f  mae %.3f  rate %.2g  waiting %d" % (
                (told - begin) / 60, step, *np.mean(seen, 0), rate, loader.ready.qsize()), flush=True)
            seen = []
        if share - last_figures > 1 / 12:
            last_figures = share
            f = figures(ema, held[:24], (0.4, 0.5), (0.4,))
            print("   held back:", {k: [round(v, 3) for v in a] for k, a in f.items()}, flush=True)
            torch.save({"ema": ema.state_dict(), "net": net.state_dict(), "step": step}, o.out + ".pt")
            save_safetensors(ema.weights(), o.out + ".safetensors")
    torch.save({"ema": ema.state_dict(), "net": net.state_dict(), "step": step}, o.out + ".pt")
    save_safetensors(ema.weights(), o.out + ".safetensors")
    real_held = [i for i in held if i.source == main_source]
    grid = figures(ema, real_held, (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6), (0.2, 0.3, 0.4, 0.5))
    best = max(grid, key=lambda k: grid[k][0] + grid[k][1])
    print("thresholds", best, grid[best])
    json.dump({"kind": o.kind, "folds": o.folds, "steps": step, "patches": step * o.batch, "minutes": o.minutes,
               "threads": o.threads, "seed": o.seed, "images": len(used), "nuclei": int(sum(len(i.areas) for i in used)),
               "held_back": sorted(names), "thresholds": {"prob": best[0], "nms": best[1]},
               "held_back_figures": dict(zip(("ap_50", "ap_70", "ap_90", "f1_50"), grid[best]))}, open(o.out + ".json", "w"), indent=1)


if __name__ == "__main__":
    main()
