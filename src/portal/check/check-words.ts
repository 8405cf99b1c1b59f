import { msg, str } from '@lit/localize';
import type { DeviceKind } from '../../format/kinds.ts';
import type { License, LicenseState } from '../../format/license.ts';
import type { Tone } from '../../ui/layout/tone.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatDate } from '../../ui/texts/format-values.ts';
import type { CheckedFile, SigningKey } from '../../verify/check.ts';

/** What is said of a checked file first. */
export interface CheckWords {
  readonly tone: Tone;
  /** What it is. */
  readonly heading: string;
  /** Whether it can be believed. */
  readonly verdict: string;
  /** What it proves, and what it does not; one sentence or two each. */
  readonly proves: readonly string[];
}

type VerifiedFile = Extract<CheckedFile, { verdict: 'verified' }>;

/** The words of a checked file. */
export function checkWords(file: CheckedFile): CheckWords {
  switch (file.verdict) {
    case 'verified':
      return verifiedWords(file);
    case 'refused':
      return refusedWords(file);
    case 'sealed':
      return sealedWords(file.kind);
    case 'recovery':
      return {
        tone: 'warn',
        heading: msg('Recovery file'),
        verdict: msg('This is a secret of whoever looks after the device. It was not sent anywhere.'),
        proves: [msg('Choose it at the device, under Get my license back. Give it to nobody.')],
      };
    case 'trust':
      return {
        tone: 'ok',
        heading: msg('Keys of the vendor'),
        verdict: msg('Signed by the vendor’s root key.'),
        proves: [],
      };
  }
}

function verifiedWords(file: VerifiedFile): CheckWords {
  const { key, kind } = file;
  const heading = { license: msg('License'), receipt: msg('Receipt'), refusal: msg('Refusal') }[kind];
  if (key.standing === 'compromised') return { tone: 'bad', heading, ...compromisedWords(key) };
  const verdict =
    key.standing === 'retired'
      ? msg('Signed by this vendor, and not altered. The key is retired; what it signed before stays good.')
      : msg('Signed by this vendor, and not altered.');
  return {
    tone: file.kind === 'license' && file.claims.licenseState ? 'warn' : 'ok',
    heading,
    verdict,
    proves: proofOf(file),
  };
}

function compromisedWords({ compromisedSinceMs }: SigningKey): Pick<CheckWords, 'verdict' | 'proves'> {
  const day = formatDate(compromisedSinceMs ?? 0);
  return {
    verdict: msg(str`Signed with a key that was in wrong hands, as the vendor has said on ${day}.`),
    proves: [
      msg('Whoever had that key could have made this file: it proves nothing. Ask the vendor for a new one.'),
    ],
  };
}

function proofOf(file: VerifiedFile): string[] {
  if (file.kind === 'receipt') {
    return [
      msg(
        'The device itself gave the license up: the portal had its deactivation, signed with the key of the device, with the final consumption below.',
      ),
      msg('From then on the license is not usable on that device, and its seat is not taken by it.'),
    ];
  }
  if (file.kind === 'refusal') {
    return [msg('The portal said no to this one file. A refusal takes no license away.')];
  }
  const { licenseState } = file.claims;
  return licenseState === undefined ? grantedProof(file.claims) : [stateProof(licenseState)];
}

function grantedProof({ requestId }: License): string[] {
  return [
    requestId === undefined
      ? msg('The vendor made this refresh file for one device, which had the license already.')
      : msg(
          'The portal granted this license to one device, at the request of that device. It is good there alone.',
        ),
    msg('It does not prove that it is the newest: a file with a higher revision takes its place.'),
  ];
}

function stateProof(state: LicenseState): string {
  const proofs: Readonly<Record<LicenseState, () => string>> = {
    released: () =>
      msg(
        'The vendor released this seat without the device’s own proof. No deactivation was there then: until the device loads this file, it may have gone on with the one before.',
      ),
    replaced: () =>
      msg(
        'Another activation took the place of this one, without a deactivation. Until the device loads this file, it may have gone on with the one before.',
      ),
    ended: () => msg('The device gave the license up. Its receipt is the proof of that; this file is not.'),
    disabled: () =>
      msg('The vendor disabled the license. Until the device loads this file, it may have gone on.'),
    blocked: () => msg('The vendor blocked this device. Until it loads this file, it may have gone on.'),
  };
  return proofs[state]();
}

function sealedWords(kind: DeviceKind): CheckWords {
  const headings: Readonly<Record<DeviceKind, () => string>> = {
    'activation-request': () => msg('Activation request'),
    'usage-report': () => msg('Usage report'),
    deactivation: () => msg('Deactivation'),
  };
  return {
    tone: 'neutral',
    heading: headings[kind](),
    verdict: msg('This file is sealed: only the portal can read it.'),
    proves: [msg('It proves nothing by itself. Bring it to the portal; the answer can be checked here.')],
  };
}

/** Codes of files that another vendor signed, as far as one can tell. */
const ofAnother: ReadonlySet<string> = new Set(['ISSUER_UNKNOWN', 'ROOT_UNKNOWN']);

function refusedWords({ kind, code, data }: Extract<CheckedFile, { verdict: 'refused' }>): CheckWords {
  const heading = kind === null ? msg('Not readable') : msg(str`Says that it is: ${kindName(kind)}`);
  if (ofAnother.has(code)) {
    return {
      tone: 'bad',
      heading,
      verdict: msg('Not signed by this vendor.'),
      proves: [
        msg(
          'It is of another vendor, or was signed with a key that is newer than what this page knows. Check it with a network, at the portal of the vendor that it came from.',
        ),
      ],
    };
  }
  if (code === 'SIGNATURE_INVALID') {
    return {
      tone: 'bad',
      heading,
      verdict: msg('Altered: the signature is not of what the file says.'),
      proves: [
        msg('Somebody or something changed it after it was signed. It proves nothing; fetch it again.'),
      ],
    };
  }
  const { text, hint } = errorText(code, data);
  return { tone: 'bad', heading, verdict: text, proves: [hint] };
}

function kindName(kind: string): string {
  const names: Readonly<Record<string, string>> = {
    license: msg('License'),
    receipt: msg('Receipt'),
    refusal: msg('Refusal'),
  };
  return names[kind] ?? msg('Keys of the vendor');
}
