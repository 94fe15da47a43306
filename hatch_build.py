"""Build the compiled scanner into the wheel where a C compiler is at hand; else leave it out."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("src/saidanddone/sources/scanner")
SOURCES = ("scan.h", "kernel.h", "scan.c")
LIBRARY = "_scan.so"
SWITCH = "SAIDANDDONE_BUILD_SCANNER"
"""Environment variable: 'no' builds a wheel of Python alone, 'yes' fails without a compiler."""

FLAGS = ("-std=c11", "-O3", "-shared", "-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra")


class ScannerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the scanner beside its source, for a wheel and for an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and tag the wheel with this platform; without a compiler say so and go on."""
        wish = os.environ.get(SWITCH, "").lower()
        library = Path(self.root) / FOLDER / LIBRARY
        why = "switched off" if wish in ("no", "0", "off") else self._build(library)
        if why:
            library.unlink(missing_ok=True)
            if wish in ("yes", "1", "on"):
                raise RuntimeError(f"the compiled scanner was not built: {why}")
            self.app.display_warning(
                f"saidanddone: without the compiled scanner ({why}); everything works, slower"
            )
            return
        self.app.display_info("saidanddone: with the compiled scanner")
        build_data["pure_python"] = False
        # No Python header is used, so one library serves every version of Python.
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
        build_data["artifacts"].append(f"/{FOLDER.as_posix()}/{LIBRARY}")

    def _build(self, library: Path) -> str:
        """Compile; return why it did not work, or an empty text."""
        if os.name != "posix":
            return "it is built on Linux and macOS only"
        command = shlex.split(os.environ.get("CC", "")) or self._compiler()
        if not command:
            return "no C compiler was found (cc, gcc or clang)"
        folder = library.parent
        digest = hashlib.sha256()
        for name in SOURCES:
            digest.update((folder / name).read_bytes())
        stamp = f'-DSCAN_SOURCE="{digest.hexdigest()[:16]}"'
        made = library.with_name(f"_scan.{os.getpid()}.so")
        try:
            done = subprocess.run(
                [*command, *FLAGS, stamp, str(folder / "scan.c"), "-o", str(made)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                return f"{command[0]} failed: {done.stderr.strip()[-500:]}"
            made.replace(library)
        except OSError as error:
            return f"{command[0]} cannot be run: {error}"
        finally:
            made.unlink(missing_ok=True)
        return ""

    @staticmethod
    def _compiler() -> list[str]:
        found = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
        return [found] if found else []
