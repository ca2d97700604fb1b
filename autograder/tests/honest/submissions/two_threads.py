"""
note = "two torch threads, and threads of Python's own"
"""

# %% extra
import torch, threading
from concurrent.futures import ThreadPoolExecutor

torch.set_num_threads(2)
a = torch.randn(300, 300) @ torch.randn(300, 300)
with ThreadPoolExecutor(4) as pool:
    print(sum(pool.map(len, ["a", "bb"])))
done = []
t = threading.Thread(target=lambda: done.append(1))
t.start()
t.join()


# %% softmax
def softmax(logits):
    torch.randn(200, 200) @ torch.randn(200, 200)
    e = (logits - logits.amax(dim=1, keepdim=True)).exp() if logits.numel() else logits
    return e / e.sum(dim=1, keepdim=True)
