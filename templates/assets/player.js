// What a page gains with a script: links to a time play from there, and the chapter that plays is marked.
// Without it, or where the audio cannot be had, the same links lead to the notes of that time.
"use strict";
{
  const player = document.getElementById("player");
  const TIME = /^#t=(\d+(?:\.\d+)?)$/;
  const timeOf = (fragment) => {
    const match = TIME.exec(fragment);
    return match ? Number(match[1]) : null;
  };

  // Each chapter has a link in the list and one in the skyline.
  const links = [...document.querySelectorAll(":is(.contents, .seek) a")].map((link) => ({
    link,
    start: timeOf(link.getAttribute("href")),
  }));
  const mark = (seconds) => {
    const current = Math.max(...links.map(({ start }) => start).filter((start) => start <= seconds));
    for (const { link, start } of links) {
      if (start === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  // A player that does not know its length yet may not go where it is told; it is told again once it does.
  let wanted = null;
  const seek = (seconds) => {
    mark(seconds);
    wanted = player.readyState < HTMLMediaElement.HAVE_METADATA ? seconds : null;
    if (wanted === null) player.currentTime = seconds;
  };
  const seekFromAddress = () => {
    const seconds = timeOf(location.hash);
    if (seconds !== null) seek(seconds);
  };

  const follow = (event) => {
    const link = event.target.closest('a[href^="#t="]');
    const seconds = link && timeOf(link.getAttribute("href"));
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (seconds === null || elsewhere || player.error) return;
    event.preventDefault();
    history.replaceState(null, "", link.getAttribute("href"));
    if (link.closest(".contents")) document.getElementById(`t=${seconds}`)?.scrollIntoView();
    seek(seconds);
    player.play().catch(() => {}); // where a browser does not allow it, the reader presses play
  };

  if (player) {
    player.addEventListener("loadedmetadata", () => {
      if (wanted !== null) seek(wanted);
    });
    player.addEventListener("timeupdate", () => {
      if (wanted === null) mark(player.currentTime);
    });
    document.addEventListener("click", follow);
    window.addEventListener("hashchange", seekFromAddress);
    seekFromAddress();
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  }
}
