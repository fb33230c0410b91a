"""A program in the place of the worker's child that dies as one without memory does."""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
