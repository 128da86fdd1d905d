import { type Figures, useFigures } from '../api/operating.ts';
import { useWords } from '../language/language.ts';
import { duration, money } from '../language/times.ts';
import { dayAfter, weekOf } from './days.ts';

function Line({ name, figures }: { name: string; figures: Figures | undefined }) {
  const words = useWords();
  const { figures: f } = words;
  const told: [string, string | number | undefined][] = [
    [f.final, figures?.final],
    [f.confirmed, figures?.confirmed],
    [f.unreachable, figures?.unreachable],
    [f.talked, figures && duration(words, figures.usage.talk_seconds)],
  ];
  const cost = figures?.usage.estimated_cost;
  if (cost) told.push([f.cost, money(words.language, cost)]);
  if (figures && figures.simulated > 0) told.push([f.simulated, figures.simulated]);
  return (
    <div class="figures-of">
      <h2>{name}</h2>
      <dl>
        {told.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? '…'}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The figures of this day and of this week, by the reader's clock. */
export function DayFigures() {
  const { figures: f } = useWords();
  const now = new Date();
  const tomorrow = dayAfter(now, 1);
  const today = useFigures(dayAfter(now, 0), tomorrow);
  const week = useFigures(weekOf(now), tomorrow);
  return (
    <section class="day-figures" aria-label={f.title}>
      <Line name={f.today} figures={today.data} />
      <Line name={f.week} figures={week.data} />
    </section>
  );
}
