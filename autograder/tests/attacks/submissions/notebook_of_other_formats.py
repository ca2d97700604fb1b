"""
tries = "format versions, worksheets and kernels that do not exist, beside honest cells"
category = "files"
beside_honest_work = true
earns = 20
"""

# %% notebook
notebook |= {"nbformat": "999", "nbformat_minor": -1, "orig_nbformat": [], "worksheets": [{"cells": [{"cell_type": "code", "input": "1/0"}]}]}
notebook["metadata"] = {
    "kernelspec": {"name": "../../evil", "language": "python", "argv": ["/bin/sh", "-c", "touch /tmp/pwned"], "display_name": "<script>"},
    "language_info": {"name": "python", "file_extension": "/../../pwned"},
    "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": {"model_module": "https://evil.example/x.js"}}}},
    "celltoolbar": "Create Assignment",
    "nbgrader": {"points": 1000},
}
