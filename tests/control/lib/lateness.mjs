/** How late this process is at most, in milliseconds: what it measures is too long by that. */
export function lateness() {
  let most = 0;
  let due = performance.now() + 5;
  const timer = setInterval(() => {
    most = Math.max(most, performance.now() - due);
    due = performance.now() + 5;
  }, 5);
  return {
    /** With what is overdue now. */
    most: () => Math.max(most, performance.now() - due),
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
