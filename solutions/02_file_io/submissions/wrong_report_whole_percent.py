"""
part = "report"
verdict = "wrong"
misconception = "a percent sign is written behind the share"
see = "slide:formatting-numbers"
"""
# %% report
def report(rows):
    text = f"{'file':<16}{'bytes':>12}{'intact':>9}\n"
    total = 0
    for name, size, share in rows:
        text += f"{name:<16}{size:>12,}{share * 100:>8.0f}%\n"
        total += size
    return text + f"{'total':<16}{total:>12,}\n"
