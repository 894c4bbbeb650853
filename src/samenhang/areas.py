"""Areas: the neighbourhoods of a map, read from any GeoJSON that names them in a usual way."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from samenhang.files import Fault

USUAL: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "statcode", "buurtcode", "wijkcode", "gebiedcode", "stadsdeelcode", "id"),
    "name": ("name", "naam", "statnaam", "buurtnaam", "wijknaam", "gebiednaam", "stadsdeelnaam"),
    "parent": ("parent", "wijk", "gebied", "stadsdeel"),
    "kind": ("kind", "soort"),
    "population": ("population", "inwoners", "aantal_inwoners"),
}
"""Property names that are recognised, the first that is there counts."""

KINDS = ("stadsdeel", "wijk", "buurt")


@dataclass(frozen=True)
class Area:
    """A named piece of the city. ``geometry``: a GeoJSON Polygon or MultiPolygon in degrees (WGS 84); empty: not drawn."""

    code: str
    name: str
    parent: str | None
    kind: str | None
    population: int | None
    geometry: Mapping[str, object]


@dataclass(frozen=True)
class Areas:
    """What was read: the areas in the order of the file, and what is wrong with the others."""

    areas: tuple[Area, ...]
    faults: tuple[Fault, ...]


def read_areas(path: str | os.PathLike[str], mapping: Mapping[str, str] | None = None) -> Areas:
    """Read the areas of a GeoJSON FeatureCollection, with all faults together; raises ``OSError`` if it cannot be opened.

    ``mapping``: for code, name, parent, kind or population the property that holds it, where it is not a usual name (see
    ``USUAL``). Codes must be unique; a ``parent`` must be the code of another area of the file, but the wijk or stadsdeel
    of a file with one level only stands in another file and is kept as it is. A fault's column is the place in the file,
    such as ``features[3].geometry``.
    """
    name = Path(path).name
    try:
        collection = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        return _refused(Fault(name, 0, "", "bad_encoding", f"byte 0x{wrong.object[wrong.start]:02x} is not UTF-8"))
    except json.JSONDecodeError as wrong:
        return _refused(Fault(name, wrong.lineno, "", "broken_json", f"this is not JSON: {wrong.msg}"))
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        return _refused(Fault(name, 0, "features", "no_areas", "this is not a GeoJSON FeatureCollection with areas"))
    found = [_area(feature, f"features[{row}]", name, mapping or {}) for row, feature in enumerate(features)]
    faults = [item for item in found if isinstance(item, Fault)]
    areas = tuple(item for item in found if isinstance(item, Area))
    faults += _clashes(features, found, name, mapping or {})
    return Areas(areas, tuple(faults))


def _refused(fault: Fault) -> Areas:
    return Areas((), (fault,))


def _area(feature: object, place: str, file: str, mapping: Mapping[str, str]) -> Area | Fault:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        return Fault(file, 0, place, "no_properties", "this feature has no properties")
    told = {key: _value(properties, key, mapping) for key in USUAL}
    for key in ("code", "name"):
        if not isinstance(told[key], (str, int)) or told[key] == "":
            reason = f"no property holds the {key} of this area; looked for: {', '.join(USUAL[key])}"
            return Fault(file, 0, f"{place}.properties", f"no_{key}", reason)
    population = told["population"]
    if population is not None and (not isinstance(population, int) or population < 0):
        reason = f"{population!r} is not a whole number of 0 or more"
        return Fault(file, 0, f"{place}.properties.population", "not_a_whole_number", reason, str(population))
    kind = told["kind"]
    if kind is not None and kind not in KINDS:
        reason = f"{kind!r} is none of: {', '.join(KINDS)}"
        return Fault(file, 0, f"{place}.properties.kind", "not_allowed", reason, str(kind), ", ".join(KINDS))
    geometry = feature.get("geometry", "")
    wrong = None if geometry is None else _wrong_shape(geometry)  # null: a place without an outline
    if wrong:
        return Fault(file, 0, f"{place}.geometry", wrong[0], wrong[1])
    parent = None if told["parent"] in {None, ""} else str(told["parent"])
    return Area(str(told["code"]), str(told["name"]), parent, kind, population, dict(geometry or {}))


def _value(properties: Mapping[str, object], key: str, mapping: Mapping[str, str]) -> object:
    names = (mapping[key],) if key in mapping else USUAL[key]
    return next((properties[name] for name in names if name in properties), None)


def _clashes(features: list[object], found: list[Area | Fault], file: str, mapping: Mapping[str, str]) -> list[Fault]:
    """Codes that stand there twice, and parents that are not there."""
    faults = []
    first: dict[str, int] = {}
    codes = {item.code for item in found if isinstance(item, Area)}
    for row, item in enumerate(found):
        if not isinstance(item, Area):
            continue
        before = first.setdefault(item.code, row)
        if before != row:
            reason = f"the code {item.code!r} stands at features[{before}] already"
            place = f"features[{row}].properties.code"
            faults.append(Fault(file, 0, place, "duplicate", reason, item.code, f"features[{before}]"))
        properties = features[row]["properties"] if isinstance(features[row], dict) else {}  # type: ignore[index]
        own = mapping.get("parent", "parent") in properties
        if own and item.parent is not None and (item.parent not in codes or item.parent == item.code):
            reason = f"there is no other area with the code {item.parent!r}"
            place = f"features[{row}].properties.parent"
            faults.append(Fault(file, 0, place, "unknown_reference", reason, item.parent, file))
    return faults


def _wrong_shape(geometry: object) -> tuple[str, str] | None:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        return "not_an_area", f"a Polygon or MultiPolygon is needed, not {kind or 'nothing'}"
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        rings = list(_rings(polygons))
    except (TypeError, ValueError, IndexError):
        return "broken_shape", "the coordinates are not lists of [longitude, latitude]"
    if not rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        return "open_ring", "each ring needs four positions or more, the last the same as the first"
    if any(abs(x) > 180 or abs(y) > 90 for ring in rings for x, y in ring):
        return "not_degrees", "the coordinates are not degrees (WGS 84); a map in metres has to be converted first"
    return None


def _rings(polygons: object) -> Iterator[list[tuple[float, float]]]:
    if not isinstance(polygons, list):
        raise TypeError
    for polygon in polygons:
        for ring in polygon:
            yield [(float(position[0]), float(position[1])) for position in ring]
