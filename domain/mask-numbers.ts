/** `+541143211234` → `+54…34`: enough to recognise a number, too little to dial it. */
export function maskPhone(phone: string): string {
  return phone.length > 6 ? `${phone.slice(0, 3)}…${phone.slice(-2)}` : '…';
}

/** Seven or more digits in the formats of providers: spaced, dashed, in brackets, or with an encoded plus sign. */
const NUMBER = /(?<![\w.])(?:\+|%2B)?\d(?:[\s().-]?[\s().-]?\d){6,}(?!\w)/gi;

/** The text with everything masked that may be a phone number. */
export const maskNumbers = (text: string): string =>
  text.replace(NUMBER, (found) => maskPhone(found.replace(/^%2B/i, '+').replace(/[^\d+]/g, '')));
