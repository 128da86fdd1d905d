import { extname } from 'node:path';
import { z } from 'zod';
import { parseCallId } from '../../domain/ids.ts';
import { transcriptSchema } from '../../domain/schemas/booking-view.ts';
import { bookingEventSchema } from '../../domain/schemas/events.ts';
import type { StoredRecording } from '../../records/ports/events.ts';
import { findBooking } from '../authentication.ts';
import { byteRange } from '../byte-range.ts';
import type { App, Context } from '../context.ts';
import { resumeHeaders, seqOf } from '../event-streams.ts';
import { content, problems, stream } from '../openapi.ts';
import { Problem } from '../problem.ts';
import { isSimulated, simulationMarker } from '../simulated.ts';

const bookingParams = z.object({ id: z.string().max(100).describe('Id of the booking') });

const ofCall = z.object({
  call_id: z
    .string()
    .max(100)
    .optional()
    .describe('One call of the booking, such as a follow-up; default: its last attempt'),
});

/** The call that was asked for, if it is the booking's. */
function callIn(bookingId: string, { call_id }: z.infer<typeof ofCall>): string | undefined {
  if (call_id === undefined) return undefined;
  if (parseCallId(call_id)?.bookingId !== bookingId) throw new Problem(404, 'This booking has no such call.');
  return call_id;
}

/** Events, transcript and recording of a booking's calls. */
export function bookingFileRoutes(app: App, context: Context): void {
  const { records, artifacts, streams } = context;
  const common = { tags: ['bookings'], security: [{ apiKey: [] }], params: bookingParams };

  app.route({
    method: 'GET',
    url: '/v1/bookings/:id/events',
    exposeHeadRoute: false,
    schema: {
      ...common,
      operationId: 'followBooking',
      summary: 'Events of a booking, as Server-Sent Events',
      description:
        'Events `status`, `attempt`, `evidence`, `turn` and `final`; `data` is JSON with `at` and `type`, and `simulated: true` where nobody was phoned. A `status` of a booking that waits has `wait`, the booking’s `waiting_for`, and `until`, where it is known; its own `waiting_for` has earlier names (`calling_hours`, `line_busy`, `rate_limit`, `redial_delay`, `other_accounts`, `no_worker`). Ends after `final`. A key may have half of the streams open that the others leave (`429` beyond).',
      headers: resumeHeaders,
      response: {
        ...stream(bookingEventSchema),
        ...content(204, 'The booking is final and all its events were seen', 'text/event-stream'),
        ...problems(410),
      },
    },
    async handler(request, reply) {
      const { id } = request.params;
      const stored = await findBooking(records, id, request.principal);
      const after = seqOf(request.headers['last-event-id']);
      return streams.send(request, reply, {
        after,
        eventsAfter: (seq, limit) => records.eventsAfter(id, seq, limit),
        mark: simulationMarker(stored),
        nothingLeft: async () => stored.view.outcome !== null && (await records.eventsAfter(id, after, 1)).length === 0,
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/bookings/:id/transcript',
    schema: {
      ...common,
      operationId: 'getTranscript',
      summary: 'Transcript of the last call that had a conversation',
      querystring: ofCall,
      response: { 200: transcriptSchema, ...problems(410) },
    },
    async handler(request) {
      const { id } = request.params;
      const stored = await findBooking(records, id, request.principal);
      const call_id = callIn(id, request.query);
      const said = call_id ? { call_id, turns: await records.turnsOf(call_id) } : await records.transcript(id);
      if (!said) return { turns: [] };
      const { turns } = said;
      return isSimulated(stored, said.call_id) ? { simulated: true as const, turns } : { turns };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/bookings/:id/recording',
    schema: {
      ...common,
      operationId: 'getRecording',
      summary: 'The recording of the last call that has one; ranges are served',
      querystring: ofCall,
      response: {
        ...content(200, 'The whole recording', 'audio/mpeg', 'audio/wav'),
        ...content(206, 'The range asked for', 'audio/mpeg', 'audio/wav'),
        ...problems(410, 416),
      },
    },
    async handler(request, reply) {
      const { id } = request.params;
      const stored = await findBooking(records, id, request.principal);
      const recording = await records.recording(id, callIn(id, request.query));
      const size = recording && (await artifacts.size(recording.path).catch(ifMissing));
      if (!recording || size === undefined) throw new Problem(404, 'There is no recording of this booking (yet).');
      // Without a validator of ours no `If-Range` can match, so the whole file is sent.
      const range = request.headers['if-range'] ? undefined : byteRange(request.headers.range, size);
      if (range === 'unsatisfiable') {
        throw new Problem(416, `The recording has ${size} bytes.`, { headers: { 'content-range': `bytes */${size}` } });
      }
      reply
        .headers({
          'accept-ranges': 'bytes',
          'content-disposition': fileName(recording, isSimulated(stored, recording.call_id)),
        })
        .type(recording.content_type);
      if (!range) return reply.header('content-length', size).send(artifacts.stream(recording.path));
      return reply
        .code(206)
        .header('content-range', `bytes ${range.start}-${range.end}/${size}`)
        .header('content-length', range.end - range.start + 1)
        .send(artifacts.stream(recording.path, range));
    },
  });
}

/** The file name marks a simulation, so that nobody takes the file for proof of a real call. */
const fileName = ({ call_id, path }: StoredRecording, simulated: boolean): string =>
  `inline; filename="${parseCallId(call_id)!.bookingId}${simulated ? '.simulated' : ''}${extname(path)}"`;

function ifMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
  throw error;
}
