"""FlowJAX: coupling and autoregressive spline flows."""

import equinox
import jax
import jax.numpy as jnp
import jax.random as jr
import paramax
from flowjax.bijections import RationalQuadraticSpline
from flowjax.distributions import Normal
from flowjax.flows import coupling_flow, masked_autoregressive_flow

import in_jax
from task import Task

MODELS = {
    "coupling 8 x 50": (coupling_flow, dict(flow_layers=8, nn_width=50, nn_depth=1)),
    "coupling 8 x 128": (coupling_flow, dict(flow_layers=8, nn_width=128, nn_depth=2)),
    "autoregressive 4 x 64": (masked_autoregressive_flow, dict(flow_layers=4, nn_width=64, nn_depth=2)),
    "autoregressive 8 x 128": (masked_autoregressive_flow, dict(flow_layers=8, nn_width=128, nn_depth=2)),
}

if __name__ == "__main__":
    task = Task(MODELS)
    make, options = MODELS[task.model]
    flow = make(
        jr.key(task.seed), base_dist=Normal(jnp.zeros(task.features)),
        transformer=RationalQuadraticSpline(knots=8, interval=5), **options)
    parameters, rest = equinox.partition(
        flow, equinox.is_inexact_array, is_leaf=lambda leaf: isinstance(leaf, paramax.NonTrainable))

    def log_density(parameters, rows):
        return paramax.unwrap(equinox.combine(parameters, rest)).log_prob(rows)

    best, steps = in_jax.train(task, parameters, log_density, batch=256, rate=1e-3)
    in_jax.finish(task, "FlowJAX", best, steps, jax.jit(log_density))
