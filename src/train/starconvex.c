/* Inner loops of train_nuclei.py: warping, star-convex targets, suppression. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline int reflect(int i, int n) {
	if (n == 1) return 0;
	const int period = 2 * n - 2;
	i %= period;
	if (i < 0) i += period;
	return i < n ? i : period - i;
}

/*
 * Resamples an image (h x w x c floats, bilinear) and its labels (nearest) to
 * size x size pixels: output pixel (y, x) shows the input at m * (y, x, 1) plus
 * a smooth displacement, given at the 5 x 5 knots of a grid over the patch.
 * Beyond the border the picture is mirrored, labels too.
 */
void warp(const float *image, const uint16_t *labels, int h, int w, int c, const double *m, const double *knots,
	float *out, uint16_t *outLabels, int size)
{
	for (int y = 0; y < size; y++)
		for (int x = 0; x < size; x++) {
			const double gy = 4.0 * y / size, gx = 4.0 * x / size;
			const int ky = (int) gy, kx = (int) gx;
			const double fy = gy - ky, fx = gx - kx;
			double d[2];
			for (int k = 0; k < 2; k++) {
				const double *a = knots + 2 * (5 * ky + kx) + k;
				d[k] = (1 - fy) * ((1 - fx) * a[0] + fx * a[2]) + fy * ((1 - fx) * a[10] + fx * a[12]);
			}
			const double sy = m[0] * y + m[1] * x + m[2] + d[0], sx = m[3] * y + m[4] * x + m[5] + d[1];
			const int y0 = (int) floor(sy), x0 = (int) floor(sx);
			const float ty = (float) (sy - y0), tx = (float) (sx - x0);
			const int ya = reflect(y0, h), yb = reflect(y0 + 1, h), xa = reflect(x0, w), xb = reflect(x0 + 1, w);
			for (int k = 0; k < c; k++) {
				const float aa = image[(ya * w + xa) * c + k], ab = image[(ya * w + xb) * c + k];
				const float ba = image[(yb * w + xa) * c + k], bb = image[(yb * w + xb) * c + k];
				out[(y * size + x) * c + k] = (1 - ty) * ((1 - tx) * aa + tx * ab) + ty * ((1 - tx) * ba + tx * bb);
			}
			outLabels[y * size + x] = labels[(ty < 0.5f ? ya : yb) * w + (tx < 0.5f ? xa : xb)];
		}
}

/*
 * Distances from every grid-th pixel of the inner part [from, from + size) to
 * the edge of its own object along rays at 2 pi k / rays (in pixels, to half a
 * pixel), and the probability of StarDist: the least of them over its greatest
 * value in the object. dist is (size/grid)^2 x rays, prob (size/grid)^2.
 */
void targets(const uint16_t *labels, int full, int from, int size, int grid, int rays, float *dist, float *prob) {
	const int n = size / grid;
	double *dy = malloc(2 * rays * sizeof(double)), *dx = dy + rays;
	float *most = calloc(65536, sizeof(float));
	for (int k = 0; k < rays; k++) {
		dy[k] = sin(2 * M_PI * k / rays);
		dx[k] = cos(2 * M_PI * k / rays);
	}
	memset(dist, 0, (size_t) n * n * rays * sizeof(float));
	memset(prob, 0, (size_t) n * n * sizeof(float));
	for (int gy = 0; gy < n; gy++)
		for (int gx = 0; gx < n; gx++) {
			const int y = from + gy * grid, x = from + gx * grid, own = labels[y * full + x];
			if (own == 0) continue;
			float least = 1e9f;
			float *d = dist + ((size_t) gy * n + gx) * rays;
			for (int k = 0; k < rays; k++) {
				double t = 0;
				for (;;) {
					t += 0.5;
					const int yy = (int) lround(y + t * dy[k]), xx = (int) lround(x + t * dx[k]);
					if (yy < 0 || xx < 0 || yy >= full || xx >= full || labels[yy * full + xx] != own) break;
				}
				d[k] = (float) (t - 0.25);
				if (d[k] < least) least = d[k];
			}
			prob[gy * n + gx] = least;
			if (least > most[own]) most[own] = least;
		}
	for (int i = 0; i < n * n; i++)
		if (prob[i] > 0) {
			const int own = labels[(from + i / n * grid) * full + from + i % n * grid];
			prob[i] /= most[own];
		}
	free(dy);
	free(most);
}

/* Pixels of a polygon by the even-odd rule at pixel centres, into a box mask; returns the area. */
static int fill(const float *py, const float *px, int rays, int y0, int x0, int bh, int bw, uint8_t *mask) {
	int area = 0;
	memset(mask, 0, (size_t) bh * bw);
	for (int y = 0; y < bh; y++) {
		float xs[256];
		int n = 0;
		const float yy = (float) (y0 + y);
		for (int a = 0, b = rays - 1; a < rays; b = a++)
			if ((py[a] > yy) != (py[b] > yy)) xs[n++] = px[a] + (yy - py[a]) / (py[b] - py[a]) * (px[b] - px[a]);
		for (int i = 1; i < n; i++)
			for (int j = i; j > 0 && xs[j] < xs[j - 1]; j--) {
				const float t = xs[j];
				xs[j] = xs[j - 1];
				xs[j - 1] = t;
			}
		for (int i = 0; i + 1 < n; i += 2) {
			int from = (int) ceilf(xs[i]) - x0, to = (int) ceilf(xs[i + 1]) - x0;
			if (from < 0) from = 0;
			if (to > bw) to = bw;
			for (int x = from; x < to; x++) {
				mask[y * bw + x] = 1;
				area++;
			}
		}
	}
	return area;
}

/*
 * Suppresses polygons, given in descending order of score, that share more than
 * nms of the smaller area with one kept, and paints the kept ones (best on top).
 * points: n x 2 (y, x) in output pixels, dist: n x rays in output pixels.
 */
int suppress(const float *points, const float *dist, int n, int rays, float nms, int h, int w, int32_t *labels) {
	int kept = 0;
	int *box = malloc(4 * (size_t) n * sizeof(int)), *areas = malloc((size_t) n * sizeof(int));
	uint8_t **masks = malloc((size_t) n * sizeof(uint8_t *));
	float *py = malloc(2 * rays * sizeof(float)), *px = py + rays;
	for (int i = 0; i < n; i++) {
		float y0 = 1e9f, x0 = 1e9f, y1 = -1e9f, x1 = -1e9f;
		for (int k = 0; k < rays; k++) {
			py[k] = points[2 * i] + dist[(size_t) i * rays + k] * (float) sin(2 * M_PI * k / rays);
			px[k] = points[2 * i + 1] + dist[(size_t) i * rays + k] * (float) cos(2 * M_PI * k / rays);
			if (py[k] < y0) y0 = py[k];
			if (py[k] > y1) y1 = py[k];
			if (px[k] < x0) x0 = px[k];
			if (px[k] > x1) x1 = px[k];
		}
		const int by = (int) floorf(y0), bx = (int) floorf(x0), bh = (int) ceilf(y1) - by + 1, bw = (int) ceilf(x1) - bx + 1;
		uint8_t *mask = malloc((size_t) bh * bw);
		const int area = fill(py, px, rays, by, bx, bh, bw, mask);
		int stands = area > 0;
		for (int j = 0; j < kept && stands; j++) {
			const int *b = box + 4 * j;
			const int ya = by > b[0] ? by : b[0], yb = by + bh < b[0] + b[2] ? by + bh : b[0] + b[2];
			const int xa = bx > b[1] ? bx : b[1], xb = bx + bw < b[1] + b[3] ? bx + bw : b[1] + b[3];
			if (ya >= yb || xa >= xb) continue;
			int shared = 0;
			for (int y = ya; y < yb; y++)
				for (int x = xa; x < xb; x++)
					shared += mask[(y - by) * bw + x - bx] & masks[j][(y - b[0]) * b[3] + x - b[1]];
			const int smaller = area < areas[j] ? area : areas[j];
			if (shared > nms * smaller) stands = 0;
		}
		if (!stands) {
			free(mask);
			continue;
		}
		box[4 * kept] = by;
		box[4 * kept + 1] = bx;
		box[4 * kept + 2] = bh;
		box[4 * kept + 3] = bw;
		areas[kept] = area;
		masks[kept++] = mask;
	}
	for (int j = kept - 1; j >= 0; j--) {
		const int *b = box + 4 * j;
		for (int y = 0; y < b[2]; y++)
			for (int x = 0; x < b[3]; x++) {
				const int yy = b[0] + y, xx = b[1] + x;
				if (masks[j][y * b[3] + x] && yy >= 0 && xx >= 0 && yy < h && xx < w) labels[yy * w + xx] = j + 1;
			}
		free(masks[j]);
	}
	free(box);
	free(areas);
	free(masks);
	free(py);
	return kept;
}
