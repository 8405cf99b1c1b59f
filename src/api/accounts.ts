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

/** Who is signed in. */
const accountSchema = v.object({
  email: v.string(),
  name: v.string(),
  role: v.picklist(['owner']),
  /** The one-time password has to be changed before anything else: until then all else is PASSWORD_CHANGE_NEEDED. */
  passwordChangeNeeded: v.boolean(),
});

/** Answer of `consolePaths.session`; null: nobody, all else is SIGN_IN_NEEDED. */
export const sessionSchema = v.nullable(accountSchema);

export type SignIn = v.InferInput<typeof signInSchema>;
export type ChangePassword = v.InferInput<typeof changePasswordSchema>;
export type Account = v.InferOutput<typeof accountSchema>;
export type Session = v.InferOutput<typeof sessionSchema>;
