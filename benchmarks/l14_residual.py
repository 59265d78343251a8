"""Measure plain against residual networks of three depths (lecture L14), several seeds.

Run: .venv/bin/python -m benchmarks.l14_residual
Networks, images, training, gradients and slices are those of the lecture. The record
is written anew after each seed, so that a run may be stopped.
"""

import numpy as np

from benchmarks import report
from benchmarks.lecture import functions
from cnnlib import data, models, training
from cnnlib.startup import load_keras

DEPTHS = 20, 38, 56
IMAGES = 1000
EPOCHS = 6
SEEDS = range(5)


def main():
    """Train every network with every seed and write the record."""
    keras = load_keras()
    x, y = digits = functions("L14", "digits", np=np, data=data)[0](IMAGES)
    given = {"keras": keras, "models": models, "training": training, "np": np}
    names = "network", "train", "gradient_norms", "slice_losses"
    network, train, gradient_norms, slice_losses = functions("L14", *names, **given)
    kinds = [(kind, depth) for depth in DEPTHS for kind in ("plain", "residual")]
    nets = {kind: network(*kind) for kind in kinds}  # one graph serves all seeds
    values = {}
    for seed in SEEDS:
        for kind, depth in kinds:
            model, name = nets[kind, depth], f"{kind}-{depth}"
            model.set_weights(network(kind, depth, seed).get_weights())
            found = {"gradients at the start": gradient_norms(model, *digits)}
            found["loss"] = train(model, *digits, EPOCHS, seed)
            found["gradients at the end"] = gradient_norms(model, *digits)
            if depth == min(DEPTHS):
                found["slice"] = slice_losses(model, x[:250], y[:250], seed)
            for what, numbers in found.items():
                values.setdefault(f"{name}, {what}", []).append(numbers)
            print(seed, name, np.round(found["loss"], 3), flush=True)
        settings = {"images": IMAGES, "epochs": EPOCHS, "seeds": range(seed + 1)}
        what = "training loss of plain and residual networks on MNIST digits of 14 x 14"
        report.record("l14_residual", what, settings, values)


if __name__ == "__main__":
    main()
