import { IncrementalSource } from '../model/recorded-event.ts';
import type { PageChange, RuleChange, SheetRules } from './page-change.ts';
import { asFields, asId, asList, asText, type Complain, type Fields } from './read-node.ts';

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** A rule's place: a number, or the numbers on the way down through nested rules (at most 50 levels). */
function place(value: unknown): number | readonly number[] | undefined {
  if (Array.isArray(value)) return value.slice(0, 50).filter(isIndex);
  return isIndex(value) ? value : undefined;
}

function addedRule(raw: unknown): { rule: string; index?: number | readonly number[] }[] {
  const fields = asFields(raw);
  if (typeof fields?.rule !== 'string') return [];
  const index = place(fields.index);
  return [{ rule: asText(fields.rule), ...(index === undefined ? {} : { index }) }];
}

function removedRule(raw: unknown): { index: number | readonly number[] }[] {
  const index = place(asFields(raw)?.index);
  return index === undefined ? [] : [{ index }];
}

/** Reads a change that a script made to a style sheet. */
export function readRuleChange(data: Fields, complain: Complain): PageChange | null {
  const id = asId(data.id);
  const styleId = asId(data.styleId);
  if (!id && !styleId) {
    if (data.id !== -1) complain('style change without a sheet');
    return null;
  }
  const change = data.source === IncrementalSource.StyleSheetRule ? ruleChange(data) : declarationChange(data);
  return { kind: 'rule', id, styleId, change };
}

const ruleChange = (data: Fields): RuleChange => ({
  source: IncrementalSource.StyleSheetRule,
  adds: asList(data.adds).flatMap(addedRule),
  removes: asList(data.removes).flatMap(removedRule),
  ...(typeof data.replace === 'string' ? { replace: asText(data.replace) } : {}),
  ...(typeof data.replaceSync === 'string' ? { replaceSync: asText(data.replaceSync) } : {}),
});

function declarationChange(data: Fields): RuleChange {
  const set = asFields(data.set);
  const remove = asFields(data.remove);
  return {
    source: IncrementalSource.StyleDeclaration,
    index: asList(data.index).slice(0, 50).filter(isIndex),
    ...(set
      ? {
          set: {
            property: asText(set.property),
            value: typeof set.value === 'string' ? asText(set.value) : null,
            ...(typeof set.priority === 'string' ? { priority: set.priority } : {}),
          },
        }
      : {}),
    ...(remove ? { remove: { property: asText(remove.property) } } : {}),
  };
}

/** Reads which constructed style sheets a document or shadow root uses, and those that are new. */
export function readAdopted(data: Fields, complain: Complain): PageChange | null {
  const id = asId(data.id);
  if (!id) {
    complain('style change without a sheet');
    return null;
  }
  return {
    kind: 'adopted',
    id,
    styleIds: asList(data.styleIds).map(asId).filter(Boolean),
    styles: asList(data.styles).flatMap(sheet),
  };
}

function sheet(raw: unknown): SheetRules[] {
  const fields = asFields(raw);
  const styleId = asId(fields?.styleId);
  if (!fields || !styleId) return [];
  const rules = asList(fields.rules).flatMap((rule) => {
    const read = asFields(rule);
    if (typeof read?.rule !== 'string') return [];
    return [{ rule: asText(read.rule), ...(isIndex(read.index) ? { index: read.index } : {}) }];
  });
  return [{ styleId, rules }];
}
