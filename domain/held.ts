/** Code of a dial that was put off because dialing is held: the database was restored or copied, or an operator holds it. */
export const HELD = 'held_after_restore';
