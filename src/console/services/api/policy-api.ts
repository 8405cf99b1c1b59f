import { consolePaths } from '../../../api/paths.ts';
import {
  type CreatePolicy,
  type EditPolicy,
  type Policy,
  type PolicyList,
  policyListSchema,
  policySchema,
} from '../../../api/policies.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** Templates for licenses. */
export class PolicyApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  /** Those of one product, or of all. */
  list(product?: string): Promise<PolicyList> {
    const path = product === undefined ? consolePaths.allPolicies : consolePaths.policies(product);
    return this.#calls.get(path, policyListSchema);
  }

  read(id: string): Promise<Policy> {
    return this.#calls.get(consolePaths.policy(id), policySchema);
  }

  create(product: string, body: CreatePolicy): Promise<Policy> {
    return this.#calls.json({ method: 'POST', path: consolePaths.policies(product), body }, policySchema);
  }

  edit(id: string, body: EditPolicy): Promise<Policy> {
    return this.#calls.json({ method: 'PUT', path: consolePaths.policy(id), body }, policySchema);
  }

  async delete(id: string): Promise<void> {
    await this.#calls.post(consolePaths.deletePolicy(id));
  }
}
