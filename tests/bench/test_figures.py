from figures import Build, markdown
from meter import Cost

MIB = 2**20


def builds(tool: str, *costs: tuple[str, int, float, float, int]) -> list[Build]:
    return [
        Build(tool, phase, number, Cost(wall, cpu, memory * MIB, 0.5))
        for phase, number, wall, cpu, memory in costs
    ]


def test_a_table_has_medians_the_largest_phase_and_shares() -> None:
    ours = builds(
        "kb",
        ("cold", 0, 3, 6, 100),
        ("edit", 0, 1, 1, 160),
        ("cold", 1, 2, 4, 120),
        ("edit", 1, 9, 9, 140),
        ("cold", 2, 4, 5, 110),
        ("edit", 2, 2, 2, 150),
    )
    other = builds("hugo", ("cold", 0, 6, 10, 300), ("edit", 0, 4, 8, 200))
    assert markdown([*ours, *other]) == (
        "|  | cold | edit | memory |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| kb | 3.00 s (5.00) | 2.00 s (2.00) | 150 MiB |\n"
        "| hugo | 6.00 s (10.00) | 4.00 s (8.00) | 300 MiB |\n"
        "| kb / hugo | 0.500 (0.500) | 0.500 (0.250) | 0.50 |\n"
    )


def test_a_table_without_kb_has_no_shares() -> None:
    table = markdown(builds("hugo", ("cold", 0, 6, 10, 300)))
    assert table.splitlines()[2:] == ["| hugo | 6.00 s (10.00) | 300 MiB |"]
