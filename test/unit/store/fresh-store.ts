import { Store } from '../../../src/store/store.ts';

/** A database of its own for one test. */
export function newStore(): Store {
  return new Store(`latchkey-${Math.random()}`);
}

/** Lets puts into one object store fail as a browser does, while the steps run. */
export async function withFailingPut<T>(name: string, store: string, steps: () => Promise<T>): Promise<T> {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    if (this.name === store) throw new DOMException('made to fail', name);
    return put.call(this, value, key);
  };
  try {
    return await steps();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}

/** Lets deletions fail as a browser does, while the steps run. */
export async function withFailingDelete<T>(steps: () => Promise<T>): Promise<T> {
  const remove = IDBObjectStore.prototype.delete;
  IDBObjectStore.prototype.delete = () => {
    throw new DOMException('made to fail', 'UnknownError');
  };
  try {
    return await steps();
  } finally {
    IDBObjectStore.prototype.delete = remove;
  }
}

/** Lets the database take the device's key and lose it, as WebKit has done with keys, while the steps run. */
export async function withLostKey<T>(steps: () => Promise<T>): Promise<T> {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    return put.call(this, this.name === 'keys' ? null : value, key);
  };
  try {
    return await steps();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}

/** Lets reads of whole stores fail as a browser does, while the steps run; single records can be read. */
export async function withFailingReads<T>(steps: () => Promise<T>): Promise<T> {
  const { getAll } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.getAll = () => {
    throw new DOMException('made to fail', 'UnknownError');
  };
  try {
    return await steps();
  } finally {
    IDBObjectStore.prototype.getAll = getAll;
  }
}
