import type { Booking } from '../api/answers.ts';
import { SimulatedBadge } from '../bookings/badges.tsx';
import { useWords } from '../language/language.ts';
import type { Listening } from './listening.ts';
import { Player } from './player.tsx';
import { Transcript } from './transcript.tsx';

/** Transcript and recording. */
export function Talk({ booking, listening }: { booking: Booking; listening: Listening }) {
  const words = useWords();
  const { turns, recorded, marked } = listening;
  return (
    <section aria-labelledby="transcript-title" class="talk">
      <h2 id="transcript-title">
        {words.booking.transcript} {listening.simulated && <SimulatedBadge />}
      </h2>
      {recorded && <Player url={`/v1/bookings/${booking.id}/recording`} listening={listening} />}
      {listening.awaited && <p class="hint">{words.booking.awaitRecording}</p>}
      <Transcript
        turns={turns}
        live={booking.outcome === null}
        marked={marked}
        seek={recorded ? listening.seek : undefined}
        language={booking.order?.language}
      />
    </section>
  );
}
