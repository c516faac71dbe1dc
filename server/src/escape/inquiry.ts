/**
 * Questions about a package's functions, and their answers. A question goes on to those calls that matter for it, and no other call is looked into;
 * the components of the call graph that are asked are then solved, what is called first.
 */
import { Kind } from '../syntax/index.ts';
import type { CallGraph } from './calls/call-graph.ts';
import { type CalleeSources, Callees } from './calls/callees.ts';
import { Demand, type Question } from './demand.ts';
import { Batch, type Site } from './flows/batch.ts';
import type { Answers } from './flows/component.ts';
import { type Answer, type Fragment, fragmentOf, isStanding, takesOver } from './flows/fragment.ts';
import { type Port, StandIn } from './flows/stand-ins.ts';
import { Home } from './homes.ts';
import { CallPrices } from './inlining/call-prices.ts';
import { type Judgement, judgementOf } from './judgement.ts';
import { lowerRoutines } from './lowering/statements.ts';
import { isAnalysed, type PackageFunctions } from './package-functions.ts';
import { type InlinedAllocation, type ParameterSummary, renewed } from './summaries/summaries.ts';

export class Inquiry {
  private readonly graph: CallGraph;
  private readonly demands = new Map<Home, Demand>();
  private readonly prices: CallPrices;
  private readonly sources: Omit<CalleeSources, 'answerOf'>;

  constructor(private readonly functions: PackageFunctions) {
    this.graph = functions.callGraph;
    this.prices = new CallPrices({
      ...functions.inView,
      imported: (callee) => functions.imported(callee),
      areInCircle: (one, other) => this.graph.mayCircle(one, other) && this.demandOn(one).has(other),
      before: (home) => this.graph.before(home),
    });
    this.sources = {
      ...functions.inView,
      costOf: (callee) => this.prices.of(callee),
      imported: (callee) => functions.imported(callee),
    };
  }

  /** What a call costs the inliner; undefined for a function that it does not inline. */
  costOf(home: Home): number | undefined {
    return isAnalysed(home) ? this.prices.of(home) : undefined;
  }

  /** Its flows with stand-ins for all that it calls; undefined for functions with syntax errors or without a body. */
  outlineOf(home: Home): Fragment | undefined {
    return isAnalysed(home) ? this.outlined(home, this.demandOn(home)) : undefined;
  }

  /** What it allocates, and its variables whose address is taken; nothing of functions with syntax errors or without a body. */
  allocationsOf(home: Home): readonly Site[] {
    return isAnalysed(home) ? this.demandOn(home).allocationsOf(home) : [];
  }

  /** Undefined for functions with syntax errors or without a body. */
  answer(home: Home, questions: readonly Question[]): Judgement | undefined {
    if (!isAnalysed(home)) return undefined;
    const demand = this.demandOn(home);
    for (const question of questions) if (!demand.isBegun || !demand.isAsked(home, question)) this.ask(home, question);
    if (demand.judgement === undefined) this.settle(demand);
    return demand.judgement;
  }

  private demandOn(home: Home): Demand {
    const known = this.demands.get(home);
    if (known !== undefined) return known;
    const members = this.functions.inSourceOrder([...this.graph.componentOf(home)].filter(isAnalysed));
    const demand: Demand = new Demand(members, () => members.map((each) => ({ home: each, fragment: this.outlined(each, demand) })));
    for (const each of members) this.demands.set(each, demand);
    return demand;
  }

  /** Asks on, function by function, and what was asked about these before, so that what is known of them stands. */
  private ask(root: Home, first: Question): void {
    const open: (readonly [Home, Question])[] = [[root, first]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [home, asked] = next;
      const demand = this.demandOn(home);
      // Where the linker lays out a variable, it looks at what is inlined.
      const question = home.file.tree.kind[home.node] === Kind.var_spec ? 'all' : asked;
      const more: (readonly (readonly [Home, Question])[])[] = [];
      if (!demand.isBegun) {
        more.push([[home, question]], demand.begin(), this.behind(demand, demand.relevant));
        if (demand.isWhole) more.push(this.asInlined(demand));
      } else if (!demand.isAsked(home, question)) {
        home.asked.add(question);
        more.push(this.behind(demand, demand.ask(home, question)));
        if (demand.judgement !== undefined) this.grow(home, demand, demand.judgement);
        if (question === 'all') more.push(this.asInlined(demand));
      }
      for (const each of more.flat()) open.push(each);
    }
  }

  /** What becomes of arguments in functions of the package. */
  private behind(demand: Demand, ports: Iterable<Port>): readonly (readonly [Home, Question])[] {
    const found: (readonly [Home, Question])[] = [];
    for (const { standIn, slot } of ports) {
      if (!(standIn.callee instanceof Home)) continue;
      demand.below.add(this.demandOn(standIn.callee));
      found.push([standIn.callee, slot]);
    }
    return found;
  }

  /** All of what may be inlined. */
  private asInlined(demand: Demand): readonly (readonly [Home, Question])[] {
    const called = demand.outlines.flatMap(({ fragment }) => [...fragment.rests.answers.keys()]);
    const inlined = called.filter((callee) => !demand.has(callee) && this.isInlined(callee));
    for (const callee of inlined) demand.below.add(this.demandOn(callee));
    return inlined.map((callee) => [callee, 'all'] as const);
  }

  /** Works out what is not known yet, what is called first. */
  private settle(root: Demand): void {
    const seen = new Set<Demand>([root]);
    const path = [{ demand: root, below: [...root.below] }];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const next = at.below.pop();
      if (next === undefined) {
        this.judge(at.demand);
        path.pop();
      } else if (next.judgement === undefined && !seen.has(next)) {
        seen.add(next);
        path.push({ demand: next, below: [...next.below] });
      }
    }
  }

  /** In source order, so that which of several ways to the heap is told does not depend on who asked first. */
  private judge(demand: Demand): void {
    const members = demand.isWhole ? demand.members.map((home) => ({ home, fragment: this.whole(home, demand) })) : demand.outlines;
    const judgement = judgementOf(members, this.answersFor(demand));
    for (const home of demand.members) this.grow(home, demand, judgement);
    demand.judgement = judgement;
  }

  private answersFor({ relevant }: Demand): Answers {
    const slots = new Map<StandIn, number[]>();
    for (const { standIn, slot } of relevant) {
      const known = slots.get(standIn);
      if (known === undefined) slots.set(standIn, [slot]);
      else known.push(slot);
    }
    const answers = new Map<Port, ParameterSummary>();
    for (const [{ callee, ports }, asked] of slots) {
      const summary = callee instanceof Home ? callee.summary : this.functions.importedSummary(callee, { slots: asked, isWhole: false });
      for (const slot of asked) {
        const parameter = summary?.parameters[slot];
        if (parameter !== undefined) answers.set(ports[slot], parameter);
      }
    }
    return answers;
  }

  /** Tells callers all that they asked for. */
  private grow(home: Home, demand: Demand, judgement: Judgement): void {
    const { told } = home;
    const asked = demand.askedCount(home);
    // Nothing else was asked, and the answers are those of the last time.
    if (told?.judgement === judgement && told.asked === asked) return;
    home.told = { judgement, asked };
    const slots = demand.slotsAsked(home);
    const isWhole = demand.isAsked(home, 'all');
    const inlined = isWhole && this.isInlined(home) ? judgement.inlinedOf(home) : [];
    home.summary = renewed(home.summary, { parameters: judgement.parametersOf(home, 0, slots), inlined, isWhole });
  }

  /** The known one where its text and what it rests on are the same. */
  private outlined(home: Home, demand: Demand): Fragment {
    const answerOf = (callee: Home): Answer => (demand.has(callee) ? 'same component' : this.functions.standInOf(callee));
    const known = home.outline;
    if (known?.version === home.version && isStanding(known.rests, { answerOf, costOf: this.sources.costOf })) return known;
    const made = lowered(home, { ...this.sources, answerOf });
    if (known === undefined || !takesOver(known, made)) home.outline = made;
    return home.outline ?? made;
  }

  /** With what calls that are inlined allocate, of which all is known. */
  private whole(home: Home, demand: Demand): Fragment {
    const outline = this.outlined(home, demand);
    const { answers, imported } = outline.rests;
    const allocate = [...answers.keys()].some((callee) => this.inlinedOf(callee).length > 0);
    if (!allocate && ![...imported].some((standIn) => this.inlinedFrom(standIn).length > 0)) return outline;
    const sources: CalleeSources = {
      ...this.sources,
      answerOf: (callee) => {
        const standIn = demand.has(callee) ? 'same component' : this.functions.standInOf(callee);
        return standIn instanceof StandIn ? standIn.with(this.inlinedOf(callee)) : standIn;
      },
      imported: (callee) => {
        const found = this.functions.imported(callee);
        return found?.summary instanceof StandIn ? { ...found, summary: found.summary.with(this.inlinedFrom(found.summary)) } : found;
      },
    };
    const known = home.whole;
    if (known?.version === home.version && isStanding(known.rests, sources)) return known;
    const made = lowered(home, sources);
    if (known === undefined || !takesOver(known, made)) home.whole = made;
    return home.whole ?? made;
  }

  /** What its callers allocate for a function of the package that was asked about. */
  private inlinedOf(home: Home): readonly InlinedAllocation[] {
    return (this.isInlined(home) ? home.summary?.inlined : undefined) ?? [];
  }

  /** The same of a function of another package. */
  private inlinedFrom({ callee }: StandIn): readonly InlinedAllocation[] {
    const found = callee instanceof Home ? undefined : this.functions.imported(callee);
    return (found?.cost() === undefined ? undefined : found.whole()?.inlined) ?? [];
  }

  private isInlined(home: Home): boolean {
    return this.costOf(home) !== undefined;
  }
}

function lowered(home: Home, sources: CalleeSources): Fragment {
  const batch = new Batch(home);
  const callees = new Callees(sources, batch);
  lowerRoutines(batch, callees);
  return fragmentOf(batch, home, callees);
}
