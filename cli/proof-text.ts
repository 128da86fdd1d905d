import type { Proof, ProofLevel } from '../domain/result.ts';
import type { Citation } from '../domain/talk/types.ts';

const LEVELS: Record<ProofLevel, string> = {
  stated: 'the business itself said day and time, and gave the appointment',
  agreed: 'the agent said day or time, and the business agreed',
  analyzed: 'the words leave it open, and the provider’s own analysis of the talk says the same',
  claimed: 'only the agent says so: there is no transcript, or none that can be read',
};

const place = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** `day: the business said «el martes» (turn 4, 0:09)` */
function grounds(name: string, cite: Citation | null): string[] {
  if (!cite) return [];
  const { role, text, turn, at_seconds: at } = cite;
  return [`${name}: the ${role} said «${text}» (turn ${turn}${at === null ? '' : `, ${place(at)}`})`];
}

/** The proof of a confirmed appointment, in lines. */
export const proofLines = ({ level, date, time, agreement }: Proof): string[] => [
  Object.hasOwn(LEVELS, level) ? `${level}: ${LEVELS[level]}` : level,
  ...grounds('day', date),
  ...grounds('time', time),
  ...grounds('agreement', agreement),
];
