#!/usr/bin/python3
"""The spiking multilayer perceptron of this project, trained by backpropagation through time, in PyTorch.

Same equations, sizes and settings as `model = spiking-mlp, rule = bp`: 784-500-10, T = 20, batch 100,
Bernoulli input drawn anew for every batch, mean squared error against the one-hot target, Adam, 1e-3.
One thread of the processor, or one graphics card with --device cuda. Prints one JSON object whose
samplesPerSecond is the median of the repetitions: per CPU second on the processor, per second of the
clock on a card.

Needs PyTorch (Debian: apt-get install --no-install-recommends python3-torch libopenblas0-pthread).
"""

import argparse
import gzip
import json
import os
import statistics
import sys
import time

# Before torch is loaded: its libraries read these once.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

try:
    import torch
except ImportError:
    print("skipped: PyTorch is not installed for " + sys.executable, file=sys.stderr)
    sys.exit(77)

LEAK = 0.2
TONIC_INHIBITION = 0.1
THRESHOLD = 0.5
SURROGATE_HALF_WIDTH = 0.3


class Spike(torch.autograd.Function):
    """1 above the threshold; the gradient passes where the potential is near it (STBP)."""

    @staticmethod
    def forward(context, potential):
        context.save_for_backward(potential)
        return (potential > THRESHOLD).to(potential.dtype)

    @staticmethod
    def backward(context, gradient):
        (potential,) = context.saved_tensors
        near = (potential - THRESHOLD).abs() < SURROGATE_HALF_WIDTH
        return gradient * near.to(gradient.dtype)


class SpikingMlp(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = torch.nn.ModuleList(
            torch.nn.Linear(below, above) for below, above in zip(sizes, sizes[1:])
        )
        for layer in self.layers:
            torch.nn.init.xavier_uniform_(layer.weight)
            torch.nn.init.zeros_(layer.bias)

    def forward(self, rates, steps):
        batch = rates.shape[0]
        potentials = [rates.new_zeros(batch, layer.out_features) for layer in self.layers]
        spikes = [rates.new_zeros(batch, layer.out_features) for layer in self.layers]
        total = 0
        for _ in range(steps):
            below = torch.bernoulli(rates)
            for i, layer in enumerate(self.layers):
                current = torch.sigmoid(layer(below)) - TONIC_INHIBITION
                potentials[i] = LEAK * potentials[i] * (1 - spikes[i]) + current
                spikes[i] = Spike.apply(potentials[i])
                below = spikes[i]
            total = total + below
        return total / steps


def read_digits(folder, count):
    """Intensities from 0 to 1 and labels of the first raw training digits."""

    def content(name):
        path = os.path.join(folder, name)
        opener = gzip.open if os.path.exists(path + ".gz") else open
        with opener(path + ".gz" if opener is gzip.open else path, "rb") as file:
            return bytearray(file.read())

    images = torch.frombuffer(content("train-images-idx3-ubyte"), dtype=torch.uint8, offset=16)
    labels = torch.frombuffer(content("train-labels-idx1-ubyte"), dtype=torch.uint8, offset=8)
    return images.reshape(-1, 784)[:count].float() / 255, labels[:count].long()


def made_up_digits(count, density=0.19):
    """As dense as MNIST: 19 % of the pixels are not 0."""
    present = (torch.rand(count, 784) < density).float()
    return present * torch.rand(count, 784), torch.randint(0, 10, (count,))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raw", help="folder of raw MNIST files (default: made-up digits)")
    parser.add_argument("--hidden", type=int, default=500)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--warm-up", type=float, default=3, help="seconds")
    parser.add_argument("--seconds", type=float, default=3, help="seconds of a repetition")
    parser.add_argument("--repetitions", type=int, default=3)
    options = parser.parse_args()

    torch.manual_seed(1)
    torch.set_num_threads(1)
    images, labels = read_digits(options.raw, 2000) if options.raw else made_up_digits(2000)
    images = images.to(options.device)
    targets = torch.nn.functional.one_hot(labels, 10).float().to(options.device)
    network = SpikingMlp([784, options.hidden, 10]).to(options.device)
    on_card = options.device != "cpu"
    clock = time.perf_counter if on_card else time.process_time
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    batches = len(images) // options.batch
    done = 0

    def learn_for(seconds):
        nonlocal done
        start = clock()
        samples = 0
        while True:
            at = done % batches * options.batch
            output = network(images[at : at + options.batch], options.steps)
            loss = torch.nn.functional.mse_loss(output, targets[at : at + options.batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
            samples += options.batch
            if on_card and done % 20 == 0:
                torch.cuda.synchronize()
            taken = clock() - start
            if taken >= seconds:
                if on_card:
                    torch.cuda.synchronize()
                return samples / (clock() - start)

    learn_for(options.warm_up)
    rates = [learn_for(options.seconds) for _ in range(options.repetitions)]
    print(
        json.dumps(
            {
                "network": f"784-{options.hidden}-10",
                "batch": options.batch,
                "steps": options.steps,
                "torch": torch.__version__,
                "data": "raw digits" if options.raw else "made-up digits",
                "activeShare": round((images > 0).float().mean().item(), 4),
                "device": torch.cuda.get_device_name() if on_card else "one thread",
                "samplesPerSecond": round(statistics.median(rates), 1),
                "repetitions": [round(rate, 1) for rate in rates],
            }
        )
    )


if __name__ == "__main__":
    main()
