import type { Profile } from '../../api/profile.ts';
import { inlineSources } from '../http/public/inline-sources.ts';
import type { StaticFiles } from '../http/public/static-files.ts';
import { deviceRights, filePolicy } from '../http/request/security-headers.ts';

/** Where the build leaves room for what is of one vendor. */
const PLACE = '<!-- kit -->';

/**
 * The device app as one file: the built page with its policy, the vendor's profile, and the name of the database, since
 * every file that a browser opens shares one store with every other. Its script is not touched, whose hash the policy
 * names.
 */
export function singleFile(
  files: StaticFiles,
  { profile, name }: { profile: Profile; name: string },
): string {
  const html = new TextDecoder().decode(files.get('/index.html')?.body);
  if (!html.includes(PLACE)) throw new TypeError(`expected ${PLACE} in the page`);
  const policy = filePolicy({ ...deviceRights(profile.portals, inlineSources(files)), isHttps: false });
  const json = JSON.stringify(profile).replaceAll('<', '\\u003c');
  const database = `latchkey-${profile.domainId.slice(0, 12)}-${name}`;
  const kit =
    `<meta http-equiv="Content-Security-Policy" content="${policy.replaceAll('"', '&quot;')}">\n` +
    `    <script type="application/json" id="latchkey-profile" data-database="${database}">${json}</script>`;
  return html.replace(PLACE, () => kit);
}
