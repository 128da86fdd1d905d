import { useQuery } from '@tanstack/preact-query';
import { useRef, useState } from 'preact/hooks';
import type { Booking, Turn } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { SimulatedBadge } from '../bookings/badges.tsx';
import { useWords } from '../language/language.ts';
import { Player } from './player.tsx';
import { asSpoken, type Span } from './spoken.ts';
import type { Story } from './story.ts';
import { Transcript } from './transcript.tsx';

const RECORDING_TRIES = 20;
const RECORDING_EVERY_MS = 2_000;

/** Whether there is a recording: it is fetched after the outcome is known, so for a while it may still come. */
function useRecording(id: string, final: boolean) {
  return useQuery({
    queryKey: ['recording', id],
    queryFn: async () => (await fetch(`/v1/bookings/${id}/recording`, { method: 'HEAD' })).ok,
    enabled: final,
    refetchInterval: (query) =>
      query.state.data === true || query.state.dataUpdateCount >= RECORDING_TRIES ? false : RECORDING_EVERY_MS,
  });
}

/** What was said and how it sounded. */
export function Talk({ booking, story }: { booking: Booking; story: Story }) {
  const words = useWords();
  const { id } = booking;
  const final = booking.outcome !== null;
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState<number>();
  const [business, setBusiness] = useState<Span[]>();
  const kept = useQuery({
    queryKey: ['transcript', id, booking.updated_at],
    queryFn: () => ask<{ simulated?: true; turns: Turn[] }>(`/v1/bookings/${id}/transcript`),
  });
  // A booking that was canceled during a simulation is none as a whole.
  const simulated = kept.data?.simulated && !booking.simulated;
  const recording = useRecording(id, final);
  const live = (story.speaking && story.turns.get(story.speaking)) || [];
  const stored = kept.data?.turns ?? [];
  // What is on record is whole in the end; while it is said, the events are ahead of it.
  const written = final && stored.length > 0 ? stored : live.length >= stored.length ? live : stored;
  // Of a phone call the business's words are dated when they were understood; the two of a simulation say themselves when they speak.
  const onThePhone = booking.attempts.at(-1)?.channel !== 'simulation';
  const turns = final && business && onThePhone ? asSpoken(written, business) : written;
  const attempts = booking.attempts.length > 0;
  const seek = (seconds: number) => {
    audio.current!.currentTime = seconds;
    audio.current!.play().catch(() => {});
  };
  const waitsForRecording = final && attempts && turns.length > 0 && recording.data === false && recording.isFetching;
  return (
    <section aria-labelledby="transcript-title" class="talk">
      <h2 id="transcript-title">
        {words.booking.transcript} {simulated && <SimulatedBadge />}
      </h2>
      {recording.data === true && (
        <Player url={`/v1/bookings/${id}/recording`} audio={audio} onTime={setAt} onBusiness={setBusiness} />
      )}
      {waitsForRecording && <p class="hint">{words.booking.awaitRecording}</p>}
      <Transcript
        turns={turns}
        live={!final}
        at={at}
        seek={recording.data === true ? seek : undefined}
        language={booking.order?.language}
      />
    </section>
  );
}
