import { afterEach, describe, expect, it } from '@jest/globals';
import { onStopSignal } from '../../processes/stop-signals.ts';

describe('stop signals', () => {
  let forget: () => void = () => {};
  afterEach(() => forget());

  const listen = () => {
    const heard: string[] = [];
    let now = 1_000;
    forget = onStopSignal(
      (signal) => void heard.push(signal),
      () => void heard.push('force'),
      () => now,
    );
    const later = (ms: number) => {
      now += ms;
    };
    return { heard, later };
  };

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stop politely on the first: %s', (signal) => {
    const { heard } = listen();
    process.emit(signal, signal);
    expect(heard).toEqual([signal]);
  });

  it('count a Ctrl-C once that npm passes on as well, and a second one as force', () => {
    const { heard, later } = listen();
    process.emit('SIGINT', 'SIGINT');
    later(20);
    process.emit('SIGINT', 'SIGINT');
    expect(heard).toEqual(['SIGINT']);
    later(2_000);
    process.emit('SIGINT', 'SIGINT');
    expect(heard).toEqual(['SIGINT', 'force']);
  });
});
