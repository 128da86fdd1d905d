import type { Artifacts } from '../records/interface.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { ErasureRecords } from '../records/ports/erasures.ts';
import type { EventRecords } from '../records/ports/events.ts';
import type { InboundRecords } from '../records/ports/inbound.ts';
import type { ProhibitionRecords } from '../records/ports/prohibitions.ts';
import type { Alarms } from './alarms.ts';
import type { BookingGateway } from './gateway.ts';

/** Needed to store evidence of a call and to signal its workflow. */
export interface DeliveryDependencies {
  records: Pick<BookingRecords, 'booking'> &
    Pick<ErasureRecords, 'isErased'> &
    Pick<InboundRecords, 'inboundCall' | 'strangerOf'> &
    Pick<ProhibitionRecords, 'forbidNumber'> &
    EventRecords;
  artifacts: Artifacts;
  gateway: Pick<BookingGateway, 'signal' | 'followUp' | 'state'>;
  alarms: Pick<Alarms, 'outcomeContradicted'>;
  log: { warn(fields: object, message: string): void };
  /** Milliseconds since 1970. */
  now: () => number;
}
