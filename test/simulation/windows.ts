import type { CallingWindow } from '../../domain/order.ts';
import { weekFrom, windowOfWeek } from '../../domain/weekly-hours.ts';
import type { Schedule, Times } from './schedule.ts';

const DAY_MS = 86_400_000;

/** The calling windows of a run, as the configuration would give them: each is made once. */
export class Windows {
  private readonly made = new Map<string, CallingWindow>();
  private readonly times: Times;
  private readonly start: number;

  constructor(times: Times, start: number) {
    this.times = times;
    this.start = start;
  }

  of({ from_hour, to_hour }: Schedule['window']): CallingWindow {
    const key = `${from_hour}-${to_hour}`;
    const known = this.made.get(key) ?? this.make({ from: from_hour * 60, to: to_hour * 60 });
    this.made.set(key, known);
    return known;
  }

  private make(hours: { from: number; to: number }): CallingWindow {
    const { weekdays, holidays } = this.times;
    const window = weekdays.length > 0 ? windowOfWeek(weekFrom([{ days: weekdays, hours }])) : hours;
    if (holidays.length === 0) return window;
    const closed_days = holidays.map((days) => new Date(this.start + days * DAY_MS).toISOString().slice(0, 10));
    return { ...window, closed_days };
  }
}
