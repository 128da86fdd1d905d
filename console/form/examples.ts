/** In the sandbox the number decides what happens: see sandbox/README.md. */
export const EXAMPLES = {
  books: '+541143211234',
  bridge: '+541143216034',
  simulation: '+541143212034',
  hedges: '+541143211283',
  review: '+541143211290',
  silence: '+541143211294',
  forbids: '+541143211289',
  menu: '+541143211270',
  hold: '+541143211272',
  screener: '+541143211274',
  callMe: '+541143211277',
  ringsBack: '+541143211279',
} as const;
