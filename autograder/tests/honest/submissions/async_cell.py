"""
note = "top-level await and asyncio"
"""

# %% extra
import asyncio


async def wait():
    await asyncio.sleep(0.01)
    return 5


await wait()
