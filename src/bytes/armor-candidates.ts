/** What may be an armored file within a text. */
export interface Candidate {
  readonly base64: string;
  /** The four characters behind the equals sign; null where they are missing. */
  readonly checksum: string | null;
  /** Whether every character of the text counts. */
  readonly isAsItStands: boolean;
}

/** Of more BEGIN lines than this the rest are not looked at: a text may be a megabyte of them. */
const MAX_BEGINS = 8;
const CHECKSUM_CHARACTERS = 4;

const BEGIN = /BEGIN\s+LATCHKEY\s+FILE/i;
const END = /END\s+LATCHKEY\s+FILE/i;
/** How the base64 of every file begins. */
const START = /(?<![A-Za-z0-9+/])2dn3[A-Za-z0-9+/]{16}/;
/** White space, quote marks, and what has no width. */
const NOISE = /[\s>|\u00ad\u200b-\u200f\u2060]+/g;
const BASE64 = /[A-Za-z0-9+/=]/;
const LINE_ENDS = /\r\n|[\r\n\u2028\u2029]/;

/** Whether a text has a BEGIN or END line, or goes on as every file begins. */
export function hasSigns(text: string): boolean {
  return [BEGIN, END, START].some(sign => sign.test(text));
}

/**
 * What a text may mean as text armor, the likeliest first. Each is for the checksum or the file's own length to prove;
 * nothing is decoded here.
 *
 * @see FORMAT.md#text-armor
 */
export function* armorCandidates(text: string): Generator<Candidate> {
  const plain = text.normalize('NFKC').replaceAll('&gt;', '>').replaceAll('&nbsp;', ' ');
  for (const body of bodies(plain)) {
    yield { ...candidate(body), isAsItStands: true };
    yield { ...candidate(linesOfBase64(body)), isAsItStands: false };
    if (body.includes('=3D')) yield { ...candidate(fromQuotedPrintable(body)), isAsItStands: false };
  }
}

/** What stands behind each BEGIN line and before the next BEGIN or END line; a lost line is made up for. */
function bodies(text: string): string[] {
  const behindBegin = text.split(BEGIN).slice(1, MAX_BEGINS + 1);
  const start = START.exec(text);
  if (start) behindBegin.push(text.slice(start.index).split(BEGIN)[0] ?? '');
  return behindBegin.map(rest => (rest.split(END)[0] ?? '').replace(/^[^A-Za-z0-9+/=]+/, ''));
}

/** Base64 up to the checksum, and the checksum: the last equals sign before other characters begins it. */
function candidate(body: string): Pick<Candidate, 'base64' | 'checksum'> {
  const characters = withoutDashes(body.replaceAll(NOISE, ''));
  const equals = /=+/.exec(characters);
  if (!equals) return { base64: characters, checksum: null };
  const behind = equals.index + equals[0].length;
  const checksum = characters.slice(behind, behind + CHECKSUM_CHARACTERS);
  if (checksum.length < CHECKSUM_CHARACTERS) {
    return { base64: padded(characters.slice(0, equals.index)), checksum: null };
  }
  return { base64: characters.slice(0, behind - 1), checksum };
}

/** Those before the word END. A regular expression would take the square of their number. */
function withoutDashes(text: string): string {
  let end = text.length;
  while (end > 0 && !BASE64.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** A cut may have fallen between padding and checksum: both are equals signs, and the length says which. */
function padded(characters: string): string {
  return characters + '='.repeat((4 - (characters.length % 4)) % 4);
}

/** Without the lines that words stand in, such as those a phone adds. */
function linesOfBase64(body: string): string {
  return body
    .split(LINE_ENDS)
    .map(line => line.replace(/^[\s>|]+/, '').trim())
    .filter(line => /^[A-Za-z0-9+/=]+$/.test(line))
    .join('');
}

/** RFC 2045, section 6.7, as far as base64 needs it: the source of a mail. */
function fromQuotedPrintable(body: string): string {
  return body.replaceAll(/=[ \t]*(\r\n|\r|\n)/g, '').replaceAll('=3D', '=');
}
