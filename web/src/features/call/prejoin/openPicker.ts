/** Marks the list of devices of a kind, so that a banner can lead there. */
export const pickerOf = (kind: 'microphone' | 'camera' | 'speaker') => ({ 'data-picker': kind });

/** Goes to the list of devices of that kind and opens it where the browser lets a page do so. */
export function openPicker(kind: 'microphone' | 'camera'): void {
  const select = document.querySelector<HTMLSelectElement>(`select[data-picker="${kind}"]`);
  select?.focus();
  try {
    select?.showPicker();
  } catch {
    // It is focused; an arrow opens it.
  }
}
