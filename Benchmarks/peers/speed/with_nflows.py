"""nflows: couplings with plain perceptrons, and its masked autoregressive layers without residual blocks."""

import torch
from nflows.distributions.normal import StandardNormal
from nflows.flows import Flow
from nflows.transforms import (
    AffineCouplingTransform,
    CompositeTransform,
    MaskedAffineAutoregressiveTransform,
    MaskedPiecewiseRationalQuadraticAutoregressiveTransform,
    PiecewiseRationalQuadraticCouplingTransform,
    ReversePermutation,
)

import in_torch
from perceptron import Perceptron
from task import BOUND, Task


def layers(task):
    spline = dict(num_bins=task.bins, tails="linear", tail_bound=BOUND)
    masked = dict(features=task.features, hidden_features=task.hidden, num_blocks=1, use_residual_blocks=False)
    for number in range(task.layers):
        mask = [1 if (feature >= task.features // 2) == (number % 2 == 0) else 0 for feature in range(task.features)]
        network = lambda inputs, outputs: Perceptron(inputs, task.hidden, outputs)
        if task.model == "realnvp":
            yield AffineCouplingTransform(mask, network)
        elif task.model == "nsf":
            yield PiecewiseRationalQuadraticCouplingTransform(mask, network, **spline)
        else:
            if number > 0:
                yield ReversePermutation(task.features)
            if task.model == "maf":
                yield MaskedAffineAutoregressiveTransform(**masked)
            else:
                yield MaskedPiecewiseRationalQuadraticAutoregressiveTransform(**masked, **spline)


if __name__ == "__main__":
    task = Task()
    torch.manual_seed(0)
    flow = Flow(CompositeTransform(list(layers(task))), StandardNormal([task.features]))
    in_torch.run(task, flow, flow.log_prob, flow.sample)
