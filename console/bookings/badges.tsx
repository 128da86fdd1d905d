import { CHANNELS, type Channel, titleOf } from '../../domain/channels.ts';
import type { Booking } from '../api/answers.ts';
import { useWords, wordFor } from '../language/language.ts';

/** A booking's state by colour, shape and word. */
export function StatusBadge({ booking }: { booking: Pick<Booking, 'status' | 'cancel_requested'> }) {
  const words = useWords();
  return <span class={`status ${booking.status}`}>{wordFor(words.status, booking.status)}</span>;
}

/** Marked by word, pattern and colour: nobody may mistake a simulation for a booking. */
export function SimulatedBadge({ word }: { word?: string }) {
  const words = useWords();
  return <span class="simulated hatched">{word ?? words.simulated}</span>;
}

/** The letter of a channel; empty for one that this version does not know. */
export const letterOf = (channel: Channel): string => (CHANNELS.includes(channel) ? titleOf(channel).letter : '');

export function ChannelBadge({ channel }: { channel: Channel }) {
  const words = useWords();
  return (
    <span class={`channel ${channel}`}>
      <b aria-hidden="true">{letterOf(channel)}</b> {wordFor(words.channel, channel)}
    </span>
  );
}
