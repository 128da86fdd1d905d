import type { BridgeContext } from './context.ts';
import { reasonOf } from './log.ts';

const PAUSES_MS = [500, 2000, 5000];

/** Tries several times, also after the stream has ended: a leg that nobody hangs up lives until its cap. */
async function endSurely({ clock, endCall, log }: BridgeContext, callId: string, callSid: string): Promise<void> {
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      return await endCall(callSid);
    } catch (error) {
      log.warn({ call_id: callId, reason: reasonOf(error) }, 'could not hang up the call');
      if (pause === undefined) return;
      await new Promise<void>((resolve) => clock.after(pause, resolve));
    }
  }
}

/** Asks Twilio to end a call. Resolves when Twilio has answered, or after a bound. Never rejects. */
export async function endCallInTime(context: BridgeContext, callId: string, callSid: string): Promise<void> {
  let cancel = (): void => {};
  const late = new Promise<void>((resolve) => {
    cancel = context.clock.after(context.limits.endCallMs, resolve);
  });
  await Promise.race([endSurely(context, callId, callSid), late]);
  cancel();
}
