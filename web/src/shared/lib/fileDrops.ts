/** A file that misses its place would take the browser away from the page, and from a call with it. */
export function guardFileDrops(): void {
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener('dragover', (event) => {
    if (event.defaultPrevented || !isFile(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
  });
  window.addEventListener('drop', (event) => {
    if (isFile(event)) event.preventDefault();
  });
}
