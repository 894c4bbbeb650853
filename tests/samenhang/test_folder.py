import json
from pathlib import Path

import pytest

from samenhang import folder, packing
from samenhang.cells import Cell

SQUARE = [[[4.9, 52.3], [5.0, 52.3], [5.0, 52.4], [4.9, 52.3]]]


def tables(root: Path, **named: str) -> Path:
    for name, text in named.items():
        (root / f"{name}.csv").write_text(text, encoding="utf-8")
    return root


def areas(path: Path, *properties: dict[str, object], geometry: object = None) -> Path:
    shape = geometry or {"type": "Polygon", "coordinates": SQUARE}
    features = [{"type": "Feature", "properties": own, "geometry": shape} for own in properties]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def codes(found: folder.Folder) -> list[tuple[str, int, str, str]]:
    return [(fault.file, fault.line, fault.column, fault.reason_code) for fault in found.faults]


PARTIES = "key,name,kind\na,A,initiative\nb,B,research\nc,C,other\n"


def test_the_schema_and_the_page_that_tells_it_name_the_same_tables_and_columns() -> None:
    page = (Path(__file__).parents[2] / "docs" / "open-folder.md").read_text(encoding="utf-8")
    for name, schema in folder.SCHEMA.items():
        (line,) = [row for row in page.splitlines() if row.startswith(f"| `{name}.csv`")]
        for field in schema.fields:
            assert (f"**{field.name}**" in line) == field.required, (name, field.name)
            assert field.name in line, (name, field.name)


def test_an_empty_folder_is_a_folder_without_anything(tmp_path: Path) -> None:
    found = folder.read(tmp_path)
    assert (found.tables, found.areas, found.documents, found.faults) == ({}, (), (), ())


def test_a_heap_of_documents_is_a_folder_too(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Plan.", encoding="utf-8")
    assert [path.name for path in folder.read(tmp_path).documents] == ["plan.txt"]


def test_references_between_files_are_checked(tmp_path: Path) -> None:
    found = folder.read(
        tables(
            tmp_path,
            parties=PARTIES,
            ties="party_a,party_b,kind,reported_by\na,b,knows,a; b\na,d,knows,c\nb,b,knows,b\n",
            able="need,party,confirmed_by,confirmed_on\nroom,a,a,2024-01-01\n",
            sources="key,title,kind,file\nplan,Plan,plan,plan.pdf\nsly,Sly,plan,../secret\n",
        )
    )
    assert codes(found) == [
        ("ties.csv", 3, "party_b", "unknown_reference"),
        ("ties.csv", 3, "reported_by", "not_an_end"),
        ("ties.csv", 4, "party_b", "same_party"),
        ("able.csv", 2, "need", "unknown_reference"),
        ("able.csv", 2, "confirmed_by", "same_party"),
        ("sources.csv", 2, "file", "missing_document"),
        ("sources.csv", 3, "file", "outside"),
    ]


def test_a_table_that_is_broken_itself_does_not_make_everything_that_points_to_it_wrong(tmp_path: Path) -> None:
    found = folder.read(
        tables(
            tmp_path, parties="key,name,kind\nA,A,initiative\n", ties="party_a,party_b,kind,reported_by\na,b,knows,a\n"
        )
    )
    assert codes(found) == [("parties.csv", 2, "key", "not_a_key")]


def test_a_second_workshop_and_an_unknown_file_are_refused(tmp_path: Path) -> None:
    found = folder.read(tables(tmp_path, workshop="key,name\na,A\nb,B\n", partys=PARTIES))
    assert codes(found) == [("partys.csv", 0, "", "unknown_file"), ("workshop.csv", 3, "", "one_row")]


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    rows: list[dict[str, Cell]] = [
        {"key": "a", "name": 'De "A", zij', "kind": "initiative", "themes": ("wonen", "werk")}
    ]
    packing.write_table(tmp_path, "parties", rows)
    packing.write_table(tmp_path, "themes", [{"key": key, "name": key} for key in ("wonen", "werk")])
    found = folder.read(tmp_path)
    assert found.faults == ()
    (row,) = found.rows("parties")
    assert {column: value for column, value in row.values.items() if value is not None} == rows[0]
    with pytest.raises(ValueError, match="no column colour"):
        packing.write_table(tmp_path, "themes", [{"colour": "red"}])


def test_the_datapackage_describes_each_table_and_its_links() -> None:
    package = packing.datapackage("noord", "Noord", ["themes", "parties", "related_themes"])
    assert isinstance(package["resources"], list)
    by_name = {resource["name"]: resource for resource in package["resources"]}
    assert set(by_name) == {"themes", "parties", "related-themes"}
    links = [link["reference"]["resource"] for link in by_name["related-themes"]["schema"]["foreignKeys"]]
    assert links == ["themes", "themes"]
    assert by_name["parties"]["schema"]["primaryKey"] == "key"
    with pytest.raises(ValueError, match="not a key"):
        packing.datapackage("Noord!", "Noord")


def test_areas_are_read_by_their_usual_names(tmp_path: Path) -> None:
    path = areas(tmp_path / "areas.geojson", {"code": "N1", "naam": "Noord", "wijk": "N", "inwoners": 1200})
    found = folder.read_areas(path)
    (area,) = found.areas
    assert (area.code, area.name, area.parent, area.population, found.faults) == ("N1", "Noord", "N", 1200, ())
    renamed = areas(tmp_path / "own.geojson", {"nummer": 7, "titel": "Zuid"})
    assert folder.read_areas(renamed, {"code": "nummer", "name": "titel"}).areas[0].code == "7"


@pytest.mark.parametrize(
    ("properties", "geometry", "code"),
    [
        ([{"naam": "A"}], None, "no_code"),
        ([{"code": "a"}], None, "no_name"),
        ([{"code": "a", "name": "A"}, {"code": "a", "name": "B"}], None, "duplicate"),
        ([{"code": "a", "name": "A", "parent": "z"}], None, "unknown_reference"),
        ([{"code": "a", "name": "A", "kind": "dorp"}], None, "not_allowed"),
        ([{"code": "a", "name": "A", "population": -1}], None, "not_a_whole_number"),
        ([{"code": "a", "name": "A"}], {"type": "Point", "coordinates": [4, 52]}, "not_an_area"),
        ([{"code": "a", "name": "A"}], {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53]]]}, "open_ring"),
        ([{"code": "a", "name": "A"}], {"type": "Polygon", "coordinates": [[1, 2]]}, "broken_shape"),
        (
            [{"code": "a", "name": "A"}],
            {
                "type": "Polygon",
                "coordinates": [[[121000, 487000], [122000, 487000], [122000, 488000], [121000, 487000]]],
            },
            "not_degrees",
        ),
        ([], None, "no_areas"),
    ],
)
def test_a_map_that_cannot_be_used_says_why(
    tmp_path: Path, properties: list[dict[str, object]], geometry: object, code: str
) -> None:
    found = folder.read_areas(areas(tmp_path / "areas.geojson", *properties, geometry=geometry))
    assert [fault.reason_code for fault in found.faults] == [code]


def test_a_map_that_is_no_json_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "areas.geojson").write_text('{\n"type": oops', encoding="utf-8")
    (fault,) = folder.read_areas(tmp_path / "areas.geojson").faults
    assert (fault.reason_code, fault.line) == ("broken_json", 2)


AMSTERDAM = Path(__file__).parents[3] / "shared" / "data" / "areas"


def test_every_area_of_a_city_is_read_where_its_maps_are_at_hand() -> None:
    counts = {path.name: len(folder.read_areas(path).areas) for path in sorted(AMSTERDAM.glob("*_buurten_*.geojson"))}
    assert set(counts.values()) <= {518}


@pytest.mark.parametrize(
    ("table", "text", "line"),
    [
        ("ties", "party_a,party_b,kind,reported_by\na,b,knows,a\nb,c,knows,b\nb,a,knows,b\n", 4),
        ("keep_apart", "party_a,party_b,reason\na,b,x\nb,a,y\n", 3),
        ("doubles", "party_a,party_b,verdict\na,b,same\nb,a,different\n", 3),
        ("related_themes", "theme_a,theme_b\nwonen,werk\nwerk,wonen\n", 3),
        ("memberships", "person,party,role\nnoor,a,kok\nnoor,a,gast\nnoor,a,kok\n", 4),
        ("consents", "person,purpose,wording,channel,given_on\n" + "noor,keep,Ja?,web,2026-01-01\n" * 2, 3),
        ("able", "need,party,confirmed_by,confirmed_on\nzaal,a,b,2026-01-01\nzaal,a,c,2026-01-02\n", 3),
        ("stewardship", "role,party,words\npays,a,Wij betalen.\nhosts,a,Wij ook.\npays,a,Wij.\n", 4),
        ("issue_parties", "issue,party\nkou,a\nkou,b\nkou,a\n", 4),
        ("issue_fragments", "issue,source,page,start,end,text\n" + "kou,plan,1,0,3,Kou\n" * 2, 3),
    ],
)
def test_a_row_that_says_what_another_says_already_names_the_first(
    tmp_path: Path, table: str, text: str, line: int
) -> None:
    tables(
        tmp_path,
        parties=PARTIES,
        themes="key,name\nwonen,Wonen\nwerk,Werk\n",
        people="key,name\nnoor,Noor\n",
        issues="key,name,state\nkou,Kou,accepted\n",
        needs="key,party,kind,text\nzaal,a,need,Een zaal\n",
        sources="key,title,kind,file\nplan,Plan,plan,plan.txt\n",
    )
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "plan.txt").write_text("Kou.", encoding="utf-8")
    found = folder.read(tables(tmp_path, **{table: text}))
    assert codes(found) == [(f"{table}.csv", line, "", "said_twice")]
    assert found.faults[0].other == "2"


def test_two_ties_of_another_kind_are_two_ties(tmp_path: Path) -> None:
    ties = "party_a,party_b,kind,reported_by\na,b,knows,a\nb,a,funds,b\n"
    assert folder.read(tables(tmp_path, parties=PARTIES, ties=ties)).faults == ()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("key,name,kind\nx,X,other\n", encoding="utf-8")
    root = tmp_path / "folder"
    (root / "documents").mkdir(parents=True)
    (root / "documents" / "plan.txt").symlink_to(secret)
    (root / "documents" / "own.txt").write_text("Own.", encoding="utf-8")
    (root / "documents" / "again.txt").symlink_to(root / "documents" / "own.txt")
    (root / "parties.csv").symlink_to(secret)
    tables(root, sources="key,title,kind,file\nplan,Plan,plan,plan.txt\nown,Own,plan,again.txt\n")
    found = folder.read(root)
    assert codes(found) == [("parties.csv", 0, "", "link"), ("sources.csv", 2, "file", "link")]
    assert [path.name for path in found.documents] == ["again.txt", "own.txt"]


def test_a_text_that_does_not_fit_is_told_before_a_database_refuses_it(tmp_path: Path) -> None:
    found = folder.read(tables(tmp_path, themes=f"key,name\nwonen,{'W' * 121}\nwerk,{'W' * 120}\n"))
    assert codes(found) == [("themes.csv", 2, "name", "too_long")]
    assert (found.faults[0].value, found.faults[0].other) == ("121", "120")
