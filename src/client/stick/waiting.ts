import { toHex } from '../../bytes/hex.ts';
import type { WaitingFile } from '../../platform/stick/outcome.ts';
import { type DeviceState, handedOut } from '../state/device-state.ts';

/** A file of this device that no answer has closed. */
export interface OpenFile {
  /** Id of the request or of the activation that it ends. */
  readonly id: string;
  readonly kind: WaitingFile['kind'];
  /** 16 bytes, hex. */
  readonly request: string;
}

/** Every file that waits for an answer, the oldest first. */
export function openFiles({ requests, ended }: DeviceState): OpenFile[] {
  const asked = requests
    .filter(({ answeredAtMs }) => answeredAtMs === undefined)
    .map(({ id, kind, requestId, createdAtMs }) => ({ id, kind, requestId, atMs: createdAtMs }));
  const given = ended
    .filter(({ verifiedReceipt }) => verifiedReceipt === null)
    .map(({ id, requestId, endedAtMs }) => ({
      id,
      kind: 'deactivation' as const,
      requestId,
      atMs: endedAtMs,
    }));
  return [...asked, ...given]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ id, kind, requestId }) => ({ id, kind, request: toHex(requestId) }));
}

/** The same, with the refusal of now. */
export function withRefusal(file: WaitingFile, open: OpenFile, { refusals }: DeviceState): WaitingFile {
  const { refused: _before, ...rest } = file;
  const refusal = refusals.get(open.id);
  return refusal ? { ...rest, refused: refusal.code } : rest;
}

/** SHA-256 of every file of this device that an answer has closed, as it was handed out; hex. */
export function closedDigests({ requests, ended }: DeviceState): ReadonlySet<string> {
  const closed = [
    ...requests.filter(({ answeredAtMs }) => answeredAtMs !== undefined),
    ...ended.filter(({ verifiedReceipt }) => verifiedReceipt !== null),
  ];
  return new Set(closed.flatMap(handedOut).map(toHex));
}
