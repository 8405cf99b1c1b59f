import type { Kysely } from 'kysely';
import type { Records } from '../../../issue/repository.ts';
import type { Tables } from '../tables.ts';
import { toActivation } from './device-rows.ts';

type SeatRequestRecords = Pick<
  Records,
  'hadLicense' | 'findHolders' | 'findSeatRequest' | 'saveSeatRequest' | 'removeSeatRequest'
>;

/** Devices that wait for a seat, and who has the seats. */
export function seatRequestRecords(db: Kysely<Tables>): SeatRequestRecords {
  return {
    async hadLicense(licenseId, deviceId) {
      const rows = await db
        .selectFrom('activation')
        .select('id')
        .where('license_id', '=', licenseId)
        .where('device_id', '=', deviceId)
        .limit(1)
        .execute();
      return rows.length > 0;
    },
    async findHolders(licenseId) {
      const rows = await db
        .selectFrom('activation')
        .innerJoin('device', 'device.id', 'activation.device_id')
        .selectAll('activation')
        .select(['device.blocked', 'device.copied_at_s as device_copied_at_s'])
        .where('activation.license_id', '=', licenseId)
        .where('activation.end_reason', 'is', null)
        .execute();
      return rows.map(row => ({
        activation: toActivation(row),
        isBlocked: row.blocked === 1,
        isCopied: row.copied_at_s !== null || row.device_copied_at_s !== null,
      }));
    },
    async findSeatRequest(licenseId, deviceId) {
      const row = await db
        .selectFrom('seat_request')
        .selectAll()
        .where('license_id', '=', licenseId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { fingerprint, asked_at_s: askedAtS, approved_id: approvedId, approved_at_s: approvedAtS } = row;
      return { licenseId, deviceId, fingerprint, askedAtS, approvedId, approvedAtS };
    },
    async saveSeatRequest({ licenseId, deviceId, fingerprint, askedAtS, approvedId, approvedAtS }) {
      const asked = {
        fingerprint,
        asked_at_s: askedAtS,
        approved_id: approvedId,
        approved_at_s: approvedAtS,
      };
      await db
        .insertInto('seat_request')
        .values({ license_id: licenseId, device_id: deviceId, ...asked })
        .onConflict(conflict => conflict.columns(['license_id', 'device_id']).doUpdateSet(asked))
        .execute();
    },
    async removeSeatRequest(licenseId, deviceId) {
      await db
        .deleteFrom('seat_request')
        .where('license_id', '=', licenseId)
        .where('device_id', '=', deviceId)
        .execute();
    },
  };
}
