import { joined, RATE } from '../audio/formats.ts';
import type { PhoneCall } from '../call.ts';
import { languageOf, minuteAfter } from '../numbers.ts';
import { pause } from '../pause.ts';
import { Business, Caller, faultsWith, type Reply } from '../talk/minds.ts';
import { heardText, planTalk, type Step } from '../talk/play.ts';
import { slotOf } from '../talk/slot.ts';
import { TUNE_PAUSE_MS, tune } from '../talk/tune.ts';
import { soundOfUtterance } from '../talk/utterances.ts';
import type { World } from '../world.ts';
import { type Conversation, record } from './conversation.ts';
import { firstMessage, isOpening } from './first-message.ts';
import { keyed, lineTools, silenceMsOf, skipped } from './line-tools.ts';
import { reportOf, toldTo } from './report.ts';
import { spokenLanguage } from './spoken-language.ts';
import { callTool, postCall } from './webhooks.ts';

/** ElevenLabs' processing time between a conversation's end and `done`. */
const PROCESSING_MS = 150;
const DEFAULT_MAX_SECONDS = 600;

interface PlayedTalk {
  /** None of the agent's webhooks arrives. */
  silent: boolean;
  /** One side has ended the talk. */
  ends(by: 'agent' | 'callee'): void;
}

/** Sent only after the conversation. */
type Late = (() => Promise<void>) | undefined;

/** A talk without our own audio stream, until one side ends it or the call is redirected. */
export async function playTalk(
  world: World,
  call: PhoneCall,
  conversation: Conversation,
  { silent, ends }: PlayedTalk,
): Promise<Late> {
  const scenario = world.scenario(call.to);
  const { pace, waitMs } = world.paceOf(scenario, false);
  const slot = slotOf(scenario.confirmed_date, scenario.confirmed_time);
  conversation.status = 'in-progress';
  conversation.started = Date.now();
  conversation.callResult = call.behaviour === 'voicemail' ? 'voicemail' : 'answered';
  const told = { ...faultsWith(call.behaviour, slot), ...toldTo(world, conversation) };
  const caller = new Caller(spokenLanguage(world, conversation), told, lineTools(world, conversation));
  const callMeAt = minuteAfter(call.to, scenario.call_me_after_ms, Date.now());
  const business = new Business(languageOf(call.to), call.behaviour, slot, { waitMs, pace, callMeAt });
  const steps = planTalk(caller, business, pace, silenceMsOf(world, conversation) / pace);
  const limit =
    Number(record(conversation.initiation.override.conversation).max_duration_seconds) || DEFAULT_MAX_SECONDS;
  const cap = setTimeout(() => call.hangUp('max-duration'), limit * 1000);
  let late: Late;
  for (const step of steps) {
    if (!(await call.pause(Math.max(0, conversation.started + step.at - Date.now())))) break;
    if (step.kind === 'line') line(conversation, step, pace);
    if (step.kind === 'music') conversation.sound.user.add(step.at, musicOf(step.ms, pace));
    if (step.kind === 'wait') conversation.add('agent', null, skipped);
    if (step.kind === 'keys') {
      conversation.add('agent', null, keyed(step.keys));
      call.keys.push(...step.keys);
    }
    if (step.kind === 'report') {
      await world.held(call.to, 'talk', { call });
      // The hold ends with the call, and then nobody is left to report.
      if (call.hungUpBy) break;
      late = await report(world, conversation, step.report, silent);
      await world.held(call.to, 'reported', { call });
    }
    if (step.kind === 'end') {
      ends(step.by);
      conversation.end(step.reason);
    }
  }
  clearTimeout(cap);
  conversation.end(call.hungUpBy === 'max-duration' ? 'Maximum duration exceeded' : 'Call ended by remote party');
  return late;
}

/** ElevenLabs' processing of an ended conversation. */
export async function wrapUp(world: World, conversation: Conversation, silent: boolean, late: Late): Promise<void> {
  conversation.status = 'processing';
  await pause(PROCESSING_MS);
  await world.held(conversation.number, 'ended');
  conversation.status = 'done';
  if (!silent) await postCall(world, conversation);
  await late?.();
}

/** As much of the waiting music as a pause takes. */
const musicOf = (ms: number, pace: number): Int16Array => {
  const round = joined([new Int16Array((RATE * TUNE_PAUSE_MS) / 1000 / pace), tune(pace)]);
  const length = Math.floor((ms / 1000) * RATE);
  return joined(Array.from({ length: Math.ceil(length / round.length) }, () => round)).subarray(0, length);
};

function line(conversation: Conversation, step: Extract<Step, { kind: 'line' }>, pace: number): void {
  const { utterance, interrupted, ms } = step;
  const own = utterance.speaker === 'agent';
  const sound = soundOfUtterance(utterance, pace);
  const text = isOpening(utterance) ? firstMessage(conversation, utterance) : utterance.text;
  const item = conversation.add(own ? 'agent' : 'user', text);
  const heard = interrupted ? sound.subarray(0, (ms / 1000) * RATE) : sound;
  conversation.sound[own ? 'agent' : 'user'].add(step.at, heard);
  if (!interrupted) return;
  item.interrupted = true;
  item.originalMessage = text;
  item.message = heardText(text, heard.length / sound.length);
}

/** Calls the tool as the scenario orders. */
async function report(
  world: World,
  conversation: Conversation,
  what: NonNullable<Reply['report']>,
  silent: boolean,
): Promise<Late> {
  const scenario = world.scenario(conversation.number);
  const parameters = reportOf(world, conversation, what);
  if (scenario.report === 'missing') return undefined;
  const tool = world.workspace.toolOf(conversation.agentId, 'report_result');
  if (tool?.config.type !== 'webhook') {
    world.note(conversation.number, 'the agent has no server tool report_result: nothing is reported');
    return undefined;
  }
  conversation.result = what.result;
  const write = (answer: string, failed: boolean): void => {
    conversation.add('agent', null, { kind: 'webhook', parameters, answer, failed });
  };
  if (silent || scenario.report === 'lost') {
    write('Tool call timed out', true);
    return undefined;
  }
  const send = async (headers?: Record<string, string>): Promise<{ answer: string; failed: boolean }> => {
    const outcome = await callTool(world, conversation.number, tool, parameters, headers);
    conversation.answers.push(outcome.answer);
    return outcome;
  };
  const afterwards = async (ms: number): Promise<void> => {
    await pause(ms);
    await send();
  };
  if (scenario.post_call === 'before-report' || scenario.report === 'late') {
    write('', false);
    if (scenario.post_call === 'before-report') return () => afterwards(1500);
    void afterwards(scenario.report_late_ms);
    return undefined;
  }
  if (scenario.report === 'wrong-secret') await send({ authorization: `Bearer wrong-${world.account.toolSecret}` });
  for (let n = 0; n < (scenario.report === 'dup5' ? 5 : 1); n++) {
    const { answer, failed } = await send();
    write(answer, failed);
  }
  return undefined;
}
