"""What runs on `kb` and on `python -m kb`?"""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run kb, and leave without a word on Ctrl-C, even while it is being loaded."""
    try:
        from kb.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
