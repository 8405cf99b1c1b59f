import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** Lists what a backup holds. It is written last: without it a folder is no backup. */
export const MANIFEST = 'backup.json';

const fileSchema = v.strictObject({
  /** In the backup's folder; no path. */
  name: v.pipe(v.string(), v.regex(/^[\w-]+(\.[\w-]+)+$/)),
  bytes: v.number(),
  /** In hex. */
  sha256: v.string(),
});

const manifestSchema = v.strictObject({
  format: v.literal('latchkey-backup'),
  version: v.literal(1),
  /** Where the records were: a backup goes back to the same kind of database. */
  database: v.picklist(['sqlite', 'postgresql']),
  /** ISO 8601, UTC. */
  madeAt: v.string(),
  files: v.pipe(v.array(fileSchema), v.minLength(1)),
});

export type BackupFile = v.InferOutput<typeof fileSchema>;
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** Length and digest of a file, as a manifest states them. */
export async function describeFile(folder: string, name: string): Promise<BackupFile> {
  const path = join(folder, name);
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part);
  return { name, bytes: statSync(path).size, sha256: hash.digest('hex') };
}

/**
 * Reads the manifest of a backup and compares every file with what it says.
 *
 * @throws TypeError - the folder is no backup, or a file is missing or not as it was written.
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  for (const file of manifest.files) {
    const found = await describeFile(folder, file.name).catch(() => null);
    if (found === null) throw new TypeError(`the backup ${folder} lacks ${file.name}`);
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256) {
      throw new TypeError(`${file.name} of the backup ${folder} is not as it was written`);
    }
  }
  return manifest;
}

function readManifest(folder: string): Manifest {
  try {
    return v.parse(manifestSchema, JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
  } catch (cause) {
    throw new TypeError(`${folder} is no whole backup: it has no ${MANIFEST} that can be read`, { cause });
  }
}
