"""Texts that want to become more than text on a page, and reports and notebooks that hold them in every place."""

from __future__ import annotations

import base64
from typing import Any

from autograder.grade.entry import Entry, PartEntry
from autograder.grade.report import CellResult, Finding, Flag, Output, PartReport, Report, Verdict
from autograder.roster import can_be_kept

RUN = "__t2p_ran(1)"
"""What every script of theirs calls; a page under watch has a function of that name in each of its frames."""
EVIL = "https://t2p-evil.example"
DATA = "data:text/html;base64," + base64.b64encode(f"<script>parent.{RUN};top.{RUN}</script>".encode()).decode()

LIVE = {
    "script": f"</script></style></title></pre></textarea></noscript><script>{RUN}</script>",
    "image": f"<img src=x onerror={RUN}>",
    "image in capitals": f"<IMG/SRC=x/oNeRrOr='{RUN}'>",
    "image without an end": f"<img src=x onerror={RUN} ",
    "svg": f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    "script in svg": f"<svg><script>{RUN}</script></svg>",
    "mutation": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={RUN}&gt;'>"
    f"<img src=x onerror={RUN}>",
    "srcdoc": f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    "frame of a script": f'<iframe src="javascript:parent.{RUN}"></iframe>',
    "frame of data": f'<iframe src="{DATA}"></iframe>',
    "object": f'<object data="{DATA}"></object><embed src="{DATA}">',
    "focus": f"<input autofocus onfocus={RUN}>",
    "details": f"<details open ontoggle={RUN}>x</details>",
    "video": f"<video><source onerror={RUN}></video>",
    "import of a style": f"<style>@import '{EVIL}/a.css';*{{background:url({EVIL}/b)}}</style>",
    "style": f'<p style="background:url({EVIL}/c)">x</p>',
    "sheet": f"<link rel=stylesheet href={EVIL}/d><link rel=prefetch href={EVIL}/e>",
    "refresh": f"<meta http-equiv=refresh content='0;url={EVIL}/f'>",
    "base": f"<base href={EVIL}/><img src=g>",
    "far image": f"<img src={EVIL}/h><img srcset='{EVIL}/i 2x'>",
    "form": f"<form action={EVIL}/j><button autofocus>Send</button></form>",
    "link": f'<a href="javascript:{RUN}">click</a>',
    "link of data": f'<a href="{DATA}">click</a>',
    "comment": f"<!--><img src=x onerror={RUN}>-->",
    "section": f"<![CDATA[><img src=x onerror={RUN}>]]>",
}
"""HTML that does something, on a page that takes it for HTML."""

QUIET = {
    "attribute": f'x" onmouseover="{RUN}" autofocus onfocus="{RUN}" style="background:url({EVIL}/k)" y="',
    "attribute in single quotes": f"x' onmouseover='{RUN}' autofocus onfocus='{RUN}' y='",
    "string of a script": f'";{RUN};"',
    "string in single quotes": f"';{RUN};'",
    "backslash": f'\\";{RUN};//',
    "escaped string": f"\\u003cimg src=x onerror={RUN}\\u003e",
    "template": f"{{{{ 7*7 }}}}{{% raw %}}<%= {RUN} %>${{{RUN}}}",
    "script address": f"javascript:{RUN}",
    "entities": f"&lt;img src=x onerror={RUN}&gt;&#60;img src=x onerror={RUN}&#62;",
    "utf-7": f"+ADw-img src=x onerror={RUN}+AD4-",
    "wide brackets": f"\uff1cimg src=x onerror={RUN}\uff1e",
    "nul in a tag": f"<im\x00g src=x onerror={RUN}>",
    "markdown": f"[click](javascript:{RUN}) [click](<javascript:{RUN}>) <javascript:{RUN}> [click][evil]"
    f"\n\n[evil]: javascript:{RUN}",
    "markdown with entities": f"[click](&#106;avascript:{RUN}) [click](java\nscript:{RUN}) [click]({DATA})",
    "markdown image": f"![far]({EVIL}/l.png) ![far][far]\n\n[far]: {EVIL}/m.png",
    "markdown to a file": "[click](../../../files/submitted/ada/evil.html) [click](/files/submitted/ada/evil.html)",
    "formula": f"$\\href{{javascript:{RUN}}}{{click}}$ $$\\require{{html}}\\href{{javascript:{RUN}}}{{click}}$$",
    "formula with entities": f"\\\\(\\&#104;ref{{javascript:{RUN}}}{{click}}\\\\) "
    f"$x$\\&#104;ref{{javascript:{RUN}}}{{click}}$y$",
    "formula of a style": f"$\\style{{background:url({EVIL}/n)}}{{x}}$ "
    f"$\\unicode[serif;background:url({EVIL}/o)]{{x41}}$ "
    f"$\\cssId{{x' onmouseover='{RUN}}}{{y}}$ $\\class{{x' onmouseover='{RUN}}}{{y}}$",
    "formula's macro": f"$\\def\\go{{\\href{{javascript:{RUN}}}}}\\go{{click}}$ "
    f"\\begin{{align}}\\href{{javascript:{RUN}}}{{click}}\\end{{align}}",
    "terminal": f"\x1b]8;;javascript:{RUN}\x07click\x1b]8;;\x07\x1b[31m<img src=x onerror={RUN}>\x1b[0m\x9b31m",
    "directions": "\u202egnirts\u202c \u2066left\u2069 \u200fright",
    "without width": "an\u200bn\u2060a\ufeff\u00ad\u3164\U000e0041",
    "stacked": "Z" + "\u0301\u0302\u0303" * 200,
    "broken": "\x00\x07\x08\x7f\x85\ufffe\ud800",
}
"""What needs a place of its own to do something, such as an attribute, a Markdown reader or a script's string."""

TEXTS = LIVE | QUIET
ALL = "\n\n".join(TEXTS.values())
IDS = [name for name in (text.replace("/", "\\") for text in TEXTS.values()) if can_be_kept(name)]
"""Those that can name a folder, and so a student."""


def report(text: str, exercise: str = "", student: str = "", part: str = "") -> Report:
    """Return a report with `text` in every place that its exercise, student or part does not fill."""
    sees = [f"cell:{text}", f"slide:{text}", text, "cell:", ""] * 2
    findings = [
        Finding(text, part or text, text, 1, verdict, text, text, see, text)
        for verdict, see in zip(Verdict, sees, strict=True)
    ]
    outputs = [Output("text", text), Output("error", text), Output("png", text, text.encode("utf-8", "replace"))]
    kinds = ("prose", "setup", "solution", "example", "written", "free", "extra")
    cells = [
        CellResult(f"{text}{kind}", kind, cell_type, f"# {text}", outputs, Verdict.RAISED)
        for kind in kinds
        for cell_type in ("code", "markdown")
    ]
    return Report(
        exercise=exercise or text,
        student=student or text,
        unit=text,
        purpose=text,
        parts=[
            PartReport(part or text, text, "core", 1, 3, findings),
            PartReport("why_shift", text, "stretch", 0, 1, written=True),
        ],
        cells=[*cells, CellResult("why_shift", "written", "markdown", text)],
        flags=[Flag("student", text), Flag("staff", text)],
    )


def entry(text: str) -> Entry:
    """Return what a gradebook as hostile says about it."""
    parts = {
        text: PartEntry(text, 3, 1, 2, 0, comment=text),
        "why_shift": PartEntry("why_shift", 1, None, 1, comment=text),
    }
    comments = {f"{text}free": text, text: text}
    return Entry(text, text, text, None, 99999, 1, parts, comments)


def spoil(notebook: dict[str, Any]) -> None:
    """Write ALL into every place of a notebook that is not its code, outputs of every kind, and cells that show it."""
    notebook["metadata"] |= {
        "kernelspec": {"name": ALL, "display_name": ALL, "language": ALL},
        "title": ALL,
        "authors": [{"name": ALL}],
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {ALL: ALL}}},
    }
    kinds = ("text/html", "application/javascript", "image/svg+xml", "text/latex", "text/markdown", "text/plain")
    bundle = dict.fromkeys((*kinds, "application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json"), ALL)
    for cell in notebook["cells"]:
        cell["metadata"] |= {"name": ALL, "tags": [ALL], "collapsed": ALL}
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "display_data", "data": bundle, "metadata": {ALL: ALL}},
                {"output_type": "execute_result", "data": bundle, "metadata": {}, "execution_count": 1},
                {"output_type": "error", "ename": ALL, "evalue": ALL, "traceback": [ALL]},
                {"output_type": "stream", "name": "stderr", "text": ALL},
            ]
        else:
            cell["attachments"] = {"x.png": {"image/svg+xml": ALL, "text/html": ALL}}
    marks = {"nbgrader": {"grade_id": ALL, "points": ALL, "grade": True}}
    shows = {"cell_type": "code", "id": "shows", "metadata": marks, "execution_count": None, "outputs": []}
    notebook["cells"] += [shows | {"source": DISPLAYS}, shows | {"id": HTML_ID, "metadata": {}, "source": DISPLAYS}]


HTML_ID = LIVE["image"]
DISPLAYS = f"""
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display
text = {ALL!r}
for kind in (HTML, Javascript, Latex, Markdown):
    display(kind(text))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"><script>{RUN}</script></svg>'))
kinds = "text/html image/svg+xml application/javascript text/latex application/vnd.jupyter.widget-view+json"
display({{kind: text for kind in kinds.split()}}, raw=True)
print(text)
print("A" * 1_000_000)
class Named(Exception):
    pass
Named.__name__ = Named.__qualname__ = text
raise Named(text)
"""
"""A cell that shows ALL in every way there is, and raises it."""
