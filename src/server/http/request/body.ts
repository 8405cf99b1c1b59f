import type { GenericSchema, InferOutput } from 'valibot';
import { parseFields } from '../../../api/problem.ts';
import type { Bytes } from '../../../bytes/bytes.ts';
import { LatchkeyError } from '../../../errors.ts';

const maxJsonBytes = 256 * 1024;

/**
 * Reads the body of a request, and no more of it than the limit.
 *
 * @throws LatchkeyError FILE_TOO_LARGE - as soon as the length is announced or reached.
 * @throws LatchkeyError BODY_MALFORMED - the connection broke off.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Bytes> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) throw tooLarge(maxBytes);
  try {
    // No more comes than was announced, and in one piece it takes a tenth of the time that a web stream does.
    if (announced !== null) return new Uint8Array(await request.arrayBuffer());
    return await readStream(request, maxBytes);
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError('BODY_MALFORMED', 'the body broke off', { cause });
  }
}

async function readStream(request: Request, maxBytes: number): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return joined(chunks, length);
}

/**
 * Reads a JSON body against a schema.
 *
 * @throws LatchkeyError BODY_MALFORMED - not JSON, or not said to be.
 * @throws LatchkeyError FIELD_REFUSED - with `field` and `rule`.
 */
export async function readJson<Schema extends GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<InferOutput<Schema>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new LatchkeyError('BODY_MALFORMED', 'expected application/json');
  }
  return fieldsOf(schema, parseJson(await readBody(request, maxJsonBytes)));
}

/** Checks fields of a body or a query. @throws LatchkeyError FIELD_REFUSED - with `field` and `rule`. */
export function fieldsOf<Schema extends GenericSchema>(schema: Schema, value: unknown): InferOutput<Schema> {
  const result = parseFields(schema, value);
  if ('problem' in result) throw fieldRefused(result.problem);
  return result.fields;
}

/** The refusal of one field. */
export function fieldRefused({ field, rule }: { field: string; rule: string }): LatchkeyError {
  return new LatchkeyError('FIELD_REFUSED', `${field || 'body'}: ${rule}`, { data: { field, rule } });
}

function parseJson(body: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new LatchkeyError('BODY_MALFORMED', 'expected JSON', { cause });
  }
}

function joined(chunks: Uint8Array[], length: number): Bytes {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

function tooLarge(maxBytes: number): LatchkeyError {
  return new LatchkeyError('FILE_TOO_LARGE', `expected at most ${maxBytes} bytes`, { data: { maxBytes } });
}
