"""Pictures as they are embedded: what all players show stays, and all else becomes a JPEG that looks the same."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from feeds.tagging.covers import make_jpeg, read_cover
from feeds.tagging.label import Cover
from tests.projects import Project

SIDE = 600
RED, WHITE = (255, 0, 0), (255, 255, 255)
ORIENTATION = 0x0112


def paint(mode: str, colour: Any, size: tuple[int, int] = (40, 40)) -> Image.Image:
    return Image.new(mode, size, colour)


def read(tmp_path: Path, picture: Image.Image, name: str, **options: Any) -> Cover:
    picture.save(tmp_path / name, **options)
    return read_cover(tmp_path / name, str(tmp_path), SIDE)


def show(cover: Cover) -> Image.Image:
    picture = Image.open(io.BytesIO(cover.data))
    picture.load()
    return picture


def is_near(picture: Image.Image, colour: tuple[int, int, int]) -> bool:
    here = picture.convert("RGB").getpixel((1, 1))
    assert isinstance(here, tuple)
    return all(abs(one - other) < 8 for one, other in zip(here, colour, strict=True))


@pytest.mark.parametrize(("mode", "name"), [("RGB", "a.jpg"), ("L", "a.jpg"), ("RGB", "a.png"), ("RGBA", "a.png")])
def test_a_small_picture_that_all_players_show_stays_as_it_is(tmp_path: Path, mode: str, name: str) -> None:
    cover = read(tmp_path, paint(mode, 0), name)
    assert cover.data == (tmp_path / name).read_bytes()
    assert cover.type == ("image/png" if name.endswith("png") else "image/jpeg")


@pytest.mark.parametrize(
    ("picture", "name", "colour"),
    [
        (paint("CMYK", (0, 255, 255, 0)), "print.jpg", RED),
        (paint("I;16", 30_000), "deep.png", (117, 117, 117)),
        (paint("RGBA", (0, 0, 0, 0), (2_000, 100)), "clear.png", WHITE),
        (paint("P", 0, (2_000, 100)), "palette.gif", (0, 0, 0)),
        (paint("RGB", RED), "web.webp", RED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_picture_that_some_players_do_not_show_becomes_a_jpeg_of_its_colours(
    tmp_path: Path, picture: Image.Image, name: str, colour: tuple[int, int, int]
) -> None:
    cover = read(tmp_path, picture, name)
    shown = show(cover)
    assert (cover.type, shown.format, shown.mode) == ("image/jpeg", "JPEG", "RGB")
    assert is_near(shown, colour)


def test_a_large_picture_is_scaled_and_one_of_many_frames_shows_its_first(tmp_path: Path) -> None:
    assert show(read(tmp_path, paint("RGB", RED, (3_000, 1_500)), "a.png")).size == (SIDE, SIDE // 2)
    frames = [paint("RGB", colour) for colour in ("red", "blue")]
    assert is_near(show(read(tmp_path, frames[0], "a.gif", save_all=True, append_images=frames[1:])), RED)


@pytest.mark.parametrize("size", [(40, 20), (4_000, 2_000)])
def test_a_picture_of_a_camera_that_was_turned_stands_upright(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = paint("RGB", RED, size)
    exif = picture.getexif()
    exif[ORIENTATION] = 6
    shown = show(read(tmp_path, picture, "a.jpg", exif=exif))
    assert shown.size[0] * 2 == shown.size[1]
    assert ORIENTATION not in shown.getexif()


def test_wide_colours_of_a_camera_are_still_said_to_be_so(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    shown = show(read(tmp_path, paint("RGB", RED, (2_000, 2_000)), "a.jpg", icc_profile=profile))
    assert shown.info["icc_profile"] == profile


def test_a_picture_of_more_pixels_than_pillow_likes_is_scaled_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(tmp_path, paint("RGB", RED, (40, 30)), "a.webp").type == "image/jpeg"


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize("side", [200, 2_000])
def test_a_picture_that_breaks_off_is_told_by_its_name(tmp_path: Path, name: str, side: int) -> None:
    file = tmp_path / name
    Image.effect_noise((side, side), 50).convert("RGB").save(file)
    file.write_bytes(file.read_bytes()[:3_000])
    with pytest.raises(ValueError, match=f"the picture {name} is broken"):
        read_cover(file, "", SIDE)


def test_a_picture_that_is_none_makes_no_jpeg() -> None:
    with pytest.raises(ValueError, match="no picture"):
        make_jpeg(Cover(data=b"hello", type="image/png"))


def test_a_picture_of_a_chapter_that_cannot_be_measured_is_a_fault_and_nothing_worse(project: Project) -> None:
    paint("RGB", RED).save(project.seeds / "ebb.tiff")
    project.write("ebb", "## [00:00] Ebb {image=ebb.tiff}\n\n## [00:10] Flow\n")
    (fault,) = project.fail()
    assert fault.startswith("ebb.md:6: chapter image: seeds/show/ebb.tiff: a picture of the kind TIFF is not shown")


def test_a_picture_that_breaks_off_costs_a_copy_its_tags_and_is_told(project: Project) -> None:
    Image.effect_noise((2_000, 2_000), 50).convert("RGB").save(project.seeds / "ebb.jpg")
    (project.seeds / "ebb.jpg").write_bytes((project.seeds / "ebb.jpg").read_bytes()[:9_000])
    project.write("ebb", "## [00:00] Ebb {image=ebb.jpg}\n\n## [00:10] Flow\n")
    messages = [warning.message for warning in project.build().warnings]
    assert "audio: the picture ebb.jpg is broken: save it anew, so its chapters are not in it" in messages
