"""Running a process of root's as if it were anybody's, so that files which may not be written are not written."""

import ctypes
import os

_CAPABILITY_DROP = 24  # of prctl(2): what a program that is run from here on can no longer be given
_OVERRIDES = (0, 1, 2, 3)  # CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER


def without_rights() -> None:
    """For `preexec_fn`: the program may do with files only what their modes say, though root runs it."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for one in _OVERRIDES:
            if libc.prctl(_CAPABILITY_DROP, one, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "rights cannot be dropped")
