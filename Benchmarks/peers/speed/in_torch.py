"""What the peers in PyTorch share: the loop that their documentation has."""

import torch

from task import CHUNK

RATE = 1e-3


def run(task, flow, log_density, sample):
    """Does the task for a module; `log_density(rows)` and `sample(count)` use it."""
    torch.set_num_threads(task.threads)
    count = sum(parameter.numel() for parameter in flow.parameters() if parameter.requires_grad)
    if task.work == "save":
        torch.save(flow.state_dict(), task.saved)
        return
    if task.work == "startup":
        flow.load_state_dict(torch.load(task.saved))
        with torch.no_grad():
            print(log_density(torch.from_numpy(task.rows(1)))[0].item(), flush=True)
        return
    if task.work == "train":
        seconds = task.time(training_step(task, flow, log_density))
    elif task.work == "sample":
        seconds = task.time(lambda: in_parts(task.batch, sample))
    else:
        rows = torch.from_numpy(task.rows(task.batch)).split(CHUNK)
        seconds = task.time(lambda: all_of(rows, log_density))
    task.report(count, seconds)


def training_step(task, flow, log_density):
    optimizer = torch.optim.Adam(flow.parameters(), lr=RATE)
    rows = torch.from_numpy(task.training_rows)
    generator = torch.Generator().manual_seed(0)

    def step():
        indices = torch.randint(len(rows), (task.batch,), generator=generator)
        loss = -log_density(rows[indices]).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


@torch.no_grad()
def all_of(parts, log_density):
    for part in parts:
        log_density(part)


@torch.no_grad()
def in_parts(count, sample):
    for start in range(0, count, CHUNK):
        sample(min(CHUNK, count - start))
