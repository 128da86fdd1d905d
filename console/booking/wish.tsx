import type { ComponentChildren } from 'preact';
import type { Acceptable } from '../../domain/acceptable.ts';
import type { Weekday } from '../../domain/weekday.ts';
import type { Booking, Session } from '../api/answers.ts';
import { serverMessage, useWords } from '../language/language.ts';
import { day, moment, weekday } from '../language/times.ts';

const WEEK: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const isEmpty = (child: ComponentChildren): boolean =>
  Array.isArray(child)
    ? child.every(isEmpty)
    : child === undefined || child === null || child === false || child === '';

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (isEmpty(children)) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Days, weekdays and hours, each part after the other. */
function acceptableWords(language: string, { dates = [], weekdays = [], times = [] }: Acceptable): string {
  // A week that begins on a Sunday.
  const named = (each: Weekday): string => day(language, `2026-03-0${1 + WEEK.indexOf(each)}`).split(/[ ,]/)[0]!;
  return [
    dates.map(({ from, to }) => [...new Set([day(language, from), day(language, to)])].join(' – ')).join(', '),
    weekdays.map(named).join(', '),
    times.map(({ from, to }) => `${from}–${to}`).join(', '),
  ]
    .filter(Boolean)
    .join('; ');
}

/** The order, and the booking's ids in other systems. */
export function Wish({ booking, session }: { booking: Booking; session: Session }) {
  const words = useWords();
  const { booking: b } = words;
  const order = booking.order;
  const warning = booking.warnings?.find(({ field }) => field === 'language');
  const notSpoken = warning && serverMessage(words, warning.message);
  const metadata = Object.entries(booking.metadata);
  return (
    <section aria-labelledby="wish-title" class="wish">
      <h2 id="wish-title">{b.wish}</h2>
      <dl>
        <Fact name={b.service}>{order?.request.service_type}</Fact>
        <Fact name={b.date}>
          {order?.request.preferred_date}
          {order?.request.preferred_day && ` (${day(words.language, order.request.preferred_day)})`}
        </Fact>
        <Fact name={b.time}>{order?.request.preferred_time}</Fact>
        <Fact name={b.person}>{order?.request.user_name}</Fact>
        <Fact name={b.requests}>{order?.request.special_requests}</Fact>
        <Fact name={b.acceptable}>
          {order?.request.acceptable && acceptableWords(words.language, order.request.acceptable)}
        </Fact>
        <Fact name={b.phone}>{order && <a href={`tel:${order.business.phone}`}>{order.business.phone}</a>}</Fact>
        <Fact name={b.openingHours}>
          {order?.business.opening_hours
            ?.map(({ days, from, to }) => `${days.map((one) => weekday(words.language, one)).join(', ')} ${from}–${to}`)
            .join('; ')}
        </Fact>
        <Fact name={b.notBefore}>{order?.not_before && moment(words.language, order.not_before, Date.now())}</Fact>
        <Fact name={b.notAfter}>{order?.not_after && moment(words.language, order.not_after, Date.now())}</Fact>
        <Fact name={b.zones}>{order?.zones.slice(0, 3).join(', ')}</Fact>
        <Fact name={b.language}>
          {order?.language}
          {notSpoken && (
            <>
              {' '}
              <small lang={notSpoken.lang}>({notSpoken.text})</small>
            </>
          )}
        </Fact>
        <Fact name={b.callback}>{order?.callback_url}</Fact>
        <Fact name={b.metadata}>
          {metadata.length > 0 && metadata.map(([key, value]) => `${key}: ${value}`).join(', ')}
        </Fact>
        <Fact name={b.placed}>{moment(words.language, booking.created_at, Date.now())}</Fact>
        <Fact name={b.id}>
          <code>{booking.id}</code>
        </Fact>
      </dl>
      {session.temporal_ui && (
        <p>
          <a href={session.temporal_ui.replace('ID', booking.id)} target="_blank" rel="noreferrer">
            {b.temporal}
          </a>
        </p>
      )}
    </section>
  );
}
