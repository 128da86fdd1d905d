import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nextFreePort } from '../../temporal/free-port.ts';
import { machineTime } from '../clock.ts';
import { MeasuredProcess } from './measured-process.ts';
import { Phones } from './phones.ts';
import { type Cpu, machineCpuSeconds, sum } from './proc.ts';
import type { Subject } from './subjects.ts';

export interface Load {
  calls: number;
  seconds: number;
}

/** What one round of one subject gave. Times in milliseconds. */
export interface Measured {
  p50: number;
  p95: number;
  p99: number;
  max: number;
  sent: number;
  lost: number;
  /** Frames that came twice, or to the wrong call, and calls that the subject ended: none of this may be. */
  wrong: number;
  /** Processor seconds of the subject for one minute of one call, and the part of them in the kernel. */
  cpu: number;
  kernel: number;
  /** MiB that each call added to the subject's memory. */
  memory: number;
  /** Of the load itself: how late its timer was, and how much of a core it used. */
  late: number;
  playerCores: number;
  /** Of a core, used by neither: what else the machine had to do. */
  otherCores: number;
}

/** Enough that compilers have done most of their work before anything is counted. */
const WARM_UP_MS = 5000;
const FIRST_PORT = 18_500;
const FRAMES_PER_SECOND = 50;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface Place {
  agentPort: number;
  folder: string;
  /** Rejects when something has gone wrong for good. */
  lost: Promise<never>;
  /** Given what is to be ended if the bench is; returns how to take it back. */
  owed(undo: () => Promise<unknown>): () => void;
  fail(error: Error): void;
}

/** Starts a subject, brings it under load, measures, and ends it. */
export async function measure(subject: Subject, load: Load, place: Place): Promise<Measured> {
  const folder = join(place.folder, 'now');
  const processes: MeasuredProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const done = place.owed(stop);
  const frames = load.calls * load.seconds * FRAMES_PER_SECOND;
  const phones = new Phones(load.calls, frames);
  try {
    for (let n = 0; n < subject.processes; n++) {
      const own = join(folder, String(n));
      mkdirSync(own, { recursive: true });
      const command = subject.command({ agentPort: place.agentPort, calls: load.calls, folder: own });
      const port = await nextFreePort(FIRST_PORT);
      const log = join(place.folder, `${subject.name.replace(/\W+/g, '-')}.log`);
      processes.push(await MeasuredProcess.start(command, port, log, place.fail));
    }
    const measured = await Promise.race([underLoad(processes, phones, load), place.lost]);
    phones.hangUp();
    return measured;
  } finally {
    phones.drop();
    await stop();
    done();
  }
}

async function underLoad(processes: readonly MeasuredProcess[], phones: Phones, load: Load): Promise<Measured> {
  const cpu = (): Cpu => {
    const each = processes.map((one) => one.cpu());
    return { total: sum(each.map(({ total }) => total)), kernel: sum(each.map(({ kernel }) => kernel)) };
  };
  const memory = (): number => sum(processes.map((one) => one.residentKib()));
  const memoryBefore = memory();
  await phones.dial(processes.map(({ port }) => port));
  await pause(WARM_UP_MS);

  phones.beginCount();
  const began = machineTime();
  const cpuBefore = cpu();
  const playerBefore = process.cpuUsage();
  const machineBefore = machineCpuSeconds();
  await pause(load.seconds * 1000);
  phones.endCount();
  const minutes = (machineTime() - began) / 60_000;
  const cpuAfter = cpu();
  const { user, system } = process.cpuUsage(playerBefore);
  const playerUsed = (user + system) / 1e6;
  const subjectUsed = cpuAfter.total - cpuBefore.total;
  const otherUsed = machineCpuSeconds() - machineBefore - playerUsed - subjectUsed;
  const memoryUsed = memory() - memoryBefore;

  await phones.settled();
  const callMinutes = minutes * load.calls;
  const { sent, lost, repeated, strange, broken } = phones.totals();
  return {
    ...phones.roundTrips.quantiles(),
    sent,
    lost,
    wrong: repeated + strange + broken,
    cpu: subjectUsed / callMinutes,
    kernel: (cpuAfter.kernel - cpuBefore.kernel) / callMinutes,
    memory: memoryUsed / 1024 / load.calls,
    late: phones.lateness.quantiles().p99,
    playerCores: playerUsed / (minutes * 60),
    otherCores: Math.max(0, otherUsed / (minutes * 60)),
  };
}
