import { expect, it } from '@jest/globals';
import { workflowCampaign } from './campaign.ts';

const SEEDS = 24;

it(`real workflow executions keep every guarantee for ${SEEDS} seeds`, async () => {
  const { coverage, failures, unfinished } = await workflowCampaign(1, SEEDS);
  expect(failures.map(({ seed, guarantee, why }) => `seed ${seed}: ${guarantee}: ${why}`)).toEqual([]);
  expect(unfinished).toEqual([]);
  expect(coverage.runs).toBe(SEEDS);
}, 600_000);
