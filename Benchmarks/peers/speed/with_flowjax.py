"""FlowJAX: its coupling and masked autoregressive flows, compiled."""

import equinox
import jax
import jax.numpy as jnp
import jax.random as jr
import paramax
from flowjax.bijections import Chain, Coupling, Flip, Invert, RationalQuadraticSpline, Scan
from flowjax.distributions import Normal, Transformed
from flowjax.flows import coupling_flow, masked_autoregressive_flow

import in_jax
from task import BOUND, Task


def spline_couplings(base, spline):
    """As FlowJAX's `coupling_flow`, but the smaller part of an odd number of columns is moved. Moving the larger
    one in every layer takes more parameters than halves that take turns. Between layers the order is reversed."""

    def layer(key):
        coupling = Coupling(
            key, transformer=spline, untransformed_dim=(task.features + 1) // 2, dim=task.features,
            nn_width=task.hidden, nn_depth=2, nn_activation=jax.nn.relu)
        return Chain([coupling, Flip((task.features,))])

    layers = equinox.filter_vmap(layer)(jr.split(jr.key(0), task.layers))
    return Transformed(base, Invert(Scan(layers)))


def flow():
    base = Normal(jnp.zeros(task.features))
    # FlowJAX counts inner knots.
    spline = RationalQuadraticSpline(knots=task.bins - 1, interval=BOUND)
    if task.model == "nsf":
        return spline_couplings(base, spline)
    make = coupling_flow if task.model == "realnvp" else masked_autoregressive_flow
    return make(
        jr.key(0), base_dist=base, transformer=spline if task.model == "nsfar" else None,
        flow_layers=task.layers, nn_width=task.hidden, nn_depth=2)


if __name__ == "__main__":
    task = Task()
    parameters, rest = equinox.partition(
        flow(), equinox.is_inexact_array, is_leaf=lambda leaf: isinstance(leaf, paramax.NonTrainable))

    def whole(parameters):
        return paramax.unwrap(equinox.combine(parameters, rest))

    in_jax.run(
        task, parameters, lambda parameters, rows: whole(parameters).log_prob(rows),
        lambda parameters, key, count: whole(parameters).sample(key, (count,)))
