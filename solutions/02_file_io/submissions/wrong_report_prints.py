"""
part = "report"
verdict = "wrong"
misconception = "printing is returning"
see = "cell:report_seen"
"""
# %% report
def report(rows):
    print(f"{'file':<16}{'bytes':>12}{'intact':>9}")
    for name, size, share in rows:
        print(f"{name:<16}{size:>12,}{share:>9.1%}")
    print(f"{'total':<16}{sum(r[1] for r in rows):>12,}")
