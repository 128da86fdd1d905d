/** `+541143211234` → `+54…34`: enough to recognise, too little to dial. */
export function maskPhone(phone: string): string {
  return phone.length > 6 ? `${phone.slice(0, 3)}…${phone.slice(-2)}` : '…';
}

/** A run of seven or more digits as providers print numbers: spaced, dashed, in brackets, or with a coded plus sign. */
const NUMBER = /(?<![\w.])(?:\+|%2B)?\d(?:[\s().-]?[\s().-]?\d){6,}(?!\w)/gi;

/** A text with everything in it masked that may be a phone number. */
export const maskNumbers = (text: string): string =>
  text.replace(NUMBER, (found) => maskPhone(found.replace(/^%2B/i, '+').replace(/[^\d+]/g, '')));
