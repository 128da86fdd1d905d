/** Reports slow work to the person at the terminal, one line at a time. */
export type Progress = (line: string) => void;

/** A place where a program may come from. */
export interface Source {
  name: string;
  /** Path of the executable; undefined when this place has none. Throws with the reason when it should have one. */
  find(): Promise<string | undefined>;
  /** True for a place that the user named: if it lacks the program, no other place is tried. */
  binding?: boolean;
}

/** No place has the program. The message lists the tried places and gives a remedy. */
export class ProgramNotFound extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProgramNotFound';
  }
}

/** Path from the first place that has the program, in order. Later places are not tried. */
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
    `could not find or make ${program}.\n${tried.map((line) => `  - ${line}`).join('\n')}\n${remedy}`,
  );
}
