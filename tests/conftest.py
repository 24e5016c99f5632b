"""What every test shares."""

from functools import partial

from hypothesis import HealthCheck, settings

# Machines differ in speed; only what is found counts, not how long finding it took.
profile = partial(settings, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", profile(max_examples=100, derandomize=True))
settings.register_profile("fuzz", profile(max_examples=20_000))
settings.load_profile("default")
