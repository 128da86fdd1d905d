import type { Page } from 'playwright-core';
import type { BookingView } from '../../../domain/view.ts';
import { bookingBody, type Wish } from '../../e2e/support/client.ts';
import type { System } from '../../e2e/support/system.ts';

/** An operator's key and a client's, for systems that have keys. */
export const KEYS = { OPERATOR_KEYS: 'olga-key', API_KEYS: 'alice-key' };

export async function signIn(page: Page, url: string, path = '/'): Promise<void> {
  await page.goto(url + path);
  await page.getByLabel('Operator key').fill(KEYS.OPERATOR_KEYS);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Who goes on before the answer is there takes the request back, and is not signed in.
  await page.getByLabel('Operator key').waitFor({ state: 'hidden' });
}

/** A client of the installation, beside the operator. */
export function client({ url }: Pick<System, 'url'>) {
  const send = async (method: string, path: string, body?: unknown): Promise<BookingView> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${KEYS.API_KEYS}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as BookingView;
  };
  return {
    book: (phone: string, wish: Wish = {}) => send('POST', '/v1/bookings', bookingBody(phone, wish)),
    booking: (id: string) => send('GET', `/v1/bookings/${id}`),
  };
}
