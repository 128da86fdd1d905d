import { z } from 'zod';
import { parseCallId } from '../../domain/ids.ts';
import { iso } from '../../domain/iso.ts';
import { actText, type LineAct } from '../../domain/line-acts.ts';
import { isKeysTool, WAIT_TOOL } from '../../domain/line-tools.ts';
import { readReport } from '../../domain/report/read-report.ts';
import { REPORT_TOOL } from '../../domain/report/tool.ts';
import type { Report } from '../../domain/result.ts';
import type { ConversationSnapshot, Turn } from '../interface.ts';
import { digestOf, hasWords } from '../transcript.ts';
import { analysisIn } from './analysis.ts';
import { endedOnMachine } from './voicemail.ts';

// Loose on purpose: only used fields are described, and an unexpected part is dropped without losing the rest.
const text = z.string().min(1).optional().catch(undefined);
const seconds = z.number().nonnegative().optional().catch(undefined);
const record = z.record(z.string(), z.unknown()).optional().catch(undefined);

const toolCall = z.looseObject({ tool_name: text, params_as_json: z.unknown() });

const item = z.looseObject({
  role: text,
  message: text,
  time_in_call_secs: z.number().catch(0).default(0),
  tool_calls: z.array(toolCall).nullish().catch(undefined),
});
export type TranscriptItem = z.infer<typeof item>;

export const transcriptItems = z
  .array(item.optional().catch(undefined))
  .nullish()
  .catch(undefined)
  .transform((items) => (items ?? []).filter((each): each is TranscriptItem => each !== undefined));

const phoneCall = z.looseObject({ call_sid: text, call_result: text }).nullish().catch(undefined);
const featureStatus = z
  .looseObject({ used: z.boolean().optional().catch(undefined) })
  .nullish()
  .catch(undefined);
const featuresUsage = z.looseObject({ voicemail_detection: featureStatus }).nullish().catch(undefined);

export const conversationBody = z.looseObject({
  conversation_id: z.string().min(1),
  agent_id: z.string().catch('').default(''),
  status: text,
  user_id: text,
  transcript: transcriptItems,
  metadata: z
    .looseObject({
      start_time_unix_secs: seconds,
      call_duration_secs: seconds,
      phone_call: phoneCall,
      termination_reason: text,
      features_usage: featuresUsage,
    })
    .nullish()
    .catch(undefined),
  analysis: z.looseObject({ data_collection_results: record }).nullish().catch(undefined),
  conversation_initiation_client_data: z.looseObject({ dynamic_variables: record }).nullish().catch(undefined),
});

const STATUSES = ['initiated', 'in-progress', 'processing', 'done', 'failed'] as const;
const CALL_RESULTS = ['answered', 'voicemail', 'busy', 'no_answer', 'failed'] as const;

const oneOf = <T extends string>(words: readonly T[], value: unknown): T | undefined =>
  words.find((word) => word === value);

export function turnsOf(items: readonly TranscriptItem[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, message, time_in_call_secs, tool_calls } of items) {
    if (role !== 'agent' && role !== 'user') continue;
    if (message !== undefined && hasWords(message))
      turns.push({ role: role === 'agent' ? 'agent' : 'business', message, at_seconds: time_in_call_secs });
    for (const act of actsIn(tool_calls ?? [])) {
      // It goes on waiting.
      if (act.on_hold && turns.at(-1)?.on_hold) continue;
      turns.push({ role: 'agent', message: actText(act), at_seconds: time_in_call_secs, ...act });
    }
  }
  return turns;
}

const KEYS = /^[0-9A-D*#w]{1,32}$/i;

/** The agent's acts on the line among its tool calls. */
const actsIn = (calls: readonly z.infer<typeof toolCall>[]): LineAct[] =>
  calls.flatMap(({ tool_name, params_as_json }): LineAct[] => {
    if (tool_name === WAIT_TOOL) return [{ on_hold: true }];
    const keys = isKeysTool(tool_name) ? keysIn(params_as_json) : undefined;
    return keys === undefined ? [] : [{ keys }];
  });

/** The only text of the parameters that is made of keys: the name of the parameter is not documented. */
function keysIn(params: unknown): string | undefined {
  try {
    const values = Object.values(typeof params === 'string' ? JSON.parse(params) : Object(params));
    return values.map((value) => String(value).replace(/[\s,-]/g, '')).find((value) => KEYS.test(value));
  } catch {
    return undefined;
  }
}

/** True when the agent has waited by its tool, and the business has not spoken since. */
const isOnHold = (turns: readonly Turn[]): boolean =>
  turns.findLast(({ role, on_hold }) => role === 'business' || on_hold)?.on_hold === true;

const toolsOf = (items: readonly TranscriptItem[]): string[] =>
  items.flatMap(({ tool_calls }) => (tool_calls ?? []).flatMap(({ tool_name }) => tool_name ?? []));

/** True when the business's words are there, or it said nothing; false when its words are withheld. */
function isTranscript(items: readonly TranscriptItem[], turns: readonly Turn[]): boolean {
  if (turns.some(({ role }) => role === 'business')) return true;
  return turns.length > 0 && !items.some(({ role, message }) => role === 'user' && message === undefined);
}

/**
 * The last readable `report_result` among the tool calls, unless it names another call: the conversation's call is known. The tool's
 * refusals do not count here. A request not to be called counts whichever call it names.
 */
export function reportIn(items: readonly TranscriptItem[], callId?: string): Report | undefined {
  let last: Report | undefined;
  for (const { tool_calls } of items) {
    for (const { tool_name, params_as_json } of tool_calls ?? []) {
      if (tool_name !== REPORT_TOOL) continue;
      const found = readReport(params_as_json);
      if (!found.ok) continue;
      const { report, ids } = found;
      const another = callId !== undefined && ids.call_id !== undefined && ids.call_id !== callId;
      if (!another || report.result === 'do_not_call') last = report;
    }
  }
  return last;
}

/** Reads data collection fields with the names of the tool's parameters: `result`, `confirmed_date` and so on. */
function collectedReport(results: Record<string, unknown> | undefined): Report | undefined {
  const value = (id: string): unknown => {
    const field = results?.[id];
    return typeof field === 'object' && field !== null ? (field as { value?: unknown }).value : undefined;
  };
  const found = readReport({
    result: value('result'),
    confirmed_date: value('confirmed_date'),
    confirmed_time: value('confirmed_time'),
    notes: value('notes'),
    offers: value('offers'),
    callback_date: value('callback_date'),
    callback_time: value('callback_time'),
  });
  return found.ok ? found.report : undefined;
}

/**
 * Parses a conversation from `GET conversations/{id}` or from the post-call webhook's `data`; undefined without its id. An unknown status
 * becomes `unknownStatus`.
 */
export function conversationSnapshot(
  raw: unknown,
  unknownStatus: ConversationSnapshot['status'] = 'in-progress',
): ConversationSnapshot | undefined {
  const parsed = conversationBody.safeParse(raw);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const variables = data.conversation_initiation_client_data?.dynamic_variables ?? {};
  const variable = (name: string): string | undefined => {
    const value = variables[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const callId = parseCallId(variable('call_id')) ? variable('call_id') : undefined;
  const turns = turnsOf(data.transcript);
  const startedAt = data.metadata?.start_time_unix_secs;
  // This field only proves that the leg was answered, possibly by a machine. The agent's tool tells the two apart.
  const onLeg = oneOf(CALL_RESULTS, data.metadata?.phone_call?.call_result);
  const hungUpOnMachine = endedOnMachine(data.metadata, toolsOf(data.transcript));
  return {
    conversation_id: data.conversation_id,
    agent_id: data.agent_id,
    status: oneOf(STATUSES, data.status) ?? unknownStatus,
    call_sid: data.metadata?.phone_call?.call_sid ?? variable('system__call_sid'),
    booking_id: variable('booking_id') ?? data.user_id,
    call_id: callId,
    call_result: hungUpOnMachine && (onLeg === undefined || onLeg === 'answered') ? 'voicemail' : onLeg,
    started_at: startedAt ? iso(startedAt * 1000) : undefined,
    duration_seconds: data.metadata?.call_duration_secs,
    turns,
    ...(isOnHold(turns) ? { on_hold: true as const } : {}),
    digest: isTranscript(data.transcript, turns) ? digestOf(turns) : undefined,
    report: reportIn(data.transcript, callId) ?? collectedReport(data.analysis?.data_collection_results),
    analysis: analysisIn(data.analysis),
  };
}
