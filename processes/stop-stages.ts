import type { Progress } from '../temporal/sources.ts';

export interface Stage {
  name: string;
  /** When it takes longer, the next stage begins. */
  limitMs: number;
  run(): Promise<unknown>;
}

/** One stage after the other; one that fails or takes too long is said to, and keeps none of the others from running. */
export async function stopInStages(stages: readonly Stage[], progress: Progress): Promise<void> {
  for (const stage of stages) {
    try {
      if ((await withLimit(stage)) === 'late')
        progress(`${stage.name} takes longer than ${stage.limitMs / 1000} s; going on without it`);
    } catch (error) {
      progress(`${stage.name} failed: ${(error as Error).message}`);
    }
  }
}

function withLimit(stage: Stage): Promise<'done' | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), stage.limitMs);
    stage
      .run()
      .then(() => resolve('done'), reject)
      .finally(() => clearTimeout(timer));
  });
}
