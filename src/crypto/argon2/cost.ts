/**
 * What a password costs to try: Argon2id, version 1.3 (RFC 9106). Part of the format, since device and portal have to
 * come to the same bytes.
 *
 * @see FORMAT.md#users
 */
export const ARGON2_COST = { memoryKiB: 65_536, passes: 3, lanes: 1, outputBytes: 16 } as const;
