"""Zuko: couplings of halves, and autoregressive flows."""

import functools

import torch
import zuko

import in_torch
from task import BOUND, Task

if __name__ == "__main__":
    task = Task()
    common = dict(features=task.features, transforms=task.layers, hidden_features=(task.hidden, task.hidden))
    spline = dict(
        univariate=functools.partial(zuko.transforms.MonotonicRQSTransform, bound=BOUND),
        shapes=[(task.bins,), (task.bins,), (task.bins - 1,)])
    torch.manual_seed(0)
    flow = {
        "realnvp": lambda: zuko.flows.NICE(**common),
        "nsf": lambda: zuko.flows.NICE(**common, **spline),
        "maf": lambda: zuko.flows.MAF(**common),
        "nsfar": lambda: zuko.flows.MAF(**common, **spline),
    }[task.model]()
    in_torch.run(task, flow, lambda rows: flow().log_prob(rows), lambda count: flow().sample((count,)))
