import { consolePaths } from '../../../../src/api/paths.ts';
import type { Profile } from '../../../../src/api/profile.ts';
import type { ReceivedCall } from '../fake-server.ts';

/** The profile of a product's app; null for a call about something else. */
export function answerProfile({ path, query }: ReceivedCall) {
  if (path !== consolePaths.profile) return null;
  const body: Profile = {
    version: 1,
    domainId: '',
    root: '',
    rootVersion: 1,
    trust: '',
    product: query.get('product'),
    productName: 'Press Studio',
    portals: ['https://portal.acme.example'],
    brand: { name: 'Acme Software' },
  };
  return { status: 200, body };
}
