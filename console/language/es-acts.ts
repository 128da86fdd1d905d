import type { Words } from './en.ts';

export const ACT_KINDS: Words['acts']['kinds'] = {
  cancel: 'Canceló una reserva',
  erase: 'Borró una reserva',
  review: 'Revisó una reserva',
  forbid: 'Agregó un número a la lista de no llamar',
  allow: 'Permitió llamar de nuevo a un número',
  start_batch: 'Inició un lote',
  pause_batch: 'Pausó un lote',
  resume_batch: 'Reanudó un lote',
  change_batch: 'Cambió un lote',
  cancel_batch: 'Canceló un lote',
  cancel_row: 'Canceló una fila de un lote',
  erase_batch: 'Borró un lote',
  cancel_shortlist: 'Canceló una búsqueda en varios comercios',
  hold_dialing: 'Detuvo todas las llamadas',
  resume_dialing: 'Reanudó las llamadas',
};
