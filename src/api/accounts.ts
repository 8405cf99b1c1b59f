import * as v from 'valibot';

/** The fewest characters a password may have. */
export const minPasswordLength = 12;

/** The most characters a password may have. */
export const maxPasswordLength = 128;

const password = v.pipe(v.string(), v.maxLength(maxPasswordLength, 'too-long'));

/** Body of `authPaths.signIn`; the answer is 204 with a cookie, or SIGN_IN_REFUSED, or RATE_LIMITED. */
export const signInSchema = v.strictObject({
  email: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email('format'), v.maxLength(254, 'too-long')),
  password,
});

/**
 * Body of `authPaths.changePassword`; the answer is 204 with a new cookie: every session of the account ends.
 * A new password that is too short or the old one is PASSWORD_WEAK, a wrong current one SIGN_IN_REFUSED.
 */
export const changePasswordSchema = v.strictObject({ currentPassword: password, newPassword: password });

/** Answer of `consolePaths.session`. */
export const sessionSchema = v.object({
  email: v.string(),
  name: v.string(),
  role: v.picklist(['owner']),
});

export type SignIn = v.InferInput<typeof signInSchema>;
export type ChangePassword = v.InferInput<typeof changePasswordSchema>;
export type Session = v.InferOutput<typeof sessionSchema>;
