import { joined, RATE } from '../audio/formats.ts';
import { decodeMulaw, encodeMulaw, MULAW_SILENCE } from '../audio/mulaw.ts';
import type { PhoneCall } from '../call.ts';
import { languageOf, minuteAfter } from '../numbers.ts';
import { Business, holdMsOf } from '../talk/minds.ts';
import { slotOf } from '../talk/slot.ts';
import { beep } from '../talk/speech.ts';
import { TUNE_PAUSE_MS, tune } from '../talk/tune.ts';
import { TurnTaker } from '../talk/turns.ts';
import { soundOfUtterance } from '../talk/utterances.ts';
import type { World } from '../world.ts';
import { KeyEar } from './dtmf.ts';
import { FRAME_BYTES } from './playback.ts';

/** Pause before which the business says "one moment, please". */
const ANNOUNCED_MS = 3000;
/** Time that a person stays on a line without any sound, at natural pace. */
const LINGER_MS = 20_000;

const musicPause = (pace: number): Int16Array => new Int16Array((RATE * TUNE_PAUSE_MS) / 1000 / pace);

/** The person or machine that answered: hears the line and speaks into it. Lives as long as the call, over all its streams. */
export class Callee {
  private readonly world: World;
  private readonly call: PhoneCall;
  private readonly turns: TurnTaker;
  private voice: Uint8Array = new Uint8Array();
  private opened = false;
  private readonly keys = new KeyEar();
  /** Waiting music, over and over; undefined: none plays. */
  private music: Uint8Array | undefined;
  private hadMusic = false;
  private linger: NodeJS.Timeout | undefined;
  private readonly lingerMs: number;

  constructor(world: World, call: PhoneCall) {
    this.call = call;
    const scenario = world.scenario(call.to);
    const { pace, waitMs: wanted } = world.paceOf(scenario);
    // A held callee makes the caller wait: in mid-talk with an announcement, before it silently.
    const least = { talk: ANNOUNCED_MS, stream: 1 }[scenario.hold as string] ?? 0;
    const waitMs = Math.max(wanted, least);
    this.world = world;
    this.lingerMs = Math.max(6000, LINGER_MS / pace) + waitMs + holdMsOf(call.behaviour) / pace;
    const callMeAt = minuteAfter(call.to, scenario.call_me_after_ms, Date.now());
    const slot = slotOf(scenario.confirmed_date, scenario.confirmed_time);
    this.turns = new TurnTaker({
      mind: new Business(languageOf(call.to), call.behaviour, slot, { waitMs, pace, callMeAt }),
      listensTo: 'agent',
      pace,
      patienceMs: Math.max(900, 2500 / pace),
      cutsIn: true,
      body: {
        speak: (utterance) => {
          const machine = utterance.gist === 'machine';
          const said = encodeMulaw(soundOfUtterance(utterance, pace));
          // The tone comes after a pause; otherwise it would be a part of the words.
          const tone = [encodeMulaw(new Int16Array(RATE / Math.min(pace, 2))), encodeMulaw(beep(600 / pace))];
          // The round of music that still plays is heard to its end; cut off, it would be a part of the words.
          const before = this.hadMusic ? [this.voice, encodeMulaw(musicPause(pace))] : [];
          this.hadMusic = false;
          this.voice = Buffer.concat(machine ? [said, ...tone] : [...before, said]);
          return (this.voice.length / RATE) * 1000;
        },
        heard: () => this.stay(),
        // Nobody hangs up on a voice.
        stirred: () => this.stay(),
        interrupted: () => false,
        report: async () => {},
        playMusic: (on) => {
          this.hadMusic = this.music !== undefined;
          this.music = on ? encodeMulaw(joined([musicPause(pace), tune(pace)])) : undefined;
        },
        hangUp: () => call.hangUp('callee'),
        waited: async () => {
          await world.held(call.to, 'stream', { call });
          await world.held(call.to, 'talk', { call });
          this.stay();
        },
      },
    });
  }

  /** The line is open: says its first words. */
  open(): void {
    this.stay();
    if (this.opened) return;
    this.opened = true;
    this.turns.open();
  }

  /** Hears 20 ms of the other side: words, or keys. */
  hear(frame: Uint8Array): void {
    const samples = decodeMulaw(frame);
    const { tone, pressed } = this.keys.hear(samples);
    if (pressed) {
      this.call.keys.push(pressed);
      this.turns.pressed(pressed);
    }
    this.turns.hear(tone ? new Int16Array(samples.length) : samples);
  }

  /** The callee's next 20 ms: speech or silence. */
  frame(): Uint8Array {
    const frame = new Uint8Array(FRAME_BYTES).fill(MULAW_SILENCE);
    if (this.voice.length < FRAME_BYTES && this.music) this.voice = Buffer.concat([this.voice, this.music]);
    frame.set(this.voice.subarray(0, FRAME_BYTES));
    this.voice = this.voice.subarray(FRAME_BYTES);
    return frame;
  }

  close(): void {
    clearTimeout(this.linger);
    this.turns.close();
  }

  private stay(): void {
    clearTimeout(this.linger);
    if (!this.call.live) return;
    this.linger = setTimeout(() => {
      if (this.world.holds.at(this.call.to)) this.stay();
      else this.call.hangUp('callee');
    }, this.lingerMs);
  }
}

const callees = new WeakMap<PhoneCall, Callee>();

/** The callee that answered a call. */
export function calleeOf(world: World, call: PhoneCall): Callee {
  const callee = callees.get(call) ?? new Callee(world, call);
  callees.set(call, callee);
  return callee;
}

/** The call has ended: stops the callee. */
export const releaseCallee = (call: PhoneCall): void => callees.get(call)?.close();
