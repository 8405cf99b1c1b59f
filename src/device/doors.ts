/** How the system brings files and wishes to the app, besides dropping and choosing. */
import type { Picked } from '../client/elements/lk-answer-loader.ts';
import { onLaunch } from '../platform/doors/launch.ts';
import { SHARED_PAGE, type Shared, takeShared } from '../platform/doors/shared-files.ts';
import { MAX_ANSWER_BYTES } from '../platform/files.ts';
import { readPickedFile } from '../ui/files/picked-file.ts';
import { paths } from './router.ts';

/** What the app does with what comes in. */
export interface House {
  /** Loads files on the home page; none: shows where to load them. */
  take(files: readonly Picked[]): void;
  go(path: string): void;
}

/** What a shortcut on the app's icon asks for. */
const LOAD_PAGE = '/?do=load';

const notRead: Picked = { bytes: null, code: 'FILE_NOT_READ', data: {} };

/** Opens the doors: files of the file manager, shortcuts, and what other apps share, now and while the app runs. */
export function openDoors(house: House): void {
  let asked: string | null = location.pathname + location.search;
  if (asked === LOAD_PAGE || asked === SHARED_PAGE) history.replaceState(null, '', paths.home);
  void follow(asked, house);
  onLaunch(({ files, target }) => {
    if (files.length > 0) void Promise.all(files.map(readLaunched)).then(picked => house.take(picked));
    // The page that was opened with an address has followed it already.
    else if (target !== null && target !== asked) void follow(target, house);
    asked = null;
  });
}

async function follow(target: string, house: House): Promise<void> {
  if (target === SHARED_PAGE) house.take(await sharedFiles());
  if (target === LOAD_PAGE) house.take([]);
  if (target === paths.about && location.pathname !== paths.about) house.go(paths.about);
}

async function sharedFiles(): Promise<Picked[]> {
  const shared = await takeShared().catch(() => []);
  return shared.length > 0 ? Promise.all(shared.map(readShared)) : [notRead];
}

async function readShared(shared: Shared): Promise<Picked> {
  if (shared instanceof File) return readPickedFile(shared, MAX_ANSWER_BYTES);
  return {
    bytes: null,
    code: 'FILE_TOO_LARGE',
    data: { bytes: shared.tooLongBytes, maxBytes: MAX_ANSWER_BYTES },
  };
}

async function readLaunched(file: File | null): Promise<Picked> {
  return file ? readPickedFile(file, MAX_ANSWER_BYTES) : notRead;
}
