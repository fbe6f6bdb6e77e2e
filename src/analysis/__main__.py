"""`python -m analysis` is the same as `figures`."""

from analysis.cli import main

if __name__ == "__main__":
    main()
