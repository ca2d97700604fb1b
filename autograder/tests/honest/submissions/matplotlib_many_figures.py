"""
note = "thirty figures, an animation and pictures of arrays"
"""

# %% extra
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
from IPython.display import HTML, Image

for i in range(30):
    plt.figure(figsize=(1, 1))
    plt.imshow(np.random.rand(8, 8))
plt.show()
fig, ax = plt.subplots(figsize=(2, 2))
(line,) = ax.plot([0, 1])
HTML(FuncAnimation(fig, lambda i: line.set_ydata([i, 1]), frames=3).to_jshtml())
