/** Fixes that rest on the escape analysis stand only if the analysis of the edited text agrees. */
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import type { Rule } from '../../src/rules/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sessionOf } from '../support/session.ts';
import { flaggedCall } from '../support/test-rules.ts';

beforeAll(loadTestGrammar);

const PATH = '/m/x.go';
const judge: Rule = { ...flaggedCall, evidence: 'escape' };
const text = (body: string): string => `package p\n\nfunc flagged() {}\n\nfunc f() {\n${body}}\n`;

/** The same, with another edit as its fix: the call's name becomes the text. */
function fixedBy(newText: string): Rule {
  return {
    ...judge,
    visit: {
      call_expression: (node, context) => {
        const start = context.tree.start[node];
        if (context.tree.source[start] !== 0x66) return;
        const at = { start, end: start + 'flagged'.length };
        const edits = [{ range: at, newText }];
        context.report({ at, message: 'call', data: { name: 'flagged' }, fixes: [{ title: 'Change', safety: 'safe', edits }] });
      },
    },
  };
}

describe('refutedFixes', () => {
  it('leaves a fix that takes its finding away', () => {
    expect(sessionOf({ [PATH]: text('\tflagged()\n') }, [judge]).refutedFixes(PATH, neverCancelled)).toEqual([]);
  });

  it('refutes a fix that leaves the finding where it is', () => {
    const session = sessionOf({ [PATH]: text('\tflagged()\n') }, [fixedBy('flagged')]);
    const [finding] = session.review([PATH], neverCancelled).findings;
    expect(session.refutedFixes(PATH, neverCancelled)).toEqual([{ fingerprint: finding.fingerprint, fix: 0 }]);
  });

  it('refutes a fix that brings another finding', () => {
    const session = sessionOf({ [PATH]: text('\tflagged()\n') }, [fixedBy('go1(); flagged(); flagged')]);
    expect(session.refutedFixes(PATH, neverCancelled)).toHaveLength(1);
  });

  it('refutes a fix that leaves a text that does not parse', () => {
    const session = sessionOf({ [PATH]: text('\tflagged()\n') }, [fixedBy('((')]);
    expect(session.refutedFixes(PATH, neverCancelled)).toHaveLength(1);
  });

  it('says nothing of rules that rest on something else', () => {
    const session = sessionOf({ [PATH]: text('\tflagged()\n') }, [{ ...fixedBy('flagged'), evidence: 'types' }]);
    expect(session.refutedFixes(PATH, neverCancelled)).toEqual([]);
  });

  it('judges the text as it is now, and leaves it as it was', () => {
    const session = sessionOf({ [PATH]: text('\tflagged()\n') }, [fixedBy('flagged')]);
    expect(session.refutedFixes(PATH, neverCancelled)).toHaveLength(1);
    session.open({ path: PATH, version: 2, text: text('\tflagged()\n\tflagged()\n') });
    expect(session.refutedFixes(PATH, neverCancelled)).toHaveLength(2);
    session.close(PATH);
    expect(session.refutedFixes(PATH, neverCancelled)).toHaveLength(1);
    expect(session.review([PATH], neverCancelled).findings).toHaveLength(1);
  });
});
