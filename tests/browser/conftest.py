"""These tests need Chromium. Where there is none, they are not collected; `make browser` says so."""

import shutil

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
collect_ignore_glob = [] if BROWSER else ["test_*.py"]
