const kPollMs = 100;

/**
 * Resolves with the first truthy value of `condition`, polled until `timeout` milliseconds have passed. The error of a
 * wait that ran out names `what` was awaited and the last value seen, which is what a reader of a failed run needs.
 */
export async function waitFor(what, condition, timeout = 10_000) {
  const deadline = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      last = await condition();
    } catch (error) {
      last = error;
    }
    if (last && !(last instanceof Error)) return last;
    if (Date.now() >= deadline) break;
    await new Promise((resolve) => setTimeout(resolve, kPollMs));
  }
  const seen = last instanceof Error ? last.message : JSON.stringify(last);
  throw new Error(`waited ${timeout} ms for ${what}; last seen: ${seen}`);
}

/** Watches `sample` for `duration` milliseconds and returns all values seen: for what must not happen meanwhile. */
export async function observe(sample, duration, every = kPollMs) {
  const seen = [];
  const end = Date.now() + duration;
  do {
    seen.push(await sample());
    await new Promise((resolve) => setTimeout(resolve, every));
  } while (Date.now() < end);
  return seen;
}
