import { z } from 'zod';
import { CALL_STATUSES, type Evidence } from '../evidence.ts';
import { REACHED } from '../reached.ts';
import type { NamedDay } from '../result.ts';
import type { TalkFinding } from '../talk/types.ts';
import { problemOfAttempt } from './booking-view.ts';
import { keptReportSchema } from './follow-up.ts';
import { instant } from './instant.ts';
import { callId } from './shared.ts';
import { phoneChannel } from './words.ts';

const callSid = z.string().describe('Twilio’s id of the call');
const conversationId = z.string().describe('ElevenLabs’ id of the conversation');
const duration = z.number().describe('Seconds from the answer to the end');

const common = {
  id: z.string().describe('The same for the same fact from the same source'),
  call_id: callId,
  at: instant.describe('Time of the fact, as far as known'),
};

const digest = z
  .object({
    agent_turns: z.int().describe('Turns of the agent'),
    business_turns: z.int().describe('Turns of the business'),
    business_turns_after_greeting: z.int().describe('Turns of the business after the agent’s first message'),
    talk: z
      .custom<TalkFinding>()
      .meta({ type: 'object', description: 'Our reading of the talk, with citations; its members may change' })
      .optional(),
  })
  .meta({ id: 'TranscriptDigest', description: 'A transcript in figures, and our reading of it' });

const report = keptReportSchema
  .extend({
    reached: z.enum(REACHED).optional().describe('The callee that answered, as the agent understood it'),
    callback_day: z
      .custom<NamedDay>()
      .meta({ type: 'object', description: 'The day on which the business wants to be called, as people name days' })
      .optional(),
    callback_unclear: z.literal(true).optional().describe('Day or time of that call could not be used'),
  })
  .meta({ id: 'AgentReport', description: 'The result of the call, by its agent' });

const analysis = z
  .object({
    date: z.string().optional().describe('YYYY-MM-DD'),
    time: z.string().optional().describe('HH:MM'),
    confirmed: z.boolean().optional().describe('Whether an appointment was made'),
  })
  .meta({ id: 'TalkAnalysis', description: 'ElevenLabs’ own reading of the talk' });

const kind = <K extends Evidence['kind']>(value: K) => z.literal(value).describe('The kind of fact');

const callStatusEvidence = z
  .object({
    ...common,
    kind: kind('call_status'),
    source: z.enum(['callback', 'poll', 'initiation_failure', 'detection']).describe('Where the fact comes from'),
    call_sid: callSid,
    status: z.enum(CALL_STATUSES).describe('Twilio’s state of the call'),
    answered_by: z.string().optional().describe('Twilio’s answering-machine verdict'),
    duration_seconds: duration.optional(),
    sip_code: z.int().optional().describe('Why the call failed, as SIP has it'),
  })
  .meta({ id: 'CallStatusEvidence', description: 'The state of a call' });

const reportEvidence = z
  .object({
    ...common,
    kind: kind('report'),
    source: z.enum(['tool', 'socket']).describe('tool: over HTTP; socket: over the bridge, or in a simulation'),
    report,
    conversation_id: conversationId.optional(),
  })
  .meta({ id: 'ReportEvidence', description: 'The agent’s report of its call' });

const conversationEvidence = z
  .object({
    ...common,
    kind: kind('conversation'),
    source: z.enum(['post_call', 'poll']).describe('Where the fact comes from'),
    conversation_id: conversationId,
    call_sid: callSid.optional(),
    status: z
      .enum(['initiated', 'in-progress', 'processing', 'done', 'failed'])
      .describe('ElevenLabs’ state of the conversation'),
    call_result: z
      .enum(['answered', 'voicemail', 'busy', 'no_answer', 'failed'])
      .optional()
      .describe('ElevenLabs’ state of the call'),
    report: report.optional(),
    transcript: digest.optional(),
    on_hold: z.boolean().optional().describe('Whether the agent waits on hold; at the end: nobody came back'),
    analysis: analysis.optional(),
    duration_seconds: duration.optional(),
  })
  .meta({ id: 'ConversationEvidence', description: 'ElevenLabs’ record of a conversation' });

const bridgeEvidence = z
  .object({
    ...common,
    kind: z.literal('bridge').describe('The kind of fact'),
    event: z
      .enum(['agent_failed', 'stream_started', 'stream_lost', 'talk_ended', 'silent', 'on_hold', 'off_hold'])
      .describe('The event at the bridge'),
    conversation_id: conversationId.optional(),
    transcript: digest.optional(),
    problem: problemOfAttempt.optional(),
  })
  .meta({ id: 'BridgeEvidence', description: 'A fact that our bridge saw' });

const mediaEvidence = z
  .object({
    ...common,
    kind: kind('media'),
    media: z.enum(['provider', 'bridge']).describe('The side that carries the audio'),
    call_sid: callSid,
    conversation_id: conversationId.optional(),
    resume: z.int().describe('Number of streams of the call that had ended before'),
    problem: problemOfAttempt.optional(),
  })
  .meta({ id: 'MediaEvidence', description: 'The side that carries the audio of an answered call' });

const inboundEvidence = z
  .object({ ...common, kind: kind('inbound'), channel: phoneChannel, call_sid: callSid })
  .meta({ id: 'InboundEvidence', description: 'The business called our number' });

export const evidenceSchema = z
  .discriminatedUnion('kind', [
    callStatusEvidence,
    reportEvidence,
    conversationEvidence,
    bridgeEvidence,
    mediaEvidence,
    inboundEvidence,
  ])
  .meta({
    id: 'Evidence',
    description: 'A fact about an attempt that came from outside, with its source; `kind` says which',
  }) satisfies z.ZodType<Evidence>;
