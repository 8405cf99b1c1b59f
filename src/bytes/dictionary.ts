import { type Bytes, concatBytes, utf8 } from './bytes.ts';
import { fromHex } from './hex.ts';

/** Rarest first: the nearer to the end, the fewer bits a reference takes. */
const PARTS: readonly Bytes[] = [
  // Portal addresses.
  utf8('http://portal.latchkey.localhost:8787https://license.https://portal..example.com/'),
  // Trust bundle: kinds of an issuer key, valid from, an Ed25519 key, a P-256 key and its y.
  fromHex('028319fedb19fedc19fedd041aa201a301012006215820a101a401022001215820225820'),
  // Refusals: names of data, then codes with the head of their text.
  utf8(
    'retryAfternmaxActivationsCREDENTIALS_REFUSEDTRANSFERS_USED_UPLICENSE_EXPIREDLICENSE_DISABLEDmNO_SEATS_LEFT',
  ),
  // Holders and device names.
  utf8(' GmbH Ltd. Inc. Workstation Laptop PC-Server Kiosk '),
  // Names and codes of license types and features.
  utf8('enterpriseprofessionalstandardbasicpremiumtrialmaintenancesubscription'),
  utf8(
    'SupportsupportImportimportReportsreportsPrintingprintBackupbackupServermobileDesktopdesktop userusers ',
  ),
  utf8('storageRenderingrenderAutomationautomationAnalyticsanalyticsCloud synccloud-syncAPI accessapi'),
  utf8('Export to PDFexport'),
  // Versions and platforms.
  utf8('2026.12025.10.9.0.1.2.0.0.1.10.1.0.0'),
  utf8('AndroidChrome OSiPadOS iOS macOS arm64Linux aarch64Linux x86_64\x18kWindows arm64Windows x86_64'),
  // Feature: a map with limits, a maximum, and a map whose code has 6 characters.
  fromHex('04a2011903e8a3016602a20166'),
];

/**
 * Preset dictionary 1, {@link PARTS} joined: text and CBOR heads that claims often hold. Frozen: a change would make
 * every compressed file unreadable, so another text would be dictionary 2, named by a header of its own.
 *
 * @see FORMAT.md#compression
 */
export const DICTIONARY_1: Bytes = concatBytes(...PARTS);
