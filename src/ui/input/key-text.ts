/** How a key is written: so many groups of so many characters, with a hyphen between groups. */
export interface KeyShape {
  groups: number;
  groupLength: number;
}

/** Capital letters and digits alone, at most as many as the shape holds. */
export function keyCharacters(text: string, { groups, groupLength }: KeyShape): string {
  return text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, groups * groupLength);
}

/** The characters in groups, as they are printed: "ABCDE-FGHJK-M". */
export function groupKeyText(text: string, shape: KeyShape): string {
  return keyGroups(text, shape).join('-');
}

/** The groups that have at least one character. */
export function keyGroups(text: string, shape: KeyShape): string[] {
  return keyCharacters(text, shape).match(new RegExp(`.{1,${shape.groupLength}}`, 'g')) ?? [];
}

/** Where the caret stands in the grouped text when so many key characters are before it. */
export function caretAfter(characters: number, { groupLength }: KeyShape): number {
  return characters + Math.max(0, Math.ceil(characters / groupLength) - 1);
}
