import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

interface Cross {
  /** The moment that is pointed at in any plot of the group. */
  readonly at: number | null;
  readonly point: (at: number | null) => void;
}

const CrossContext = createContext<Cross>({ at: null, point: () => undefined });
export const useCross = (): Cross => useContext(CrossContext);

/** Plots whose crosshair moves together. */
export function PlotGroup({ children }: { children: ReactNode }) {
  const [at, point] = useState<number | null>(null);
  const value = useMemo(() => ({ at, point }), [at]);
  return (
    <CrossContext.Provider value={value}>
      <div className="plots">{children}</div>
    </CrossContext.Provider>
  );
}
