#!/usr/bin/env python3
"""Speed of GPT-2's forward pass in PyTorch up to a layer's input.

    torch_gpt2.py '{"model": FOLDER, "tokens": FILE, "batch", "layer", "steps", "residual": FILE}'

FOLDER is a model in Hugging Face's layout (float32), the tokens are int32,
[batch x length], and the residual stream before the layer is written to
"residual" as float32. One step is warm-up; the median of the others is printed
as one JSON line.
"""
import json
import math
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

job = json.loads(sys.argv[1])
folder = Path(job["model"])
config = json.loads((folder / "config.json").read_text())
heads, width = config["n_head"], config["n_embd"]
eps = config.get("layer_norm_epsilon", 1e-5)


def load_weights(file):
    """The tensors of a safetensors file: a JSON header, then plain numbers."""
    with open(file, "rb") as handle:
        size = int.from_bytes(handle.read(8), "little")
        header = json.loads(handle.read(size))
    data = np.memmap(file, dtype=np.uint8, mode="r", offset=8 + size)
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            values = np.frombuffer(data[start:end].tobytes(), dtype=np.float32)
            tensors[name] = torch.from_numpy(values.copy()).view(entry["shape"])
    return tensors


weights = load_weights(folder / "model.safetensors")
tokens = np.fromfile(job["tokens"], dtype=np.int32).reshape(job["batch"], -1)
tokens = torch.from_numpy(tokens.astype(np.int64))
batch, length = tokens.shape
masked = torch.full((length, length), -math.inf).triu(1)


def linear(x, name):
    flat = x.view(-1, x.shape[-1])
    out = torch.addmm(weights[name + ".bias"], flat, weights[name + ".weight"])
    return out.view(*x.shape[:-1], -1)


def layer_norm(x, name):
    gain, bias = weights[name + ".weight"], weights[name + ".bias"]
    return F.layer_norm(x, (width,), gain, bias, eps)


def attention(x, name):
    def split(part):
        return part.view(batch, length, heads, -1).transpose(1, 2)

    query, key, value = map(split, linear(x, name + ".c_attn").split(width, -1))
    scores = query @ key.transpose(-1, -2) / math.sqrt(width // heads)
    mixed = (scores + masked).softmax(-1) @ value
    return linear(mixed.transpose(1, 2).reshape(batch, length, width), name + ".c_proj")


def forward():
    x = weights["wte.weight"][tokens] + weights["wpe.weight"][:length]
    for layer in range(job["layer"]):
        block = f"h.{layer}"
        x = x + attention(layer_norm(x, block + ".ln_1"), block + ".attn")
        hidden = linear(layer_norm(x, block + ".ln_2"), block + ".mlp.c_fc")
        x = x + linear(F.gelu(hidden, approximate="tanh"), block + ".mlp.c_proj")
    return x


seconds = []
with torch.no_grad():
    for _ in range(job["steps"] + 1):
        start = time.perf_counter()
        residual = forward()
        seconds.append(time.perf_counter() - start)
residual.numpy().tofile(job["residual"])
speed = batch * length / statistics.median(seconds[1:])
print(json.dumps({"tokensPerSecond": speed}))
