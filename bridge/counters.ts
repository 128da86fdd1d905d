/** Reason why a piece of audio was dropped. */
type DropReason =
  | 'malformed'
  | 'agent_not_ready'
  | 'agent_slow'
  | 'twilio_slow'
  | 'interrupted'
  | 'too_far_ahead'
  | 'recording';

const REFUSALS = [
  'unknown path',
  'unknown call',
  'closing',
  'too many streams wait',
  'signature',
  'no start in time',
  'token refused',
  'try again',
  'talk_over',
  'too_many_streams',
];

/** Totals since the process began, for the metrics. */
export class BridgeCounters {
  readonly streams_refused: Record<string, number> = {};
  readonly dropped: Record<DropReason, number> = {
    malformed: 0,
    agent_not_ready: 0,
    agent_slow: 0,
    twilio_slow: 0,
    interrupted: 0,
    too_far_ahead: 0,
    recording: 0,
  };
  streams_started = 0;
  resumes = 0;
  agents_opened = 0;
  agents_failed = 0;
  frames_to_agent = 0;
  frames_to_phone = 0;
  interruptions = 0;
  reports_accepted = 0;
  reports_refused = 0;
  events_given_up = 0;
  /** Called with the opening time of an agent's socket, and with the time of a frame through the bridge; milliseconds. */
  onAgentConnected: (ms: number) => void = () => {};
  /** Called with the time from the answer to the agent's first audio, in milliseconds. */
  onFirstWords: (ms: number) => void = () => {};
  /** Called with the time from the business's words to the agent's answer, in milliseconds. */
  onTurn: (ms: number) => void = () => {};
  onFrame: ((ms: number) => void) | undefined;

  /** A reason that contains a peer's words counts as `malformed`: nobody outside may create reasons. */
  refuse(reason: string): void {
    const known = REFUSALS.includes(reason) ? reason : 'malformed';
    this.streams_refused[known] = (this.streams_refused[known] ?? 0) + 1;
  }

  drop(reason: DropReason): void {
    this.dropped[reason]++;
  }
}
