import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { publicPaths } from '../../../api/paths.ts';
import type { Profile } from '../../../api/profile.ts';
import type { SiteEnv } from '../request/site-env.ts';

type ProfileOf = () => Promise<Profile>;

/** The profile: what pages must know of the vendor comes from the server, so that one build serves every vendor. */
export function createProfileRoute(profileOf: ProfileOf): Hono<SiteEnv> {
  return new Hono<SiteEnv>().get(publicPaths.profile, async context => {
    // Tools that place the profile beside a vendor's own app may read it from anywhere; it holds nothing secret.
    context.header('access-control-allow-origin', '*');
    context.header('cross-origin-resource-policy', 'cross-origin');
    return answerJson(context, await profileOf(), 'application/json');
  });
}

/** The manifest of a device app, which people install. @param doors - As {@link manifestOf} takes them. */
export function createManifestRoute(profileOf: ProfileOf, doors?: object): Hono<SiteEnv> {
  return new Hono<SiteEnv>().get(publicPaths.manifest, async context => {
    return answerJson(context, manifestOf(await profileOf(), doors), 'application/manifest+json');
  });
}

function answerJson(context: Context<SiteEnv>, value: object, type: string): Response {
  const body = JSON.stringify(value);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { etag, 'cache-control': 'no-cache' };
  if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers);
  return context.body(body, 200, { ...headers, 'content-type': type });
}

/**
 * The manifest. `id` and `start_url` are permanent: another id would be another installed app.
 *
 * @param doors - By which doors of the system files come to it; none for an app that takes no files there.
 */
export function manifestOf({ brand }: Profile, doors: object = {}): object {
  const icon = (name: string, size: number, purpose: string) => ({
    src: `/icons/${name}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    id: '/',
    start_url: '/',
    scope: '/',
    name: brand.name,
    short_name: brand.name,
    display: 'standalone',
    background_color: '#f3f5f8',
    theme_color: brand.accent ?? '#f3f5f8',
    icons: [
      icon('icon', 192, 'any'),
      icon('icon', 512, 'any'),
      icon('maskable', 192, 'maskable'),
      icon('maskable', 512, 'maskable'),
      { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
    launch_handler: { client_mode: ['focus-existing', 'auto'] },
    ...doors,
  };
}
