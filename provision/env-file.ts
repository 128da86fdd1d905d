import { parseEnv } from 'node:util';
import { readIfThere, writeWhole } from '../config/small-files.ts';

const quoted = (value: string): string => (/^[\w./:@+=-]*$/.test(value) ? value : `'${value}'`);

/**
 * Sets one variable in an env file. It replaces a commented-out line of that variable (as in .env.example); a former value stays
 * as a comment above the new one.
 * @returns `same` if the file already had the value, else the change
 */
export function setInEnvFile(path: string, variable: string, value: string): 'same' | 'added' | 'replaced' {
  const text = readIfThere(path) ?? '';
  if (parseEnv(text)[variable] === value) return 'same';
  const lines = text.split('\n');
  const line = `${variable}=${quoted(value)}`;
  const active = lines.findLastIndex((each) =>
    each
      .replace(/^export /, '')
      .trimStart()
      .startsWith(`${variable}=`),
  );
  const replaced = active >= 0 && !!parseEnv(lines[active]!)[variable];
  const room = active >= 0 ? active : lines.findIndex((each) => new RegExp(`^#\\s*${variable}=\\s*$`).test(each));
  if (replaced) lines.splice(active, 1, `# replaced by vocero provision: ${lines[active]}`, line);
  else if (room >= 0) lines.splice(room, 1, line);
  else lines.splice(lines.at(-1) === '' ? -1 : lines.length, 0, line);
  const whole = lines.join('\n');
  writeWhole(path, whole.endsWith('\n') ? whole : `${whole}\n`);
  return replaced ? 'replaced' : 'added';
}
