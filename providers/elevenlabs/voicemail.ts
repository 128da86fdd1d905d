/** The agent's tool that hangs up on a machine. */
const VOICEMAIL_TOOL = 'voicemail_detection';

const VOICEMAIL = /voice[ _-]?mail/i;
const DENIED = /\b(no|not|without|non)\b/i;

interface Ended {
  /** Free text. */
  termination_reason?: string | undefined;
  features_usage?: { voicemail_detection?: { used?: boolean | undefined } | null | undefined } | null | undefined;
}

/** The agent detected a machine and ended the call by its tool. Each of these signs is sufficient. */
export function endedOnMachine(metadata: Ended | null | undefined, tools: readonly string[]): boolean {
  const reason = metadata?.termination_reason ?? '';
  return (
    metadata?.features_usage?.voicemail_detection?.used === true ||
    tools.includes(VOICEMAIL_TOOL) ||
    (VOICEMAIL.test(reason) && !DENIED.test(reason))
  );
}
