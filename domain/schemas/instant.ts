import { z } from 'zod';

/** A moment, ISO 8601, UTC. */
export const instant = z.string().meta({ format: 'date-time' });
