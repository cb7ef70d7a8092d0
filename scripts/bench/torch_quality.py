#!/usr/bin/env python3
"""Trains one SAE with dense PyTorch autograd on batches that were written to disk.

    torch_quality.py FOLDER

FOLDER holds run.json (the training configuration, with "steps"), batches.f32
[steps x batchSize x dIn] as they are fed to the trainer, and W_dec.f32, b_dec.f32,
b_enc.f32, threshold.f32: the parameters before the first step. The trained
parameters are written there as torch_NAME.f32, and one JSON line is printed.
The equations are those of docs/method.md; nothing is shared with the other
implementation but the numbers it starts from.
"""
import json
import math
import sys
from pathlib import Path

import numpy as np
import torch

folder = Path(sys.argv[1])
run = json.loads((folder / "run.json").read_text())
d, n, rows = run["dIn"], run["dSae"], run["batchSize"]
steps, architecture = run["steps"], run["architecture"]
batches = np.memmap(
    folder / "batches.f32", dtype=np.float32, mode="r", shape=(steps, rows, d)
)


def load(name, *shape):
    values = np.fromfile(folder / f"{name}.f32", dtype=np.float32)
    return torch.from_numpy(values.reshape(shape).copy())


W_dec = load("W_dec", n, d).requires_grad_()
parameters = {
    "W_enc": load("W_dec", n, d).requires_grad_(),
    "W_dec": W_dec,
    "b_enc": load("b_enc", n).requires_grad_(),
    "b_dec": load("b_dec", d).requires_grad_(),
}
if architecture == "jumprelu":
    parameters["threshold"] = load("threshold", n).requires_grad_()


class Jump(torch.autograd.Function):
    """f = z H(z - theta), and H itself, with straight-through estimates."""

    @staticmethod
    def forward(ctx, z, theta, width):
        ctx.save_for_backward(z, theta)
        ctx.width = width
        on = (z > theta).to(z.dtype)
        return z * on, on

    @staticmethod
    def backward(ctx, df, dh):
        z, theta = ctx.saved_tensors
        window = ((z - theta).abs() < ctx.width / 2).to(z.dtype) / ctx.width
        dz = df * (z > theta) + dh * window
        dtheta = -(window * (theta * df + dh)).sum(0)
        return dz, dtheta, None


def excess(l0):
    return max(-1.0, min(1.0, math.log(max(l0, 1e-9) / run["targetL0"])))


def warmup(step, count):
    return min(1.0, (step + 1) / count) if count > 0 else 1.0


level, last_l0 = run["sparsityCoefficient"], None
groups = [
    {
        "params": [value],
        "scale": run["thresholdLrScale"] if name == "threshold" else 1.0,
    }
    for name, value in parameters.items()
]
optimiser = torch.optim.Adam(
    groups, lr=run["lr"], betas=(run["beta1"], run["beta2"]), eps=run["epsilon"]
)
threshold_sum = threshold_weight = 0.0
decay_steps = math.floor(steps * run["lrDecayFraction"])
for step in range(steps):
    x = torch.from_numpy(np.array(batches[step]))
    decay = min(1.0, (steps - step) / decay_steps) if decay_steps > 0 else 1.0
    lr = run["lr"] * warmup(step, run["lrWarmupSteps"]) * decay
    for group in optimiser.param_groups:
        group["lr"] = lr * group["scale"]
    weight = level * warmup(step, run["sparsityWarmupSteps"])
    if run["targetL0"] is not None and last_l0 is not None:
        weight *= math.exp(2 * excess(last_l0))

    p = parameters
    z = (x - p["b_dec"]) @ p["W_enc"].T + p["b_enc"]
    penalty = 0.0
    if architecture == "topk":
        values, indices = z.topk(run["k"], dim=-1)
        f = torch.zeros_like(z).scatter(-1, indices, values.relu())
    elif architecture == "batch_topk":
        with torch.no_grad():
            kept = z.detach().flatten().topk(run["k"] * rows).values
            smallest = float(kept[kept > 0].min())
        f = z * (z >= smallest)
        threshold_sum += 0.1 * (smallest - threshold_sum)
        threshold_weight += 0.1 * (1 - threshold_weight)
    elif architecture == "jumprelu":
        f, on = Jump.apply(z, p["threshold"], run["bandwidth"])
        penalty = on.sum(-1).mean()
    else:
        f = z.relu()
        penalty = f.sum(-1).mean()
    mse = (f @ p["W_dec"] + p["b_dec"] - x).square().sum(-1).mean()
    loss = mse + weight * penalty
    optimiser.zero_grad()
    loss.backward()
    with torch.no_grad():
        if run["unitNormDecoder"]:
            along = (W_dec.grad * W_dec).sum(-1, keepdim=True)
            W_dec.grad -= along * W_dec
    optimiser.step()
    with torch.no_grad():
        if run["unitNormDecoder"]:
            W_dec /= W_dec.norm(dim=-1, keepdim=True)
        if architecture == "jumprelu":
            p["threshold"].clamp_(min=0)
        l0 = float((f > 0).sum(-1).float().mean())
    if run["targetL0"] is not None and step >= run["sparsityWarmupSteps"]:
        level *= math.exp(0.02 * excess(l0))
    last_l0 = l0

for name, value in parameters.items():
    value.detach().numpy().tofile(folder / f"torch_{name}.f32")
if architecture == "batch_topk":
    thresholds = np.full(n, threshold_sum / threshold_weight, dtype=np.float32)
    thresholds.tofile(folder / "torch_threshold.f32")
print(json.dumps({"mse": float(mse), "l0": l0, "level": level}))
