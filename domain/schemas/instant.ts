import { z } from 'zod';

/** A moment, ISO 8601, UTC. */
export const instant = z.string().meta({ format: 'date-time', examples: ['2026-11-25T19:00:00.000Z'] });
