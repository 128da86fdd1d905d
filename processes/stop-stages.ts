import type { Progress } from '../temporal/sources.ts';

export interface Stage {
  name: string;
  /** If it takes longer, the next stage begins. */
  limitMs: number;
  run(): Promise<unknown>;
}

/** Runs one stage after the other. A stage that fails or takes too long is reported, and the next one runs all the same. */
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
