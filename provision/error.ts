/** Something that keeps the set-up from going on and that a person has to decide or put right; the message says how. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError';
}
