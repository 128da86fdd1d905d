import { type Channel, isPhoneChannel, type Media, PHONE } from './channels.ts';

interface OfACall {
  channel: Channel;
  media?: Media | null | undefined;
}

/** Who carries the sound of an attempt's call, as far as the channel and its instructions tell; undefined: it is a simulation. */
export const mediaOf = ({ channel, media }: OfACall): Media | undefined =>
  isPhoneChannel(channel) ? (media ?? PHONE[channel].media) : undefined;

/** The same, null as long as the provider may still take it or not. */
export const knownMediaOf = (call: OfACall): Media | null =>
  isPhoneChannel(call.channel) && PHONE[call.channel].fallsBack ? (call.media ?? null) : (mediaOf(call) ?? null);
