import { type Channel, isPhoneChannel, type Media, PHONE } from './channels.ts';

interface OfACall {
  channel: Channel;
  media?: Media | null | undefined;
}

/** True when our bridge takes the call if the provider does not take its audio. */
export const mayFallBack = ({ channel }: OfACall): boolean => isPhoneChannel(channel) && PHONE[channel].fallsBack;

/** The side that carries the audio of an attempt's call, as far as the channel and its instructions say; undefined: it is a simulation. */
export const mediaOf = ({ channel, media }: OfACall): Media | undefined =>
  isPhoneChannel(channel) ? (media ?? PHONE[channel].media) : undefined;

/** Like `mediaOf`, but null while the provider may still take the call or not. */
export const knownMediaOf = (call: OfACall): Media | null =>
  mayFallBack(call) ? (call.media ?? null) : (mediaOf(call) ?? null);
