"""What every test may ask for; the fixtures live in tests/plugins/."""

pytest_plugins = [
    "pytester",
    "tests.plugins.requirements",
    "tests.plugins.servers",
    "tests.plugins.service",
    "tests.plugins.whole",
]
