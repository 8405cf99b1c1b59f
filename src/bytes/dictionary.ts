import { utf8 } from './bytes.ts';

/**
 * Preset dictionary 1: text that license files and requests often hold, the most frequent last, where distances are
 * shortest. Frozen: a change would make every compressed file unreadable, so another text would be dictionary 2, named
 * by a header of its own.
 *
 * @see FORMAT.md#compression
 */
export const DICTIONARY_1 = utf8(
  [
    'maxActivationsretryAfterlicenseenterpriseprofessionalstandardbasictrialdemosupportmaintenancesubscription',
    'importreportexportprintcloudsyncbackupserverclientdesktopmobileadminuserseatapi',
    'https://portal.https://license./exchange.localhost.example.org.net.com',
    'Android CrOS aarch64iOS iPadOS macOS arm64Linux x86_64Windows x86_64',
    'Workstation Laptop Desktop Server Kiosk PC-01',
    '2026.12025.10.9.0.1.2.0.0.1.10.1.0.0',
  ].join(''),
);
