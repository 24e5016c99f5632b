"""What every test shares."""

from hypothesis import HealthCheck, settings

# Machines differ in speed; only what is found counts, not how long finding it took.
_shared = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("default", max_examples=100, derandomize=True, **_shared)
settings.register_profile("fuzz", max_examples=20_000, **_shared)
settings.load_profile("default")
