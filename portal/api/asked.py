"""The shapes of what is asked: bodies, queries and parts of addresses that several acts share."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_.:-]{1,80}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Line = Annotated[str, StringConstraints(max_length=500)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Position = Annotated[int, Field(ge=0, lt=2**53)]


_SCHEMAS: dict[type[BaseModel], dict[str, Any]] = {}


class Body(BaseModel):
    """The JSON body of an act. Unknown fields are refused, so that a misspelt one is not lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Body):
    """An act that needs no more than its address."""


class Query(BaseModel):
    """What stands behind the question mark. Unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def model_json_schema(cls, *args: Any, **named: Any) -> dict[str, Any]:
        """The schema; made once in its plain form, for which the framework asks at every request."""
        if args or named:
            return super().model_json_schema(*args, **named)
        if cls not in _SCHEMAS:
            _SCHEMAS[cls] = super().model_json_schema()
        return _SCHEMAS[cls]


class Fresh(Query):
    """A query that must see what the asker just did."""

    after: Position | None = Field(
        None, description="Log position (`position` of an act's answer) that the answer must have reached."
    )


class Page(Fresh):
    """A query for a list, page by page."""

    limit: int = Field(50, ge=1, le=200, description="Most rows in one answer.")
    continue_from: Annotated[str, StringConstraints(max_length=1_000)] | None = Field(
        None, description="`next` of the answer before."
    )


class OneLetter(BaseModel):
    """The address of a letter."""

    letter_id: Id


class Particulars(Body):
    """What stands on a letter. Dates as people write them: `23 พ.ย. 2569`, `๒๓/๑๑/๒๕๖๙`, `2026-11-23`."""

    subject: Line = Field("", description="เรื่อง")
    number: Line = Field("", description="ที่")
    dated: Line | None = Field(None, description="ลงวันที่")
    sender: Line = Field("", description="จาก")
    addressee: Line = Field("", description="เรียน")
    kind: Line = Field("external", description="external, memorandum, stamped, order, announcement or record (ข้อ 10)")
    urgency: Line = Field("normal", description="normal, urgent, very_urgent or most_urgent (ข้อ 28)")
    secrecy: Line = Field("normal", description="normal, confidential, secret or top_secret")
    deliver_by: Line | None = Field(
        None, description="ด่วนภายใน (ข้อ 28): day and time, `24 พ.ย. 2569 16.30 น.` or an ISO time."
    )
    references: list[Line] = Field([], max_length=50, description="อ้างถึง")
    enclosures: list[Line] = Field([], max_length=100, description="สิ่งที่ส่งมาด้วย")
    remark: Text = Field("", description="หมายเหตุ")


class File(Body):
    """A file that was stored by `POST /files`, as part of a letter."""

    sha256: Sha256
    name: Line
    media_type: Line
    size: int = Field(ge=0, lt=2**53)
    role: Literal["letter", "enclosure", "reference", "mail"] = "letter"


class Recipient(Body):
    """To whom an outgoing letter goes."""

    name: Line
    channel: Literal["email", "paper"] = "email"
    address: Line


class Someone(Body):
    """A unit or an officer."""

    kind: Literal["unit", "officer"]
    id: Id
