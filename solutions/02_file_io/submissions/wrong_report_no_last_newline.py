"""
part = "report"
verdict = "wrong"
misconception = "join puts a newline behind each line"
see = "cell:report_seen"
"""
# %% report
def report(rows):
    lines = [f"{'file':<16}{'bytes':>12}{'intact':>9}"]
    lines += [f"{name:<16}{size:>12,}{share:>9.1%}" for name, size, share in rows]
    lines.append(f"{'total':<16}{sum(size for _, size, _ in rows):>12,}")
    return "\n".join(lines)
