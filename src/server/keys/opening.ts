import type { KeyObject } from 'node:crypto';
import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import type { ErrorCode, ErrorData } from '../../errors.ts';
import type { DeviceFile, OpenOptions } from '../../issue/open-device-file.ts';
import { hpkeOpener } from './hpke-opener.ts';
import { nodeCrypto } from './node-crypto.ts';

/** What a thread needs to open device files. */
export interface OpeningKeys {
  /** Private sealing keys, retired ones as well. */
  readonly sealingKeys: readonly KeyObject[];
  readonly domainId: Bytes;
}

/** A file for a thread to open. */
export interface OpeningTask {
  readonly number: number;
  readonly file: Bytes;
}

/** What became of it; an error that is no LatchkeyError has no code. */
export type OpeningResult =
  | { readonly number: number; readonly opened: DeviceFile }
  | {
      readonly number: number;
      readonly failed: {
        readonly code: ErrorCode | null;
        readonly message: string;
        readonly data: ErrorData;
      };
    };

/** The options of `openDeviceFile` for these keys. */
export function openOptions({ sealingKeys, domainId }: OpeningKeys): OpenOptions {
  const openers = new Map(sealingKeys.map(hpkeOpener).map(opener => [toHex(opener.kid), opener]));
  return { findOpener: kid => openers.get(toHex(kid)) ?? null, domainId, crypto: nodeCrypto() };
}
