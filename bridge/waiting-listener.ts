import type { AgentEnd, AgentListener } from './agent-socket.ts';

/** Listener of an agent that waits for the call's answer: only its end matters. */
export const waitingListener = (ended: (end: AgentEnd) => void): AgentListener => ({
  ready: () => {},
  audio: () => {},
  interrupted: () => {},
  said: () => {},
  toolCall: () => {},
  ended,
});
