/** A problem that stops the set-up and that a person has to decide or fix; the message says how. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError';
}
