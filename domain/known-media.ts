import { type Channel, isPhoneChannel, type Media, PHONE } from './channels.ts';

interface OfACall {
  channel: Channel;
  media?: Media | null | undefined;
}

/** The provider may not take the sound of the attempt's call: then our bridge does. */
export const mayFallBack = ({ channel }: OfACall): boolean => isPhoneChannel(channel) && PHONE[channel].fallsBack;

/** Who carries the sound of an attempt's call, as far as the channel and its instructions tell; undefined: it is a simulation. */
export const mediaOf = ({ channel, media }: OfACall): Media | undefined =>
  isPhoneChannel(channel) ? (media ?? PHONE[channel].media) : undefined;

/** The same, null as long as the provider may still take it or not. */
export const knownMediaOf = (call: OfACall): Media | null =>
  mayFallBack(call) ? (call.media ?? null) : (mediaOf(call) ?? null);
