"""normflows: affine coupling blocks, and its spline couplings with plain perceptrons."""

import normflows
import torch
from normflows.flows.neural_spline.coupling import PiecewiseRationalQuadraticCoupling

import in_torch
from perceptron import Perceptron
from task import BOUND, Task


class SplineCoupling(normflows.flows.Flow):
    """As normflows' own layer, which is bound to a residual network."""

    def __init__(self, task, number):
        super().__init__()
        mask = [1 if (feature >= task.features // 2) == (number % 2 == 0) else 0 for feature in range(task.features)]
        self.coupling = PiecewiseRationalQuadraticCoupling(
            mask=torch.tensor(mask), num_bins=task.bins, tails="linear", tail_bound=BOUND,
            transform_net_create_fn=lambda inputs, outputs: Perceptron(inputs, task.hidden, outputs))

    def forward(self, z, context=None):
        z, log_det = self.coupling.inverse(z, context)
        return z, log_det.view(-1)

    def inverse(self, z, context=None):
        z, log_det = self.coupling(z, context)
        return z, log_det.view(-1)


def layers(task):
    for number in range(task.layers):
        if task.model == "nsf":
            yield SplineCoupling(task, number)
        else:
            # A block takes the first half, the larger one, as its input; then halves are swapped.
            sizes = [task.features - task.features // 2, task.features // 2]
            yield normflows.flows.AffineCouplingBlock(Perceptron(sizes[0], task.hidden, 2 * sizes[1]))
            yield normflows.flows.Permute(task.features, mode="swap")


if __name__ == "__main__":
    task = Task(models=("realnvp", "nsf"))
    torch.manual_seed(0)
    base = normflows.distributions.DiagGaussian(task.features, trainable=False)
    flow = normflows.NormalizingFlow(base, list(layers(task)))
    in_torch.run(task, flow, flow.log_prob, lambda count: flow.sample(count)[0])
