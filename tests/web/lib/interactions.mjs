/** Runs in the page before its own code: the slowest answers to keys and clicks, and when Enter was pressed last. */
export function watchInteractions() {
  window.slowest = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, name, duration, processingStart, processingEnd } of list.getEntries()) {
      if (interactionId) window.slowest.push({ name, duration, script: processingEnd - processingStart });
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  addEventListener('keydown', ({ key }) => key === 'Enter' && (window.pressed = performance.timeOrigin + performance.now()), true);
}
