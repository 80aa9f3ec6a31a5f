import type { Option } from '../advice/what-if.ts';
import { assetLabel } from '../charts/asset-label.ts';
import { formatMinor, formatPercent } from '../language/format.ts';
import type { Block, Draft } from '../reply.ts';
import type { Wishes } from '../wishes.ts';

/** A changed wish waits this long for its answer: by then prices have moved on. */
const HALF_AN_HOUR = 30 * 60_000;
/** Rows of a comparison that still fit a phone. */
const mostRows = 8;

export interface Preview {
  readonly key: string;
  readonly now: number;
  readonly title: string;
  /** What was understood, one sentence each. */
  readonly understood: readonly string[];
  readonly before: Option;
  readonly after: Option;
  /** What would be kept, and the revision it rests on. */
  readonly wishes: Wishes;
  readonly revision: number;
  readonly keepLabel: string;
  readonly notices: readonly Block[];
}

/** A wish as it was understood, priced against the mix without it, before it counts. */
export function previewDraft(preview: Preview): Draft {
  const { before, after, wishes, revision } = preview;
  const remarks = after.remarks.filter((text) => !before.remarks.includes(text));
  return {
    key: preview.key,
    visibility: 'private',
    notify: 'normal',
    blocks: [
      { kind: 'text', style: 'title', text: preview.title },
      { kind: 'text', text: preview.understood.join('\n') },
      ...(unchanged(before, after)
        ? [
            {
              kind: 'text' as const,
              text: 'The mix that I recommend now keeps to this already, so nothing changes today.',
            },
          ]
        : [comparison(before, after)]),
      ...remarks.map((text): Block => ({ kind: 'text', text })),
      {
        kind: 'text',
        style: 'small',
        text: 'Expected returns are estimates with wide errors, not promises. Nothing changes until you keep it.',
      },
      ...preview.notices,
    ],
    actions: [
      {
        kind: 'choice',
        label: preview.keepLabel,
        style: 'primary',
        do: {
          name: 'wishes-keep',
          args: { wishes: JSON.stringify(wishes), revision, key: preview.key },
          once: true,
          expiresAt: preview.now + HALF_AN_HOUR,
        },
      },
      {
        kind: 'choice',
        label: 'Leave it as it was',
        do: { name: 'wishes-leave', args: { key: preview.key } },
      },
    ],
  };
}

/** Below this a difference of weights does not show. */
const visible = 0.0005;

function unchanged(before: Option, after: Option): boolean {
  return (
    before.costMinor === after.costMinor &&
    [...new Set([...before.weights.keys(), ...after.weights.keys()])].every(
      (asset) =>
        Math.abs((before.weights.get(asset) ?? 0) - (after.weights.get(asset) ?? 0)) < visible,
    )
  );
}

/** Two mixes side by side: what they promise, what they cost, and the weights that differ most. */
function comparison(before: Option, after: Option): Block {
  const assets = [...new Set([...before.weights.keys(), ...after.weights.keys()])];
  const moved = assets
    .map((asset) => ({
      asset,
      from: before.weights.get(asset) ?? 0,
      to: after.weights.get(asset) ?? 0,
    }))
    .filter(({ from, to }) => Math.abs(to - from) >= visible)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
    .slice(0, mostRows);
  return {
    kind: 'table',
    columns: [
      { label: 'Estimated', align: 'left' },
      { label: 'Without', align: 'right' },
      { label: 'With it', align: 'right' },
    ],
    rows: [
      [
        'Expected return a year',
        formatPercent(before.expectedReturn),
        formatPercent(after.expectedReturn),
      ],
      ['Volatility a year', formatPercent(before.volatility), formatPercent(after.volatility)],
      ['Cost of trading', formatMinor(before.costMinor), formatMinor(after.costMinor)],
      ...moved.map(({ asset, from, to }) => [
        assetLabel(asset),
        formatPercent(from),
        formatPercent(to),
      ]),
    ],
  };
}

/** Said after a wish was kept, with the way back. */
export function keptDraft({
  key,
  replaces,
  text,
  before,
  revision,
  back,
}: {
  readonly key: string;
  readonly replaces: string;
  readonly text: string;
  /** What undoing goes back to. */
  readonly before: Wishes;
  /** Undoing a change that is no longer the last one would lose the later ones. */
  readonly revision: number;
  /** What the way back is called. */
  readonly back: string;
}): Draft {
  return {
    key,
    replaces,
    visibility: 'private',
    notify: 'normal',
    blocks: [{ kind: 'text', text }],
    actions: [
      {
        kind: 'choice',
        label: 'Recommend',
        style: 'primary',
        do: { name: 'command', args: { name: 'recommend' } },
      },
      {
        kind: 'choice',
        label: back,
        do: { name: 'wishes-undo', args: { wishes: JSON.stringify(before), key, revision } },
      },
    ],
  };
}
