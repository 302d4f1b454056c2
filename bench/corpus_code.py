"""Which listings, in several languages, stand in an article that nobody wrote?"""

from collections.abc import Callable
from random import Random

VERBS = tuple("load merge score flush split decode assign commit drain rank pack probe".split())
NOUNS = tuple("batch token block page shard event order user chunk vector lease task".split())


def listing(draw: Random) -> str:
    """A fenced block of code in one of the languages."""
    language, write = draw.choices(LANGUAGES, WEIGHTS)[0]
    return f"```{language}\n{write(draw)}\n```"


def _name(draw: Random) -> tuple[str, str]:
    return draw.choice(VERBS), draw.choice(NOUNS)


def _python(draw: Random) -> str:
    verb, noun = _name(draw)
    size, rate, other = draw.randint(2, 4096), draw.uniform(0, 1), draw.choice(NOUNS)
    body = (
        f"    total += weight * {rate:.4f}",
        f'    log.debug("{verb} %s of %d", {noun}, {size})',
        f"    if {noun}.size > {size}:  # {draw.choice(NOUNS)} 太大\n        continue",
        f"    cache[{noun}.key] = [{other} ** 2 for {other} in {noun}.items]",
        f'    yield {{"{other}": {noun}, "rank": total / {size}}}',
    )
    lines = (f"    {line}" for step in draw.sample(body, 3) for line in step.split("\n"))
    return "\n".join(
        (
            f"def {verb}_{noun}s({noun}s: Iterable[{noun.title()}], weight: float = {rate:.3f}):",
            f'    """按 {other} {verb}。"""',
            "    total = 0.0",
            f"    for {noun} in {noun}s:",
            *lines,
        )
    )


def _java(draw: Random) -> str:
    verb, noun = _name(draw)
    kind, size = noun.title(), draw.randint(2, 9999)
    return f"""public final class {verb.title()}{kind} {{
    private static final int LIMIT = {size};
    private final Map<Long, {kind}> seen = new ConcurrentHashMap<>();

    // 超过上限的直接丢弃
    Optional<{kind}> {verb}(long id, Supplier<{kind}> make) {{
        if (seen.size() >= LIMIT || id % {draw.randint(2, 97)} == 0) {{
            return Optional.empty();
        }}
        return Optional.of(seen.computeIfAbsent(id, key -> make.get()));
    }}
}}"""


def _sql(draw: Random) -> str:
    verb, noun = _name(draw)
    return f"""-- {verb} {noun}
INSERT OVERWRITE TABLE dws_{noun}_{verb} PARTITION (dt = '2024-{draw.randint(1, 12):02}-01')
SELECT {noun}_id,
       SUM(IF(status = {draw.randint(0, 9)}, amount, 0)) AS {verb}_amount,
       COUNT(DISTINCT session_id)                        AS sessions
FROM dwd_{noun}_log
WHERE cost BETWEEN {draw.randint(0, 99)} AND {draw.randint(100, 99999)}
GROUP BY {noun}_id
HAVING sessions > {draw.randint(1, 500)};"""  # noqa: S608 - nobody runs it


def _shell(draw: Random) -> str:
    verb, noun = _name(draw)
    return f"""#!/usr/bin/env bash
set -euo pipefail
for part in $(seq {draw.randint(0, 9)} {draw.randint(10, 400)}); do
  hdfs dfs -cat "/{noun}/{verb}/part-${{part}}" | awk -F'\\t' '$2 > {draw.randint(1, 9999)}' \\
    | sort -u >> "{noun}.tsv"   # 去重
done"""


def _cpp(draw: Random) -> str:
    verb, noun = _name(draw)
    return f"""template <typename T, size_t N = {draw.randint(2, 4096)}>
__global__ void {verb}_{noun}(const T* __restrict__ in, T* out, int n) {{
  __shared__ T tile[N];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) tile[threadIdx.x] = in[i] * static_cast<T>({draw.uniform(0, 9):.3f});
  __syncthreads();
  if (i < n) out[i] = tile[threadIdx.x ^ {draw.randint(1, 31)}];
}}"""


def _yaml(draw: Random) -> str:
    verb, noun = _name(draw)
    return f"""{noun}:
  {verb}:
    replicas: {draw.randint(1, 64)}
    memory: {draw.randint(1, 512)}Gi
    retry: {{times: {draw.randint(1, 9)}, backoff: {draw.uniform(0, 9):.2f}}}
    enabled: true  # 默认打开"""


LANGUAGES: tuple[tuple[str, Callable[[Random], str]], ...] = (
    ("python", _python),
    ("java", _java),
    ("sql", _sql),
    ("bash", _shell),
    ("cpp", _cpp),
    ("yaml", _yaml),
)
WEIGHTS = (8, 5, 4, 2, 2, 1)
