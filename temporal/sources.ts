/** Tells the person at the terminal what takes time; one line at a time. */
export type Progress = (line: string) => void;

/** One place where a program may come from. */
export interface Source {
  name: string;
  /** The path of the executable; undefined when this place has none. Throws with the reason when it should have. */
  find(): Promise<string | undefined>;
  /** A place that the user named: when it does not hold what it promises, no other is tried. */
  binding?: boolean;
}

/** Thrown when no place has the program; the message says what was tried and what to do. */
export class ProgramNotFound extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProgramNotFound';
  }
}

/** The first place that has it. Places are asked in order, and none after the one that answers. */
export async function firstOf(program: string, sources: readonly Source[], remedy: string): Promise<string> {
  const tried: string[] = [];
  for (const source of sources) {
    try {
      const path = await source.find();
      if (path) return path;
      tried.push(`${source.name}: not there`);
    } catch (error) {
      const reason = (error as Error).message;
      if (source.binding) throw new ProgramNotFound(`${source.name} ${reason}`);
      tried.push(`${source.name}: ${reason}`);
    }
  }
  throw new ProgramNotFound(
    `${program} could not be found or made.\n${tried.map((line) => `  - ${line}`).join('\n')}\n${remedy}`,
  );
}
