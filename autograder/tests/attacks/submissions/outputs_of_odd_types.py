"""
tries = "outputs of every MIME type that a notebook knows, with scripts, iframes, links and requests in them"
category = "pages"
"""

# %% extra
from IPython.display import HTML, IFrame, Javascript, Latex, Markdown, SVG, Video, Audio, YouTubeVideo, display, clear_output, update_display

evil = "<script>window.hit=1</script><img src=https://evil.example/x onerror=alert(1)>"
display(HTML(evil), Javascript("alert(1)"), IFrame("https://evil.example", 9, 9), Markdown(f"[x](javascript:alert(1)) {evil}"), Latex(r"$\href{javascript:alert(1)}{x}$"))
display({"text/html": evil, "application/javascript": "alert(1)", "image/svg+xml": "<svg onload='alert(1)'/>", "application/vnd.jupyter.widget-view+json": {"model_id": evil}, "application/vnd.plotly.v1+json": {"data": evil}, "text/latex": evil, "application/pdf": "JVBERi0=", "image/gif": "R0lGODlh", "image/jpeg": "/9j/", "video/mp4": "AAAA", "application/json": {"a": evil}}, raw=True)
display({"text/plain": evil}, raw=True, metadata={"isolated": True}, display_id=evil)
update_display(evil, display_id=evil)
get_ipython().set_next_input(evil)


class Odd:
    def _repr_html_(self):
        return evil

    def _repr_mimebundle_(self, **_):
        return {"text/html": evil, "text/plain": evil}, {"text/html": evil}

    def _ipython_display_(self):
        print(evil)

    __repr__ = _repr_html_


Odd()
