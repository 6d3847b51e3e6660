"""Zuko: neural spline flows, autoregressive."""

import copy
import time

import torch
import zuko

from task import Task

MODELS = {
    "NSF 3 x 64": dict(transforms=3, hidden_features=(64, 64)),
    "NSF 5 x 128": dict(transforms=5, hidden_features=(128, 128)),
}
BATCH, RATE = 256, 1e-3

if __name__ == "__main__":
    task = Task(MODELS)
    torch.manual_seed(task.seed)
    flow = zuko.flows.NSF(features=task.features, bins=8, **MODELS[task.model])
    rows, chosen, test = map(torch.from_numpy, (task.learned, task.chosen, task.test))
    optimizer = torch.optim.Adam(flow.parameters(), lr=RATE)
    steps = 0
    while task.progress < 1:
        for group in optimizer.param_groups:
            group["lr"] = task.rate(RATE)
        loss = -flow().log_prob(rows[torch.randint(len(rows), (BATCH,))]).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(flow.parameters(), 5.0)
        optimizer.step()
        steps += 1
        if task.is_judgement_due() or task.progress >= 1:
            with torch.no_grad():
                task.judge(copy.deepcopy(flow.state_dict()), flow().log_prob(chosen).mean().item())
    seconds = time.perf_counter() - task.start
    flow.load_state_dict(task.best)
    with torch.no_grad():
        values = torch.cat([flow().log_prob(part) for part in test.chunk(20)])
    count = sum(parameter.numel() for parameter in flow.parameters() if parameter.requires_grad)
    task.finish("Zuko", count, steps, values, seconds)
