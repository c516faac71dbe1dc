/** Questions that wait: the oldest comes first, the patient ones last, and what nobody waits for is forgotten. */
import { describe, expect, it } from 'vitest';
import { type Asked, conclude, QuestionQueue } from '../../src/host/question-queue.ts';

function asked(id: number, kind: 'discover' | 'explanations'): Asked {
  const question: Asked['question'] = kind === 'discover' ? { kind, targets: [] } : { kind, path: '/m/a.go', offset: 0 };
  return { id, question, resolve: () => {}, reject: () => {}, isOver: false };
}

describe('the queue of questions', () => {
  it('gives the oldest first, and patient ones only where nothing is urgent', () => {
    const queue = new QuestionQueue();
    for (const each of [asked(1, 'discover'), asked(2, 'explanations'), asked(3, 'explanations')]) queue.add(each);
    expect(queue.isUrgent).toBe(true);
    expect([queue.take(true), queue.take(true), queue.take(true)].map((each) => each?.id)).toEqual([2, 3, undefined]);
    expect(queue.isUrgent).toBe(false);
    expect(queue.take(false)?.id).toBe(1);
  });

  it('forgets what was cancelled', () => {
    const queue = new QuestionQueue();
    const all = Array.from({ length: 5 }, (_, i) => asked(i, 'explanations'));
    for (const each of all) queue.add(each);
    for (const each of all.slice(0, 4)) conclude(each, () => {});
    expect(queue.length).toBe(1);
    expect(queue.clear().map(({ id }) => id)).toEqual([4]);
    expect(queue.isUrgent).toBe(false);
  });
});
