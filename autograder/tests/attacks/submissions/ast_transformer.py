"""
tries = "rewrite the cells that come later"
category = "results"
"""

# %% extra
import ast


class Rewrite(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant(0)


get_ipython().ast_transformers.append(Rewrite())
get_ipython().input_transformers_cleanup.append(lambda lines: ["softmax = lambda x: x"])


# %% softmax
def softmax(x):
    return 12345
