#!/usr/bin/env python3
"""Writes what the engine and its tests know of time zones, from PyPI's package `tzdata`.

    pip install --target DIR tzdata
    python3 tests/zones.py DIR table > src/engine/zones/table.txt
    python3 tests/zones.py DIR facts > tests/zones.facts

The table gives every zone the rule that holds from now on: the last line of its compiled file. The facts are what
Python's own zoneinfo answers for these files, so that the engine's reading of the rules is checked by another's.
"""

import io
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
# After every change that the files list one by one: for Gaza those around Ramadan until 2086.
YEARS = (2089, 2096)


def load(folder):
    package = Path(folder) / "tzdata"
    version = next(
        line.split('"')[1]
        for line in (package / "__init__.py").read_text(encoding="utf-8").splitlines()
        if line.startswith("IANA_VERSION")
    )
    names = (package / "zones").read_text(encoding="utf-8").split()
    return version, {name: (package / "zoneinfo" / name).read_bytes() for name in names}


def rule(compiled):
    return compiled.rsplit(b"\n", 2)[1].decode("ascii")


def table(version, zones):
    """One line per rule: the rule, then its zones, the Region written once for all of its cities."""
    regions_of = {}
    for name in sorted(zones):
        region, slash, city = name.partition("/")
        key = region if slash else ""
        regions_of.setdefault(rule(zones[name]), {}).setdefault(key, []).append(city if slash else name)
    yield f"# tzdata {version}: each zone's rule from now on. Written by tests/zones.py."
    for one in sorted(regions_of):
        regions = sorted(regions_of[one].items())
        yield " ".join([one] + [f"{region}/{','.join(cities)}" for region, cities in regions])


def offset(zone, seconds):
    moment = (EPOCH + timedelta(seconds=seconds)).astimezone(zone)
    return int(moment.utcoffset().total_seconds())


def changes(zone, year):
    """The seconds at which the offset becomes another one in a year."""
    start = int((datetime(year, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds())
    for day in range(start, start + 366 * 86400, 86400):
        low, high = day, day + 86400
        if offset(zone, low) == offset(zone, high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(zone, middle) == offset(zone, low) else (low, middle)
        yield high


def facts(version, zones):
    """Every zone once, in January and in July; one zone of each rule at each of its changes and the second before."""
    yield f"# tzdata {version}: zone, seconds since 1970, seconds east of UTC. Written by tests/zones.py."
    seen = set()
    for name in sorted(zones):
        zone = ZoneInfo.from_file(io.BytesIO(zones[name]), key=name)
        moments = [int((datetime(YEARS[0], month, 1, 12, tzinfo=timezone.utc) - EPOCH).total_seconds()) for month in (1, 7)]
        if rule(zones[name]) not in seen:
            seen.add(rule(zones[name]))
            for year in YEARS:
                for at in changes(zone, year):
                    moments += [at - 1, at]
        for at in moments:
            yield f"{name} {at} {offset(zone, at)}"


def main():
    folder, what = sys.argv[1:]
    print("\n".join({"table": table, "facts": facts}[what](*load(folder))))


main()
