"""Runs the emulator as a process group that can't outlive the run that started it.

Standard input is a pipe from that run. When it closes, however the run ended, the whole group is killed: the
emulator and the functions that it started.
"""

import os
import runpy
import signal
import sys
import threading


def die_with_parent() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os.killpg(os.getpgrp(), signal.SIGKILL)


if os.getpgrp() != os.getpid():
    sys.exit("this must be the first process of a group of its own")
threading.Thread(target=die_with_parent, daemon=True).start()
sys.argv = ["ministack"]
runpy.run_module("ministack", run_name="__main__")
