"""pzflow: the flow that its documentation uses for galaxies, rolling spline couplings."""

import jax
import jax.numpy as jnp
from pzflow import Flow
from pzflow.bijectors import Chain, RollingSplineCoupling, ShiftBounds

import in_jax
from task import Task

MODELS = {
    "rolling coupling 7 x 128": dict(hidden_layers=2, hidden_dim=128, K=16),
    "rolling coupling 7 x 64": dict(hidden_layers=2, hidden_dim=64, K=8),
}

if __name__ == "__main__":
    task = Task(MODELS)
    names = [f"x{index}" for index in range(task.features)]
    # As pzflow's default: the data's range, with some room, onto the support of its base distribution.
    bijector = Chain(
        ShiftBounds(task.learned.min(0), task.learned.max(0), 4),
        RollingSplineCoupling(nlayers=task.features, B=5, **MODELS[task.model]),
    )
    flow = Flow(names, bijector, seed=task.seed)

    def log_density(parameters, rows):
        return flow._log_prob(parameters, rows, jnp.zeros((len(rows), 1)))

    best, steps = in_jax.train(task, flow._params, log_density, batch=512, rate=1e-3)
    in_jax.finish(task, "pzflow", best, steps, jax.jit(log_density))
