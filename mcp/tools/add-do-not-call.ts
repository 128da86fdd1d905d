import type { z } from 'zod';
import { prohibitionRequestSchema, prohibitionSchema } from '../../domain/schemas/do-not-call.ts';
import { ask } from '../ask.ts';
import { answerSchema, argumentsSchema } from '../json-schema.ts';
import { type Tool, WRITES } from '../tool.ts';

export const addDoNotCall: Tool = {
  name: 'add_do_not_call',
  title: 'Put a number on the do-not-call list',
  description:
    'From now on this installation calls the number for nobody; bookings that wait for it end. Only an operator can take it off again, and no tool can.',
  hints: WRITES,
  input: () => argumentsSchema(prohibitionRequestSchema),
  output: () => answerSchema(prohibitionSchema),
  async run(args, call) {
    const structured = await ask(call, { method: 'POST', path: '/v1/do-not-call', body: args });
    const { phone, at, expires_at } = structured as z.output<typeof prohibitionSchema>;
    const until = expires_at === null ? 'without end' : `until ${expires_at}`;
    return { structured, words: `${phone} is on the do-not-call list since ${at}, ${until}.` };
  },
};
