import { type Context, Hono } from 'hono';
import { consolePaths } from '../../../../api/paths.ts';
import {
  createUserSchema,
  resetPasswordSchema,
  type User,
  type UserList,
  type UserPassword,
  type UserQuery,
  userQuerySchema,
} from '../../../../api/users.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { requireUndeleted, requireUser } from '../../../../issue/administer/required.ts';
import { assignUser, createUser, removeUser, resetPassword } from '../../../../issue/administer/users.ts';
import { parseUserName, storedUserKey, userKey } from '../../../../license/user.ts';
import { checkNewPassword, createOneTimePassword } from '../../../accounts/password.ts';
import { standingOf } from '../../../db/console/license-queries.ts';
import { listProducts } from '../../../db/console/overview-queries.ts';
import { listDevicesOfUser, listLicensesOfUser, listUsers } from '../../../db/console/user-queries.ts';
import { recordsOf } from '../../../db/repository.ts';
import { fieldsOf, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam, nowOf } from '../console-env.ts';
import { viewLicense } from '../licenses/license-view.ts';

/** List, create and read users, and give them other passwords. */
export function createUserRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { db } = portal.database;
  app.get(consolePaths.users, async context => {
    return context.json(await findUsers(portal, fieldsOf(userQuerySchema, context.req.query())));
  });
  app.post(consolePaths.users, async context => {
    const { name, password: chosen } = await readJson(context.req.raw, createUserSchema);
    const { password, storedKey } = await newPassword(portal, name, chosen);
    const { id } = await portal.administer(context.get('account').email, (records, administration) =>
      createUser({ name, storedKey }, records, administration),
    );
    return context.json({ id: toHex(id), name, password } satisfies UserPassword, 201);
  });
  app.get(consolePaths.user(':id'), async context => {
    return context.json(await viewUser(portal, idParam(context.req.param('id'), 16)));
  });
  app.post(consolePaths.resetPassword(':id'), async context => {
    const userId = idParam(context.req.param('id'), 16);
    const fields = await readJson(context.req.raw, resetPasswordSchema);
    const { name } = await requireUser(userId, recordsOf(db));
    const { password, storedKey } = await newPassword(portal, name, fields.password);
    await portal.administer(context.get('account').email, (records, administration) =>
      resetPassword({ userId, storedKey }, records, administration),
    );
    return context.json({ id: toHex(userId), name, password } satisfies UserPassword);
  });
  return app.route('/', createAssignmentRoutes(portal));
}

/** Who may activate a license. */
function createAssignmentRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const change = async (context: Context<SiteEnv>, act: typeof assignUser) => {
    const licenseId = idParam(context.req.param('id'), 16);
    const userId = idParam(context.req.param('user'), 16);
    await portal.administer(context.get('account').email, async (records, administration) => {
      const license = await requireUndeleted(licenseId, records);
      await act({ license, userId }, records, administration);
    });
    return context.json(await viewLicense(portal, licenseId));
  };
  app.post(consolePaths.assignUser(':id', ':user'), context => change(context, assignUser));
  app.post(consolePaths.removeUser(':id', ':user'), context => change(context, removeUser));
  return app;
}

/** A password that staff chose or the server makes, hashed as a device hashes it. */
async function newPassword(
  { portal }: ConsolePortal,
  user: string,
  chosen: string | null,
): Promise<{ password: string | null; storedKey: Bytes }> {
  const name = parseUserName(user);
  if (chosen !== null) checkNewPassword(chosen, '');
  const password = chosen ?? createOneTimePassword();
  const { domainId } = portal.issuer;
  const key = await userKey({ domainId, name, password }, portal.crypto);
  return { password: chosen === null ? password : null, storedKey: storedUserKey(key) };
}

async function findUsers({ database }: ConsolePortal, query: UserQuery): Promise<UserList> {
  const { q, sort, order, page, pageSize } = query;
  const limits = { offset: (page - 1) * pageSize, limit: pageSize };
  const { items, total } = await listUsers(database.db, q, { sort, order, ...limits });
  const shown = items.map(({ id, name, createdAtS, passwordSetAtS, licenses, devices }) => {
    return {
      id: toHex(id),
      name,
      createdAt: createdAtS,
      passwordSetAt: passwordSetAtS,
      licenses,
      devices,
    };
  });
  return { items: shown, total, page, pageSize };
}

async function viewUser(portal: ConsolePortal, userId: Bytes): Promise<User> {
  const { db } = portal.database;
  const { name, createdAtS, passwordSetAtS } = await requireUser(userId, recordsOf(db));
  const names = new Map((await listProducts(db)).map(product => [product.code, product.name]));
  const licenses = await listLicensesOfUser(db, userId);
  const devices = await listDevicesOfUser(db, userId);
  const nowS = nowOf(portal);
  return {
    id: toHex(userId),
    name,
    createdAt: createdAtS,
    passwordSetAt: passwordSetAtS,
    licenses: licenses.map(({ license, assignedAtS }) => ({
      id: toHex(license.id),
      productName: names.get(license.product) ?? license.product,
      customer: license.customer,
      holder: license.holder,
      state: standingOf(license, nowS),
      assignedAt: assignedAtS,
    })),
    devices: devices.map(device => ({
      activationId: toHex(device.activationId),
      licenseId: toHex(device.licenseId),
      productName: names.get(device.product) ?? device.product,
      deviceNumber: device.deviceNumber,
      name: device.deviceName,
      activatedAt: device.grantedAtS,
    })),
  };
}
