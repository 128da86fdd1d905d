import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { MeteredBridge } from './bridge.ts';
import type { BridgeCounters } from './counters.ts';
import { firstWordsHistogram } from './first-words-metric.ts';

/** Totals that are read when metrics are collected. */
const TOTALS: [keyof BridgeCounters & string, string, string][] = [
  ['streams_started', 'vocero_bridge_streams_total', 'Media streams that were admitted'],
  ['resumes', 'vocero_bridge_resumes_total', 'Streams that continued a talk that had been cut off'],
  ['agents_opened', 'vocero_bridge_agents_opened_total', 'Agent sockets opened'],
  ['agents_failed', 'vocero_bridge_agents_failed_total', 'Agent sockets that did not open, or broke'],
  ['frames_to_agent', 'vocero_bridge_frames_to_agent_total', 'Audio messages sent to agents'],
  ['frames_to_phone', 'vocero_bridge_frames_to_phone_total', 'Audio messages sent to Twilio'],
  ['interruptions', 'vocero_bridge_interruptions_total', 'Interruptions by callees'],
  ['reports_accepted', 'vocero_bridge_reports_accepted_total', 'Reports over the socket that were accepted'],
  ['reports_refused', 'vocero_bridge_reports_refused_total', 'Reports over the socket that were refused'],
  ['events_given_up', 'vocero_bridge_events_given_up_total', 'Call events given up after minutes without Temporal'],
];

/**
 * Metrics of the media plane. No label value comes from outside: the reasons are the bridge's own. `vocero_bridge_added_delay_seconds` is
 * the time from a frame's arrival to the end of its write, of every fiftieth frame; a joined frame waits up to 20 ms more.
 */
export function bridgeMetrics(register: Registry, bridge: MeteredBridge): void {
  const registers = [register];
  const counters = bridge.counters();
  new Gauge({
    name: 'vocero_bridge_live_calls',
    help: 'Calls with a media stream now',
    registers,
    collect() {
      this.set(bridge.live());
    },
  });
  for (const [field, name, help] of TOTALS) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(counters[field] as number);
      },
    });
  }
  const byReason = (name: string, help: string, totals: Record<string, number>): void => {
    new Counter({
      name,
      help,
      labelNames: ['reason'],
      registers,
      collect() {
        this.reset();
        for (const [reason, count] of Object.entries(totals)) this.inc({ reason }, count);
      },
    });
  };
  byReason('vocero_bridge_dropped_total', 'Audio messages that were not passed on', counters.dropped);
  byReason('vocero_bridge_refused_total', 'Streams that were not let in', counters.streams_refused);
  const connect = new Histogram({
    name: 'vocero_bridge_agent_connect_seconds',
    help: 'From wanting an agent to its open socket',
    buckets: [0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10],
    registers,
  });
  const delay = new Histogram({
    name: 'vocero_bridge_added_delay_seconds',
    help: 'From a frame’s arrival to the end of its write',
    buckets: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05],
    registers,
  });
  const turns = new Histogram({
    name: 'vocero_bridge_turn_seconds',
    help: 'From the business’s words, as ElevenLabs reports them, to the agent’s audio',
    buckets: [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10],
    registers,
  });
  const firstWords = firstWordsHistogram(register);
  counters.onTurn = (ms) => turns.observe(ms / 1000);
  counters.onFirstWords = (ms) => firstWords.observe({ media: 'bridge' }, ms / 1000);
  counters.onAgentConnected = (ms) => connect.observe(ms / 1000);
  counters.onFrame = (ms) => delay.observe(ms / 1000);
}
