import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type Rate, tokenBuckets, tooMany } from './rate-limit.ts';

/** Enough for a person who mistypes and for a deployment with an old key; a guesser gets 3,600 an hour. */
const WRONG: Rate = { perSecond: 1, burst: 20 };
/** Keys that were right from an address; the one that has been away longest is forgotten. */
const MOST_RIGHT = 10_000;
/** An IPv6 network that one customer is given: its 2⁶⁴ addresses are one guesser's. */
const NETWORK_BYTES = 8;

/** Whom wrong keys are counted for. */
function guesser(address: string): string {
  if (!isIP(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, NETWORK_BYTES).join('.');
}

/**
 * Returns what `check` does, which throws for a wrong key, unless its address has guessed too often (then `429`). No header
 * at all is no guess.
 */
export type KeyGuard = <T>(address: string, header: string | undefined, check: () => T) => T;

/**
 * Slows down who guesses keys. An address that has sent too many wrong ones is answered `429` before its key is looked at, so
 * that even a right guess tells nothing. A key that was right from that address before goes on working: a proxy may stand
 * between, and its other users are not to be locked out. Guards one process. `now` in milliseconds.
 */
export function wrongKeys(now: () => number, wrong: Rate = WRONG): KeyGuard {
  const guesses = tokenBuckets(wrong, now);
  const right = new Set<string>();

  return (address, header, check) => {
    if (header === undefined) return check();
    const who = guesser(address);
    const pair = createHash('sha256').update(`${who}\0${header}`).digest('base64');
    const wait = guesses.wait(who);
    if (wait > 0 && !right.has(pair)) throw tooMany('Too many wrong keys came from this address.', wait);
    try {
      const answer = check();
      right.delete(pair);
      right.add(pair);
      if (right.size > MOST_RIGHT) right.delete(right.values().next().value!);
      return answer;
    } catch (error) {
      guesses.take(who);
      throw error;
    }
  };
}
