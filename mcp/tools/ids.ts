import { z } from 'zod';
import { notFound } from '../failure.ts';

/** Ids are opaque: the API says whether there is such a thing. */
export const id = (thing: string) => z.string().min(1).max(100).describe(`Id of the ${thing}`);

/**
 * The path of a thing in the API.
 * @throws ToolFailure 404 for an id that would lead elsewhere
 */
function pathOf(place: string, thing: string, given: string): string {
  if (!/^[\w-]+$/.test(given)) throw notFound(`There is no such ${thing}, or it is not yours.`);
  return `/v1/${place}/${given}`;
}

export const bookingPath = (given: string): string => pathOf('bookings', 'booking', given);
export const shortlistPath = (given: string): string => pathOf('shortlists', 'shortlist', given);
export const batchPath = (given: string): string => pathOf('batches', 'batch', given);
