import { describe, expect, it } from '@jest/globals';
import { analysisIn } from '../../providers/elevenlabs/analysis.ts';
import { conversationSnapshot, postCallToEvidence } from '../../providers/webhooks/index.ts';
import { conversationBody } from './samples.ts';

const collected = (fields: Record<string, unknown>) => ({
  call_successful: 'success',
  data_collection_results: fields,
});
const item = (data_collection_id: string, value: unknown, rationale = 'Because.') => ({
  data_collection_id,
  value,
  json_schema: { type: 'string' },
  rationale,
});

describe('the provider’s analysis of a talk', () => {
  it('says day, time and whether the business confirmed', () => {
    const fields = {
      appointment_date: item('appointment_date', '2026-12-01'),
      appointment_time: item('appointment_time', '16:00'),
      appointment_confirmed: item('appointment_confirmed', true),
    };
    const all = { date: '2026-12-01', time: '16:00', confirmed: true };
    expect(analysisIn(collected(fields))).toEqual(all);
    expect(analysisIn({ data_collection_results_list: Object.values(fields) })).toEqual(all);
    const scopes = [
      { scope: 'agent', data_collection_results: {} },
      { scope: 'conversation', ...collected(fields) },
    ];
    expect(analysisIn({ scoped: scopes })).toEqual(all);
    expect(conversationSnapshot(conversationBody({ analysis: collected(fields) }))?.analysis).toEqual(all);
    const event = {
      type: 'post_call_transcription',
      event_timestamp: 1,
      data: conversationBody({ analysis: collected(fields) }),
    };
    expect(postCallToEvidence(event, new Date())).toMatchObject({ evidence: { analysis: all } });
  });

  it.each([
    ['absent', undefined],
    ['null', null],
    ['empty', {}],
    ['without results', collected({})],
    ['results that are null', { data_collection_results: null }],
    ['results of something else', collected({ mood: item('mood', 'good') })],
    ['fields that are null', collected({ appointment_date: null, appointment_confirmed: item('x', null) })],
    ['a rationale only', collected({ appointment_date: { data_collection_id: 'x', rationale: 'None was given.' } })],
    ['words for nothing', collected({ appointment_date: item('x', 'null'), appointment_time: item('x', 'None') })],
    ['a day that does not exist', collected({ appointment_date: item('x', '2026-02-30') })],
    ['a day in words', collected({ appointment_date: item('x', 'next Tuesday') })],
    ['two days', collected({ appointment_date: item('x', '2026-12-09 or 2026-12-11') })],
    ['an hour of either half of the day', collected({ appointment_time: item('x', '4:00') })],
    ['an hour that does not exist', collected({ appointment_time: item('x', '25:00') })],
    ['neither yes nor no', collected({ appointment_confirmed: item('x', 'maybe') })],
    ['yes with a condition', collected({ appointment_confirmed: item('x', 'yes, if the doctor agrees') })],
    ['no boolean', collected({ appointment_confirmed: item('x', { confirmed: [] }) })],
    ['a weekday that is not the day’s', collected({ appointment_date: item('x', 'lunes 1 de diciembre de 2026') })],
    ['a moment of UTC', collected({ appointment_date: item('x', '2026-12-02T00:30:00Z') })],
    ['a text', 'success'],
  ])('that is %s says nothing', (_, analysis) => {
    expect(analysisIn(analysis)).toBeUndefined();
    expect(conversationSnapshot(conversationBody({ analysis }))).not.toHaveProperty('analysis.date');
  });

  it.each([
    [{ appointment_date: ' 2026-12-01 ' }, { date: '2026-12-01' }],
    [{ appointment_date: item('x', { value: '2026-12-01' }) }, { date: '2026-12-01' }],
    [{ appointment_time: item('x', '16:00:00') }, { time: '16:00' }],
    [{ appointment_time: item('x', '04:00 PM') }, { time: '16:00' }],
    [{ appointment_time: item('x', '12:30 a.m.') }, { time: '00:30' }],
    [{ appointment_time: item('x', '09:15') }, { time: '09:15' }],
    [{ appointment_confirmed: item('x', 'true') }, { confirmed: true }],
    [{ appointment_confirmed: item('x', 'si') }, { confirmed: true }],
    [{ appointment_confirmed: item('x', 'Sí') }, { confirmed: true }],
    [{ appointment_confirmed: item('x', 'False') }, { confirmed: false }],
    [{ appointment_confirmed: false }, { confirmed: false }],
    [{ appointment_date: item('x', '2026\u201112\u201101') }, { date: '2026-12-01' }],
    [{ appointment_date: item('x', '2026–12–01') }, { date: '2026-12-01' }],
    [{ appointment_date: item('x', '2026/12/01') }, { date: '2026-12-01' }],
    [{ appointment_date: item('x', 'martes 1 de diciembre de 2026') }, { date: '2026-12-01' }],
    [{ appointment_date: item('x', 'TUESDAY, DECEMBER 1, 2026') }, { date: '2026-12-01' }],
    [{ appointment_date: item('x', '2026-12-01T16:00:00') }, { date: '2026-12-01', time: '16:00' }],
    [{ appointment_time: item('x', '4:00\u202fPM') }, { time: '16:00' }],
    [{ appointment_time: item('x', '16h') }, { time: '16:00' }],
    [{ appointment_time: item('x', '16.00') }, { time: '16:00' }],
    [{ appointment_time: item('x', '4 de la tarde') }, { time: '16:00' }],
    [{ appointment_confirmed: item('x', 'TRUE.') }, { confirmed: true }],
    [{ appointment_confirmed: item('x', '"sí"') }, { confirmed: true }],
    [{ appointment_confirmed: item('x', 'YES') }, { confirmed: true }],
    [{ appointment_confirmed: item('x', 'Confirmed') }, { confirmed: true }],
    [{ appointment_confirmed: item('x', 'not confirmed') }, { confirmed: false }],
    [{ appointment_confirmed: item('x', ' No ') }, { confirmed: false }],
    [{ appointment_confirmed: 1 }, { confirmed: true }],
    [{ appointment_confirmed: 0 }, { confirmed: false }],
  ])('%j is read', (fields, expected) => {
    expect(analysisIn(collected(fields))).toEqual(expected);
  });
});
