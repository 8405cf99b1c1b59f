/** Commands for whoever runs the server; they work beside a running one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openAccounts } from './accounts/accounts.ts';
import { resetOwner } from './accounts/owner.ts';
import { createOneTimePassword } from './accounts/password.ts';
import { defaultOptions } from './options.ts';

const help = `Usage: npm run latchkey -- owner-reset [--data DIR]

  owner-reset   gives the owner of the console a new one-time password and ends all of the owner's sessions
  --data DIR    folder of the database (data; or LATCHKEY_DATA)`;

try {
  const { values, positionals } = parseArgs({
    options: { data: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const folder = values.data ?? process.env.LATCHKEY_DATA ?? defaultOptions.dataFolder;
  if (values.help) process.stdout.write(`${help}\n`);
  else if (positionals.join() === 'owner-reset') await ownerReset(folder);
  else throw new TypeError(`expected a command, got ${positionals.join(' ') || 'none'}\n\n${help}`);
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`latchkey: ${error.message}\n`);
  process.exitCode = 1;
}

async function ownerReset(folder: string): Promise<void> {
  const file = join(folder, 'accounts.db');
  if (!existsSync(file))
    throw new TypeError(`no accounts in ${folder}: start the server once, or give --data`);
  // No session is read or made here, so any secret does.
  const accounts = await openAccounts({
    file,
    secret: createOneTimePassword().repeat(2),
    origin: 'http://localhost',
  });
  try {
    const { email, oneTimePassword } = await resetOwner(accounts, defaultOptions.owner);
    process.stdout.write(`\nSign in to the console once with this password, and choose another:\n\n`);
    process.stdout.write(`  ${email}  ${oneTimePassword}\n\n`);
  } finally {
    accounts.close();
  }
}
