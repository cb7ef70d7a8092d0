#!/usr/bin/env python3
"""Speed of a dense-autograd SAE training step in PyTorch on random inputs.

    torch_sae.py '{"arch": "topk"|"relu_l1", "dModel", "nLatents", "k", "batch", "steps"}'

One step is warm-up; the median of the others is printed as one JSON line.
"""
import json
import statistics
import sys
import time

import torch

job = json.loads(sys.argv[1])
d, n, batch = job["dModel"], job["nLatents"], job["batch"]
torch.manual_seed(1)

decoder = torch.nn.functional.normalize(torch.randn(n, d), dim=1)
encoder = decoder.t().contiguous().requires_grad_()
decoder.requires_grad_()
encoder_bias = torch.zeros(n, requires_grad=True)
decoder_bias = torch.zeros(d, requires_grad=True)
adam = torch.optim.Adam([encoder, decoder, encoder_bias, decoder_bias], lr=1e-3)
inputs = torch.randn(batch, d)


def train_step():
    z = torch.addmm(encoder_bias, inputs - decoder_bias, encoder)
    penalty = 0.0
    if job["arch"] == "topk":
        top = z.topk(job["k"], dim=1)
        code = torch.zeros_like(z).scatter(1, top.indices, top.values.relu())
    else:
        code = z.relu()
        penalty = 1e-3 * code.sum(1).mean()
    output = torch.addmm(decoder_bias, code, decoder)
    loss = torch.nn.functional.mse_loss(output, inputs) + penalty
    adam.zero_grad()
    loss.backward()
    adam.step()
    with torch.no_grad():
        decoder.div_(decoder.norm(dim=1, keepdim=True))


seconds = []
for _ in range(job["steps"] + 1):
    start = time.perf_counter()
    train_step()
    seconds.append(time.perf_counter() - start)
print(json.dumps({"tokensPerSecond": batch / statistics.median(seconds[1:])}))
