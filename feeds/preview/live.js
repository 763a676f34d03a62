// Stands in the pages of the preview only: loads a page again when the site was built anew, and shows at its
// foot what keeps the site from being built. It uses nothing that the pages' own security policy forbids.
"use strict";
{
  const { edition } = document.currentScript.dataset;
  const id = "feeds-notice";
  const style = `all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 50vh;
    overflow: auto; padding: 1em; font: 14px/1.5 ui-monospace, monospace; white-space: pre-wrap;
    overflow-wrap: anywhere; color: #fff; background: #8c1d18`;

  const makeBar = () => {
    const bar = document.createElement("pre");
    bar.id = id;
    bar.setAttribute("role", "alert");
    bar.style.cssText = style;
    document.body.append(bar);
    return bar;
  };
  const show = (notice) => {
    const bar = document.getElementById(id) ?? makeBar();
    bar.textContent = notice;
    bar.style.display = notice ? "" : "none";
  };

  // A hidden page lets go of its connection, since browsers grant a host no more than six. The first event
  // tells how things stand, so a page that listens again has missed nothing.
  let events = null;
  const listen = () => {
    events?.close();
    events = document.hidden ? null : new EventSource("/-/events");
    events?.addEventListener("message", ({ data }) => {
      const state = JSON.parse(data);
      if (state.edition === edition) {
        show(state.notice);
      } else {
        events.close();
        location.reload();
      }
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}
