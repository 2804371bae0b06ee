"""Prefill and decode speeds of native llama.cpp; options as one JSON argument, result as JSON file."""

import json
import sys

import xllamacpp

options = json.loads(sys.argv[1])
params = xllamacpp.CommonParams()
params.model.path = options["model"]
params.n_ctx = 2048
params.n_parallel = 1
params.cpuparams.n_threads = options["threads"]
params.cpuparams_batch.n_threads = options["threads"]
server = xllamacpp.Server(params)

speeds = []
for prompt in options["prompts"]:
    answer = server.handle_completions(
        {
            "prompt": prompt,
            "max_tokens": options["answerTokens"],
            "temperature": 0,
            "repeat_penalty": 1.1,
            "cache_prompt": False,
        }
    )
    timings = answer["timings"]
    speeds.append(
        {
            "prefillTokensPerS": timings["prompt_per_second"],
            "decodeTokensPerS": timings["predicted_per_second"],
        }
    )

# The library logs to both standard streams, so a result printed there may end inside a log line.
with open(options["resultFile"], "w", encoding="utf8") as file:
    json.dump(speeds, file)
