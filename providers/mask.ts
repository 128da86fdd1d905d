/** `+541143211234` → `+54…34`: enough to recognise, too little to dial. */
export function maskPhone(phone: string): string {
  return phone.length > 6 ? `${phone.slice(0, 3)}…${phone.slice(-2)}` : '…';
}

/** A run of seven or more digits as providers print numbers: spaced, dashed, in brackets, or with a coded plus sign. */
const NUMBER = /(?<![\w.])(?:\+|%2B)?\d(?:[\s().-]?[\s().-]?\d){6,}(?!\w)/gi;

/** What a thrown thing says; some carry no message, and anything can be thrown. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : error;
  return typeof message === 'string' && message !== '' ? message : 'no message';
}

/** A message as it may be logged and shown: phone numbers masked, one line, at most 300 characters. */
export function safeMessage(text: string): string {
  const masked = text.replace(NUMBER, (found) => maskPhone(found.replace(/^%2B/i, '+').replace(/[^\d+]/g, '')));
  const line = masked.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
