"""What the peers in JAX share: a loop of compiled blocks of steps, which is JAX at its best."""

import time

import jax
import jax.numpy as jnp
import jax.random as jr
import optax

STEPS_PER_BLOCK = 100


def train(task, parameters, log_density, batch, rate):
    """Adam until the time is over; returns the best parameters and the number of steps."""
    rows, chosen = jnp.asarray(task.learned), jnp.asarray(task.chosen)
    optimizer = optax.chain(optax.clip_by_global_norm(5.0), optax.scale_by_adam())

    def loss(parameters, indices):
        return -log_density(parameters, rows[indices]).mean()

    @jax.jit
    def block(parameters, state, key, rate):
        def step(carry, key):
            parameters, state = carry
            indices = jr.randint(key, (batch,), 0, len(rows))
            gradients = jax.grad(loss)(parameters, indices)
            updates, state = optimizer.update(gradients, state)
            return (optax.apply_updates(parameters, jax.tree.map(lambda u: -rate * u, updates)), state), None

        return jax.lax.scan(step, (parameters, state), jr.split(key, STEPS_PER_BLOCK))[0]

    judge = jax.jit(lambda parameters: log_density(parameters, chosen).mean())
    state, key, steps = optimizer.init(parameters), jr.key(task.seed), 0
    task.best = parameters
    while task.progress < 1:
        key, own = jr.split(key)
        parameters, state = jax.block_until_ready(block(parameters, state, own, task.rate(rate)))
        steps += STEPS_PER_BLOCK
        if task.is_judgement_due() or task.progress >= 1:
            task.judge(parameters, float(judge(parameters)))
    return task.best, steps


def finish(task, peer, parameters, steps, log_density):
    seconds = time.perf_counter() - task.start
    count = sum(leaf.size for leaf in jax.tree.leaves(parameters))
    values = jnp.concatenate(
        [log_density(parameters, part) for part in jnp.array_split(jnp.asarray(task.test), 20)])
    task.finish(peer, count, steps, values, seconds)
