"""A stand-in for a recording that is not ready: silence of an exact length, a soft tone at each chapter.

With it chapters can be tried in an app before the recording exists. The file is an MP3 (MPEG-2 Layer III,
mono, 24 kHz, 8 kbit/s) put together from two ready frames: no encoder, no waiting, the same bytes everywhere.
It takes 1 kB a second, 3.6 MB an hour.

Length: readers of the gapless tag (mutagen, ffmpeg) know the duration to the sample; readers that count
frames see 24 to 48 ms more.

Marks: a tone lasts 0.3 s. It begins within one frame (24 ms) of its mark, at most 14 ms before it, and fades
in over another. It is cut short, though never below one frame, to leave three frames of silence before the
next one.

Spec: ISO/IEC 13818-3 for the frames; for the first one Gabriel Bouvigne, "MP3 Info Tag rev 1 specifications",
http://gabriel.mp3-tech.org/mp3infotag.html.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

MEDIA_TYPE = "audio/mpeg"
LONGEST = 30 * 86_400_000  # milliseconds; past 49 days the first frame's 32 bits would not hold the size

SAMPLES_PER_MS = 24
FRAME_SAMPLES = 576  # 24 ms
FRAME_BYTES = 24
BITRATE = 8  # kbit/s
LOWPASS = 20  # hundreds of hertz
CHUNK_FRAMES = 2_500

DECODER_DELAY = 529  # samples by which every Layer III decoder is late
ENCODER_DELAY = FRAME_SAMPLES - DECODER_DELAY  # makes both one frame: frame n + 1 codes what is heard in n

TONE_FRAMES = 12
PAUSE_FRAMES = 3

# Both are frame 40 of what lame 3.100 makes of a sine of 1 kHz at -18 dBFS, and of silence (aevalsrc=0):
#   ffmpeg -f lavfi -i "aevalsrc=sin(PI*(n+1)/12)/8:s=24000:d=2" -c:a pcm_s16le tone.wav
#   lame -t --nores --cbr -b 8 -m m --resample 24 --lowpass 2 -q 0 tone.wav tone.mp3
# A frame holds 24 whole periods, so all frames of the tone are alike, and --nores keeps each free of its
# neighbours: they may follow each other in any order. The padding, which no decoder reads, is left out here.
HEADER = bytes.fromhex("fff314c4")
SILENCE_BODY = bytes.fromhex("000000034800000000")
TONE_BODY = bytes.fromhex("0001e87e040005ea6c7ffc23d6d7e0c978")

# The Info frame does not fit into 8 kbit/s; it has a higher rate, as in ffmpeg's own files: 24, the lowest
# that holds it, because Chromium seeks too far by as many bytes at the end of a file (3 frames, 72 ms).
# Its side information is zeros, or mpg123 does not see it.
INFO_HEADER = bytes.fromhex("fff334c4000000000000000000")
INFO_BYTES = 72


def count_bytes(*, duration: int) -> int:
    """The size in bytes of the stand-in that lasts `duration` milliseconds.

    Raises ValueError as `format_standin` does.
    """
    return INFO_BYTES + FRAME_BYTES * _count_frames(duration)


def format_standin(*, duration: int, marks: tuple[int, ...]) -> Iterator[bytes]:
    """The stand-in that lasts `duration` milliseconds, with a tone at each of `marks` (milliseconds).

    Marks come in any order. Equal ones are one; those below 0 or at or past the end are ignored.
    Yields chunks of at most 60 kB, so that a file of any length needs no memory.
    Raises ValueError, at once, if `duration` is not above 0 or is more than 30 days.
    """
    frames = _count_frames(duration)
    starts = sorted({_find_frame(mark) for mark in marks if 0 <= mark < duration})
    return _format_chunks(_format_info(duration, frames), _find_runs(starts, frames))


def _count_frames(duration: int) -> int:
    """How many frames follow the first one: those that hold `duration`, and one for the delays."""
    if not 0 < duration <= LONGEST:
        raise ValueError(f"a stand-in lasts more than 0 ms and at most 30 days, not {duration} ms")
    return -(-duration * SAMPLES_PER_MS // FRAME_SAMPLES) + 1


def _find_frame(mark: int) -> int:
    """The first frame of the tone for `mark`, counted from the one after the Info frame."""
    return mark * SAMPLES_PER_MS // FRAME_SAMPLES + 1


def _find_runs(starts: list[int], frames: int) -> Iterator[tuple[bytes, int]]:
    """Frame and number of repeats, in the order of the file."""
    at = 0
    for start, following in pairwise((*starts, frames + PAUSE_FRAMES)):
        length = max(1, min(TONE_FRAMES, following - start - PAUSE_FRAMES))
        yield SILENCE, start - at
        yield TONE, length
        at = start + length
    yield SILENCE, frames - at


def _format_chunks(first: bytes, runs: Iterator[tuple[bytes, int]]) -> Iterator[bytes]:
    yield first
    for frame, repeats in runs:
        for done in range(0, repeats, CHUNK_FRAMES):
            yield frame * min(CHUNK_FRAMES, repeats - done)


def _format_info(duration: int, frames: int) -> bytes:
    """The first frame: silent, it tells the number of frames and of bytes, and what to cut at both ends.

    It has no table of contents. That would be in 256ths of the file, and a player that trusts it would miss a
    chapter by seconds (https://github.com/google/ExoPlayer/issues/10325); at a constant bit rate a player
    without one is off by three frames at most.
    """
    size = INFO_BYTES + FRAME_BYTES * frames
    padding = frames * FRAME_SAMPLES - ENCODER_DELAY - duration * SAMPLES_PER_MS
    cuts = (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    flags = 0b0011  # number of frames and size follow
    tag = INFO_HEADER + struct.pack(">4sIII", b"Info", flags, frames, size)
    # The first 0 leaves the kind of bit rate open, as "constant" has MediaInfo believe the rate of this frame.
    # The last is the checksum of all other frames, see _format_frame.
    tag += struct.pack(">9sBB8xBB3s4xIH", b"LAME3.100", 0, LOWPASS, 0, BITRATE, cuts, size, 0)
    tag += struct.pack(">H", _find_checksum(tag))
    return tag.ljust(INFO_BYTES, b"\0")


def _format_frame(body: bytes) -> bytes:
    """A whole frame, padded with zeros and its own checksum.

    So the checksum over any number of frames is 0: the first frame has to state it before they are made.
    """
    frame = (HEADER + body).ljust(FRAME_BYTES - 2, b"\0")
    return frame + struct.pack("<H", _find_checksum(frame))


def _find_checksum(data: bytes) -> int:
    """CRC-16/ARC, the one of the Info tag."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


SILENCE = _format_frame(SILENCE_BODY)
TONE = _format_frame(TONE_BODY)
