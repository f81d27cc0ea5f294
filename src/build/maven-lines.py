"""Reads Maven's output, keeps all of it in a log and prints what a person wants to see.

That is: each step in words, downloads every three seconds, the lines of the tests,
warnings and errors. Usage: mvn ... 2>&1 | python3 -u maven-lines.py LOG [--no-errors]
"""
import os
import re
import sys
import time

STEPS = {
    "formatter:validate": "Checking the code format",
    "formatter:format": "Formatting the code",
    "impsort:check": "Checking the imports",
    "impsort:sort": "Sorting the imports",
    "enforcer:enforce": "Checking the build rules",
    "jar:jar": "Packing the plugin jar",
    "shade:shade": "Packing Jackson into the plugin jar",
    "dependency:copy-dependencies": "Copying the libraries",
    "dependency:get": "Looking for Bio-Formats",
    "install:install-file": "Adding Bio-Formats to the local Maven repository",
}
QUIET_WARNINGS = (
    "Supported source version 'RELEASE_8'",
    "Could not transfer metadata",
    "Could not transfer artifact",
    "checksum",
    "information from the scm repository",  # sources without a git history
    "information from the git repository",
)
REPORT_EVERY_S = 3.0

HEADER = re.compile(r"^\[INFO\] --- (?:maven-)?(\w+?)(?:-maven)?(?:-plugin)?:[^:]+:([\w-]+)")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PROGRESS = re.compile(r"^Progress \(\d+\): (.*)")
DOWNLOADED = re.compile(r"^(?:\[INFO\] )?Downloaded from .*?/([^/ ]+) \(([\d.]+) ([kMG]?B)")
DOWNLOADING = re.compile(r"^(?:\[INFO\] )?Downloading from ")
COMPILING = re.compile(r"^\[INFO\] (Compiling \d+ source files?)")
SIZES = {"B": 1e-6, "kB": 1e-3, "MB": 1.0, "GB": 1e3}


def pieces(stream, log):
    """Yields lines, where a carriage return ends a line too."""
    rest = b""
    while True:
        block = os.read(stream, 65536)
        if not block:
            break
        log.write(block)
        log.flush()
        parts = re.split(rb"[\r\n]", rest + block)
        rest = parts.pop()
        for part in parts:
            yield part.decode("utf-8", "replace")
    if rest:
        yield rest.decode("utf-8", "replace")


def say(text):
    print(text, flush=True)


def main():
    files = 0
    megabytes = 0.0
    reported = time.monotonic()
    step = None
    tests = False
    errors = "--no-errors" not in sys.argv
    with open(sys.argv[1], "ab") as log:
        for line in pieces(sys.stdin.fileno(), log):
            line = COLOUR.sub("", line).rstrip()
            progress = PROGRESS.match(line)
            got = DOWNLOADED.match(line)
            if got:
                files += 1
                megabytes += float(got.group(2)) * SIZES[got.group(3)]
            if progress or got or DOWNLOADING.match(line):
                if time.monotonic() - reported >= REPORT_EVERY_S:
                    reported = time.monotonic()
                    now = " now " + progress.group(1).strip() if progress else ""
                    say(f"    downloading: {files} files, {megabytes:.0f} MB done{now}")
                continue
            header = HEADER.match(line)
            if header:
                tests = False
                name = STEPS.get(header.group(1) + ":" + header.group(2))
                if name and name != step:
                    step = name
                    say("==> " + name)
            elif "T E S T S" in line:
                tests = True
                say("==> Running the tests")
            elif COMPILING.match(line):
                say("==> " + COMPILING.match(line).group(1))
            elif tests:
                text = line[6:].lstrip() if line.startswith("[INFO]") else line
                if text.strip("- "):
                    say(text)
            elif line.startswith("[ERROR]"):
                if errors:
                    say(line)
            elif line.startswith("[WARNING]"):
                if not any(q in line for q in QUIET_WARNINGS) and len(line) > 10:
                    say(line)
    if files:
        say(f"    downloaded {files} files, {megabytes:.0f} MB")


main()

