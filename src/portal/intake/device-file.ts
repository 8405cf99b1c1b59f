import type { Bytes } from '../../bytes/bytes.ts';
import { readCarrier } from '../../bytes/carrier.ts';
import { decodeEncrypt0 } from '../../cose/encrypt0.ts';
import { decodeFile } from '../../cose/file.ts';
import { decodeSign1 } from '../../cose/sign1.ts';
import { LatchkeyError } from '../../errors.ts';
import { decodeContainer } from '../../format/container.ts';
import { type DeviceKind, isDeviceKind, kindOf, MAX_DEVICE_FILE_BYTES } from '../../format/kinds.ts';
import { isRecoveryFile } from '../../format/recovery-file.ts';

/** A file that a device sealed to the portal, as far as one can tell from outside the seal. */
export interface DeviceFile {
  kind: DeviceKind;
  bytes: Bytes;
}

/**
 * Takes the device files out of what was dropped: one, or as many as a container holds. Opens nothing that is sealed.
 *
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - for a file that goes to a device, not to the portal.
 * @throws {@link LatchkeyError} FILE_…, CBOR_…, COSE_MALFORMED, KIND_UNKNOWN - for what is no whole file.
 */
export function readDeviceFiles(input: Bytes): DeviceFile[] {
  const file = readCarrier(input);
  if (isRecoveryFile(file)) throw refuseRecoveryFile();
  const files = decodeFile(file).type === 'container' ? decodeContainer(file) : [file];
  return files.map(readDeviceFile);
}

function readDeviceFile(bytes: Bytes): DeviceFile {
  if (isRecoveryFile(bytes)) throw refuseRecoveryFile();
  const { type, content } = decodeFile(bytes);
  const { typ } = type === 'sign1' ? decodeSign1(content) : decodeEncrypt0(content);
  const kind = kindOf(typ);
  if (!kind) throw new LatchkeyError('KIND_UNKNOWN', `kind ${typ}`);
  if (type !== 'encrypt0' || !isDeviceKind(kind)) {
    throw new LatchkeyError('KIND_UNEXPECTED', `expected a device file, got ${kind}`, { data: { kind } });
  }
  if (bytes.length > MAX_DEVICE_FILE_BYTES) {
    const data = { maxBytes: MAX_DEVICE_FILE_BYTES };
    throw new LatchkeyError('FILE_TOO_LARGE', 'longer than a device file may be', { data });
  }
  return { kind, bytes };
}

function refuseRecoveryFile(): LatchkeyError {
  const data = { kind: 'recovery-file' };
  return new LatchkeyError('KIND_UNEXPECTED', 'a recovery file goes to no portal', { data });
}
