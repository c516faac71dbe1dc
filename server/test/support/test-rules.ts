/** Rules that exist for tests only: one that flags calls of `flagged()`, and one that throws. */
import { insertBefore, type Rule, type RuleContext, removeStatement, statementAround } from '../../src/rules/index.ts';
import { go, type Node, textOf } from '../../src/syntax/index.ts';

const docs = { summary: 'Test.', why: 'Test.', cost: 'Test.', bad: '', good: '', limits: '', skipWhen: '', links: [] };

/** Flags each call of a function named `flagged`, `maybe` (possible) or `wide` (the whole call); the fix removes the statement. */
export const flaggedCall: Rule = {
  id: 'flagged-call',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'syntax',
  fix: 'safe',
  go: {},
  messages: { call: 'This calls {name}.' },
  options: {},
  docs,
  visit: { call_expression: reportCall },
};

function reportCall(node: Node, context: RuleContext): void {
  const { tree } = context;
  const callee = go.callExpression.function(tree, node);
  const name = textOf(tree, callee);
  if (!['flagged', 'maybe'].includes(name)) return;
  const edits = [removeStatement(tree, statementAround(tree, node))];
  context.report({
    at: { start: tree.start[callee], end: tree.end[callee] },
    message: 'call',
    data: { name },
    certainty: name === 'maybe' ? 'possible' : 'certain',
    fixes: [{ title: `Remove the call of ${name}`, safety: 'safe', edits }],
  });
}

/** The same, silent from Go 1.22 on. */
export const oldCall: Rule = { ...flaggedCall, id: 'old-call', severity: 'hint', go: { to: 21 } };

/** Reports every call, then throws at `explode()`. */
export const throwing: Rule = { ...flaggedCall, id: 'throwing', visit: { call_expression: throwAtExplode } };

function throwAtExplode(node: Node, context: RuleContext): void {
  reportCall(node, context);
  const text = textOf(context.tree, node);
  if (text.startsWith('explode')) throw new Error(`cannot cope with ${text}`);
}

/** Reports a fix whose edits overlap, which must not get out. */
export const overlapping: Rule = {
  ...flaggedCall,
  id: 'overlapping',
  visit: {
    call_expression: (node, context) => {
      const edit = insertBefore(context.tree, statementAround(context.tree, node), ['x()']);
      context.report({
        at: { start: context.tree.start[node], end: context.tree.end[node] },
        message: 'call',
        fixes: [{ title: 'twice', safety: 'safe', edits: [edit, edit] }],
      });
    },
  },
};
