"""
part = "report"
verdict = "wrong"
misconception = "each line has three columns"
see = "cell:report_seen"
"""
# %% report
def report(rows):
    lines = [f"{'file':<16}{'bytes':>12}{'intact':>9}"]
    for name, size, share in rows:
        lines.append(f"{name:<16}{size:>12,}{share:>9.1%}")
    total = sum(row[1] for row in rows)
    lines.append(f"{'total':<16}{total:>12,}{1:>9.1%}")
    return "\n".join(lines) + "\n"
