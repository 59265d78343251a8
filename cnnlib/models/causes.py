"""The likely causes of a difference between two models, each as one or two sentences.

Each function compares one thing, and returns (words, aspect, where) of a `Difference`,
or None.
"""

from cnnlib.models.parts import sentence, short

_ORDER = (
    *("data_format", "filters", "units", "kernel_size", "pool_size", "strides"),
    *("groups", "use_bias", "dilation_rate", "padding"),
)
"""The settings that are looked at first; the others follow in the order of Keras."""

_EPSILONS = {0.001: "Keras", 1e-05: "PyTorch"}


def inputs(mine, theirs):
    """Compare the shapes of what goes in."""
    if mine == theirs:
        return None
    words = f"The input has shape {_shapes(mine)}, {_shapes(theirs)} expected"
    shape, other = (shapes[0] if len(shapes) == 1 else () for shapes in (mine, theirs))
    cause = ""
    if len(shape) == len(other) and sorted(map(str, shape)) == sorted(map(str, other)):
        cause = ": the axes are in another order. In Keras the channels stand last"
    elif shape == other[:-1]:
        cause = f": the axis of the channels is missing, {other[-1]} of them at the end"
    elif shape[1:] == other:
        cause = ": the axis of the examples does not belong there, Keras adds it"
    elif shape[:-1] == other[:-1]:
        cause = ": the channels are not as many"
    return f"{words}{cause}.", "input", ""


def structure(mine, theirs):
    """Compare layer by layer what was built."""
    for place in range(max(len(mine.main), len(theirs.main))):
        part, other = _at(mine.main, place), _at(theirs.main, place)
        if part is None or other is None or part.kind != other.kind:
            return _kinds(mine.main, theirs.main, place)
        found = _settings(part, other)
        if found and _shifted(mine.main, theirs.main, place):
            return _shifted(mine.main, theirs.main, place), "layers", part.where
        found = found or _rest(part, other)
        if found:
            words, aspect = found
            return f"{sentence(part.where)} {words}", aspect, part.where
        if part.sources != other.sources:
            fed, wanted = (
                _sources(parts.main, p.sources)
                for parts, p in ((mine, part), (theirs, other))
            )
            words = f"{sentence(part.where)} gets {fed}; {wanted} expected."
            return words, "connections", part.where
    if mine.outputs != theirs.outputs:
        given, wanted = (_sources(p.main, p.outputs) for p in (mine, theirs))
        words = f"The model returns {given}; {wanted} expected."
        return words, "connections", ""
    return None


def _kinds(mine, theirs, place):
    """Say which layer is missing, one too many, late or another one."""
    part, other = _at(mine, place), _at(theirs, place)
    where = part.where if part else (mine[-1].where if mine else "")
    if (other and other.is_activation) or (part and part.is_activation):
        words = _activations(mine, theirs, place)
    elif part and _shifted(mine, theirs, place):
        words = _shifted(mine, theirs, place)
    elif other is None:
        words = f"{sentence(where)}, {part}, is one too many: "
        words += "the model is expected to end before it."
    elif part is None:
        words = f"The model ends after {where or 'its input'}; {other} expected."
    elif _kind_at(mine, place + 1) == other.kind:
        words = f"{sentence(where)}, {part}, is one too many{_order(part, ': ')}"
        words += f"; {other} expected in its place."
    elif _kind_at(theirs, place + 1) == part.kind:
        words = f"{other} is missing before {where}{_order(other, ': ')}."
    else:
        words = f"{sentence(where)} is {_a(part)}, {_a(other)} expected."
    return words, "layers", where


def _shifted(mine, theirs, place):
    """Say which layers are missing or too many, if the models go on alike behind."""
    more = len(theirs) - len(mine)
    short, long = (mine, theirs) if more > 0 else (theirs, mine)
    if not more or [*map(str, short[place:])] != [*map(str, long[place + abs(more) :])]:
        return None
    if more < 0:
        extra = mine[place : place - more]
        said = f"{sentence(extra[0].where)}, {_listed(extra)}, is one too many"
        return f"{said}{_order(extra[0], ': ')}."
    lost = theirs[place : place + more]
    if not mine[place:]:
        return None
    said = f"{_listed(lost)} {'is' if more == 1 else 'are'} missing before "
    return f"{said}{mine[place].where}{_order(lost[0], ': ')}."


def _activations(mine, theirs, place):
    part, other = _at(mine, place), _at(theirs, place)
    before = mine[place - 1].where if place else "the input"
    if part is None and other.kind == "softmax":
        return (
            f"The model ends in logits, behind {before}; probabilities expected: "
            "softmax is missing at the end."
        )
    if other is None and part.kind == "softmax":
        return (
            f"The model ends in softmax, {part.where}; logits expected. A loss with "
            "`from_logits=True` would apply softmax a second time."
        )
    if part and other and part.is_activation and other.is_activation:
        return f"The activation of {part.where} is {part.kind}, {other.kind} expected."
    if other and other.is_activation:
        if other.kind == _kind_at(mine, place + 1) and part.kind == _kind_at(
            theirs, place + 1
        ):
            return f"{other.kind} stands behind {part.where}; expected before it."
        return (
            f"The activation of {before} is missing: {other.kind} expected. Without "
            "one, the layer is linear."
        )
    return f"The activation {part.kind} of {part.where} is one too many."


def _order(part, lead=""):
    """Say what a layer that exchanges axes does."""
    if part.kind in ("Permute", "Transpose"):
        return f"{lead}it exchanges axes, so that Flatten finds another order"
    return ""


def _settings(part, other):
    """Name the first setting that differs."""
    first = [key for key in _ORDER if key in part.settings or key in other.settings]
    keys = [*first, *(key for key in part.settings if key not in first)]
    for key in keys:
        mine, wanted = part.settings.get(key), other.settings.get(key)
        if mine != wanted:
            return _setting(part, other, key, mine, wanted), key
    return None


def _setting(part, other, key, mine, wanted):
    counts = f"has {part.parameters:,} parameters, {other.parameters:,} expected"
    plain = f"has {key}={short(mine)}, {short(wanted)} expected"
    if key == "groups":
        cause = f"groups={wanted} is missing" if mine == 1 else f"groups={mine}"
        return f"{counts}: {cause}{'' if mine == 1 else f', {wanted} expected'}."
    if key == "use_bias":
        return f"{counts}: the bias is {'missing' if wanted else 'one too many'}."
    if key in ("filters", "units"):
        return f"has {mine} {key}, {wanted} expected."
    if key == "padding" and isinstance(mine, tuple) and isinstance(wanted, tuple):
        return _padding(mine, wanted)
    if key == "epsilon" and mine in _EPSILONS:
        return f"{plain}. {mine:g} is the default of {_EPSILONS[mine]}."
    if key == "data_format" and part.kind == "Flatten":
        return f"{plain}: it puts the values in another order."
    if key == "data_format":
        return f"{plain}: the axis of the channels is another one."
    return f"{plain}."


def _padding(mine, wanted):
    """Compare borders of zeros, ((before, after), ...) each."""
    words = f"pads with {_border(mine)}, {_border(wanted)} expected"
    totals = [[sum(pair) for pair in border] for border in (mine, wanted)]
    if not any(totals[0]):
        return f'{words}: the padding is missing, "valid" has none.'
    if not any(totals[1]):
        return f'{words}: "valid" has none.'
    uneven = [any(a != b for a, b in border) for border in (mine, wanted)]
    if uneven == [True, False]:
        return (
            f'{words}: with these strides "same" pads one side more than the other, '
            'so each window stands elsewhere. ZeroPadding2D and then "valid" pad both '
            "sides alike."
        )
    if uneven == [False, True]:
        return f'{words}, as "same" lays them: an odd pixel goes after.'
    return f"{words}."


def _border(border):
    (before, after), *others = dict.fromkeys(border)
    if others:
        return f"zeros {border}"
    if before == after:
        return f"{before or 'no'} zero{'' if before == 1 else 's'} on each side"
    return f"{before or 'no'} zeros before the map and {after or 'none'} after"


def _rest(part, other):
    """Compare what should follow from the settings."""
    if part.output_shape != other.output_shape:
        shapes = f"{part.output_shape}, {other.output_shape} expected"
        return f"gives the shape {shapes}.", "shape"
    if part.parameters != other.parameters:
        counts = f"{part.parameters:,} parameters, {other.parameters:,} expected"
        return f"has {counts}.", "parameters"
    return None


def training(mine, theirs):
    """Compare what works in training only."""
    ours, right = mine.training, theirs.training
    for i in range(max(len(ours), len(right))):
        one, other = _at(ours, i), _at(right, i)
        if one and other and one[:3] == other[:3]:
            continue
        if one and other and one[:2] == other[:2]:
            key = next(k for k in one[2] if one[2][k] != other[2].get(k))
            words = f"has {key}={one[2][key]}, {other[2].get(key)} expected"
            words = f"{sentence(one[3])}, {one[1]}, {words}; in training only."
            return words, "training", one[3]
        if other is None or (one and one[0] <= other[0]):
            words = f"{sentence(one[3])}, {one[1]}, is not expected there; it works "
            return f"{words}in training only.", "training", one[3]
        place = mine.main[other[0] - 1].where if other[0] else "the input"
        rate = other[2].get("rate")
        made = f"{other[1]}({'' if rate is None else rate})"
        words = f"{made} is missing behind {place}; it works in training only."
        return words, "training", place
    return None


def losses(model, other):
    """Compare whether the losses expect logits, if both models are compiled."""
    if not (getattr(model, "compiled", False) and getattr(other, "compiled", False)):
        return None
    mine, wanted = (getattr(m.loss, "from_logits", False) for m in (model, other))
    if mine == wanted:
        return None
    cause = "softmax twice" if mine else "the logarithm of logits"
    words = f"The loss has from_logits={mine}, {wanted} expected: it takes {cause}."
    return words, "loss", ""


def _listed(parts):
    *others, last = map(str, parts)
    return f"{', '.join(others)} and {last}" if others else last


def _at(entries, place):
    return entries[place] if place < len(entries) else None


def _kind_at(parts, place):
    part = _at(parts, place)
    return part.kind if part else None


def _sources(main, sources):
    names = [main[s].where if s >= 0 else "the input" for s in sources]
    return " and ".join(names)


def _shapes(shapes):
    return str(shapes[0]) if len(shapes) == 1 else str(shapes)


def _a(part):
    return f"{'an' if part.kind[0] in 'AEIO' else 'a'} {part}"
