import { z } from 'zod';
import { shortlistRequestSchema } from '../../domain/schemas/shortlist.ts';
import { checked, KEY, split } from '../arguments.ts';
import { acceptedWords, make } from '../ask.ts';
import { argumentsSchema } from '../json-schema.ts';
import { RINGS, type Tool } from '../tool.ts';
import { shortlistAnswer } from './answers.ts';
import { shownShortlist } from './shown.ts';

const own = z.object({ idempotency_key: KEY });

export const bookFirstAvailable: Tool = {
  name: 'book_first_available',
  title: 'Book at the first of several businesses',
  description:
    'Asks up to ten businesses for one appointment, by phone, one after the other, until one confirms; never two at once, and it stops where there may be an appointment already. It rings real phones and costs money. Answers within two seconds with a shortlist’s id: then wait with get_booking and that shortlist_id. With the same idempotency_key the same call may be repeated: nobody is rung twice.',
  hints: RINGS,
  input: () => argumentsSchema(shortlistRequestSchema, own),
  output: shortlistAnswer,
  async run(args, call) {
    const { own: given, body } = split(args, ['idempotency_key']);
    const { idempotency_key } = checked(own, given);
    const accepted = await make(call, { thing: 'shortlist', body, key: idempotency_key });
    return shownShortlist(accepted.made, { before: acceptedWords(accepted) });
  },
};
