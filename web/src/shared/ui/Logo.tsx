/** A pole and a two-tone flag that read as a P; the amber cloth is the lit window. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="flex-none">
      <rect x="3" y="2" width="5" height="28" rx="2.5" fill="var(--accent)" />
      <path d="M10 3h8.5v17H10z" fill="var(--signal)" />
      <path d="M18.5 3h2.25a8.5 8.5 0 0 1 0 17H18.5z" fill="var(--accent)" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <svg height="22" viewBox="0 0 110 40" fill="none" stroke="currentColor" strokeWidth="3.9" role="img" aria-label="Parley">
      <path d="M4 11.5V37" />
      <circle cx="12.4" cy="20" r="8.3" />
      <circle cx="35" cy="20" r="8.3" />
      <path d="M43.4 11.5v17M52 11.5v17M52 21a7.5 7.5 0 0 1 8.5-7.5M66.5 2v26.5" />
      <path d="M74 20.8h16.2a8.2 8.2 0 1 0-2.7 5.7M94.5 11.7l7.8 16.6M109.5 11.7L97.7 37" />
    </svg>
  );
}
