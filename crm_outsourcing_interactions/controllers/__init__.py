from . import pivot_export
