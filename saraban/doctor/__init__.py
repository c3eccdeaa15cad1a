"""What `saraban doctor` looks at: settings, folders, engines, broker, services, the newest commits, installed files.

Each look answers findings: what is wrong and what to do about it, in Thai and English; or that all is well there.
"""

from saraban.doctor.findings import Finding, Level
from saraban.doctor.looks import LOOKS, Patient, examine

__all__ = ["LOOKS", "Finding", "Level", "Patient", "examine"]
