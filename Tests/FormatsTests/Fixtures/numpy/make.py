"""Writes the arrays of this folder anew: python3 make.py (NumPy 2)."""
import gzip
from pathlib import Path

import numpy as np

folder = Path(__file__).parent
table = np.array([[1.5, -2.0, 0.25], [3.0, 1e300, -0.1]])
np.save(folder / "rows.npy", table)
np.save(folder / "columns.npy", np.asfortranarray(table))
np.save(folder / "big-endian.npy", table.clip(-8, 8).astype(">f4"))
np.save(folder / "half.npy", np.array([0.5, -65504, 6e-8], dtype=np.float16))
np.save(folder / "signed.npy", np.array([[-1, 127], [-128, 5]], dtype=np.int8))
np.save(folder / "unsigned.npy", np.array([0, 2**63], dtype=np.uint64))
np.save(folder / "boolean.npy", np.array([True, False]))
item = np.dtype({"names": ["it's", "größe", "n"], "formats": ["<f8", "<f4", ">i2"], "offsets": [0, 8, 16],
                 "itemsize": 24})
np.save(folder / "fields.npy", np.array([(1, 0.5, -3), (2, 0.25, 400)], dtype=item))
np.savez(folder / "stored.npz", u=np.array([1.0, 2.0]), n=np.array([3, 4]))
np.savez_compressed(folder / "deflated.npz", u=np.arange(1000) / 8, n=np.arange(1000) % 7)
np.savez_compressed(folder / "table.npz", table=table)
np.save(folder / "text.npy", np.array(["a", "b"]))
np.save(folder / "cube.npy", np.zeros((2, 2, 2)))
(folder / "two-members.csv.gz").write_bytes(
    gzip.compress(b"a,b\n1,2\n3,", mtime=0) + gzip.compress(b"4\n", mtime=0))
