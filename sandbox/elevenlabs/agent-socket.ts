import type { IncomingMessage } from 'node:http';
import type WebSocket from 'ws';
import { audioFormat } from '../audio/formats.ts';
import type { World } from '../world.ts';
import { AgentSession } from './agent-session.ts';
import { Conversation, initiationOf, record } from './conversation.ts';
import { forbiddenOverride, missingVariable } from './start.ts';

/** A socket may be opened while the phone still rings. This long without any message closes it. */
const START_MS = 90_000;

/** Sends an `error` event and closes, as the provider does. */
export function refuse(socket: WebSocket, type: string, message: string): void {
  const event = { code: 1008, error_type: type, message, reason: message };
  socket.send(JSON.stringify({ type: 'error', error_event: event }));
  socket.close(1008, message.slice(0, 120));
}

/** A new agent socket: waits for its initiation, then talks. */
export function acceptAgentSocket(world: World, socket: WebSocket, request: IncomingMessage): void {
  const agentId = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('agent_id') ?? '';
  socket.on('error', () => socket.terminate());
  const patience = setTimeout(() => refuse(socket, 'transport_receive_timeout', 'No message was received'), START_MS);
  socket.once('close', () => clearTimeout(patience));
  socket.once('message', (data, isBinary) => {
    clearTimeout(patience);
    let first: Record<string, unknown>;
    try {
      first = record(JSON.parse(String(data)));
    } catch {
      first = {};
    }
    if (isBinary || first.type !== 'conversation_initiation_client_data') {
      world.note('', 'agent socket: the first message is not conversation_initiation_client_data');
      refuse(socket, 'invalid_message', 'Expected conversation_initiation_client_data');
      return;
    }
    begin(world, socket, agentId, first);
  });
}

function begin(world: World, socket: WebSocket, agentId: string, first: Record<string, unknown>): void {
  const initiation = initiationOf(first);
  const callId = String(initiation.variables.call_id ?? '');
  const call = world.calls.findLast((candidate) => callId !== '' && candidate.callId === callId);
  const number = call?.to ?? world.numberOf(String(initiation.variables.booking_id ?? ''));
  const own = world.workspace.isReceptionist(agentId);
  const missing = own ? undefined : missingVariable(initiation);
  const forbidden = forbiddenOverride(world, agentId, initiation);
  if (missing || forbidden) {
    world.note(number, `agent socket: ${missing ?? forbidden}`);
    refuse(socket, missing ? 'missing_dynamic_variable' : 'override_error', missing ?? forbidden ?? '');
    return;
  }
  const conversation = new Conversation(agentId, 'socket', number, initiation);
  conversation.call = call;
  if (call) {
    call.conversationId = conversation.id;
    call.bookingId = conversation.text('booking_id');
  }
  world.addConversation(conversation);
  // One agent may play both parts of a duet: the receptionist is the one without a call to report.
  const receptionist = own || (callId === '' && !call);
  const format = audioFormat(world.scenario(number).format)!;
  new AgentSession(world, socket, conversation, format, receptionist).start();
}
