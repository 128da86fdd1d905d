const SMALL = [
  'cero',
  ...['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce', 'trece'],
  ...['catorce', 'quince', 'dieciséis', 'diecisiete', 'dieciocho', 'diecinueve', 'veinte', 'veintiuno', 'veintidós'],
  ...['veintitrés', 'veinticuatro', 'veinticinco', 'veintiséis', 'veintisiete', 'veintiocho', 'veintinueve'],
];
const TENS: Record<number, string> = { 3: 'treinta', 4: 'cuarenta', 5: 'cincuenta' };

/** 0 to 59 in words. */
export function inWords(number: number): string {
  if (number < 30) return SMALL[number]!;
  const ten = TENS[Math.floor(number / 10)]!;
  return number % 10 === 0 ? ten : `${ten} y ${SMALL[number % 10]}`;
}
