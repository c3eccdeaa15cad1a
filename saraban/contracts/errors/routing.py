"""What can be wrong with circulating, acknowledging, endorsing and ordering."""

from __future__ import annotations

from saraban.contracts.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable


class NoAddressee(Invalid):
    """A circulation names nobody."""

    code = "routing.no_addressee"
    th = "กรุณาเลือกหน่วยงานหรือเจ้าหน้าที่ที่จะเวียนหนังสือถึงอย่างน้อยหนึ่งราย"
    en = "Choose at least one unit or officer to circulate the letter to."


class UnknownUnit(Invalid):
    """An addressee is no unit of the agency. `detail`: unit_id."""

    code = "routing.unknown_unit"
    th = "ไม่มีหน่วยงานรหัส {unit_id} โปรดเลือกจากรายชื่อหน่วยงานปัจจุบัน"
    en = "There is no unit {unit_id}. Choose from the present list of units."


class UnknownOfficer(Invalid):
    """An addressee is no officer of the agency. `detail`: officer_id."""

    code = "routing.unknown_officer"
    th = "ไม่มีเจ้าหน้าที่รหัส {officer_id} โปรดเลือกจากรายชื่อเจ้าหน้าที่ปัจจุบัน"
    en = "There is no officer {officer_id}. Choose from the present list of officers."


class NobodyThere(Invalid):
    """The addressed units have no officer. `detail`: units (their names)."""

    code = "routing.nobody_there"
    th = "หน่วยงานที่เลือก ({units}) ยังไม่มีเจ้าหน้าที่ โปรดเลือกหน่วยงานอื่นหรือระบุชื่อเจ้าหน้าที่"
    en = "The chosen units ({units}) have no officers yet. Choose another unit or name an officer."


class NotCleared(Invalid):
    """Named officers may not see a letter of this class. `detail`: count."""

    code = "routing.not_cleared"
    th = "เจ้าหน้าที่ที่ระบุชื่อ {count} รายไม่มีสิทธิ์เข้าถึงชั้นความลับนี้ โปรดนำชื่อออกแล้วทำรายการอีกครั้ง"
    en = "{count} of the named officers are not cleared for this class. Take them out and repeat."


class NobodyCleared(Invalid):
    """Nobody in the addressed units may see a letter of this class. `detail`: units (their names)."""

    code = "routing.nobody_cleared"
    th = "ไม่มีเจ้าหน้าที่ในหน่วยงานที่เลือก ({units}) ที่เข้าถึงชั้นความลับนี้ได้ โปรดระบุเจ้าหน้าที่ที่มีสิทธิ์"
    en = "Nobody in the chosen units ({units}) is cleared for this class. Name an officer who is."


class NotNumbered(Conflict):
    """The letter waits in the tray or is a draft: it has no number yet. `detail`: status."""

    code = "routing.not_numbered"
    th = "หนังสือฉบับนี้ยังไม่มีเลขทะเบียน โปรดลงทะเบียนรับหรือลงนามก่อน"
    en = "This letter has no number yet. Register it or have it signed first."


class NotAReader(NotAllowed):
    """The letter was not circulated to this officer, so there is nothing for them to acknowledge."""

    code = "routing.not_a_reader"
    th = "หนังสือฉบับนี้ไม่ได้เวียนถึงท่าน จึงไม่ต้องแจ้งรับทราบ"
    en = "This letter was not circulated to you, so there is nothing to acknowledge."


class EndorsementEmpty(Invalid):
    """An endorsement has neither text nor order."""

    code = "routing.endorsement_empty"
    th = "กรุณาเขียนข้อความเกษียนหรือเลือกการสั่งการ"
    en = "Write the endorsement or choose an order."


class OrderWithoutAddressee(Invalid):
    """An order does not say who must act."""

    code = "routing.order_without_addressee"
    th = "กรุณาระบุหน่วยงานหรือเจ้าหน้าที่ผู้รับคำสั่ง"
    en = "Say which unit or officer must act."


class AddresseeWithoutOrder(Invalid):
    """An endorsement names who must act, or until when, but not what to do. `detail`: choices."""

    code = "routing.addressee_without_order"
    th = "กรุณาเลือกการสั่งการ ({choices})"
    en = "Choose what is ordered ({choices})."


class MayNotOrder(NotAllowed):
    """Orders are given by heads and by the central registry."""

    code = "routing.may_not_order"
    th = "การสั่งการเป็นอำนาจของหัวหน้าหรือสารบรรณกลาง ท่านเกษียนหนังสือโดยไม่สั่งการได้"
    en = "Orders are given by heads and the central registry. You may endorse without an order."


class ActionNotFound(NotFound):
    """No such order on this letter. `detail`: action_id."""

    code = "routing.action_not_found"
    th = "ไม่พบคำสั่งนี้ในหนังสือ โปรดเปิดหนังสือใหม่"
    en = "There is no such order on this letter. Open the letter again."


class NotOrderedToYou(NotAllowed):
    """The order went to somebody else. `detail`: to (name)."""

    code = "routing.not_ordered_to_you"
    th = "คำสั่งนี้มอบหมายให้ {to} ผู้รับคำสั่งเท่านั้นที่แจ้งว่าดำเนินการแล้วได้"
    en = "This was ordered to {to}. Only they can say that it is done."


class TooBusy(Unavailable):
    """Others kept changing the letter while this was decided; nothing was recorded."""

    code = "routing.too_busy"
    th = "มีผู้ทำรายการกับหนังสือฉบับนี้พร้อมกันจำนวนมาก ยังไม่มีการบันทึก โปรดลองใหม่อีกครั้ง"
    en = "Many people are changing this letter at once. Nothing was recorded; try again."
