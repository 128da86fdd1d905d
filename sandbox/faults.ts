import { z } from 'zod';

/** An order for one failing request: the next one with this method and path. */
export const faultOrder = z.strictObject({
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
  path: z.string().startsWith('/'),
  /**
   * An HTTP status: answered without acting; `lost`: acts, and the connection breaks before the answer; `silent`: acts, and neither answers
   * nor closes; `drop`: closes without acting.
   */
  mode: z.union([z.number().int().min(400).max(599), z.enum(['lost', 'silent', 'drop'])]),
});
export type Fault = z.infer<typeof faultOrder>;

/** Takes the first ordered fault for such a request. */
export function takeFault(faults: Fault[], method: string, path: string): Fault | undefined {
  const at = faults.findIndex((fault) => fault.method === method && fault.path === path);
  return at < 0 ? undefined : faults.splice(at, 1)[0];
}
