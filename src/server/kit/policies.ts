import type { Files } from './answers.ts';

/** The app on a machine: where it is and what it is called. */
export interface AppPlace {
  readonly name: string;
  readonly title: string;
  readonly origin: string;
}

/**
 * Policy files for machines that somebody manages: the app is installed by force, keeps its storage, and may ask for
 * files and the camera. Allowing notifications is what makes Chromium promise to keep an origin's storage (measured);
 * the app shows none.
 */
export function policyFiles(place: AppPlace): Files {
  const chromium = chromiumPolicies(place);
  const json = `${JSON.stringify(chromium, null, 2)}\n`;
  return textFiles({
    [`linux/${place.name}.json`]: json,
    [`windows/chrome-${place.name}.reg`]: registry('Google\\Chrome', chromium),
    [`windows/edge-${place.name}.reg`]: registry('Microsoft\\Edge', chromium),
    'macos/com.google.Chrome.plist': propertyList(chromium),
    'macos/com.microsoft.Edge.plist': propertyList(chromium),
    'firefox/policies.json': `${JSON.stringify({ policies: firefoxPolicies(place) }, null, 2)}\n`,
  });
}

function chromiumPolicies({ origin, title }: AppPlace) {
  return {
    WebAppInstallForceList: [
      {
        url: `${origin}/`,
        default_launch_container: 'window',
        create_desktop_shortcut: true,
        fallback_app_name: title,
      },
    ],
    NotificationsAllowedForUrls: [origin],
    CookiesAllowedForUrls: [origin],
    FileSystemReadAskForUrls: [origin],
    FileSystemWriteAskForUrls: [origin],
    VideoCaptureAllowedUrls: [origin],
  };
}

type Policies = ReturnType<typeof chromiumPolicies>;

function firefoxPolicies({ origin }: AppPlace) {
  return {
    Cookies: { Allow: [origin] },
    Permissions: { Camera: { Allow: [origin] }, Notifications: { Allow: [origin] } },
    SanitizeOnShutdown: false,
    DontCheckDefaultBrowser: true,
    OverrideFirstRunPage: '',
    Preferences: { 'permissions.default.persistent-storage': { Value: 1, Status: 'locked' } },
  };
}

/** Lists are keys of their own in the registry, with entries 1, 2, 3; a list of objects is one value of JSON. */
function registry(vendor: string, policies: Policies): string {
  const key = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${vendor}`;
  const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const { WebAppInstallForceList: apps, ...lists } = policies;
  const sections = Object.entries(lists).map(([name, entries]) => [
    `[${key}\\${name}]`,
    ...entries.map((entry, index) => `"${index + 1}"=${quoted(entry)}`),
    '',
  ]);
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    `[${key}]`,
    `"WebAppInstallForceList"=${quoted(JSON.stringify(apps))}`,
    '',
    ...sections.flat(),
  ];
  return lines.join('\r\n');
}

function propertyList(policies: Policies): string {
  const body = Object.entries(policies).map(([name, value]) => `  <key>${name}</key>\n  ${plistOf(value)}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${body.join('\n')}
</dict>
</plist>
`;
}

function plistOf(value: unknown): string {
  if (Array.isArray(value)) return `<array>${value.map(plistOf).join('')}</array>`;
  if (typeof value === 'boolean') return `<${value}/>`;
  if (typeof value === 'string') return `<string>${escapeXml(value)}</string>`;
  const entries = Object.entries(value ?? {}).map(([name, entry]) => `<key>${name}</key>${plistOf(entry)}`);
  return `<dict>${entries.join('')}</dict>`;
}

/** For text in XML or HTML, in an attribute too. */
export function escapeXml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, character => entities[character] ?? character);
}

/** Files of text, in UTF-8. */
export function textFiles(texts: Readonly<Record<string, string>>): Files {
  return new Map(Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]));
}
