"""The words in which records name things, in the languages that we know.

A type that no table knows stays as its author wrote it.
"""

from __future__ import annotations

import re

_WRITTEN = {
    "person": "person, people, 인물, 사람, personen, 人物",
    "organization": "organization, organisation, company, 조직, 기업, 회사, unternehmen, 組織, 企業, 団体",
    "concept": "concept, idea, term, 개념, 용어, konzept, begriff, idee, 概念, 用語",
    "software": "software, app, 소프트웨어, 앱, ソフトウェア, アプリ",
    "product": "product, 제품, 상품, produkt, 製品, 商品",
    "location": "location, place, city, 장소, 지역, 도시, ort, 場所, 地名, 都市",
    "event": "event, 행사, 사건, 이벤트, ereignis, veranstaltung, イベント, 出来事",
    "technology": "technology, 기술, technologie, 技術",
    "model": "model, ai model, 모델, modell, モデル",
    "project": "project, 프로젝트, projekt, プロジェクト",
    "work": "work, book, film, 작품, 책, werk, buch, 作品, 本",
    "standard": "standard, specification, 표준, 規格, 標準",
}
_KINDS = {word: kind for kind, words in _WRITTEN.items() for word in words.split(", ")}

ENTITY_HEADINGS = frozenset(
    "entities, people and ideas, 등장인물, 개체, 인물과 개념, entitäten, personen und begriffe, "
    "登場人物, 人物と用語, エンティティ".split(", ")
)

_TAXONOMY = {
    "creative direction": "director, assistant director, executive producer, senior producer, producer, "
    "associate producer, development producer, creative director",
    "cast": "host, co-host, guest host, guest, voice actor, narrator, announcer, reporter",
    "writing": "author, editorial director, co-writer, writer, songwriter, guest writer, story editor, "
    "managing editor, script editor, script coordinator, researcher, editor, fact checker, translator, transcriber, "
    "logger",
    "audio production": "studio coordinator, technical director, technical manager, audio engineer, "
    "remote recording engineer, post production engineer",
    "audio post-production": "audio editor, sound designer, foley artist, composer, theme music, music production, "
    "music contributor",
    "administration": "production coordinator, booking coordinator, production assistant, content manager, "
    "marketing manager, sales representative, sales manager",
    "visuals": "graphic designer, cover art designer",
    "community": "social media manager",
    "misc.": "consultant, intern",
    "video production": "camera operator, lighting designer, camera grip, assistant camera",
    "video post-production": "editor, assistant editor",
}
GROUPS = tuple(_TAXONOMY)
"""The groups of persons, in lower case (podcast namespace, tag person, taxonomy.json)."""

ROLES = tuple(dict.fromkeys(role for roles in _TAXONOMY.values() for role in roles.split(", ")))
"""The roles of persons, in lower case."""

ROLES_BY_GROUP = {group: tuple(roles.split(", ")) for group, roles in _TAXONOMY.items()}
"""The roles of each group; that of editor is in two."""

LICENSES = ("ARR", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "POD-V4V-1.0")
"""The licences that are known by their identifier alone (podcast namespace, tag license, licenses.json)."""

_STAND_IN_NOTES = {
    "en": "The recording is not ready yet. "
    "This is a stand-in of the same length, silent but for a tone at the start of each chapter.",
    "de": "Die Aufnahme ist noch nicht fertig. "
    "Dies ist ein Platzhalter gleicher Länge, still bis auf einen Ton zu Beginn jedes Kapitels.",
    "ja": "録音はまだ準備中です。これは同じ長さの仮の音声で、各チャプターの始まりに音が鳴るほかは無音です。",
    "ko": "녹음이 아직 준비되지 않았습니다. "
    "같은 길이의 임시 음원으로, 챕터가 시작될 때 울리는 신호음 외에는 무음입니다.",
}


def find_kind(written: str) -> str:
    """Normalise the type of an entity.

    >>> find_kind("Person"), find_kind("인물"), find_kind("ai-model"), find_kind("Chess Opening")
    ('person', 'person', 'model', 'chess opening')
    """
    folded = re.sub(r"[\s_-]+", " ", written).strip().casefold()
    return _KINDS.get(folded, folded)


def is_entity_heading(title: str) -> bool:
    """Say whether a heading announces the list of entities.

    >>> is_entity_heading("Entities"), is_entity_heading("등장인물"), is_entity_heading("Links")
    (True, True, False)
    """
    return title.strip().casefold() in ENTITY_HEADINGS


def find_stand_in_note(language: str) -> str:
    """What notes and pages say of an episode whose recording is not ready.

    >>> find_stand_in_note("de-AT")[:13], find_stand_in_note("fi")[:13]
    ('Die Aufnahme ', 'The recording')
    """
    return _STAND_IN_NOTES.get(language.lower().partition("-")[0], _STAND_IN_NOTES["en"])
