"""What is compared: the rows of the table, each with the factor by which Diffeo is to be faster than the best peer."""

from dataclasses import dataclass

MODELS = {
    "nsf": "RQ-NSF coupling", "nsfar": "RQ-NSF autoregressive", "maf": "MAF", "realnvp": "RealNVP",
}


@dataclass(frozen=True)
class Row:
    work: str
    model: str
    features: int
    layers: int
    hidden: int
    batch: int
    target: float
    bins: int = 8

    @property
    def name(self):
        rows = f"{self.batch:,}".replace(",", " ")
        what = {
            "train": f"train step, batch {rows}", "score": f"log-density of {rows} rows",
            "sample": f"{rows} samples", "latency": "log-density of one row",
            "startup": "new process to first log-density",
        }[self.work]
        return f"{what}: {MODELS[self.model]}, D {self.features}, {self.layers} layers, H {self.hidden}"

    @property
    def options(self):
        names = ("model", "features", "layers", "hidden", "bins", "batch")
        return [word for name in names for word in (f"--{name}", str(getattr(self, name)))]


ROWS = [
    Row("train", "nsf", 2, 5, 64, 64, 3),
    Row("train", "nsf", 6, 5, 64, 256, 4),
    Row("train", "nsf", 21, 8, 128, 1024, 3),
    Row("train", "nsf", 63, 5, 256, 256, 2),
    Row("train", "nsfar", 21, 5, 128, 1024, 4),
    Row("train", "maf", 21, 8, 128, 1024, 3),
    Row("train", "realnvp", 6, 8, 128, 256, 2.3),
    Row("train", "realnvp", 21, 8, 128, 1024, 1.75),
    Row("train", "realnvp", 63, 10, 256, 1024, 1.3),
    Row("score", "nsf", 6, 5, 64, 1_000_000, 5),
    Row("score", "nsf", 21, 8, 128, 1_000_000, 4),
    Row("score", "maf", 21, 8, 128, 1_000_000, 2.5),
    Row("score", "realnvp", 6, 8, 128, 1_000_000, 1.25),
    Row("sample", "nsf", 6, 5, 64, 1_000_000, 5),
    Row("sample", "nsf", 21, 8, 128, 1_000_000, 4),
    Row("sample", "realnvp", 6, 8, 128, 1_000_000, 1.4),
    Row("sample", "maf", 21, 8, 128, 100_000, 10),
    Row("sample", "maf", 63, 8, 128, 100_000, 25),
    Row("sample", "nsfar", 21, 5, 128, 100_000, 10),
    Row("latency", "nsf", 6, 5, 64, 1, 10),
    Row("latency", "realnvp", 6, 8, 128, 1, 6),
    Row("startup", "nsf", 6, 5, 64, 1, 50),
]


@dataclass(frozen=True)
class Peer:
    name: str
    script: str
    models: tuple
    loop: str = "own"


ALL = ("realnvp", "nsf", "maf", "nsfar")
COUPLINGS = ("realnvp", "nsf")
PEERS = [
    Peer("FlowJAX scan", "with_flowjax.py", ALL, "scan"),
    Peer("FlowJAX steps", "with_flowjax.py", ALL),
    Peer("distrax scan", "with_distrax.py", COUPLINGS, "scan"),
    Peer("distrax steps", "with_distrax.py", COUPLINGS),
    Peer("Zuko", "with_zuko.py", ALL),
    Peer("nflows", "with_nflows.py", ALL),
    Peer("normflows", "with_normflows.py", COUPLINGS),
]


def peers_of(row):
    """Those that have the flow; how a peer in JAX loops matters for training alone."""
    return [
        peer for peer in PEERS
        if row.model in peer.models and (row.work == "train" or not peer.name.endswith("scan"))
    ]
