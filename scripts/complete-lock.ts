/**
 * Adds to package-lock.json the entries of native packages for other platforms.
 *
 * A lock file written against a package mirror that serves only its own platform's binaries lacks the others, and
 * `npm ci` refuses such a lock ("Missing: … from lock file"). The versions are exact in their parents, so the entries can be
 * completed without the network; npm adds the hashes when it next sees those packages. Run it after changing
 * dependencies: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

type Packages = Record<string, Entry>;

const OS = /^(aix|android|darwin|freebsd|linux|openharmony|sunos|win32)$/;
const CPU = /^(arm|arm64|ia32|loong64|ppc64|riscv64|s390x|x64)$/;

/** Whether Node would find `name` from the package at the lock file's key `from`. */
function isLocked(packages: Packages, from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}

/** `@swc/core-linux-arm-gnueabihf` → `{ os: ['linux'], cpu: ['arm'], libc: ['glibc'] }`; undefined for a name without platform. */
export function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | undefined {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const os = words.filter((word) => OS.test(word));
  const cpu = words.filter((word) => CPU.test(word));
  if (os.length === 0 || cpu.length === 0) return undefined;
  const abi = words.at(-1) ?? '';
  const libc = abi.startsWith('musl') ? 'musl' : abi.startsWith('gnu') ? 'glibc' : undefined;
  return { os, cpu, ...(os[0] === 'linux' && libc ? { libc: [libc] } : {}) };
}

/** Entries for the optional packages that a locked package names and that are not locked themselves, by their key. */
export function missingEntries({ packages }: { packages: Packages }): Map<string, Entry> {
  const missing = new Map<string, Entry>();
  for (const [from, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(packages, from, name)) continue;
      const platform = platformOf(name);
      if (!platform || !/^\d/.test(version)) {
        throw new Error(
          `${from} wants ${name}@${version}, which only npm can resolve: run npm install with a full registry`,
        );
      }
      missing.set(`node_modules/${name}`, {
        version,
        ...platform,
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
      });
    }
  }
  return missing;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../package-lock.json', import.meta.url);
  const lock: { packages: Packages } = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingEntries(lock);
  const { '': root, ...others } = lock.packages;
  const all = { ...others, ...Object.fromEntries(missing) };
  const sorted = Object.entries(all).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = { '': root!, ...Object.fromEntries(sorted) };
  if (missing.size > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(missing.size > 0 ? `package-lock.json: ${missing.size} entries added` : 'package-lock.json is complete');
}
