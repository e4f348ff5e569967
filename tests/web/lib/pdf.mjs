// A document of so many pages, each with one line of words, as small as PDF allows.

/** `lines`: what stands on each page. */
export function pdf(lines) {
  const parts = ['%PDF-1.4\n'];
  const starts = [];
  const add = (text) => {
    starts.push(parts.join('').length);
    parts.push(`${starts.length} 0 obj\n${text}\nendobj\n`);
  };
  const pageAt = (index) => 4 + index * 2;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Count ${lines.length} /Kids [${lines.map((_, index) => `${pageAt(index)} 0 R`).join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  lines.forEach((line, index) => {
    const words = `BT /F1 24 Tf 72 700 Td (${line}) Tj ET`;
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${pageAt(index) + 1} 0 R >>`);
    add(`<< /Length ${words.length} >>\nstream\n${words}\nendstream`);
  });
  const table = parts.join('').length;
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(`xref\n0 ${starts.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${starts.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return Buffer.from(parts.join(''), 'latin1');
}
