"""What can go wrong with listening for HTTP."""

from __future__ import annotations

from saraban.contracts.errors import Unavailable


class PortTaken(Unavailable):
    """Another program listens on the address already. `detail`: host, port."""

    code = "port.taken"
    th = "พอร์ต {port} ที่ {host} มีโปรแกรมอื่นใช้อยู่ โปรดหยุดโปรแกรมนั้น หรือตั้งค่าพอร์ตอื่น"
    en = "Port {port} on {host} is taken by another program. Stop it, or set another port."
