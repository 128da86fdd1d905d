import type { Clock } from '../../../bridge/clock.ts';

/** A clock that runs `speed` times as fast as the wall's, so that a conversation in real time takes a moment. */
export const fastClock = (speed: number): Clock => ({
  now: () => performance.now() * speed,
  date: () => new Date(),
  after(ms, run) {
    const timer = setTimeout(run, ms / speed);
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, Math.max(1, ms / speed));
    return () => clearInterval(timer);
  },
});
