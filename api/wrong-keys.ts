import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Problem } from './problem.ts';
import { type Rate, tokenBuckets, tooMany } from './rate-limit.ts';

/** Enough for a person who mistypes and for a deployment with an old key. Somebody who guesses gets 3,600 tries an hour. */
const WRONG: Rate = { perSecond: 1, burst: 20 };
/** Bound on the remembered pairs of address and right key; the least recently used is forgotten. */
const MAX_RIGHT = 10_000;
/** Size of the IPv6 network of one customer: its 2⁶⁴ addresses count as one guesser. */
const NETWORK_BYTES = 8;

/** The address, or IPv6 network, to which wrong keys are attributed. */
function guesser(address: string): string {
  if (!isIP(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, NETWORK_BYTES).join('.');
}

/**
 * Returns the result of `check`, which throws for a wrong key, or rejects with a problem: any other rejection means that it could not look.
 * Throws `429` when the address has guessed too often. A missing header does not count as a guess.
 */
export type KeyGuard = <T>(address: string, header: string | undefined, check: () => T) => T;

/**
 * Slows down guesses of keys. An address that sent too many wrong keys is answered `429` before its key is checked, so that even a right
 * guess reveals nothing. A key that was right from that address before keeps working: the address may be a proxy's, and its other users
 * must not be locked out. Guards one process.
 * @param now milliseconds
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
    const isRight = <T>(answer: T): T => {
      right.delete(pair);
      right.add(pair);
      if (right.size > MAX_RIGHT) right.delete(right.values().next().value!);
      return answer;
    };
    const isWrong = (error: unknown): never => {
      right.delete(pair);
      guesses.take(who);
      throw error;
    };
    const isRefused = (error: unknown): never => {
      if (error instanceof Problem) return isWrong(error);
      throw error;
    };
    try {
      const answer = check();
      return answer instanceof Promise ? (answer.then(isRight, isRefused) as typeof answer) : isRight(answer);
    } catch (error) {
      return isWrong(error);
    }
  };
}
