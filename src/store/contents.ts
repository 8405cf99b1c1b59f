import type {
  CounterRecord,
  DeviceRecord,
  EndedRecord,
  LicenseRecord,
  RefusalRecord,
  RequestRecord,
  TrustRecord,
} from './records.ts';
import { ONLY } from './records.ts';
import type { Store } from './store.ts';

/** Everything the device keeps, as of one moment. Nothing of it is verified. */
export interface Contents {
  keyPair: CryptoKeyPair | null;
  device: DeviceRecord | null;
  trust: TrustRecord | null;
  requests: RequestRecord[];
  licenses: LicenseRecord[];
  counters: CounterRecord[];
  ended: EndedRecord[];
  refusals: RefusalRecord[];
}

/** Reads the whole database in one transaction. */
export function readContents(store: Store): Promise<Contents> {
  return store.read(async tx => {
    const [keyPair, device, trust, requests, licenses, counters, ended, refusals] = await Promise.all([
      tx.objectStore('keys').get(ONLY),
      tx.objectStore('device').get(ONLY),
      tx.objectStore('trust').get(ONLY),
      tx.objectStore('requests').getAll(),
      tx.objectStore('licenses').getAll(),
      tx.objectStore('counters').getAll(),
      tx.objectStore('ended').getAll(),
      tx.objectStore('refusals').getAll(),
    ]);
    const singles = { keyPair: keyPair ?? null, device: device ?? null, trust: trust ?? null };
    return { ...singles, requests, licenses, counters, ended, refusals };
  });
}
