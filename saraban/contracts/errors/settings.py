"""What can be wrong with the settings of a process."""

from __future__ import annotations

from saraban.contracts.errors import Invalid


class AddressNotValid(Invalid):
    """A setting holds an address that cannot be used. `detail`: setting; reason (never the address: it may hold a
    password)."""

    code = "settings.address_not_valid"
    th = "ที่อยู่ในการตั้งค่า {setting} ใช้ไม่ได้ ({reason}) โปรดดู docs/settings.md"
    en = "The address in the setting {setting} cannot be used ({reason}). See docs/settings.md."
