import type { World } from '../world.ts';
import type { Conversation, ToolUse, TranscriptItem } from './conversation.ts';
import { dataCollection } from './data-collection.ts';
import { spokenLanguage } from './spoken-language.ts';

const TOOL = 'report_result';

function toolCall(tool: ToolUse, requestId: string): Record<string, unknown> {
  return {
    type: tool.kind,
    request_id: requestId,
    tool_name: tool.name ?? TOOL,
    params_as_json: JSON.stringify(tool.parameters),
    tool_has_been_called: true,
    tool_details: null,
  };
}

const toolResult = (tool: ToolUse, requestId: string): Record<string, unknown> => ({
  type: tool.kind,
  request_id: requestId,
  tool_name: tool.name ?? TOOL,
  result_value: tool.answer,
  is_error: tool.failed,
  tool_has_been_called: true,
  tool_latency_secs: 0.1,
  dynamic_variable_updates: [],
});

/** A transcript as in the API and the webhooks. */
export const transcriptView = (items: TranscriptItem[], id: string): Record<string, unknown>[] =>
  items.map((item, i) => ({
    role: item.role,
    message: item.message,
    original_message: item.originalMessage ?? null,
    tool_calls: item.tool ? [toolCall(item.tool, `req_${id}_${i}`)] : [],
    tool_results: item.tool ? [toolResult(item.tool, `req_${id}_${i}`)] : [],
    feedback: null,
    llm_override: null,
    time_in_call_secs: item.seconds,
    conversation_turn_metrics: null,
    rag_retrieval_info: null,
    llm_usage: null,
    interrupted: item.interrupted,
    source_medium: 'audio',
  }));

export function analysisView(world: World, conversation: Conversation): Record<string, unknown> {
  const { result } = conversation;
  return {
    call_successful: result === 'confirmed' ? 'success' : result ? 'failure' : 'unknown',
    transcript_summary: result ? `The call ended with the result ${result}.` : 'The call ended without a result.',
    call_summary_title: 'Appointment call',
    evaluation_criteria_results: {},
    data_collection_results: dataCollection(world, conversation),
  };
}

const secondsOf = (conversation: Conversation): number =>
  conversation.ended === undefined ? 0 : Math.round((conversation.ended - conversation.started) / 1000);

const unix = (ms: number): number => Math.floor(ms / 1000);

function phoneCall(world: World, conversation: Conversation): Record<string, unknown> | null {
  const { call, via, number } = conversation;
  if (via === 'socket') return null;
  return {
    type: 'twilio',
    direction: 'outbound',
    // A call that the client placed has no imported number.
    phone_number_id: via === 'native' ? world.account.phoneNumberId : '',
    agent_number: world.account.twilioNumber,
    external_number: number,
    stream_sid: call ? `MZ${call.sid.slice(2)}` : '',
    call_sid: call?.sid ?? '',
    ...(conversation.callResult && { call_result: conversation.callResult }),
  };
}

/** A conversation as in `GET conversations/{id}` and the post-call webhook. */
export function conversationView(world: World, conversation: Conversation): Record<string, unknown> {
  const { initiation, status } = conversation;
  const seconds = secondsOf(conversation);
  const phone = conversation.via !== 'socket';
  return {
    agent_id: conversation.agentId,
    agent_name: world.workspace.agents.get(conversation.agentId)?.name ?? '',
    conversation_id: conversation.id,
    status,
    user_id: initiation.userId ?? null,
    branch_id: null,
    version_id: null,
    environment: 'production',
    transcript: transcriptView(conversation.transcript, conversation.id),
    metadata: {
      start_time_unix_secs: unix(conversation.started),
      accepted_time_unix_secs: unix(conversation.started),
      call_duration_secs: seconds,
      cost: seconds * 10,
      feedback: { type: null, overall_score: null, likes: 0, dislikes: 0, rating: null, comment: null },
      authorization_method: phone ? 'authorization_header' : 'signed_url',
      phone_call: phoneCall(world, conversation),
      batch_call: null,
      termination_reason: conversation.reason,
      error: null,
      main_language: spokenLanguage(world, conversation),
      rag_usage: null,
      text_only: false,
      conversation_initiation_source: phone ? 'twilio' : 'unknown',
    },
    analysis: status === 'done' ? analysisView(world, conversation) : null,
    conversation_initiation_client_data: {
      conversation_config_override: initiation.override,
      custom_llm_extra_body: {},
      user_id: initiation.userId ?? null,
      dynamic_variables: {
        ...initiation.variables,
        system__conversation_id: conversation.id,
        system__agent_id: conversation.agentId,
        system__call_sid: conversation.call?.sid ?? null,
        system__call_duration_secs: seconds,
      },
    },
    has_audio: conversation.hasSound,
    has_user_audio: conversation.hasSound && conversation.sound.user.length > 0,
    has_response_audio: conversation.hasSound && conversation.sound.agent.length > 0,
    has_auxiliary_audio: false,
  };
}

/** A row of `GET conversations`. */
export function summaryView(world: World, conversation: Conversation): Record<string, unknown> {
  return {
    agent_id: conversation.agentId,
    agent_name: world.workspace.agents.get(conversation.agentId)?.name ?? '',
    conversation_id: conversation.id,
    start_time_unix_secs: unix(conversation.started),
    call_duration_secs: secondsOf(conversation),
    message_count: conversation.transcript.length,
    status: conversation.status,
    termination_reason: conversation.reason,
    call_successful: conversation.status === 'done' && conversation.result === 'confirmed' ? 'success' : 'unknown',
    transcript_summary: null,
    call_summary_title: null,
    direction: conversation.via !== 'socket' ? 'outbound' : null,
    main_language: spokenLanguage(world, conversation),
    conversation_initiation_source: conversation.via !== 'socket' ? 'twilio' : 'unknown',
    tool_names: conversation.result ? [TOOL] : [],
  };
}
