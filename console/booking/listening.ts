import { useQuery } from '@tanstack/preact-query';
import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Citation } from '../../domain/talk/types.ts';
import type { Booking, Turn } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { markedTurn, placeOf } from './places.ts';
import { asSpoken, type Span } from './spoken.ts';
import type { Story } from './story.ts';

const RECORDING_TRIES = 20;
const RECORDING_EVERY_MS = 2_000;

/** Whether there is a recording: it is fetched after the outcome, so it may still come for a while. */
function useRecording(id: string, final: boolean) {
  return useQuery({
    queryKey: ['recording', id],
    queryFn: async () => (await fetch(`/v1/bookings/${id}/recording`, { method: 'HEAD' })).ok,
    enabled: final,
    refetchInterval: (query) =>
      query.state.data === true || query.state.dataUpdateCount >= RECORDING_TRIES ? false : RECORDING_EVERY_MS,
  });
}

/** A booking's talk on the screen, with its recording if there is one. Positions in seconds. */
export interface Listening {
  turns: Turn[];
  /** It is a simulation's talk, though the booking as a whole is not simulated. */
  simulated: boolean;
  recorded: boolean;
  /** The recording may still come. */
  awaited: boolean;
  audio: RefObject<HTMLAudioElement>;
  /** The turn to mark; -1: none. */
  marked: number;
  seek: (seconds: number) => void;
  /** Plays or stops a citation; without a recording it focuses the turn. */
  hear: (cite: Citation) => void;
  isHeard: (cite: Citation) => boolean;
  /** For the player: reports the position that is playing. */
  onTime: (seconds: number | undefined) => void;
  onPlaying: (playing: boolean) => void;
  /** For the player: reports when the business speaks, if the recording has separate sides. */
  onBusiness: (spans: Span[]) => void;
}

/** The id of a turn's element in the transcript. */
export const turnId = (turn: number): string => `turn-${turn}`;

export function useListening(id: string, booking: Booking | undefined, story: Story): Listening {
  const final = booking !== undefined && booking.outcome !== null;
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState<number>();
  const [playing, setPlaying] = useState(false);
  const [asked, setAsked] = useState<Citation>();
  const [business, setBusiness] = useState<Span[]>();
  const kept = useQuery({
    queryKey: ['transcript', id, booking?.updated_at],
    queryFn: () => ask<{ simulated?: true; turns: Turn[] }>(`/v1/bookings/${id}/transcript`),
    enabled: booking !== undefined,
  });
  const recording = useRecording(id, final);
  const recorded = recording.data === true;
  const live = (story.speaking && story.turns.get(story.speaking)) || [];
  const stored = kept.data?.turns ?? [];
  // The stored transcript is complete at the end; during the talk the events are ahead of it.
  const written = final && stored.length > 0 ? stored : live.length >= stored.length ? live : stored;
  // On a phone call the business's turns have the time at which they were understood; both agents of a simulation report the time of speaking.
  const onThePhone = booking?.attempts.at(-1)?.channel !== 'simulation';
  const turns = final && business && onThePhone ? asSpoken(written, business) : written;
  const marked = markedTurn(turns, at, asked?.turn);

  const play = (seconds: number) => {
    setAt(seconds);
    audio.current!.currentTime = seconds;
    audio.current!.play().catch(() => {});
  };
  const isHeard = ({ turn, text }: Citation) =>
    playing && marked === turn && asked?.turn === turn && asked.text === text;
  return {
    turns,
    simulated: kept.data?.simulated === true && booking?.simulated === false,
    recorded,
    awaited:
      final && booking.attempts.length > 0 && turns.length > 0 && recording.data === false && recording.isFetching,
    audio,
    marked,
    seek: (seconds) => {
      setAsked(undefined);
      play(seconds);
    },
    isHeard,
    hear: (cite) => {
      if (isHeard(cite)) return audio.current!.pause();
      setAsked(cite);
      const place = placeOf(turns, cite);
      if (!recorded) requestAnimationFrame(() => document.getElementById(turnId(cite.turn))?.focus());
      else if (place !== undefined) play(place);
    },
    onTime: setAt,
    onPlaying: setPlaying,
    onBusiness: setBusiness,
  };
}
