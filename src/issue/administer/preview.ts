import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { Period, Total } from '../../format/claims.ts';
import type { License } from '../../format/license.ts';
import type { Actor } from '../audit.ts';
import { licenseClaims } from '../license-file/license-claims.ts';
import { prepareSource } from '../license-file/license-source.ts';
import type { IssueContext } from '../portal.ts';
import type { ActivationRecord } from '../records.ts';
import type { Records } from '../repository.ts';
import { editLicense } from './licenses.ts';
import { notFound, requireLicense } from './required.ts';

/** What a device goes by once it has loaded a refresh file that is made now. */
export interface Sight {
  readonly claims: License;
  /** What the device itself has counted, as the portal knows it. */
  readonly totals: readonly Total[];
  /** Of the periods that go on now. */
  readonly periods: readonly Period[];
}

/** What a device sees of a license as it is, and once an edit is saved. */
export interface EditPreview {
  readonly before: Sight;
  readonly after: Sight;
}

/**
 * Edits a license and says what a refresh file brings to one of its devices before and after. It is for trying out:
 * what it writes must be undone by whoever calls.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for an activation that the license does not have.
 * @throws {@link LatchkeyError} as {@link editLicense}.
 */
export async function previewEdit(
  { activationId, ...edit }: Parameters<typeof editLicense>[0] & { readonly activationId: Bytes },
  records: Records,
  context: Actor & Pick<IssueContext, 'nowS' | 'crypto'>,
): Promise<EditPreview> {
  const activation = await records.findActivation(activationId);
  if (activation === null || !equalBytes(activation.licenseId, edit.licenseId)) throw notFound('activation');
  const before = await sightOf(activation, records, context);
  await editLicense(edit, records, context);
  return { before, after: await sightOf(activation, records, context) };
}

async function sightOf(
  activation: ActivationRecord,
  records: Records,
  { nowS }: Pick<IssueContext, 'nowS'>,
): Promise<Sight> {
  const device = await records.findDevice(activation.deviceId);
  if (device === null) throw notFound('device');
  const license = await requireLicense(activation.licenseId, records);
  const source = await prepareSource({ license, device, activation }, { records, nowS });
  const { totals, periods } = source;
  return { claims: licenseClaims(source, { nowS }), totals, periods };
}
