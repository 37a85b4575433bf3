"""Bulgarian, as in "28 ноем 2026 г., 22:51" and "1 234,5". Django prints a 12-hour clock here and capital months."""

DATE_FORMAT = "j b Y г."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j b Y г., H:i"
YEAR_MONTH_FORMAT = "b Y г."
MONTH_DAY_FORMAT = "j b"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
