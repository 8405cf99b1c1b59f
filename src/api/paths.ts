/** Paths that answer on the hosts of the public: the device app, the portal and, for health, every host. */
export const publicPaths = {
  /** POST one file of any carrier, at most 64 KiB; the answer is a container of files. */
  exchange: '/api/v1/exchange',
  /** POST a container of device files, at most 64 MiB; the answer is a row of answers, as they are decided. */
  exchangeBatch: '/api/v1/exchange/batch',
  /** GET the container of root changes and trust bundle. */
  trust: '/api/v1/trust',
  /** GET `{status: 'ok'}`, or 503 when the database does not answer. */
  health: '/healthz',
  /** GET what a device app must know of its vendor; on the hosts of device apps only. */
  profile: '/profile',
  manifest: '/manifest.webmanifest',
} as const;

/** Paths of the console's accounts; POST with JSON, on the console's host only. */
export const authPaths = {
  signIn: '/api/auth/sign-in',
  signOut: '/api/auth/sign-out',
  changePassword: '/api/auth/change-password',
} as const;

const root = '/api/console/v1';

/**
 * Paths of the console's API, on the console's host only. The server takes the same functions for its routes,
 * with `:name` in the place of the value; ids and codes need no escaping.
 */
export const consolePaths = {
  /** GET who is signed in, and whether the password has to be changed first; null: nobody. */
  session: `${root}/session`,
  overview: `${root}/overview`,
  /** GET what happened day by day, and what ends month by month. */
  activity: `${root}/activity`,
  /** GET the profile to place beside a vendor's own web app; `?product=CODE` names its product. */
  profile: `${root}/profile`,
  products: `${root}/products`,
  product: (code: string) => `${root}/products/${code}`,
  /** GET the policies of all products. */
  allPolicies: `${root}/policies`,
  /** The policies of a product. */
  policies: (product: string) => `${root}/products/${product}/policies`,
  policy: (id: string) => `${root}/policies/${id}`,
  /** POST, without a body. */
  deletePolicy: (id: string) => `${root}/policies/${id}/delete`,
  licenses: `${root}/licenses`,
  license: (id: string) => `${root}/licenses/${id}`,
  /** POST, without a body. */
  disableLicense: (id: string) => `${root}/licenses/${id}/disable`,
  /** POST, without a body. */
  enableLicense: (id: string) => `${root}/licenses/${id}/enable`,
  /** POST an edit that is not saved; the answer is what a device would see of it. */
  previewLicense: (id: string) => `${root}/licenses/${id}/preview`,
  deleteLicense: (id: string) => `${root}/licenses/${id}/delete`,
  resetUsage: (id: string) => `${root}/licenses/${id}/reset-usage`,
  /** GET what devices reported of the license day by day. */
  licenseUsage: (id: string) => `${root}/licenses/${id}/usage`,
  licenseDevices: (id: string) => `${root}/licenses/${id}/devices`,
  licenseExchanges: (id: string) => `${root}/licenses/${id}/exchanges`,
  /** POST, without a body; the answer is the license. */
  assignUser: (id: string, userId: string) => `${root}/licenses/${id}/users/${userId}/assign`,
  /** POST, without a body; the answer is the license. */
  removeUser: (id: string, userId: string) => `${root}/licenses/${id}/users/${userId}/remove`,
  /** POST a filter of licenses; the answer is a CSV file. */
  exportLicenses: `${root}/licenses/export`,
  customers: `${root}/customers`,
  customer: (id: string) => `${root}/customers/${id}`,
  orders: `${root}/orders`,
  order: (id: string) => `${root}/orders/${id}`,
  /** POST, without a body; the answer is the order. */
  disableOrder: (id: string) => `${root}/orders/${id}/disable`,
  /** POST, without a body; the answer is the order. */
  enableOrder: (id: string) => `${root}/orders/${id}/enable`,
  /** POST a group of licenses to issue, each in its order. */
  issueInOrders: `${root}/orders/licenses`,
  users: `${root}/users`,
  user: (id: string) => `${root}/users/${id}`,
  resetPassword: (id: string) => `${root}/users/${id}/password`,
  /** GET what people did to the license, newest first. */
  licenseAudit: (id: string) => `${root}/licenses/${id}/audit`,
  audit: `${root}/audit`,
  /** POST, since it takes long: looks through a part of the log. */
  verifyAudit: `${root}/audit/verify`,
  /** GET the whole log as JSON lines, the oldest entry first. */
  exportAudit: `${root}/audit/export`,
  /** POST, without a body, since it makes a license file of a higher revision; the answer is `license_refresh.lic`. */
  refreshFile: (activationId: string) => `${root}/activations/${activationId}/refresh`,
  /** As `refreshFile`; the device that loads it forgets its supervisor's PIN. */
  clearPinFile: (activationId: string) => `${root}/activations/${activationId}/clear-pin`,
  /**
   * GET the devices whose license has changed since the file that they are known to have. POST for which activations, at most 50; the
   * answer has a refresh file for each, or why there is none.
   */
  refreshFiles: `${root}/refresh-files`,
  /** GET what is known of a device that somebody calls about. */
  support: `${root}/support`,
  /** GET the seats of a license that are taken, compared with a device that was refused one. */
  seats: (licenseId: string, deviceId: string) => `${root}/licenses/${licenseId}/devices/${deviceId}/seats`,
  /** POST whose seat the device gets when its file comes again. */
  rebind: (licenseId: string, deviceId: string) => `${root}/licenses/${licenseId}/devices/${deviceId}/rebind`,
  /** POST, without a body: takes that back. */
  withdrawRebind: (licenseId: string, deviceId: string) =>
    `${root}/licenses/${licenseId}/devices/${deviceId}/withdraw-rebind`,
  /** POST, without a body. */
  releaseSeat: (activationId: string) => `${root}/activations/${activationId}/release`,
  exchanges: `${root}/exchanges`,
  /** GET the bytes of a device file, sealed as they came. */
  receivedFile: (deviceId: string, exchangeId: string, licenseId: string) =>
    `${root}/devices/${deviceId}/exchanges/${exchangeId}/${licenseId}/received`,
  /** GET the bytes of the license, receipt, refusal or refresh file, without the trust files that went with it. */
  answerFile: (deviceId: string, exchangeId: string, licenseId: string) =>
    `${root}/devices/${deviceId}/exchanges/${exchangeId}/${licenseId}/answer`,
  devices: `${root}/devices`,
  device: (deviceId: string) => `${root}/devices/${deviceId}`,
  /** POST, without a body. */
  blockDevice: (deviceId: string) => `${root}/devices/${deviceId}/block`,
  /** POST, without a body. */
  unblockDevice: (deviceId: string) => `${root}/devices/${deviceId}/unblock`,
  /** POST, without a body: the copies of the device that were noticed are dealt with. */
  settleCopies: (deviceId: string) => `${root}/devices/${deviceId}/settle-copies`,
} as const;
