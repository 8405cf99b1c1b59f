import { verifyAuditSchema } from '../../../../src/api/audit.ts';
import { consolePaths } from '../../../../src/api/paths.ts';
import { parseFields } from '../../../../src/api/problem.ts';
import type { Answer, FakeServer, ReceivedCall } from '../fake-server.ts';

/** The log of who did what; a part that is verified is one entry long. */
export function answerAudit(server: FakeServer, { path, query, body }: ReceivedCall): Answer | null {
  if (path === consolePaths.audit) return { status: 200, body: listOf(server, query) };
  return path === consolePaths.verifyAudit ? verify(server, body) : null;
}

function listOf({ log }: FakeServer, query: URLSearchParams) {
  const [action, actor, before] = [query.get('action'), query.get('actor'), query.get('before')];
  const items = log.filter(
    each =>
      (!action || each.action === action) &&
      (!actor || each.actor.includes(actor)) &&
      (!before || each.sequence < Number(before)),
  );
  const [newest] = log;
  return {
    items,
    next: null,
    lookedUntil: null,
    newest: newest ? `${newest.sequence}:${newest.hash}` : null,
  };
}

function verify({ log, logBrokenAt }: FakeServer, body: unknown): Answer {
  const checked = parseFields(verifyAuditSchema, body);
  if ('problem' in checked) return { status: 400, body: { code: 'FIELD_REFUSED', data: checked.problem } };
  if (logBrokenAt !== null) return { status: 200, body: { brokenAt: logBrokenAt } };
  const done = Number(checked.fields.after?.split(':')[0] ?? 0);
  const entry = log.find(({ sequence }) => sequence === done + 1);
  if (!entry) return { status: 500, body: { code: 'SERVER_FAILED' } };
  const { sequence, hash } = entry;
  const isEnd = sequence === log.length;
  return { status: 200, body: { last: `${sequence}:${hash}`, sequence, total: log.length, isEnd } };
}
