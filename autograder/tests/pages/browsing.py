"""A Chromium that notices whatever a page does that a text would not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error

CANARY = "__t2p_ran"
MARKS = ("t2p", "evil")
"""Stand in everything of a hostile text that could do something."""

LIVE_PLACES = """([marks, scripted]) => {
  const found = [], bad = text => marks.some(mark => text.includes(mark));
  const loading = ["src", "srcset", "srcdoc", "data", "action", "formaction", "poster", "ping", "style"];
  const proper = /^(https?:|mailto:|\\.\\.\\/feedback\\/|\\/(formgrader|notebooks)\\/)/i;
  const framing = ["base", "object", "embed", "iframe", "frame"];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    for (const {name: key, value} of element.attributes) {
      const script = /^[\\0-\\x20]*(javascript|vbscript|data):/i.test(value.replace(/[\\t\\n\\r]/g, ""));
      const leads = key === "href" && bad(value.split("#")[0]) && !proper.test(value);
      const address = ["href", "xlink:href", "to", "values", "from"].includes(key);
      if (bad(value) && (key.startsWith("on") || (address && script) || loading.includes(key) || leads))
        found.push(`<${name} ${key}>`);
    }
    const code = name === "style" || (name === "script" && !element.type.startsWith("math/"));
    if (code && !scripted && bad(element.textContent)) found.push(`<${name}>`);
    if (framing.includes(name)) found.push(`<${name}>`);
    if (name === "meta" && /refresh/i.test(element.httpEquiv)) found.push("<meta refresh>");
    if (name === "link" && bad(element.href)) found.push("<link>");
  }
  return found;
}"""

CLICK_SCRIPTS = """() => document.querySelectorAll("a, area, [*|href]").forEach(link => {
  const address = link.href?.baseVal ?? link.href ?? "";
  if (address && !/^(https?|file|mailto):/i.test(new URL(address, location.href).href))
    link.dispatchEvent(new MouseEvent("click", {bubbles: true}));
})"""


class Watch:
    """One browser context whose pages are watched; `offences` says what they did."""

    def __init__(self, browser: Any, allowed: Callable[[str], bool], **options: Any) -> None:
        """Take every request that `allowed` says no to for an offence."""
        self.offences: list[str] = []
        self.allowed = allowed
        self.context = browser.new_context(**options)
        self.context.expose_binding(
            CANARY, lambda source, *_: self._note(f"a script ran in {source['frame'].url[:80]}")
        )
        self.context.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: route.abort())
        self.context.on("request", self._request)
        self.context.on("page", self._opened)
        self.page: Any = None
        self._opening = False
        self._expected = ""

    def _opened(self, page: Any) -> None:
        if not self._opening:
            self._note(f"a window opened: {page.url}")

    def _new_page(self) -> None:
        """Leave the page before, and wherever it was on its way to."""
        if self.page is not None:
            self.page.close()
        self._opening, self._expected = True, ""
        self.page = self.context.new_page()
        self._opening = False
        self.page.on("dialog", self._dialog)
        self.page.on("download", lambda download: self._note(f"a download: {download.url[:80]}"))
        self.page.on("websocket", lambda socket: self._note(f"a socket: {socket.url}"))
        self.page.on("framenavigated", self._navigated)

    def open(self, address: str, *, script: bool = True, settle: str = "load") -> Any:
        """Open a page, use it as a person would, and note what stands in it that could run; return the page.

        With `script`, the page has code of its own: where it has none, each line on the console is an offence.
        """
        self._new_page()
        said: list[str] = []
        self.page.on("console", lambda message: said.append(message.text))
        self.page.goto(address, wait_until="load")
        self.page.wait_for_load_state(settle)
        self._expected = self.page.url
        try:
            self._use()
            self.offences += self.page.evaluate(LIVE_PLACES, [MARKS, script])
        except Error as error:  # the page is gone
            self._note(f"left the page: {str(error)[:80]}")
        self.offences += [f"console: {line[:120]}" for line in said if not script or CANARY in line]
        return self.page

    def _use(self) -> None:
        self.page.mouse.move(300, 300)
        for _ in range(8):
            self.page.keyboard.press("Tab")
        self.page.evaluate("""() => {
          document.querySelectorAll("details").forEach(one => one.open = true);
          document.querySelectorAll("body *").forEach(one => one.dispatchEvent(new MouseEvent("mouseover")));
        }""")
        self.click_scripts()
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    def click_scripts(self) -> None:
        """Click every link that leads to a script or to data, now that formulas, say, have been drawn."""
        self.page.evaluate(CLICK_SCRIPTS)

    def _note(self, what: str) -> None:
        if what not in self.offences:
            self.offences.append(what)

    def _request(self, request: Any) -> None:
        if not self.allowed(request.url):
            self._note(f"a request: {request.url[:120]}")

    def _dialog(self, dialog: Any) -> None:
        self._note(f"a dialog: {dialog.message[:80]}")
        dialog.dismiss()

    def _navigated(self, frame: Any) -> None:
        if self._expected and frame == self.page.main_frame and _place(frame.url) != _place(self._expected):
            self._note(f"went to {frame.url[:80]}")

    def close(self) -> None:
        """Close the pages."""
        self.context.close()


def _place(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]
