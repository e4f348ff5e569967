/** What one is called in a sentence of the page. */
export const firstName = (name: string): string => name.trim().split(/\s/)[0] ?? name;
