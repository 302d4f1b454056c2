"""Which rules can begin with the sign at hand, so that no other need be asked?

markdown-it asks every rule at every line and at every sign that may be markup. These two parsers
ask in the same order, but only the rules that can begin there: half the work of reading a text.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

_BlockRule = Callable[[StateBlock, int, int, bool], bool]
_InlineRule = Callable[[StateInline, bool], bool]
_Rule = TypeVar("_Rule")

_ENDS_A_LABEL = "]"
"""A sign that no rule begins with, but at which a run of plain text must stop."""


class Lines(StateBlock):
    """The lines of a text; many at once are cut out in one piece where nothing indents them."""

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803, FBT001 - markdown-it's names
        """The source from the line `begin` up to the line `end`."""
        if indent > 0 or self.level > 0 or begin >= end:
            return super().getLines(begin, end, indent, keepLastLF)
        return self.src[self.bMarks[begin] : self.eMarks[end - 1] + keepLastLF]


class Blocks(ParserBlock):
    """The reader of blocks; `begin_with` must be called once when all rules are in."""

    def begin_with(self, starts: Mapping[str, str]) -> None:
        """Take over which signs each rule can begin with, by name; any where it has none."""
        rules: list[_BlockRule] = self.ruler.getRules()
        names = dict(zip(rules, self.ruler.get_active_rules(), strict=True))
        everything = {rule: starts.get(name, "") for rule, name in names.items()}
        self._by_sign, self._others = _table(everything)
        self._all = tuple(rules)
        chains: dict[str, list[_BlockRule]] = self.ruler.__cache__ or {}
        for chain, ends in chains.items():
            if chain:
                chains[chain] = [_any_of(*_table({rule: everything[rule] for rule in ends}))]

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - markdown-it's names
        """Read the lines from `startLine` to `endLine`."""
        line, saw_empty = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                return
            if state.level >= state.md.options.maxNesting:
                state.env.setdefault("unread", line)
                state.line = endLine
                return
            for rule in self._rules_at(state, line):
                if rule(state, line, endLine, False):
                    break
            state.tight = not saw_empty
            line = state.line
            saw_empty = saw_empty or (line <= endLine and state.isEmpty(line - 1))
            if line < endLine and state.isEmpty(line):
                saw_empty = True
                state.line = line = line + 1

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803 - markdown-it's name
    ) -> list[Token]:
        """Append the tokens of the blocks of `src`."""
        state = Lines(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def _rules_at(self, state: StateBlock, line: int) -> tuple[_BlockRule, ...]:
        if state.sCount[line] - state.blkIndent >= 4:
            return self._all
        sign = state.src[state.bMarks[line] + state.tShift[line]]
        return self._by_sign.get(sign, self._others)


class Inlines(ParserInline):
    """The reader of what stands in blocks; `begin_with` must be called when all rules are in."""

    def begin_with(self, starts: Mapping[str, str]) -> None:
        """Take over which signs each rule can begin with, by name."""
        rules: list[_InlineRule] = self.ruler.getRules()
        names = zip(rules, self.ruler.get_active_rules(), strict=True)
        self._by_sign, _ = _table({rule: starts[name] for rule, name in names if name != "text"})
        self.terminator_re = re.compile(f"[{re.escape(''.join(self._by_sign) + _ENDS_A_LABEL)}]")

    def tokenize(self, state: StateInline) -> None:
        """Read the signs of `state` up to its end."""
        end, deepest = state.posMax, state.md.options.maxNesting
        while state.pos < end:
            position = state.pos
            rules = self._by_sign.get(state.src[position])
            if rules is None:
                state.pos = self._plain_end(state, end)
                state.append_pending(state.src[position : state.pos])
                continue
            for rule in rules if state.level < deepest else ():
                if rule(state, False):
                    break
            else:
                state.append_pending(state.src[position])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """Pass over what stands at the place of `state`, without any token."""
        position = state.pos
        if position in state.cache:
            state.pos = state.cache[position]
            return
        rules = self._by_sign.get(state.src[position])
        if state.level >= state.md.options.maxNesting:
            state.pos = state.posMax + 1
        elif rules is None:
            state.pos = self._plain_end(state, state.posMax)
        else:
            state.level += 1
            if not any(rule(state, True) for rule in rules):
                state.pos = position + 1
            state.level -= 1
        state.cache[position] = state.pos

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Append the tokens of `src`; pairs of signs are looked for only where there are any."""
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        if state.delimiters or any(meta and meta["delimiters"] for meta in state.tokens_meta):
            for rule in self.ruler2.getRules():
                rule(state)
        return state.tokens

    def _plain_end(self, state: StateInline, end: int) -> int:
        found = self.terminator_re.search(state.src, state.pos + 1, end)
        return found.start() if found else end


def _table(starts: Mapping[_Rule, str]) -> tuple[dict[str, tuple[_Rule, ...]], tuple[_Rule, ...]]:
    """The rules by the sign that they can begin with, and those for every other sign."""
    table = {
        sign: tuple(rule for rule, signs in starts.items() if not signs or sign in signs)
        for sign in sorted(set("".join(starts.values())))
    }
    return table, tuple(rule for rule, signs in starts.items() if not signs)


def _any_of(
    by_sign: dict[str, tuple[_BlockRule, ...]], others: tuple[_BlockRule, ...]
) -> _BlockRule:
    """One rule that looks, without a token, whether any of many begins in a line."""

    def begins(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
        start = state.bMarks[line] + state.tShift[line]
        sign = state.src[start : start + 1]  # empty at the end of the text
        for rule in by_sign.get(sign, others):  # noqa: SIM110 - `any` takes twice as long
            if rule(state, line, end, silent):
                return True
        return False

    return begins
