import { checkPhoneNumber, nationalMeanings } from '../phone-number.ts';
import type { ProblemCode } from './problems.ts';

export type ReadNumber = { number: string } | { code: ProblemCode; message: string };

/** Messages repeat no more of a cell than this: longer than any written number. */
const MAX_SHOWN = 40;
/** `5.41143E+11`, with the decimal mark of any country. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d*)?\s*e\s*[+-]?\s*\d+$/i;
/** `#NAME?`, `#ERROR!`, `#¿NOMBRE?`: a spreadsheet took a number with + for a formula. */
const SPREADSHEET_ERROR = /^#[^\d]{2,20}[!?]?$/;
const DECIMAL = /^\+?\d{6,}[.,]\d{1,2}$/;
const WRITTEN = /^(?:\+|00)?[\d\s().\-\u2010-\u2015/·]*$/;

const fault = (code: ProblemCode, message: string): ReadNumber => ({ code, message });

/** The cell without invisible characters, and without the tricks that keep spreadsheets from counting: `="…"`, `=+…` and `'…`. */
function bareCell(cell: string): string {
  const plain = cell
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .trim();
  return plain
    .replace(/^=\s*"([^"]*)"$/, '$1')
    .replace(/^=\s*/, '')
    .replace(/^['\u2018\u2019`]\s*/, '')
    .replace(/^tel:\s*/i, '')
    .trim();
}

function international(digits: string): ReadNumber {
  const checked = checkPhoneNumber(`+${digits}`);
  return checked.ok ? { number: checked.number } : fault('invalid_number', checked.reason);
}

function national(text: string, digits: string, country: string | undefined): ReadNumber {
  if (country === undefined) {
    const meant = checkPhoneNumber(`+${digits}`).ok ? `; did you mean +${digits}?` : '';
    return fault(
      'missing_country',
      `has no country code: write it with + and the code, such as +54 11 4321 1234, or set default_country${meant}`,
    );
  }
  const [number] = nationalMeanings(text, [country]);
  if (number !== undefined) return { number };
  return fault(
    'invalid_number',
    `is not a valid number in ${country}: check its digits, or write it with + and its country code`,
  );
}

/**
 * Reads a number as people and spreadsheets write it. Blanks, hyphens, dots and brackets are passed over; digits are never guessed.
 * @param country ISO 3166 code for numbers without a country code; undefined: such a number is a fault
 */
export function readNumber(cell: string, country?: string | undefined): ReadNumber {
  const text = bareCell(cell);
  if (text === '') return fault('missing', 'is missing: give the number of the business');
  const shown = text.slice(0, MAX_SHOWN);
  if (SCIENTIFIC.test(text)) {
    return fault(
      'excel_scientific',
      `was turned into ${shown} by a spreadsheet, and digits are lost: format the column as text, and enter the number again`,
    );
  }
  if (SPREADSHEET_ERROR.test(text)) {
    return fault(
      'invalid_number',
      `is ${shown}: a spreadsheet took the number for a formula; format the column as text, and enter the number again`,
    );
  }
  if (DECIMAL.test(text)) {
    return fault(
      'invalid_number',
      `is the decimal number ${shown}: format the column as text, and write the number without a decimal mark`,
    );
  }
  if (text.length > 64 || !WRITTEN.test(text)) {
    return fault(
      'invalid_number',
      `is not one telephone number (${shown}): give one number, without words and without an extension`,
    );
  }
  const digits = text.replaceAll(/\D/g, '');
  if (text.startsWith('+')) return international(digits);
  if (/^00[1-9]/.test(digits)) return international(digits.slice(2));
  if (digits.length <= 6) return fault('invalid_number', tooShort(digits));
  return national(text, digits, country);
}

/** Emergency and short numbers, in the words of every booking. */
function tooShort(digits: string): string {
  const checked = checkPhoneNumber(digits);
  return checked.ok ? '' : checked.reason;
}
