"""
note = "coroutines behind an answer, async for and async with at the top level"
"""

# %% extra
import asyncio


async def numbers():
    for n in range(3):
        await asyncio.sleep(0)
        yield n


async for n in numbers():
    print(n)
async with asyncio.timeout(5):
    print([n async for n in numbers()])

# %% extra
print(asyncio.run(asyncio.sleep(0, "slept")))


# %% softmax
async def slowly(logits):
    await asyncio.sleep(0)
    return logits.softmax(1)


def softmax(logits):
    return asyncio.run(slowly(logits))
