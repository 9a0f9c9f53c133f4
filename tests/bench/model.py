"""The pipeline of the benchmark as a bare SimPy model: five stages as resources that one execution holds at a time, two
actions as timeouts in each. No rules, no history, no reasons: what a person would write to see how long it takes.

Runs a round for each line of its input and answers the action executions per second of it. Ends with its input.
"""

import random
import sys
import time

import simpy

STAGES, BURST, BURSTS = 5, 40, 25


def execution(env, stages, draw):
    for stage in stages:
        with stage.request() as lock:
            yield lock
            yield env.timeout(draw(60, 240)) & env.timeout(draw(60, 240))


def a_round():
    env = simpy.Environment()
    stages = [simpy.Resource(env, capacity=1) for _ in range(STAGES)]
    draw = random.Random(1).uniform
    for _ in range(BURSTS):
        for _ in range(BURST):
            env.process(execution(env, stages, draw))
        env.run()


for _ in sys.stdin:
    began = time.perf_counter()
    a_round()
    rate = BURST * BURSTS * STAGES * 2 / (time.perf_counter() - began)
    print(rate, flush=True)
