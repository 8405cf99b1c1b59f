/** Commands for whoever runs the server; they work beside a running one. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openAccounts } from './accounts/accounts.ts';
import { hasAccounts } from './accounts/auth.ts';
import { resetOwner } from './accounts/owner.ts';
import { createOneTimePassword } from './accounts/password.ts';
import { backup } from './backup/backup.ts';
import { restore } from './backup/restore.ts';
import { hasDatabase, readDatabase } from './db/database.ts';
import { placesOf } from './db/place.ts';
import { formatLink, type Link, parseLink, verifyAudit } from './db/records/audit-chain.ts';
import { defaultOptions } from './options.ts';
import { plainSentence } from './plain-sentence.ts';

const help = `Usage: npm run latchkey -- COMMAND [--data DIR]

  backup DIR    copies records and accounts into a new folder while the server goes on; the master key is not among them
  restore DIR   puts such a copy where there are no records yet
  owner-reset   gives the owner of the console a new one-time password and ends all of the owner's sessions
  audit-verify  looks whether any entry of the audit log was changed or taken out since it was written
  --noted LINK  with audit-verify: a link that an earlier look has printed, which must still be in the log
  --data DIR    folder of the database (data; or LATCHKEY_DATA)

With DATABASE_URL records and accounts are there, as the server's are.`;

// What is copied is for the account that the server runs under.
process.umask(0o077);

try {
  const { values, positionals } = parseArgs({
    options: { data: { type: 'string' }, noted: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const folder = values.data ?? process.env.LATCHKEY_DATA ?? defaultOptions.dataFolder;
  const [command = 'none', argument] = positionals;
  if (values.help) process.stdout.write(`${help}\n`);
  else if (command === 'owner-reset') await ownerReset(folder);
  else if (command === 'audit-verify') await auditVerify(folder, values.noted);
  else if (command === 'backup' && argument) await makeBackup(folder, argument);
  else if (command === 'restore' && argument) await restoreBackup(folder, argument);
  else throw new TypeError(`expected a command, got ${positionals.join(' ') || command}\n\n${help}`);
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

async function auditVerify(folder: string, noted: string | undefined): Promise<void> {
  const place = placesOf(folder, process.env).portal;
  if (!(await hasDatabase(place)))
    throw new TypeError(`no records in ${folder}: start the server once, or give --data or DATABASE_URL`);
  const database = await readDatabase(place);
  try {
    const found = await verifyAudit(database.db, noted === undefined ? null : linkOf(noted));
    if ('brokenAt' in found)
      throw new TypeError(`the audit log is not as it was written from entry ${found.brokenAt} on`);
    process.stdout.write(`the audit log is as it was written: ${found.last.sequence} entries\n`);
    process.stdout.write(`note this link, and look for it the next time: ${formatLink(found.last)}\n`);
  } finally {
    await database.close();
  }
}

async function makeBackup(dataFolder: string, folder: string): Promise<void> {
  const { files } = await backup(placesOf(dataFolder, process.env), resolve(folder), Date.now());
  process.stdout.write(`${folder}: ${files.map(({ name }) => name).join(', ')}\n`);
  process.stdout.write(
    `nothing in it can be used without the master key: keep that apart (${keyWords(dataFolder)})\n`,
  );
}

async function restoreBackup(dataFolder: string, folder: string): Promise<void> {
  const places = placesOf(dataFolder, process.env);
  const { madeAt } = await restore({ places, dataFolder }, resolve(folder));
  process.stdout.write(`restored as of ${madeAt}\n`);
  process.stdout.write(`start the server with the master key of then (${keyWords(dataFolder)})\n`);
}

/** Where a server looks for its master key. */
function keyWords(dataFolder: string): string {
  const { LATCHKEY_KEY: key, LATCHKEY_PASSPHRASE: passphrase } = process.env;
  if (key) return 'LATCHKEY_KEY';
  return passphrase ? 'LATCHKEY_PASSPHRASE' : join(dataFolder, 'master.key');
}

function linkOf(text: string): Link {
  const link = parseLink(text);
  if (link === null) throw new TypeError('--noted: expected NUMBER:HASH, as audit-verify prints it');
  return link;
}
