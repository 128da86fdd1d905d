import type { BookingOrder } from '../../domain/order.ts';
import { escalationOf } from '../support/escalation.ts';

export const PHONE = '+541143211234';
export const CALL_SID = 'CA0123456789abcdef0123456789abcdef';
export const BOOKING = 'bk_sample01';
export const CALL = `${BOOKING}.1`;

const LIMITS = { budget_seconds: 900, max_attempts: 2, redial_delay_seconds: 120 };

export const order = (more: Partial<BookingOrder> = {}): BookingOrder => ({
  id: BOOKING,
  business: { name: 'Clínica Dental Sur', phone: PHONE },
  request: { service_type: 'dentista', user_name: 'Mauro' },
  escalation: escalationOf({}, LIMITS),
  metadata: {},
  zones: ['America/Argentina/Buenos_Aires'],
  created_at: '2026-11-23T12:00:00.000Z',
  ...more,
});

export const dialOf = (more: Partial<BookingOrder> = {}) => ({
  order: order(more),
  call_id: CALL,
  ring_seconds: 45,
  max_call_seconds: 600,
});

/** A conversation as ElevenLabs shows it, in full. */
export function conversationBody(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    agent_id: 'agent_1',
    agent_name: 'Vocero',
    conversation_id: 'conv_1',
    status: 'done',
    user_id: BOOKING,
    transcript: [
      {
        role: 'agent',
        message: 'Hola, llamo para pedir un turno.',
        time_in_call_secs: 0,
        tool_calls: [],
        tool_results: [],
      },
      { role: 'user', message: 'Sí, ¿el miércoles a las 16?', time_in_call_secs: 4, tool_calls: [], tool_results: [] },
      {
        role: 'agent',
        message: null,
        time_in_call_secs: 8,
        tool_calls: [
          {
            type: 'webhook',
            request_id: 'req_1',
            tool_name: 'report_result',
            params_as_json: JSON.stringify({
              booking_id: BOOKING,
              call_id: CALL,
              result: 'confirmed',
              confirmed_date: '2026-11-25',
              confirmed_time: '16:00',
            }),
            tool_has_been_called: true,
          },
        ],
        tool_results: [],
      },
      { role: 'agent', message: 'Gracias, hasta luego.', time_in_call_secs: 9, tool_calls: [], tool_results: [] },
    ],
    metadata: {
      start_time_unix_secs: 1_764_000_000,
      call_duration_secs: 12,
      phone_call: { type: 'twilio', call_sid: CALL_SID, call_result: 'answered' },
    },
    analysis: { call_successful: 'success', data_collection_results: {} },
    conversation_initiation_client_data: { dynamic_variables: { booking_id: BOOKING, call_id: CALL } },
    has_audio: true,
    ...more,
  };
}
