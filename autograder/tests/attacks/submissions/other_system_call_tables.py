"""
tries = "call the kernel by its 32-bit table"
category = "neighbours"
"""

# %% extra
import ctypes, mmap, os

pid = os.fork()
if pid == 0:
    code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20 (getpid); int 0x80; ret
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()
    os._exit(42)
_, status = os.waitpid(pid, 0)
print("LEAK" if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 42 else "ended by the kernel", status)
