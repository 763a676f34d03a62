"""Make episodes of Enclosed from their scripts: `python make.py [NAME …]`, by default all of them.

NAME.txt becomes ../NAME.mp3, ../NAME.opus, which is a third of its size, and ../NAME.vtt. What a record needs to know
of the sound, the start of every chapter and the second of every quote, is printed as the lines that stand in
../NAME.md.

A script is read line by line:

    voice Ada Marsh: en+f2 155 44       a speaker: espeak-ng's voice, words per minute, pitch (0 to 99)
    say guid: gwid                      how a word is spelled for the voice, though not in the transcript
    == The Item                         a chapter, which begins with the chime
    -- A Chapter Without a Bell         a chapter that begins unannounced
    Ada: Hello. *This is a quote.*      what a speaker, called by the first name, says; stars mark a quote

A quote is one sentence or several, so it begins where a cue of the transcript begins.
espeak-ng speaks with a plain voice, and says nothing of it, if it does not have the one that is named.
Needs espeak-ng, lame and opusenc (opus-tools). The same script gives the same bytes on the same machine.
"""

from __future__ import annotations

import io
import math
import re
import subprocess
import sys
import textwrap
import wave
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SAMPLE_RATE = 22_050  # what espeak-ng speaks, so nothing is resampled

# Everything on the tape begins on a tick of 20 ms, which is exactly 441 samples:
# so each start is a whole number of milliseconds, and a stamp says no more than is true.
TICK_MS = 20
TICK_SAMPLES = SAMPLE_RATE * TICK_MS // 1000

# What lame (576 samples) and a decoder (529) put before the sound; the lead is silence to be cut for it.
CODEC_DELAY = 576 + 529
LEAD_MS = 60

LOUDNESS = 3_000  # what every voice is brought to: an episode comes to about -17 LUFS
HEADROOM = 3.8  # how far a peak may stand above a voice's loudness
QUIET = 160  # below this a sample at the edge of a sentence is silence

PAUSE_WITHIN_TURN_MS = 320
PAUSE_BETWEEN_TURNS_MS = 520
PAUSE_BEFORE_CHAPTER_MS = 900
PAUSE_AFTER_CHIME_MS = 300
PAUSE_AT_END_MS = 900

CAPTION_WIDTH = 65  # characters a line; podcast-namespace, docs/examples/transcripts/transcripts.md


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker. `rate` is in words per minute, `pitch` from 0 to 99."""

    name: str
    engine: str
    rate: int
    pitch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter line of a script."""

    title: str
    chimes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, as written. Sentences of one quote share its number, counted from 1; 0 is no quote."""

    voice: Voice
    text: str
    quote: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A parsed script: its parts in order, and written word → spelling for the voice."""

    parts: tuple[Chapter | Sentence, ...]
    sayings: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A sentence on the tape, in milliseconds."""

    start: int
    end: int
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A finished recording; chapter starts are in milliseconds."""

    samples: array[int]
    chapters: tuple[tuple[int, Chapter], ...]
    cues: tuple[Cue, ...]


def parse_script(text: str) -> Script:
    """Read a script in the form that the head of this file describes.

    Raises ValueError, naming the line, if a line has no such form or its speaker has no voice.
    """
    voices: dict[str, Voice] = {}
    sayings: dict[str, str] = {}
    parts: list[Chapter | Sentence] = []
    quotes = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        if found := re.fullmatch(r"voice (.+): (\S+) (\d+) (\d+)", line):
            name, engine, rate, pitch = found.groups()
            voices[name.split()[0]] = Voice(name=name, engine=engine, rate=int(rate), pitch=int(pitch))
        elif found := re.fullmatch(r"say (.+): (.+)", line):
            sayings[found[1]] = found[2]
        elif found := re.fullmatch(r"(==|--) (.+)", line):
            parts.append(Chapter(title=found[2], chimes=found[1] == "=="))
        elif (found := re.fullmatch(r"(\w+): (.+)", line)) and found[1] in voices:
            sentences = parse_turn(voices[found[1]], found[2], quotes)
            parts.extend(sentences)
            quotes = max(quotes, *(sentence.quote for sentence in sentences))
        else:
            raise ValueError(f"line {number} is no line of a script: {line!r}")
    return Script(parts=tuple(parts), sayings=sayings)


def parse_turn(voice: Voice, text: str, quotes_before: int) -> tuple[Sentence, ...]:
    """Cut what a speaker says in one go into sentences, and number its quotes on from `quotes_before`."""
    sentences: list[Sentence] = []
    for position, piece in enumerate(text.split("*")):
        inside = position % 2 == 1
        quote = quotes_before + (position + 1) // 2 if inside else 0
        written = re.split(r"(?<=[.?!])\s+", piece.strip())
        sentences.extend(Sentence(voice=voice, text=words, quote=quote) for words in written if words)
    return tuple(sentences)


def read_speech(sentence: Sentence, sayings: dict[str, str]) -> array[int]:
    """Have espeak-ng speak a sentence, and return its samples without the silence around them."""
    spelled = sentence.text
    for word, spelling in sayings.items():
        spelled = re.sub(rf"\b{re.escape(word)}\b", spelling, spelled)
    voice = sentence.voice
    manner = [f"-v{voice.engine}", f"-s{voice.rate}", f"-p{voice.pitch}"]
    command = ["espeak-ng", *manner, "--stdin", "--stdout"]
    spoken = subprocess.run(command, input=spelled.encode(), capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(spoken)) as sound:
        if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) != (SAMPLE_RATE, 1, 2):
            raise ValueError(f"{voice.engine} does not speak at {SAMPLE_RATE} Hz, in mono and 16 bits")
        samples = array("h", sound.readframes(sound.getnframes()))
    loud = [position for position, sample in enumerate(samples) if abs(sample) > QUIET]
    return samples[loud[0] : loud[-1] + 1]


def level_voices(speech: dict[Sentence, array[int]]) -> dict[Sentence, array[int]]:
    """Bring every voice to the same loudness: one gain a voice, so that a sentence keeps its own stress."""
    levelled: dict[Sentence, array[int]] = {}
    for voice in {sentence.voice for sentence in speech}:
        spoken = {sentence: samples for sentence, samples in speech.items() if sentence.voice == voice}
        ceiling = HEADROOM * find_loudness(spoken.values())
        limited = {sentence: limit_peaks(samples, ceiling) for sentence, samples in spoken.items()}
        gain = LOUDNESS / find_loudness(limited.values())
        for sentence, samples in limited.items():
            levelled[sentence] = array("h", (round(sample * gain) for sample in samples))
    return levelled


def find_loudness(spoken: Collection[array[int]]) -> float:
    """Return a root mean square in which high tones count more than low ones, as they do to the ear."""
    bright = [after - 0.5 * sample for samples in spoken for sample, after in pairwise(samples)]
    return math.sqrt(sum(sample * sample for sample in bright) / len(bright))


def limit_peaks(samples: array[int], ceiling: float) -> array[int]:
    """Turn the level down where it would pass the ceiling.

    The level glides from tick to tick, and at either end of a tick is low enough for all of it,
    so nothing is clipped and nothing jumps.
    """
    ticks = [samples[first : first + TICK_SAMPLES] for first in range(0, len(samples), TICK_SAMPLES)]
    levels = [min(1.0, ceiling / max(1, *map(abs, tick))) for tick in ticks]
    ends = [levels[0], *map(min, levels, levels[1:]), levels[-1]]
    limited = array("h")
    for tick, (begin, end) in zip(ticks, pairwise(ends), strict=True):
        glide = (end - begin) / TICK_SAMPLES
        limited.extend(round(sample * (begin + glide * place)) for place, sample in enumerate(tick))
    return limited


def make_chime() -> array[int]:
    """Two soft notes, a fifth apart and 140 ms after each other, that ring out within a second."""
    samples = array("h", bytes(2 * SAMPLE_RATE))
    for pitch, delay in ((523.25, 0.0), (783.99, 0.14)):
        first = round(delay * SAMPLE_RATE)
        for position in range(first, len(samples)):
            seconds = (position - first) / SAMPLE_RATE
            ring = min(1.0, seconds / 0.004) * math.exp(-seconds * 6) * (1 - position / len(samples))
            samples[position] += round(5_200 * ring * math.sin(math.tau * pitch * seconds))
    return samples


class Tape:
    """Samples in the making. Whatever is put on it begins on a tick."""

    def __init__(self) -> None:
        self.samples = array("h")

    @property
    def position(self) -> int:
        """Where the tape ends, in milliseconds."""
        return len(self.samples) // TICK_SAMPLES * TICK_MS

    def add(self, samples: array[int]) -> None:
        """Put samples on the tape, and silence to the next tick."""
        self.samples.extend(samples)
        self.samples.extend(bytes(-len(self.samples) % TICK_SAMPLES))

    def rest(self, milliseconds: int) -> None:
        """Put silence on the tape."""
        self.add(array("h", bytes(2 * SAMPLE_RATE * milliseconds // 1000)))


def record(script: Script) -> Take:
    """Speak a script from end to end, and note where everything begins."""
    sentences = [part for part in script.parts if isinstance(part, Sentence)]
    speech = level_voices({sentence: read_speech(sentence, script.sayings) for sentence in sentences})
    chime = make_chime()
    tape = Tape()
    tape.rest(LEAD_MS)
    chapters: list[tuple[int, Chapter]] = []
    cues: list[Cue] = []
    before: Chapter | Sentence | None = None
    for part in script.parts:
        tape.rest(find_pause(before, part))
        start = tape.position
        if isinstance(part, Chapter):
            chapters.append((start if chapters else 0, part))
            if part.chimes:
                tape.add(chime)
        else:
            tape.add(speech[part])
            cues.append(Cue(start=start, end=tape.position, sentence=part))
        before = part
    tape.rest(PAUSE_AT_END_MS)
    return Take(samples=tape.samples, chapters=tuple(chapters), cues=tuple(cues))


def find_pause(before: Chapter | Sentence | None, part: Chapter | Sentence) -> int:
    """Return the silence between two neighbours in milliseconds.

    A chapter without a chime begins on its first word.
    """
    if before is None:
        return 0
    if isinstance(part, Chapter):
        return PAUSE_BEFORE_CHAPTER_MS
    if isinstance(before, Chapter):
        return PAUSE_AFTER_CHIME_MS if before.chimes else 0
    return PAUSE_WITHIN_TURN_MS if before.voice == part.voice else PAUSE_BETWEEN_TURNS_MS


def format_transcript(cues: tuple[Cue, ...]) -> str:
    """Write cues as WebVTT, one sentence a cue, with the speaker as its voice."""
    blocks = ["WEBVTT"]
    for cue in cues:
        text = cue.sentence.text.replace("&", "&amp;").replace("<", "&lt;")
        lines = textwrap.wrap(text, CAPTION_WIDTH)
        voiced = f"<v {cue.sentence.voice.name}>" + "\n".join(lines)
        blocks.append(f"{format_cue_time(cue.start)} --> {format_cue_time(cue.end)}\n{voiced}")
    return "\n\n".join(blocks) + "\n"


def format_cue_time(milliseconds: int) -> str:
    """Write a WebVTT time: `00:01:02.340`."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def format_stamp(milliseconds: int) -> str:
    """Write a chapter's time as a record has it: `00:00`, `01:02.340`."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 60:02}:{seconds % 60:02}" + (f".{rest:03}" if rest else "")


def format_record_lines(take: Take) -> Iterator[str]:
    """Write chapters and quotes as lines of a record, in order of time.

    A chapter has its exact start; a quote has the second in which it begins.
    """
    lines = [(start, f"## [{format_stamp(start)}] {chapter.title}") for start, chapter in take.chapters]
    for quote in range(1, 1 + max(cue.sentence.quote for cue in take.cues)):
        cues = [cue for cue in take.cues if cue.sentence.quote == quote]
        words = " ".join(cue.sentence.text for cue in cues)
        stamp = format_stamp(cues[0].start // 1000 * 1000)
        lines.append((cues[0].start, f'> *"{words}" [{stamp}]* — {cues[0].sentence.voice.name}'))
    for _, line in sorted(lines, key=lambda timed: timed[0]):
        yield line


def write_mp3(path: Path, samples: array[int]) -> None:
    """Encode samples with lame: 32 kbit/s at a constant rate, so that a seek lands where it should.

    There is no ID3 tag, and a frame of this rate is too small for lame's own, from which players learn
    how much silence comes before the sound. So as much of the tape's lead is cut off, and a decoded
    sample stands where it stood on the tape.
    """
    sound = io.BytesIO()
    with wave.open(sound, "wb") as container:
        container.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        container.writeframes(samples[CODEC_DELAY:].tobytes())
    options = ("--silent", "-m", "m", "--cbr", "-b", "32", "-q", "2", "--noreplaygain")
    subprocess.run(["lame", *options, "-", path], input=sound.getvalue(), check=True)


def write_opus(path: Path, samples: array[int]) -> None:
    """Encode samples with opusenc at 12 kbit/s, for those who pay for every byte."""
    options = [
        "--quiet",
        "--raw",
        "--raw-rate",
        str(SAMPLE_RATE),
        "--raw-chan",
        "1",
        "--bitrate",
        "12",
        "--serial",
        "0",
    ]
    subprocess.run(["opusenc", *options, "-", path], input=samples.tobytes(), check=True)


def make_episode(script_path: Path) -> None:
    """Write the recordings and the transcript of a script into the folder above it, and print its record's lines."""
    take = record(parse_script(script_path.read_text(encoding="utf-8")))
    target = script_path.parent.parent / script_path.name
    write_mp3(target.with_suffix(".mp3"), take.samples)
    write_opus(target.with_suffix(".opus"), take.samples)
    target.with_suffix(".vtt").write_text(format_transcript(take.cues), encoding="utf-8")
    size = target.with_suffix(".mp3").stat().st_size
    print(f"{script_path.stem}: {format_stamp(len(take.samples) * 1000 // SAMPLE_RATE)}, {size} bytes")
    print(*format_record_lines(take), sep="\n", end="\n\n")


if __name__ == "__main__":
    studio = Path(__file__).resolve().parent
    for name in sys.argv[1:] or sorted(path.stem for path in studio.glob("*.txt")):
        make_episode(studio / f"{name}.txt")
