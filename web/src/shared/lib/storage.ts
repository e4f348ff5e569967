/** Web storage that may be full, forbidden or filled by an older version: then the fallback counts. */
export interface Store {
  read<T>(key: string, parse: (value: unknown) => T | undefined, fallback: T): T;
  write(key: string, value: unknown): void;
  remove(key: string): void;
}

function makeStore(area: () => Storage): Store {
  return {
    read(key, parse, fallback) {
      try {
        const text = area().getItem(key);
        return text === null ? fallback : (parse(JSON.parse(text)) ?? fallback);
      } catch {
        return fallback;
      }
    },
    write(key, value) {
      try {
        area().setItem(key, JSON.stringify(value));
      } catch {
        // Private windows may refuse: the choice then lives as long as the page.
      }
    },
    remove(key) {
      try {
        area().removeItem(key);
      } catch {
        // What cannot be read is not there.
      }
    },
  };
}

export const localStore = makeStore(() => window.localStorage);
export const tabStore = makeStore(() => window.sessionStorage);
