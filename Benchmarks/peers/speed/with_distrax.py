"""distrax: split couplings with affine maps or splines; it has no autoregressive layers of its own."""

import distrax
import jax
import jax.numpy as jnp
import jax.random as jr

import in_jax
from task import BOUND, Task


def perceptron(key, widths):
    """Weights and biases as distrax's example has them from Haiku; last ones small, so that flows begin near
    the identity."""
    layers = []
    for number, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        key, own = jr.split(key)
        size = 0.01 if number == len(widths) - 2 else (2 / inputs) ** 0.5
        layers.append((size * jr.normal(own, (inputs, outputs)), jnp.zeros(outputs)))
    return layers


def conditioner(layers, features, numbers):
    def outputs(x):
        for weights, bias in layers[:-1]:
            x = jax.nn.relu(x @ weights + bias)
        weights, bias = layers[-1]
        return (x @ weights + bias).reshape(*x.shape[:-1], features, numbers)

    return outputs


def bijector(parameters):
    if task.model == "nsf":
        return distrax.RationalQuadraticSpline(
            parameters, range_min=-BOUND, range_max=BOUND, boundary_slopes="identity")
    return distrax.ScalarAffine(shift=parameters[..., 0], log_scale=jnp.tanh(parameters[..., 1]))


def distribution(parameters):
    half = task.features // 2
    layers = [
        distrax.SplitCoupling(
            split_index=half, event_ndims=1, swap=number % 2 == 1,
            conditioner=conditioner(own, task.features - half if number % 2 == 0 else half, numbers),
            bijector=lambda found: distrax.Block(bijector(found), 1))
        for number, own in enumerate(parameters)
    ]
    base = distrax.MultivariateNormalDiag(jnp.zeros(task.features), jnp.ones(task.features))
    return distrax.Transformed(base, distrax.Inverse(distrax.Chain(layers)))


if __name__ == "__main__":
    task = Task(models=("realnvp", "nsf"))
    numbers = 3 * task.bins + 1 if task.model == "nsf" else 2
    half = task.features // 2
    sizes = [(half, task.features - half), (task.features - half, half)]
    parameters = [
        perceptron(key, [sizes[number % 2][0], task.hidden, task.hidden, sizes[number % 2][1] * numbers])
        for number, key in enumerate(jr.split(jr.key(0), task.layers))
    ]
    in_jax.run(
        task, parameters, lambda parameters, rows: distribution(parameters).log_prob(rows),
        lambda parameters, key, count: distribution(parameters).sample(seed=key, sample_shape=(count,)))
