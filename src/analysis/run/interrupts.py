"""Signals that end a run, turned into one exception, so that every `finally` on the way runs once and to its end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Interrupted(KeyboardInterrupt):
    """A signal asked to stop. asyncio lets KeyboardInterrupt through, where it would keep another exception to itself."""

    def __init__(self, number: int):
        super().__init__(signal.Signals(number).name)
        self.number = number

    @property
    def status(self) -> int:
        """The exit status that shells give a command ended by this signal."""
        return 128 + self.number


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Interrupted at the first signal; later ones are ignored while the first is being honoured.

    A signal that the caller ignores (SIGHUP under nohup) stays ignored. Outside the main thread nothing changes, as only
    the main thread gets signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handled = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, lambda got, _frame: _stop(got, handled)) for number in handled}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, handled: list[int]) -> None:
    for other in handled:
        signal.signal(other, lambda *_: None)  # not SIG_IGN, which child processes would inherit
    raise Interrupted(number)
