import { msg } from '@lit/localize';

/** What a person did, in words; an action that this version does not know is named as it is. */
export function actionText(action: string): string {
  return actionTexts()[action] ?? action;
}

/** The actions that are known, with their words. */
export function actionTexts(): Readonly<Record<string, string>> {
  return {
    'product.create': msg('Created a product'),
    'product.edit': msg('Edited a product'),
    'policy.create': msg('Created a policy'),
    'policy.edit': msg('Edited a policy'),
    'policy.delete': msg('Deleted a policy'),
    'license.create': msg('Issued the license'),
    'license.bundle': msg('Issued another product under the key'),
    'license.edit': msg('Edited the license'),
    'license.disable': msg('Disabled the license'),
    'license.delete': msg('Deleted the license'),
    'license.reset-usage': msg('Reset the usage of a counter'),
    'license.enable': msg('Enabled the license'),
    'license.assign-user': msg('Gave the license to a user'),
    'license.remove-user': msg('Took the license from a user'),
    'activation.release': msg('Released a seat'),
    'activation.refresh': msg('Downloaded a refresh file'),
    'device.clear-pin': msg('Downloaded a file that clears the PIN of a device'),
    'activation.adopt': msg('Took up an activation that a backup did not know'),
    'activation.approve-rebind': msg('Gave a seat to a device that lost its storage'),
    'activation.withdraw-rebind': msg('Took back the seat that was given to a device'),
    'activation.rebind': msg('A device took a seat again'),
    'device.copied': msg('Noticed a copy of a device'),
    'device.settle-copies': msg('Marked the copy of a device as dealt with'),
    'device.block': msg('Blocked a device'),
    'device.unblock': msg('Unblocked a device'),
    'license.export': msg('Exported licenses'),
    'customer.create': msg('Created a customer'),
    'customer.edit': msg('Edited a customer'),
    'order.create': msg('Created an order'),
    'order.edit': msg('Edited an order'),
    'order.disable': msg('Disabled an order'),
    'order.enable': msg('Enabled an order'),
    'user.create': msg('Created a user'),
    'user.reset-password': msg('Reset the password of a user'),
  };
}

/** The fields that changed, or what showed a copy, in words. */
export function changedText(changed: readonly string[]): string {
  return changed.map(fieldName).join(', ');
}

function fieldName(field: string): string {
  const names: Readonly<Record<string, string>> = {
    'two-heads': msg('two different counts at one place'),
    'fewer-entries': msg('less was counted than before'),
    'after-end': msg('it counted on after its end'),
    'same-number': msg('two files with one number'),
    startsAt: msg('start'),
    expiresAt: msg('end'),
    validityDays: msg('validity'),
    graceHours: msg('grace'),
    maintenanceUntil: msg('updates'),
    reportWithin: msg('reports'),
    maxOpenPeriods: msg('periods'),
    utcOffset: msg('time zone of periods'),
    maxActivations: msg('max activations'),
    maxUsers: msg('max users'),
    devicesPerUser: msg('devices per user'),
    maxTransfers: msg('max transfers'),
    maxRebinds: msg('rebinds without a person'),
    rebindLikeness: msg('how alike a device must be'),
    allowOffline: msg('offline activation'),
    preventVm: msg('virtual machines'),
    limits: msg('consumption'),
    features: msg('features'),
    customer: msg('customer'),
    holder: msg('holder'),
    note: msg('note'),
    customFields: msg('custom fields in the license file'),
    metadata: msg('custom fields in the console'),
  };
  return names[field.replace(/^terms\.|S$/g, '')] ?? field;
}
