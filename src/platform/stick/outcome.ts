import type { DeviceKind } from '../../format/kinds.ts';
import { isHex, jsonRecord } from './layout.ts';

/** The most that an outcome may hold. */
export const MAX_OUTCOME_BYTES = 64 * 1024;
const MAX_FILES = 200;
const OUTCOME_FORMAT = 'latchkey-outcome';
const kinds: readonly DeviceKind[] = ['activation-request', 'usage-report', 'deactivation'];

/** A file that a device has put on the stick and that no answer has closed. */
export interface WaitingFile {
  /** Its name in `to-portal/`. */
  readonly file: string;
  readonly kind: DeviceKind;
  /** The requestId in it, 16 bytes, hex: answers name it. */
  readonly request: string;
  /** SHA-256 of the file as it was written, hex. */
  readonly digest: string;
  /** Code of the refusal that the device has loaded; absent while there is none. */
  readonly refused?: string;
}

/** What a device has told a stick of itself. Nobody signs it: it is for couriers, and decides nothing. */
export interface Outcome {
  /** Device id, 32 bytes, hex. */
  readonly device: string;
  /** What people call the device; may be empty. */
  readonly name: string;
  /** When the device wrote this, seconds since the Unix epoch by its clock. */
  readonly at: number;
  /** Empty: nothing is to be done for this device. */
  readonly waiting: readonly WaitingFile[];
}

/** Name of the file in which a device tells its outcome. */
export function outcomeFileName(device: string): string {
  return `${device.slice(0, 32)}.json`;
}

/** The text of an outcome. */
export function encodeOutcome({ device, name, at, waiting }: Outcome): string {
  const files = waiting.slice(0, MAX_FILES);
  return `${JSON.stringify({ format: OUTCOME_FORMAT, version: 1, device, name, at, waiting: files })}\n`;
}

/** What an outcome says; null for anything else, as what a pulled stick leaves. @see FORMAT.md#outcomes */
export function decodeOutcome(text: string): Outcome | null {
  const { format, version, device, name, at, waiting } = jsonRecord(text);
  if (format !== OUTCOME_FORMAT || version !== 1) return null;
  if (!isHex(device, 32) || !isShortText(name) || !Number.isSafeInteger(at)) return null;
  if (!Array.isArray(waiting) || waiting.length > MAX_FILES) return null;
  const files = waiting.map(waitingFile);
  return { device, name, at: Number(at), waiting: files.filter(file => file !== null) };
}

function waitingFile(value: unknown): WaitingFile | null {
  const { file, kind, request, digest, refused }: Record<string, unknown> = { ...Object(value) };
  const known = kinds.find(each => each === kind);
  if (!known || !isShortText(file) || !isHex(request, 16) || !isHex(digest, 32)) return null;
  return { file, kind: known, request, digest, ...(isShortText(refused) ? { refused } : {}) };
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 128;
}
