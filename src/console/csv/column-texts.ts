import { msg } from '@lit/localize';
import type { CsvColumn } from '../../api/csv/columns.ts';
import type { CellProblem } from '../../api/csv/license-rows.ts';
import { ruleText } from '../fields/field-texts.ts';

/** What a column of the file says. */
export function columnText(column: CsvColumn): string {
  const texts: Record<CsvColumn, string> = {
    order: msg('Number of the order. Empty: the number that is typed on this page.'),
    reference: msg(
      'What tells the rows of an order apart. Empty: the number of the row. A row is imported once.',
    ),
    product: msg('Code of the product, for example press-studio. Always needed.'),
    policy: msg('Name of a policy of the product; what the row leaves empty comes from it.'),
    type: msg('perpetual, time-limited, subscription or consumption. Not needed with a policy.'),
    trial: msg('yes or no. Empty: no.'),
    customer: msg('Name of the customer; one that is new is made.'),
    holder: msg('Shown on the device as “licensed to”.'),
    seats: msg('Devices at one time, or unlimited. Empty: 1.'),
    start: msg('First day, as 2027-01-31. Empty: at once.'),
    end: msg('Last day, as 2027-12-31.'),
    days: msg('Instead of an end: days from the first activation.'),
    'grace hours': msg('How long it still works after the end, in hours.'),
    'updates until': msg('Last day whose versions of the app are covered, as 2027-12-31.'),
    transfers: msg('Moves to another device, or unlimited.'),
    maximum: msg('Of a consumption license: how much it may use, or unlimited.'),
    overage: msg('Of a consumption license: how much past the maximum.'),
    resets: msg('Of a consumption license: never, daily, weekly, monthly or annually.'),
    share: msg('Of a consumption license: the most that one device may have unused with it, or unlimited.'),
    features: msg(
      'Codes with semicolons between; what is counted with its maximum: export; plates=500+50/monthly.',
    ),
    fields: msg('Custom fields for this console, one a line: Line=7.'),
    'device fields': msg('Custom fields that stand in the license file, one a line: Site=Oslo.'),
    note: msg('Seen in this console only.'),
  };
  return texts[column];
}

/** Why a cell is refused, and how it has to be written. */
export function reasonText({ column, rule }: CellProblem): string {
  const texts: Readonly<Record<string, string>> = {
    'product not-allowed': msg('There is no product of this code.'),
    'product format': msg('Write the code of a product, for example press-studio.'),
    'policy not-allowed': msg('The product has no policy of this name.'),
    'type not-allowed': msg('The policy is of another type.'),
    'type format': msg('Write perpetual, time-limited, subscription or consumption.'),
    'type required': msg('Write a type, or name a policy.'),
    'trial format': msg('Write yes or no.'),
    'start format': dayText(),
    'end format': dayText(),
    'updates until format': dayText(),
    'end required': msg('A license of this type needs an end, or days.'),
    'end not-allowed': msg('A perpetual license has no end.'),
    'maximum not-allowed': msg('Only a consumption license has a maximum.'),
    'resets format': msg('Write never, daily, weekly, monthly or annually.'),
    'fields format': fieldText(),
    'device fields format': fieldText(),
    'fields repeated': msg('Two fields have the same name.'),
    'fields too-many': msg('These are more custom fields than a license has room for.'),
    'features not-allowed': msg('The product has no such feature, or it is not counted.'),
    'features required': msg('A feature that is counted needs its maximum, as plates=500.'),
    'reference repeated': msg('Another row of this file has the same order and reference.'),
  };
  return texts[`${column} ${rule}`] ?? ruleText(rule);
}

function dayText(): string {
  return msg('Write a day as 2027-12-31.');
}

function fieldText(): string {
  return msg('Write one field a line, its name, then = and its value.');
}
