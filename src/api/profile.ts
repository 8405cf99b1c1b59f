import * as v from 'valibot';

/** Look of a vendor's apps; what is left out is the app's own. */
export const brandSchema = v.object({
  /** Name of the app. */
  name: v.string(),
  /** A colour as `#rrggbb`, from which the apps compute what can be read on it. */
  accent: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i, 'format'))),
});

/**
 * What a device app must know of its vendor, served as {@link publicPaths.profile} on the app's own origin and
 * pinned at its first start. The console gives the same as a file to place beside a vendor's own web app.
 */
export const profileSchema = v.object({
  version: v.literal(1),
  /** 32 bytes in base64url: thumbprint of the vendor's first root key. */
  domainId: v.string(),
  /** 32 bytes in base64url: public key of the root of this number; `trust` leads from there to the one of now. */
  root: v.string(),
  rootVersion: v.number(),
  /** Container of root changes and trust bundle in base64url. */
  trust: v.string(),
  /** Code of the only product that this app licenses; null = any. */
  product: v.nullable(v.string()),
  productName: v.nullable(v.string()),
  /** Addresses of the portals, for people and for the exchange. */
  portals: v.array(v.string()),
  brand: brandSchema,
});

export type Brand = v.InferOutput<typeof brandSchema>;
export type Profile = v.InferOutput<typeof profileSchema>;
