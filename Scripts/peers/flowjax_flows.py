"""References from FlowJAX: RealNVP, MAF, and neural spline flows with couplings and autoregressive."""

import sys

import equinox
import jax
import jax.numpy as jnp
import jax.random as jr
import paramax
from flowjax.bijections import Affine, Coupling, Permute, RationalQuadraticSpline
from flowjax.distributions import Normal, Transformed
from flowjax.flows import coupling_flow, masked_autoregressive_flow

import reference

SOURCE = f"flowjax 19.1.2, jax {jax.__version__}"
BOUND = 4


def layers_of(flow):
    """The parts of a flow from data to base, which it keeps as one with parameters stacked."""
    stacked = flow.bijection.bijection.bijection
    counts = {len(leaf) for leaf in jax.tree.leaves(equinox.filter(stacked, equinox.is_array))}
    assert len(counts) == 1
    for number in range(counts.pop()):
        chain = jax.tree.map(lambda leaf: leaf[number] if equinox.is_array(leaf) else leaf, stacked)
        yield from chain.bijections


def parameters(layer, x):
    """Constrained values for each row of features that the layer transforms."""

    def values(row):
        if isinstance(layer, Coupling):
            raw = layer.conditioner(row[: layer.untransformed_dim])
        else:
            raw = layer.masked_autoregressive_mlp(row)
        univariate = paramax.unwrap(layer._flat_params_to_transformer(raw)).bijection
        if isinstance(univariate, Affine):
            return univariate.scale, univariate.loc
        return univariate.x_pos, univariate.y_pos, univariate.derivatives

    tables = jax.vmap(values)(x)
    return reference.affine(*tables) if len(tables) == 2 else reference.spline(*tables, BOUND)


def entry(layer, x):
    y, log_det = jax.vmap(layer.transform_and_log_det)(x)
    if isinstance(layer, Permute):
        return y, reference.permutation(layer.permutation[0], y)
    if isinstance(layer, Coupling):
        moved = range(layer.untransformed_dim, reference.FEATURES)
        return y, reference.coupling(moved, parameters(layer, x), y, log_det)
    probes = jr.normal(jr.key(9), (200, reference.FEATURES))
    jacobian = jnp.abs(jax.vmap(jax.jacobian(layer.transform))(probes)).sum(0)
    return y, reference.autoregressive(jacobian, parameters(layer, x), y, log_det)


def dump(folder, name, flow, key):
    trained, fixed = equinox.partition(flow.bijection, equinox.is_inexact_array)
    leaves, tree = jax.tree.flatten(trained)
    keys = jr.split(key, len(leaves) + 1)
    leaves = [x + 0.15 * jr.normal(k, x.shape, x.dtype) for x, k in zip(leaves, keys)]
    bijection = equinox.combine(jax.tree.unflatten(tree, leaves), fixed)
    flow = Transformed(flow.base_dist, bijection)
    x = 2 * jr.normal(keys[-1], (reference.ROWS, reference.FEATURES))
    if "spline" in name:
        # Slopes at the ends are learned, but beyond them the spline is the identity: Diffeo has no
        # splines whose slopes jump there.
        x = jnp.clip(x, -0.97 * BOUND, 0.97 * BOUND)
    log_density, layers, value = flow.log_prob(x), [], x
    for layer in layers_of(paramax.unwrap(flow)):
        value, record = entry(layer, value)
        layers.append(record)
    reference.write(folder, f"flowjax-{name}", SOURCE, x, layers, log_density)


if __name__ == "__main__":
    jax.config.update("jax_enable_x64", True)
    base = Normal(jnp.zeros(reference.FEATURES))
    spline = RationalQuadraticSpline(knots=reference.BINS - 1, interval=BOUND)
    common = dict(base_dist=base, nn_width=24)
    flows = [
        ("realnvp", coupling_flow, dict(flow_layers=3)),
        ("maf", masked_autoregressive_flow, dict(flow_layers=3)),
        ("coupling-spline", coupling_flow, dict(flow_layers=2, transformer=spline)),
        (
            "autoregressive-spline",
            masked_autoregressive_flow,
            dict(flow_layers=2, transformer=spline),
        ),
    ]
    for number, (name, make, options) in enumerate(flows):
        keys = jr.split(jr.key(number))
        dump(sys.argv[1], name, make(keys[0], **common, **options), keys[1])
