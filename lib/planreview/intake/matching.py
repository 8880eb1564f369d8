"""Which indicator a line speaks of: by its code, else by its words within its parents, else nobody's guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from planreview.catalogue import Catalogue, Indicator
from planreview.catalogue.texts import LOOK_ALIKES, folded
from planreview.intake.wording import bare_words, is_whole, spelt, without_markers, without_unit, words

_SURE, _MARGIN = 92, 6  # of 100: as alike as slips leave a name, and how much less alike the second best must be
_DASH = re.compile(r"\s*[-–]\s*")
_SHORTEST_SLIP = 3  # letters of a word that may be mended
_JOINED = re.compile(r"\s[-–]\s(?=[^\W\d_A-ZĐ])|,|\bvà\b")  # not "Chè - Diện tích"
_CANDIDATES = 3
_LETTERS_A_SLIP = 3  # one letter may be wrong in so many of a word, in a name that is like no other


_JOINING = frozenset(map(spelt, ("trong", "từ", "do", "ngành")))
# what is measured of something: a line of such words alone speaks of what stands right above it
_MEASURES = frozenset(words("diện tích năng suất sản lượng khối gieo trồng thu hoạch bình quân"))
_OF_CROPS = frozenset(map(spelt, ("gieo", "trồng")))
_GENERIC = frozenset(words("cây loại cả năm đàn chủ yếu chính"))
_SECTORS = frozenset(words("kinh tế sản xuất nông lâm thủy nghiệp trồng trọt lĩnh vực ngành")) | {"nônglâmthủysản"}
_SHARE = frozenset(map(spelt, ("tỷ", "trọng")))  # said of each part by the name of the whole: "Cơ cấu kinh tế"


@dataclass(frozen=True)
class Match:
    """``indicator`` is None where nothing fits surely; ``candidates`` are then the nearest codes and names.

    ``rule``: code; name (as in the catalogue); words (the same words); parents (with words of the lines it belongs to);
    spelling (a word mended); alike (nearly the same name, no other near it); or conflict, where code and name tell of
    different indicators.
    """

    indicator: Indicator | None
    rule: str = ""
    candidates: tuple[str, ...] = ()


@lru_cache(20_000)
def key(name: str) -> str:
    """A name without its numbering, case, blanks and closing marks."""
    text = without_markers(name)
    return _DASH.sub(" - ", text.rstrip(" .:;*")).casefold()


@lru_cache(20_000)
def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _measured(above: Sequence[str]) -> set[str]:
    """The words of the nearest line above that names a thing, and is not itself a line of measures beside this one."""
    return next((said for name in reversed(above) if not (said := set(words(name))) <= _MEASURES), set())


def _in_order(name: str) -> str:
    """The words of a name sorted, by which names are near whose words only stand in another order."""
    return " ".join(sorted(name.split()))


class Matcher:
    """Names and aliases of the catalogue, ready for look-ups."""

    @staticmethod
    @lru_cache(2)
    def of(catalogue: Catalogue) -> Matcher:
        """The matcher of a catalogue, made once for all units."""
        return Matcher(catalogue)

    def __init__(self, catalogue: Catalogue) -> None:
        self._indicators = catalogue.indicators
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        # names by their words in plain letters, as somebody types them who leaves out accents
        self._by_bare: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        self._joined: set[tuple[str, ...]] = set()  # names of two things: "Công nghiệp - xây dựng"
        self._holding: dict[str, set[tuple[str, ...]]] = defaultdict(set)  # names by each of their words
        for name, code in catalogue.names:
            said = words(name)
            for codes in (self._by_name[key(name)], self._by_words[said]):
                if code not in codes:
                    codes.append(code)
            self._by_bare[bare_words(name)].add(said)
            if _JOINED.search(name):
                self._joined.add(said)
            for word in said:
                self._holding[word].add(said)
        self._by_words.pop((), None)
        self._spelt = {name: " ".join(map(spelt, name.split())) for name in self._by_name}
        self._with_word: dict[str, set[str]] = defaultdict(set)  # names by each of their words as they are spelt
        for name, said in self._spelt.items():
            for word in said.split():
                self._with_word[word].add(name)
        self._names = list(self._by_name)
        ordered = [_in_order(name) for name in self._names]
        # Letters beyond Latin-1 are compared three times more slowly: each is one of the catalogue's own, or none.
        letters = sorted(set("".join(ordered)))
        self._letters = defaultdict(int, {ord(letter): n for n, letter in enumerate(letters, start=1)})
        self._in_order = [text.translate(self._letters) for text in ordered]
        self._known: dict[tuple, Match] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        self._mends: dict[str, str] = {}

    def match(self, *, code: str, path: Sequence[str], unit: str, form: str = "") -> Match:
        """The indicator of a line.

        code: what stands in a column of codes. path: the names that lead to the line, its own last. unit: as written,
        '' where none is. form: the appendix that the file is; it settles what nothing else does.
        """
        own = path[-1] if path else ""
        bare = own if key(own) in self._by_name else without_unit(own)
        above = tuple(without_unit(name) for name in path[:-1])
        return self._match(code.translate(LOOK_ALIKES), (*above, bare) if path else (), unit, form)

    def expect(self, labels: Iterable[str]) -> None:
        """Look for the names nearest to those ``labels`` that are no name, all at once: one by one takes five times
        as long, and ``match`` tells them of each line that it does not know."""
        strange = list(dict.fromkeys(without_unit(label) for label in labels))
        self._look_near([t for t in strange if key(t) not in self._by_name and words(t) not in self._by_words])

    def _look_near(self, labels: Sequence[str]) -> None:
        labels = [label for label in labels if label not in self._near]
        if not labels:
            return
        asked = [_in_order(key(label)).translate(self._letters) for label in labels]
        likeness = process.cdist(self._in_order, asked, scorer=fuzz.ratio)
        every = np.arange(len(labels))
        for label in labels:
            self._near[label] = ()
        for _ in range(min(_CANDIDATES, len(self._names))):
            best = likeness.argmax(axis=0)
            likeness[best, every] = -1
            for label, place in zip(labels, best.tolist(), strict=True):
                self._near[label] += (self._names[place],)

    def _match(self, *asked: str | tuple[str, ...]) -> Match:
        """As ``_worked_out``, once for each question: the lines under one line all ask what that one is."""
        if asked not in self._known:
            self._known[asked] = self._worked_out(*asked)
        return self._known[asked]

    def _worked_out(self, code: str, path: tuple[str, ...], unit: str, form: str) -> Match:
        label = path[-1] if path else ""
        codes = self._by_name.get(key(label), [])
        if code in self._indicators and (not codes or code in codes):
            return Match(self._indicators[code], "code")
        if code in self._indicators:
            return Match(None, "conflict", self._named((code, *codes)))
        if len(path) > 1 and is_whole(label):
            return self._match(code, path[:-1], unit, form)
        if len(codes) == 1 and (self._indicators[codes[0]].unit or not unit):  # a heading has no unit: "Ngô" of a sum
            return Match(self._indicators[codes[0]], "name")
        for rule, found in self._meant(label, path[:-1], unit):
            fitting = self._fitting(found, path, unit, form) if found else []
            if len(fitting) == 1:
                return Match(self._indicators[fitting[0]], rule)
            if fitting:
                return Match(None, candidates=self._named(fitting))
        self._look_near([label])
        return Match(None, candidates=self._named(c for name in self._near[label] for c in self._by_name[name]))

    def _meant(self, label: str, above: Sequence[str], unit: str) -> Iterator[tuple[str, Sequence[str]]]:
        """What a name under the names ``above`` may mean: rule by rule, the surest first, with the codes that it
        gives."""
        said = words(label)
        yield "name", self._by_name.get(key(label), ())
        yield "words", self._said_alone(said, above)
        yield "parents", self._within(said, above)
        mended = self._mended(said)
        if mended != said:
            yield "spelling", self._by_words.get(mended, ())
            yield "spelling", self._within(mended, above)
        yield "spelling", self._without_accents(label)
        yield "alike", self._alike(label, unit)

    def _named(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{c} {self._indicators[c].name}" for c in dict.fromkeys(codes))[:3]

    def _fitting(self, codes: Sequence[str], path: tuple[str, ...], unit: str, form: str) -> list[str]:
        """Of the indicators that a name may mean those in whose unit the line is written, that belong to the line above
        and that the form asks for, as far as each settles it."""
        found = [c for c in codes if not unit or self._indicators[c].factor_from(unit) is not None]
        if len(found) > 1 and len(path) > 1:
            above = self._match("", path[:-1], "", form).indicator
            found = [c for c in found if above and above.code in self._above(c)] or found
        if len(found) > 1 and form:
            found = [c for c in found if form in self._indicators[c].forms] or found
        return list(dict.fromkeys(found))

    def _above(self, code: str) -> set[str]:
        """The indicators that one belongs to."""
        found: set[str] = set()
        while (code := self._indicators[code].parent) and code not in found:
            found.add(code)
        return found

    def _said_alone(self, said: tuple[str, ...], above: Sequence[str]) -> list[str]:
        """Indicators that have just these words. "Diện tích gieo trồng" under the name of a crop is not that of all."""
        if above and set(said) <= _MEASURES and not _measured(above) <= _SECTORS:
            return []
        return self._by_words.get(said, [])

    def _within(self, said: tuple[str, ...], above: Sequence[str]) -> list[str]:
        """Indicators whose names hold all words of a line, and whose other words stand in the lines above it."""
        if not said or not above:
            return []
        whole = self._match("", tuple(above), "", "").indicator
        if whole and said == words(above[-1]):
            return [whole.code]  # said again: two answers to one question
        around = {word for name in (*above, whole.name if whole else "") for word in words(name)} | _JOINING
        if whole and whole.measure == "share":
            around |= _SHARE
        groups = {words(name) for name in above}
        # of the nearest line above that names an indicator: under schools of a standard "Mầm non" is no part of all
        wholes = next((set(codes) for name in reversed(above) if (codes := self._by_name.get(key(name)))), set())
        measured = set(said) <= _MEASURES
        if measured and len(set(said) - _OF_CROPS) > 1:
            said = tuple(word for word in said if word not in _OF_CROPS)
        # a part is never the whole that it is a part of
        beyond = wholes | ({whole.code} | self._above(whole.code) if whole else set())
        holding = set.intersection(*(self._holding.get(word, set()) for word in said)) - groups
        fitting = {
            name: codes
            for name in holding
            if set(name) - set(said) <= around
            and not (measured and _measured(above) - _GENERIC - _SECTORS - set(name))
            and (whole or not self._tears(name, said, above))
            and (codes := [c for c in self._by_words.get(name, ()) if c not in beyond])
        }
        most = max(map(len, fitting), default=0)
        found = [c for name, codes in fitting.items() if len(name) == most for c in codes]
        return [c for c in found if not wholes or wholes & self._above(c)]

    def _tears(self, name: tuple[str, ...], said: tuple[str, ...], above: Sequence[str]) -> bool:
        """Whether a name of two things takes a part only of what stands right above: "Công nghiệp - xây dựng" is not
        the "Xây dựng" under "Công nghiệp - tiểu thủ công nghiệp"."""
        if name not in self._joined:
            return False
        nearest, others = set(words(above[-1])), {w for line in above[:-1] for w in words(line)}
        taken = (set(name) - set(said) - others) & nearest
        return bool(taken) and not nearest - set(said) - others <= set(name)

    def _without_accents(self, label: str) -> list[str]:
        """Indicators whose names are these words, where some words were typed without their accents."""
        typed = {word for word in words(label) if not word.isascii()}
        names = self._by_bare.get(bare_words(label), ()) if bare_words(label) else ()
        return [code for name in sorted(names) if typed <= set(name) for code in self._by_words.get(name, ())]

    def _mended(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """The words with each that the catalogue does not know put right, where one known word differs by one slip. A
        word that it knows is never taken for another: ``nhập`` is no slip of ``nhật``."""
        return tuple(sorted(self._mend(word) for word in said))

    def _mend(self, word: str) -> str:
        if word not in self._mends:
            self._mends[word] = self._put_right(word)
        return self._mends[word]

    def _put_right(self, word: str) -> str:
        if word in self._holding or len(word) < _SHORTEST_SLIP or _has_digit(word):
            return word
        near = process.extract(word, self._holding.keys(), scorer=OSA.distance, score_cutoff=1, limit=2)
        known = {name for name, _, _ in near if not _has_digit(name)}
        return known.pop() if len(known) == 1 else word

    def _alike(self, label: str, unit: str) -> list[str]:
        """The one indicator whose name is nearly the same, where no other name is near and the two differ by slips
        in words that the catalogue does not know: ``xã`` for ``bản`` is none."""
        typed = " ".join(map(spelt, key(label).split()))
        if not unit or not self._may_be_slips(typed):
            return []
        best = process.extract(typed, self._spelt, scorer=fuzz.ratio, limit=6, score_cutoff=_SURE - _MARGIN)
        if not best or best[0][1] < _SURE:
            return []
        first = self._by_name[best[0][2]]
        others = [score for _, score, name in best[1:] if not set(self._by_name[name]) & set(first)]
        if others and others[0] > best[0][1] - _MARGIN:
            return []
        asked, known = set(typed.split()), set(best[0][0].split())
        more, less = (sorted(a - b) for a, b in ((asked, known), (known, asked)))
        slips = len(more) == len(less) and all(map(self._is_slip, more, less))
        return first if slips else []

    def _may_be_slips(self, typed: str) -> bool:
        """Whether any name holds all the words of a text that are no slips."""
        sure = [self._with_word.get(word, set()) for word in typed.split() if not self._may_be_slip(word)]
        return not sure or bool(set.intersection(*sure))

    def _may_be_slip(self, word: str) -> bool:
        return word not in self._holding and not _has_digit(word)

    def _is_slip(self, word: str, meant: str) -> bool:
        """A word that the catalogue does not know: wrong accents alone, or a letter in three."""
        if not self._may_be_slip(word) or _has_digit(meant):
            return False
        return folded(word) == folded(meant) or OSA.distance(word, meant) <= len(meant) // _LETTERS_A_SLIP
