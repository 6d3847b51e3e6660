"""References from nflows: RealNVP, MAF, and neural spline flows with couplings and autoregressive."""

import sys

import torch
from nflows.distributions.normal import StandardNormal
from nflows.flows import Flow, MaskedAutoregressiveFlow, SimpleRealNVP
from nflows.nn.nets import ResidualNet
from nflows.transforms import (
    CompositeTransform,
    MaskedPiecewiseRationalQuadraticAutoregressiveTransform,
    PiecewiseRationalQuadraticCouplingTransform,
    RandomPermutation,
)
from nflows.transforms.coupling import CouplingTransform
from nflows.transforms.permutations import Permutation

import reference

SOURCE = f"nflows 0.14, torch {torch.__version__.split('+')[0]}"
BOUND = 3.0


def locals_of(function, call):
    """What the local variables of the peer's function are when it returns: it does not give them away."""
    found = {}

    def look(frame, event, _):
        if event == "return" and frame.f_code.co_name == function:
            found.update(frame.f_locals)

    sys.setprofile(look)
    call()
    sys.setprofile(None)
    return found


def parameters(layer, x, width):
    """Constrained values, for `width` features that the layer transforms."""
    if hasattr(layer, "num_bins"):
        # All features are put inside of the spline, so that none is left out.
        if isinstance(layer, CouplingTransform):
            raw = layer.transform_net(x[:, layer.identity_features])
            call = lambda: layer._coupling_transform_forward(torch.zeros(len(x), width), raw)
        else:
            raw = layer.autoregressive_net(x)
            call = lambda: layer._elementwise_forward(torch.zeros(len(x), width), raw)
        found = locals_of("rational_quadratic_spline", call)
        # The search for a bin has moved the last knot by 10⁻⁶, after widths were taken.
        found["cumwidths"][..., -1] = BOUND
        tables = [found[name] for name in ("cumwidths", "cumheights", "derivatives")]
        return reference.spline(
            *(table.reshape(len(x), width, reference.BINS + 1) for table in tables), BOUND
        )
    is_coupling = isinstance(layer, CouplingTransform)
    name = "_coupling_transform_forward" if is_coupling else "_elementwise_forward"
    found = locals_of(name, lambda: layer(x))
    return reference.affine(found["scale"], found["shift"])


def dump(folder, name, flow, seed):
    torch.manual_seed(seed)
    for weights in flow.parameters():
        weights.requires_grad_(False)
        weights += 0.2 * torch.randn(weights.shape)
    flow.eval()
    x = 2 * torch.randn(reference.ROWS, reference.FEATURES)
    if "spline" in name:
        x[-2:] = torch.tensor(reference.WIDE)
    log_density, layers, z = flow.log_prob(x), [], x
    for layer in flow._transform._transforms:
        y, log_det = layer(z)
        if isinstance(layer, Permutation):
            layers.append(reference.permutation(layer._permutation, y))
        elif isinstance(layer, CouplingTransform):
            moved = layer.transform_features
            layers.append(
                reference.coupling(moved, parameters(layer, z, len(moved)), y, log_det)
            )
        else:
            probes = torch.randn(200, 1, reference.FEATURES)
            jacobian = sum(
                torch.autograd.functional.jacobian(lambda point: layer(point)[0], probe).abs()
                for probe in probes
            )[0, :, 0, :]
            layers.append(
                reference.autoregressive(
                    jacobian, parameters(layer, z, reference.FEATURES), y, log_det
                )
            )
        z = y
    reference.write(folder, f"nflows-{name}", SOURCE, x, layers, log_density)


def coupling_splines(features):
    def network(inputs, outputs):
        return ResidualNet(inputs, outputs, hidden_features=24)

    return [
        PiecewiseRationalQuadraticCouplingTransform(
            [(-1) ** (feature + layer) for feature in range(features)], network,
            num_bins=reference.BINS, tails="linear", tail_bound=BOUND,
        )
        for layer in range(2)
    ]


def autoregressive_splines(features):
    return [
        part
        for _ in range(2)
        for part in (
            RandomPermutation(features),
            MaskedPiecewiseRationalQuadraticAutoregressiveTransform(
                features, 24, num_bins=reference.BINS, tails="linear", tail_bound=BOUND
            ),
        )
    ]


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    features = reference.FEATURES
    base = StandardNormal([features])
    flows = [
        ("realnvp", SimpleRealNVP(features, 24, num_layers=3, num_blocks_per_layer=2)),
        (
            "maf",
            MaskedAutoregressiveFlow(
                features, 24, num_layers=3, num_blocks_per_layer=2, use_random_permutations=True
            ),
        ),
        ("coupling-spline", Flow(CompositeTransform(coupling_splines(features)), base)),
        ("autoregressive-spline", Flow(CompositeTransform(autoregressive_splines(features)), base)),
    ]
    for number, (name, flow) in enumerate(flows):
        dump(sys.argv[1], name, flow, number + 1)
