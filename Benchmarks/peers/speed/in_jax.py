"""What the peers in JAX share: training as their users write it, and at its best."""

import pickle

import jax
import jax.numpy as jnp
import jax.random as jr
import optax

from task import CHUNK

RATE = 1e-3


def run(task, parameters, log_density, sample):
    """Does the task for a flow given by two functions.

    `log_density(parameters, rows)` gives numbers for `[B, D]`, `sample(parameters, key, count)` rows.
    """
    count = sum(leaf.size for leaf in jax.tree.leaves(parameters))
    if task.work == "save":
        with open(task.saved, "wb") as file:
            pickle.dump(jax.device_get(jax.tree.leaves(parameters)), file)
        return
    if task.work == "startup":
        with open(task.saved, "rb") as file:
            parameters = jax.tree.unflatten(jax.tree.structure(parameters), pickle.load(file))
        print(jax.jit(log_density)(parameters, task.rows(1))[0], flush=True)
        return
    if task.work == "train":
        seconds = train(task, parameters, log_density)
    elif task.work == "sample":
        seconds = task.time(sampler(task, parameters, sample))
    else:
        seconds = task.time(scorer(task, parameters, log_density))
    task.report(count, seconds)


def train(task, parameters, log_density):
    optimizer = optax.adam(RATE)
    rows = jnp.asarray(task.training_rows)
    steps = len(rows) // task.batch

    def loss(parameters, batch):
        return -log_density(parameters, batch).mean()

    def step(carry, batch):
        parameters, state = carry
        value, gradients = jax.value_and_grad(loss)(parameters, batch)
        updates, state = optimizer.update(gradients, state)
        return (optax.apply_updates(parameters, updates), state), value

    @jax.jit
    def epoch(carry, key):
        order = jr.permutation(key, len(rows))[: steps * task.batch].reshape(steps, task.batch)
        return jax.lax.scan(lambda carry, indices: step(carry, rows[indices]), carry, order)

    carry = (parameters, optimizer.init(parameters))
    if task.loop == "scan":
        def call():
            nonlocal carry
            carry, _ = jax.block_until_ready(epoch(carry, jr.key(0)))
        return task.time(call, per_call=steps)

    compiled = jax.jit(step)
    batches = [rows[start * task.batch : (start + 1) * task.batch] for start in range(steps)]
    number = 0

    def call():
        nonlocal carry, number
        carry, _ = jax.block_until_ready(compiled(carry, batches[number % steps]))
        number += 1

    return task.time(call)


def scorer(task, parameters, log_density):
    rows = jnp.asarray(task.rows(task.batch))
    if task.batch <= CHUNK:
        compiled = jax.jit(log_density)
    else:
        compiled = jax.jit(
            lambda parameters, rows: jax.lax.map(lambda part: log_density(parameters, part), chunks(rows)))
    return lambda: jax.block_until_ready(compiled(parameters, rows))


def sampler(task, parameters, sample):
    parts, size = max(1, -(-task.batch // CHUNK)), min(task.batch, CHUNK)
    compiled = jax.jit(
        lambda parameters, key: jax.lax.map(lambda key: sample(parameters, key, size), jr.split(key, parts)))
    return lambda: jax.block_until_ready(compiled(parameters, jr.key(0)))


def chunks(rows):
    """The rows in parts of equal size, the last filled up with zeros."""
    parts = -(-len(rows) // CHUNK)
    return jnp.pad(rows, ((0, parts * CHUNK - len(rows)), (0, 0))).reshape(parts, CHUNK, -1)
