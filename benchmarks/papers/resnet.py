"""ResNet: what He et al. (2016) say in tables 1 and 6, and what libraries ship."""

from benchmarks.papers.counting import named, total, trainable
from benchmarks.papers.row import MILLION, Row
from cnnlib import plans
from cnnlib.plans import BatchNormalization, Conv2D, Dense, walk

IMAGE, SMALL = (224, 224, 3), (32, 32, 3)
HUNDRED_MILLION = 100 * MILLION
CUT = "the second digit behind the point was cut, not rounded"


def layers(plan, shape):
    """Count the layers with weights on the way of F: shortcuts are left out."""
    return sum(
        isinstance(step.entry, Conv2D | Dense) and "_0_" not in step.entry.name
        for step in walk(plan, shape)
    )


def imagenet(models):
    """The five networks of table 1, and what stands beside them."""
    said = {18: 18, 34: 36, 50: 38, 101: 76, 152: 113}
    for depth, operations in said.items():
        plan = plans.resnet(depth)
        keras = trainable(getattr(models, f"resnet{depth}")())["total"]
        yield Row(f"{depth}, layers with weights", layers(plan, IMAGE), None, depth)
        yield Row(f"{depth}, parameters", total(plan, IMAGE), keras)
        products = total(plan, IMAGE, "multiplications")
        yield Row(
            f"{depth}, multiplications",
            products,
            None,
            operations * HUNDRED_MILLION,
            unit=HUNDRED_MILLION,
            shown=f"{operations / 10} billion",
            seen="quoted",
            why=CUT if depth in (34, 50) else "",
        )
    vgg = total(plans.vgg(19), IMAGE, "multiplications")
    share = 100 * total(plans.resnet(34), IMAGE, "multiplications") / vgg
    why = "3.6 of 19.6 billion are 18%, and 3.66 are 19%"
    of_vgg = "34, share of VGG-19's multiplications"
    yield Row(of_vgg, f"{share:.0f}%", None, "18%", seen="quoted", why=why)
    sizes = [
        step.output_shape[0]
        for name, step in named(plans.resnet(50), IMAGE).items()
        if name in ("conv1_conv", "pool1_pool") or name.endswith("block3_out")
    ]
    yield Row("sizes, conv1 to conv5", sizes, None, [112, 56, 56, 28, 14, 7])


def shipped(models):
    """The same networks as libraries ship them."""
    from keras.applications import ResNet50, ResNet101, ResNet152

    theirs = {50: ResNet50, 101: ResNet101, 152: ResNet152}
    for depth, builder in theirs.items():
        plan = plans.resnet(depth, variant="keras")
        moving = 0
        for step in walk(plan, IMAGE):
            if isinstance(step.entry, BatchNormalization):
                moving += 2 * step.output_shape[-1]
        trained = total(plan, IMAGE)
        model = builder(weights=None)
        biases = trained - total(plans.resnet(depth), IMAGE)
        name = f"Keras' {depth}"
        what = f"{name}, parameters that training changes"
        yield Row(what, trained, trainable(model)["total"])
        yield Row(f"{name}, of these, biases of convolutions", biases)
        yield Row(f"{name}, moving means and variances besides", moving)
        yield Row(f"{name}, all that is kept", trained + moving, model.count_params())
    plan = plans.resnet(50, variant="torchvision")
    products = total(plan, IMAGE, "multiplications")
    yield Row("torchvision's 50, multiplications", products)
    keras = trainable(models.resnet50(variant="torchvision"))["total"]
    yield Row("torchvision's 50, parameters", total(plan, IMAGE), keras)


def cifar(models):
    """The networks of 6n + 2 layers in table 6."""
    said = {20: 27, 32: 46, 44: 66, 56: 85, 110: 170, 1202: 1940}
    for depth, parameters in said.items():
        plan = plans.resnet_cifar(depth)
        tenths = depth > 100  # of a million, where the others have hundredths
        shown = f"{parameters / 100:.{1 if tenths else 2}f} million"
        # building a thousand layers takes half a minute, and shows nothing more
        small = depth < 200
        keras = trainable(models.resnet_cifar(depth))["total"] if small else None
        unit = MILLION // (10 if tenths else 100)
        million = parameters * MILLION // 100
        yield Row(
            f"{depth}, parameters",
            total(plan, SMALL),
            keras,
            million,
            unit=unit,
            shown=shown,
            seen="quoted",
        )
    for option in "BC":
        plan = plans.resnet_cifar(20, shortcut=option)
        keras = trainable(models.resnet_cifar(20, shortcut=option))["total"]
        what = f"20 with shortcuts {option}, parameters"
        yield Row(what, total(plan, SMALL), keras)
    products = total(plans.resnet_cifar(20), SMALL, "multiplications")
    yield Row("20, multiplications", products)


NETWORKS = {
    "ResNet": ("he2016", "table 1, section 3.3", imagenet),
    "ResNet in libraries": (None, None, shipped),
    "ResNet of 6n + 2 layers": ("he2016", "table 6", cifar),
}
