"""The form of a reference: what a flow computes for a few rows, layer by layer, from data to base.

Every number is in double precision. Values are constrained ones, as the formulas of a layer use them:
scales and shifts of affine transforms, the places of knots and the slopes there of splines. How a
network's outputs become such values is the peer's own affair and is not written down.
"""

import json
import pathlib

FEATURES = 5
BINS = 4
ROWS = 6

# Some rows reach beyond the ends of the splines.
WIDE = [[7.5, -0.3, -6.25, 0.1, 1.0], [-8.0, 9.0, 0.25, -7.0, 0.5]]


def tolist(table):
    return [[float(x) for x in row] for row in table]


def permutation(order, output):
    """Feature i of the output is feature order[i] of the input."""
    return {
        "kind": "permutation",
        "order": [int(i) for i in order],
        "output": tolist(output),
        "logDet": [0.0] * len(output),
    }


def coupling(moved, parameters, output, log_det):
    """The features of `moved` are transformed, the others pass; parameters are those of the former."""
    return {
        "kind": "coupling",
        "moved": [int(i) for i in moved],
        "parameters": parameters,
        "output": tolist(output),
        "logDet": [float(x) for x in log_det],
    }


def autoregressive(jacobian, parameters, output, log_det):
    """A layer whose feature i depends on those features j for which jacobian[i][j] is not 0."""
    parents = [[j for j, x in enumerate(row) if x != 0 and j != i] for i, row in enumerate(jacobian)]
    assert sum(map(len, parents)) == FEATURES * (FEATURES - 1) // 2, "not in the order of features"
    return {
        "kind": "autoregressive",
        "parents": parents,
        "parameters": parameters,
        "output": tolist(output),
        "logDet": [float(x) for x in log_det],
    }


def affine(scale, shift):
    """y = scale x + shift: tables of a row for each row, a number for each feature."""
    return {"scale": tolist(scale), "shift": tolist(shift)}


def spline(across, up, slopes, bound):
    """Knots: the places on both axes and the slopes, K + 1 numbers for each feature of each row."""
    return {
        "across": [tolist(row) for row in across],
        "up": [tolist(row) for row in up],
        "slopes": [tolist(row) for row in slopes],
        "bound": float(bound),
    }


def write(folder, name, source, x, layers, log_density):
    """Writes one flow; log_density is what the peer says of the whole flow."""
    value = {
        "source": source,
        "x": tolist(x),
        "layers": layers,
        "logDensity": [float(p) for p in log_density],
    }
    path = pathlib.Path(folder) / f"{name}.json"
    path.write_text(json.dumps(value) + "\n")
    print(f"{path}: {path.stat().st_size} bytes")
