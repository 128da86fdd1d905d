import type { CALENDAR as WORDS } from './en-calendar.ts';

export const CALENDAR: typeof WORDS = {
  add: 'Agregar al calendario',
  title: 'Calendarios',
  intro:
    'Un calendario puede suscribirse a una dirección que muestra los turnos confirmados y sigue los cambios. Cualquiera que tenga la dirección puede leerlos: compartila como si fuera una clave.',
  create: 'Crear dirección',
  batch: 'Solo este lote (su código)',
  batchHint: 'Dejalo vacío para todos los turnos que se ven con tu clave.',
  fresh: 'La dirección nueva. No se vuelve a mostrar:',
  copy: 'Copiar',
  copied: 'Copiada.',
  none: 'Todavía no hay ninguna dirección.',
  all: 'Todos los turnos',
  ofBatch: (batch) => `Lote ${batch}`,
  created: 'Creada',
  read: 'Última lectura',
  unread: 'Sin lecturas todavía',
  revoke: 'Revocar',
  ask: (name) => `¿Revocar la dirección «${name}»? Los calendarios suscriptos dejan de recibirla en el momento.`,
  yes: 'Sí, revocarla',
  no: 'No, conservarla',
  revoked: 'La dirección se revocó.',
};
