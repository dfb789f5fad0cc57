"""A whole campaign played through the HTTP API in this process, on a clock that is moved from act to act.

Cities, counties, units, the office and the public call as they would from outside; everything that must be
refused is tried, and the rehearsal fails if any of it is accepted. What is asserted is what the API answers.
"""
