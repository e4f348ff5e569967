/** Something that is so or not, with its words beside the box. */
export function Check({ checked, onChange, children }: { checked: boolean; onChange: (on: boolean) => void; children: string }) {
  return (
    <label className="flex min-h-8 items-center gap-3 text-14">
      <input type="checkbox" className="size-4 flex-none accent-(--accent)" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  );
}
