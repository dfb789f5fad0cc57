"""What the validation library calls a fault of one field, as our codes: one table for inputs and for packs."""

from collections.abc import Mapping

FIELD_CODES: Mapping[str, str] = {
    "missing": "FIELD_MISSING",
    "extra_forbidden": "FIELD_UNKNOWN",
    "string_too_short": "TEXT_TOO_SHORT",
    "string_too_long": "TEXT_TOO_LONG",
    "string_pattern_mismatch": "FIELD_FORMAT",
    "enum": "FIELD_CHOICE",
    "literal_error": "FIELD_CHOICE",
    "union_tag_invalid": "FIELD_CHOICE",
    "union_tag_not_found": "FIELD_MISSING",
    "too_short": "LIST_TOO_SHORT",
    "too_long": "LIST_TOO_LONG",
    "greater_than_equal": "NUMBER_RANGE",
    "less_than_equal": "NUMBER_RANGE",
    "greater_than": "NUMBER_RANGE",
    "less_than": "NUMBER_RANGE",
    "finite_number": "NUMBER_NOT_FINITE",
}
