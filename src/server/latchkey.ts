/** Commands for whoever runs the server; they work beside a running one. */
import { parseArgs } from 'node:util';
import { openAccounts } from './accounts/accounts.ts';
import { hasAccounts } from './accounts/auth.ts';
import { resetOwner } from './accounts/owner.ts';
import { createOneTimePassword } from './accounts/password.ts';
import { placesOf } from './db/place.ts';
import { defaultOptions } from './options.ts';
import { plainSentence } from './plain-sentence.ts';

const help = `Usage: npm run latchkey -- owner-reset [--data DIR]

  owner-reset   gives the owner of the console a new one-time password and ends all of the owner's sessions
  --data DIR    folder of the database (data; or LATCHKEY_DATA)

With DATABASE_URL the accounts are there, as the server's are.`;

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
  const sentence = plainSentence(error);
  if (sentence === null) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

async function ownerReset(folder: string): Promise<void> {
  const place = placesOf(folder, process.env).accounts;
  if (!(await hasAccounts(place)))
    throw new TypeError(`no accounts in ${folder}: start the server once, or give --data or DATABASE_URL`);
  // No session is read or made here, so any secret does.
  const accounts = await openAccounts({
    place,
    secret: createOneTimePassword().repeat(2),
    origin: 'http://localhost',
  });
  try {
    const { email, oneTimePassword } = await resetOwner(accounts, defaultOptions.owner);
    process.stdout.write(`\nSign in to the console once with this password, and choose another:\n\n`);
    process.stdout.write(`  ${email}  ${oneTimePassword}\n\n`);
  } finally {
    await accounts.close();
  }
}
