"""One report's claims → event reports and statistics."""

from recount.assemble.report import assemble

__all__ = ["assemble"]
