import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { GenericSchema, InferOutput } from 'valibot';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import { type License, licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths, publicPaths } from '../../../src/api/paths.ts';
import { parseFields } from '../../../src/api/problem.ts';
import { parseLicenseKey } from '../../../src/license/license-key.ts';
import type { VerifiedAnswer } from '../../../src/verify/answer.ts';
import { TestDevice } from './test-device.ts';
import {
  type Answer,
  type ConsoleClient,
  signedInOwner,
  type TestServer,
  testServer,
} from './test-server.ts';

/** An empty server with one product, and its owner at the console. */
export interface ConsoleFixture {
  server: TestServer;
  client: ConsoleClient;
  /** Issues a license of the product; perpetual unless `fixed` says otherwise. */
  issue(terms?: object, fixed?: object): Promise<License>;
  /** A device that has exchanged a request with this key. */
  activate(key: string): Promise<TestDevice>;
  /** Exchanges a file and lets the device load the answer. */
  send(device: TestDevice, file: Uint8Array): Promise<VerifiedAnswer>;
}

/** The answer as its schema says it is. */
export function read<Schema extends GenericSchema>(schema: Schema, answer: Answer): InferOutput<Schema> {
  const parsed = parseFields(schema, answer.json());
  assert.ok('fields' in parsed, `${answer.status} ${answer.body} ${JSON.stringify(parsed)}`);
  return parsed.fields;
}

export async function consoleFixture(test: Pick<TestContext, 'after'>): Promise<ConsoleFixture> {
  const server = await testServer(test, { empty: true });
  const client = await signedInOwner(server);
  const features = [
    { code: 'export', name: 'Export', type: 'activation' },
    { code: 'pages', name: 'Pages', type: 'consumption' },
  ];
  const created = await client.post(consolePaths.products, { code: 'plotter', name: 'Plotter', features });
  assert.equal(created.status, 201);
  const send = async (device: TestDevice, body: Uint8Array) => {
    const answer = await server.call('portal', publicPaths.exchange, { method: 'POST', body });
    return device.load(new Uint8Array(answer.body));
  };
  return {
    server,
    client,
    send,
    async issue(terms = {}, fixed = {}) {
      const body = { product: 'plotter', type: 'perpetual', trial: false, ...fixed };
      const answer = await client.post(consolePaths.licenses, {
        ...body,
        terms: { ...defaultTerms(), ...terms },
      });
      assert.equal(answer.status, 201, answer.body.toString());
      return read(licenseSchema, answer);
    },
    async activate(key) {
      const device = await TestDevice.create(server.portal);
      await send(device, await device.request(parseLicenseKey(key)));
      return device;
    },
  };
}
