import { RATE, wavFile } from '../audio/formats.ts';
import { mixed, mp3 } from '../audio/recording.ts';
import type { PhoneCall } from '../call.ts';
import { type Answer, type Ask, json, media } from '../http.ts';
import type { World } from '../world.ts';
import { notFound } from './errors.ts';

export const recordingSid = (call: PhoneCall): string => `RE${call.sid.slice(2)}`;

/** True when Twilio recorded the call: recording was requested, and somebody answered. */
export const isRecorded = (call: PhoneCall): boolean =>
  call.record && call.answered !== undefined && !call.live && !call.recordingDeleted;

function resource(world: World, call: PhoneCall): Record<string, unknown> {
  const { twilioSid } = world.account;
  const sid = recordingSid(call);
  return {
    sid,
    account_sid: twilioSid,
    call_sid: call.sid,
    conference_sid: null,
    status: 'completed',
    channels: 1,
    source: 'OutboundAPI',
    track: 'both',
    duration: String(call.seconds),
    error_code: null,
    price: null,
    price_unit: 'USD',
    api_version: '2010-04-01',
    date_created: call.ended?.toUTCString().replace('GMT', '+0000'),
    date_updated: call.ended?.toUTCString().replace('GMT', '+0000'),
    start_time: call.answered?.toUTCString().replace('GMT', '+0000'),
    encryption_details: null,
    media_url: `${world.url}/2010-04-01/Accounts/${twilioSid}/Recordings/${sid}`,
    uri: `/2010-04-01/Accounts/${twilioSid}/Recordings/${sid}.json`,
  };
}

export function listRecordings(world: World, path: string, calls: PhoneCall[]): Answer {
  const recordings = calls.filter(isRecorded).map((call) => resource(world, call));
  return json(200, {
    recordings,
    page: 0,
    page_size: 50,
    start: 0,
    end: Math.max(0, recordings.length - 1),
    uri: path,
    first_page_uri: `${path}?Page=0&PageSize=50`,
    previous_page_uri: null,
    next_page_uri: null,
  });
}

export function deleteRecording(ask: Ask, calls: PhoneCall[]): Answer {
  const call = calls.find((candidate) => recordingSid(candidate) === ask.params.recording);
  if (!call || !isRecorded(call)) return notFound(ask.path);
  call.recordingDeleted = true;
  return { status: 204 };
}

/** `Recordings/RE….json`, `.wav` or `.mp3` (a bare sid is WAV). */
export async function recording(world: World, file: string, path: string): Promise<Answer> {
  const [sid = '', kind = 'wav'] = file.split('.', 2);
  const call = world.calls.find((candidate) => recordingSid(candidate) === sid);
  if (!call || !isRecorded(call)) return notFound(path);
  if (kind === 'json') return json(200, resource(world, call));
  const samples = mixed([call.recorded.caller, call.recorded.callee]);
  if (kind === 'mp3') return media('audio/mpeg', await mp3(samples));
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return media('audio/x-wav', wavFile(bytes, { name: 'pcm_8000', rate: RATE, pcm: true }));
}
