import { types } from 'pg';
import type { Bytes } from '../../../bytes/bytes.ts';

/** How a value of one type is read from its text. */
type Parse = (text: string) => unknown;

const { BYTEA, INT8, NUMERIC } = types.builtins;

const parsers = new Map<number, Parse>([
  [BYTEA, toBytes],
  [INT8, toInteger],
  // What a sum of bigint is.
  [NUMERIC, toInteger],
]);

/** Reads values as SQLite gives them: integers as numbers, bytes as plain Uint8Array. For the `types` of a pool. */
export const columnTypes = {
  getTypeParser: (type: number): Parse => parsers.get(type) ?? types.getTypeParser(type, 'text'),
};

/** @throws RangeError - past what a number holds exactly, or not whole. */
function toInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`expected a safe integer, got ${text}`);
}

/** `\x` and hexadecimal digits, which `bytea_output` is set to. */
function toBytes(text: string): Bytes {
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
}
