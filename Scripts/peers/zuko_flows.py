"""References from Zuko: RealNVP, MAF, and neural spline flows with couplings and autoregressive."""

import functools
import sys

import torch
import zuko

import reference

SOURCE = f"zuko 1.6.0, torch {torch.__version__.split('+')[0]}"
SPLINE = dict(
    univariate=functools.partial(zuko.transforms.MonotonicRQSTransform, bound=5.0),
    shapes=[(reference.BINS,), (reference.BINS,), (reference.BINS - 1,)],
)


def parameters(univariate):
    if isinstance(univariate, zuko.transforms.MonotonicAffineTransform):
        return reference.affine(univariate.scale, univariate.shift)
    return reference.spline(
        univariate.horizontal, univariate.vertical, univariate.derivatives, univariate.vertical.max()
    )


def layer(transform, x):
    y, log_det = transform.call_and_ladj(x)
    if isinstance(transform, zuko.transforms.CouplingTransform):
        univariate = transform.meta(x[:, transform.idx_a]).base
        return y, reference.coupling(transform.idx_b, parameters(univariate), y, log_det)
    probes = torch.randn(200, reference.FEATURES)
    jacobian = sum(torch.autograd.functional.jacobian(transform, probe).abs() for probe in probes)
    return y, reference.autoregressive(jacobian, parameters(transform.meta(x).base), y, log_det)


def dump(folder, name, flow, seed):
    torch.manual_seed(seed)
    for weights in flow.parameters():
        weights.requires_grad_(False)
        weights += 0.2 * torch.randn(weights.shape)
    x = 2 * torch.randn(reference.ROWS, reference.FEATURES)
    if "spline" in name:
        x[-2:] = torch.tensor(reference.WIDE)
    log_density, layers = flow().log_prob(x), []
    value = x
    for part in flow.transform.transforms:
        value, entry = layer(part(), value)
        layers.append(entry)
    reference.write(folder, f"zuko-{name}", SOURCE, x, layers, log_density)


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    features, hidden = reference.FEATURES, dict(hidden_features=(24, 24))
    flows = [
        ("realnvp", zuko.flows.RealNVP(features, transforms=3, randmask=True, **hidden)),
        ("maf", zuko.flows.MAF(features, transforms=3, randperm=True, **hidden)),
        ("coupling-spline", zuko.flows.NICE(features, transforms=2, **SPLINE, **hidden)),
        (
            "autoregressive-spline",
            zuko.flows.NSF(features, transforms=2, bins=reference.BINS, **hidden),
        ),
    ]
    for number, (name, flow) in enumerate(flows):
        dump(sys.argv[1], name, flow, number + 1)
