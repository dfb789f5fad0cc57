"""Every text of the pages has its English; the tool that says so finds what is missing."""

from pathlib import Path

from babel.messages.catalog import Catalog

from tools import catalogue


def made(**texts: str) -> Catalog:
    found = Catalog(locale="en")
    for key, english in texts.items():
        found.add(key, english)
    return found


def test_every_text_has_its_english_and_nothing_is_left_over() -> None:
    wanted = catalogue.said()

    assert len(wanted) > 20
    assert catalogue.faults(wanted, catalogue.written()) == []


def test_the_file_is_as_the_tool_writes_it() -> None:
    written = catalogue.ENGLISH.read_text(encoding="utf-8")

    assert written == catalogue.serialised(catalogue.written())
    assert "#:" not in written
    assert "POT-Creation-Date" not in written


def test_texts_are_found_in_templates_and_in_python(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{{ _('甲') }}{% trans %}乙{% endtrans %}", encoding="utf-8")
    (tmp_path / "b.py").write_text('go(request, "/x", "丙。")\nsay("丁")\n', encoding="utf-8")

    found = {message.id for message in catalogue.said(tmp_path) if message.id}

    assert found == {"甲", "乙", "丙。", "丁"}


def test_missing_left_over_untranslated_and_differing_texts_are_faults() -> None:
    wanted = made(甲="", 乙="", **{"丙 %(n)s": ""})
    english = made(乙="还是中文", 丁="Four", **{"丙 %(n)s": "Three %(m)s"})

    assert catalogue.faults(wanted, english) == [
        "English holds Chinese: 乙",
        "no English: 甲",
        "placeholders differ: 丙 %(n)s",
        "said nowhere: 丁",
    ]


def test_an_update_keeps_what_is_there_and_pruning_takes_out_what_is_not_said() -> None:
    wanted, english = made(甲="", 乙=""), made(乙="Two", 丁="Four")

    kept = catalogue.update(wanted, english)
    pruned = catalogue.update(wanted, english, prune=True)

    assert {m.id: m.string for m in kept if m.id} == {"甲": "", "乙": "Two", "丁": "Four"}
    assert {m.id for m in pruned if m.id} == {"甲", "乙"}
