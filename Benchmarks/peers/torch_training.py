"""Steps a second of PyTorch for what `symreg-bench train` measures.

Usage: torch_training.py THREADS [REPETITIONS] [SECONDS]; the median, lowest and highest of the repetitions.
"""

import statistics
import sys
import time

import torch
from torch import nn

threads = int(sys.argv[1])
repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 9
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 0.5

torch.set_num_threads(threads)
torch.manual_seed(1)
widths = [12, 300, 300, 300, 100]
layers = []
for inputs, outputs in zip(widths, widths[1:]):
    layers += [nn.Linear(inputs, outputs), nn.ReLU()]
network = nn.Sequential(*layers[:-1])
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, weight_decay=1e-8, fused=True)
rows = 768
inputs, targets = torch.randn(rows, widths[0]), torch.randn(rows, widths[-1])


def step():
    optimizer.zero_grad()
    loss = (network(inputs) - targets).abs().sum() / rows
    loss.backward()
    optimizer.step()


def rate():
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        step()
        steps += 1
    return steps / (time.perf_counter() - start)


for _ in range(3):
    step()
begin, processor = time.perf_counter(), time.process_time()
rates = sorted(rate() for _ in range(repetitions))
share = (time.process_time() - processor) / (time.perf_counter() - begin)
print(
    f"torch {torch.__version__}, {threads} threads: {statistics.median(rates):.1f} steps/s "
    f"({rates[0]:.1f} to {rates[-1]:.1f}), {share:.2f} processors"
)
