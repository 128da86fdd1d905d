/** A table to begin with: UTF-8 with a byte order mark, so that spreadsheets read its letters. The numbers are those of the sandbox. */
const ROWS = [
  ['key', 'phone', 'business_name', 'service_type', 'user_name', 'preferred_date', 'preferred_time', 'metadata.order'],
  ['patient-1', '+54 11 4321 1234', 'Clínica Dental Sur', 'dentista', 'Lucía Gómez', 'mañana', 'por la tarde', 'A-1'],
  ['patient-2', '+54 11 4321 1235', 'Peluquería Ñandú', 'corte', 'Tomás Ruiz', 'viernes', '10:00', 'A-2'],
  ['patient-3', '+54 11 4321 1236', 'Óptica Belgrano', 'control de vista', 'Julia Paz', '', '', 'A-3'],
];

/** The sample's address, for a link that downloads it. The delimiter is that of spreadsheets in the language. */
export function sampleHref(language: string): string {
  const delimiter = language === 'es' ? ';' : ',';
  const text = ROWS.map((cells) => cells.map((cell) => (/[",;]/.test(cell) ? `"${cell}"` : cell)).join(delimiter));
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${text.join('\r\n')}\r\n`)}`;
}
