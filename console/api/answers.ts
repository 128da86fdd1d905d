import type { BatchRowView, BatchView } from '../../domain/batch/view.ts';
import type { BudgetView } from '../../domain/budgets-view.ts';
import type { LineAct } from '../../domain/line-acts.ts';
import type { OrderView } from '../../domain/schemas/booking-order.ts';
import type { BookingWarning } from '../../domain/schemas/warning.ts';
import type { ShortlistView } from '../../domain/shortlist/view.ts';
import type { BookingView } from '../../domain/view.ts';

export type Booking = BookingView & {
  stale?: boolean;
  order?: OrderView;
  budgets?: BudgetView[];
  warnings?: BookingWarning[];
};

export interface BookingPage {
  data: Booking[];
  next_cursor: string | null;
}

export interface Turn extends LineAct {
  role: 'agent' | 'business';
  message: string;
  at_seconds: number;
}

export interface Session {
  open: boolean;
  signed_in: boolean;
  sees_all: boolean;
  sandbox?: boolean;
  telephony?: boolean;
  temporal_ui?: string | null;
  reviews?: boolean;
  /** The name of the operator's key; null: it has none. */
  name?: string | null;
}

export interface Listed<T> {
  data: T[];
  next_cursor: string | null;
}

export type Batch = BatchView;
export type BatchRow = BatchRowView;
export type Shortlist = ShortlistView;
