import type { EventIn } from './events.ts';
import type * as api from './generated/types.gen.ts';
import type { Pages } from './pages.ts';
import { type CallOptions, type CreateOptions, keyed, type Transport } from './transport.ts';
import { Watched } from './watched.ts';

export type Shortlist = api.GetShortlistResponse;
export type ShortlistEvent = EventIn<api.FollowShortlistResponse>;
type Listed = api.ListShortlistsResponse['data'][number];

/** Several businesses for one wish, asked one after the other. */
export class Shortlists extends Watched<Shortlist, ShortlistEvent> {
  constructor(transport: Transport) {
    super(transport, '/v1/shortlists');
  }

  /** Also when it halts (`needs_review`): until a person reviews that booking, nobody else is called. */
  protected isOver({ outcome, status }: Shortlist): boolean {
    return outcome !== null || status === 'needs_review';
  }

  /** Tried again until it is accepted or refused, always with the same key. */
  create(body: api.CreateShortlistData['body'], options: CreateOptions = {}): Promise<api.CreateShortlistResponse> {
    return this.transport.json('POST', '/v1/shortlists', { body, ...keyed(options) });
  }

  get(id: string, { signal }: CallOptions = {}): Promise<Shortlist> {
    return this.transport.json('GET', this.path(id), { signal });
  }

  /** Newest first. */
  list(query: CallOptions & api.ListShortlistsData['query'] = {}): Pages<Listed> {
    return this.pages(query);
  }

  cancel(id: string, { signal }: CallOptions = {}): Promise<api.CancelShortlistResponse> {
    return this.transport.json('POST', this.path(id, '/cancel'), { signal });
  }

  /** The messages to its `callback_url`, with the answers. */
  async messages(id: string, { signal }: CallOptions = {}): Promise<api.ListShortlistMessagesResponse['data']> {
    const path = this.path(id, '/messages');
    return (await this.transport.json<api.ListShortlistMessagesResponse>('GET', path, { signal })).data;
  }
}
