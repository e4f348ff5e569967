import type { AuditEntry } from './adminReducer';

/** A cell that a spreadsheet takes for a text: one that begins like a formula is not run. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ at, actorName, actorId, action, objectType, objectId, roomId, address, detail }) =>
    [at, actorName ?? actorId ?? '', action, objectType ?? '', objectId ?? '', roomId ?? '', address ?? '', JSON.stringify(detail ?? {})].map(cell).join(','),
  );
  return ['at,actor,action,objectType,objectId,roomId,address,detail', ...rows].join('\r\n');
}
