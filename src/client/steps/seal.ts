import type { Bytes } from '../../bytes/bytes.ts';
import { equalBytes } from '../../bytes/bytes.ts';
import { sha256 } from '../../crypto/hash.ts';
import { LatchkeyError } from '../../errors.ts';
import { sealDeviceFile, sealingTarget } from '../../request/seal.ts';
import { changeEnded } from '../../store/ended.ts';
import { changeRequest } from '../../store/requests.ts';
import type { Session } from '../state/session.ts';
import { deactivationFileName, requestFileName } from '../state/views.ts';
import type { DeviceFile } from '../views.ts';

/** A kept file as it leaves the device, and the key that it is sealed to. */
export interface Sealed {
  readonly file: Bytes;
  readonly sealKid: Bytes;
}

/** Seals a signed message to the sealing key of now. */
export async function seal({ state, crypto }: Session, signed: Bytes): Promise<Sealed> {
  const { trust } = state;
  return { file: await sealDeviceFile(signed, trust, crypto), sealKid: sealingTarget(trust).kid };
}

/**
 * The file of an open request or of an unconfirmed deactivation, to save or send again: the same bytes each time,
 * sealed anew only when the portal has changed its sealing key.
 *
 * @throws REQUEST_UNKNOWN - when nothing here has this id.
 */
export async function keptFile(session: Session, id: string): Promise<DeviceFile> {
  const { state, store } = session;
  const request = state.requests.find(record => record.id === id);
  if (request) {
    const bytes = await freshlySealed(session, request, change => changeRequest(store, id, change));
    return { id, name: requestFileName(state, request), bytes };
  }
  const ended = state.ended.find(record => record.id === id);
  if (!ended) throw new LatchkeyError('REQUEST_UNKNOWN', 'no file of this id waits here');
  const bytes = await freshlySealed(session, ended, change => changeEnded(store, id, change));
  return { id, name: deactivationFileName(state, id), bytes };
}

/** A kept file, and the digests of the ones before it, by which a portal may still name them. */
interface Kept extends Sealed {
  readonly signed: Bytes;
  readonly formerDigests?: readonly Bytes[];
}

async function freshlySealed(
  session: Session,
  kept: Kept,
  keep: (change: { file: Bytes; sealKid: Bytes; formerDigests: Bytes[] }) => Promise<void>,
): Promise<Bytes> {
  if (equalBytes(kept.sealKid, sealingTarget(session.state.trust).kid)) return kept.file;
  const sealed = await seal(session, kept.signed);
  await keep({ ...sealed, formerDigests: [...(kept.formerDigests ?? []), sha256(kept.file)] });
  return sealed.file;
}
