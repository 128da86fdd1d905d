import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../config/environment.ts';
import { SECRET_VARIABLES } from '../../config/secret-files.ts';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();
const read = (env: Record<string, string>) => readEnvironment(here.path(), env);

describe('a secret in a file', () => {
  it.each(SECRET_VARIABLES)('%s_FILE gives its content, without the line break at its end', (name) => {
    writeFileSync(here.path('secret'), 'two words\n');
    expect(read({ [`${name}_FILE`]: here.path('secret') })[name]).toBe('two words');
    expect(read({ [`${name}_FILE`]: 'secret' })[name]).toBe('two words');
  });

  it('is one of the variables that hold secrets, and no other', () => {
    expect(SECRET_VARIABLES).toEqual(
      expect.arrayContaining(['TWILIO_AUTH_TOKEN', 'HASH_KEY', 'API_KEYS', 'DATABASE_URL', 'CALLBACK_SECRET_PREVIOUS']),
    );
    for (const name of ['TEMPORAL_CONFIG', 'PORT', 'LOST_KEYS', 'TWILIO_ACCOUNT_SID'])
      expect(SECRET_VARIABLES).not.toContain(name);
  });

  it('is refused where the secret itself is set too, also in .env', () => {
    writeFileSync(here.path('secret'), 'x');
    const both = 'HASH_KEY_FILE: is set, and so is HASH_KEY. Set one of the two.';
    expect(() => read({ HASH_KEY_FILE: 'secret', HASH_KEY: 'hunter2' })).toThrow(both);
    writeFileSync(here.path('.env'), 'HASH_KEY=hunter2\n');
    expect(() => read({ HASH_KEY_FILE: 'secret' })).toThrow(both);
    // A variable that is set to nothing counts as unset.
    expect(read({ HASH_KEY_FILE: 'secret', HASH_KEY: '' }).HASH_KEY).toBe('x');
    expect(read({ HASH_KEY_FILE: '', HASH_KEY: 'y' }).HASH_KEY).toBe('y');
  });

  it('says which files cannot be used, all of them at once', () => {
    writeFileSync(here.path('empty'), '\n');
    expect(() => read({ API_KEYS_FILE: 'empty', TWILIO_AUTH_TOKEN_FILE: 'nowhere' })).toThrow(
      /2 settings need attention:\n {2}TWILIO_AUTH_TOKEN_FILE: names a file that could not be read: ENOENT[^\n]*\n {2}API_KEYS_FILE: names \S+empty, which is empty/,
    );
  });
});
