"""The demo: an agency with officers and letters to try Saraban with."""
