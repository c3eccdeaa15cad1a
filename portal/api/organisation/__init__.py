"""Units and officers."""

from __future__ import annotations

from portal.api.organisation import add_unit, appoint_officer, name_agency, organisation

__all__ = ["add_unit", "appoint_officer", "name_agency", "organisation"]
