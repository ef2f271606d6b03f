import { explainUpdate } from "./explain";
import type { Preview, PreviewStep } from "./preview";

/** What `up` will do to an environment that was taken over. */
export interface Outcome {
  readonly unchanged: string[];
  /** What is updated, each with what that will do. */
  readonly updated: readonly { readonly name: string; readonly effects: string[] }[];
  readonly created: string[];
  /** What may not be: deletions and replacements. */
  readonly lost: string[];
}

/** Sums up a preview. */
export function outcomeOf({ steps = [] }: Preview): Outcome {
  const own = steps.filter((step) => {
    const { type, custom } = (step.newState ?? step.oldState)!;
    return custom === true && !type.startsWith("pulumi:");
  });
  const of = (...ops: string[]) => own.filter(({ op }) => ops.includes(op));
  return {
    unchanged: of("same").map(nameOf).sort(),
    updated: of("update")
      .map((step) => ({ name: nameOf(step), effects: explainUpdate(step) }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    created: of("create").map(nameOf).sort(),
    lost: own
      .filter(({ op }) => /delete|replace/.test(op))
      .map((step) => `${nameOf(step)} (${[step.op, ...(step.diffReasons ?? [])].join(" ")})`),
  };
}

/** `Container airflow-webserver-container` */
const nameOf = ({ urn, newState, oldState }: PreviewStep) =>
  `${(newState ?? oldState)!.type.split(":").pop()} ${urn.split("::").pop()}`;

/** An outcome for people. */
export function describeOutcome({ unchanged, updated, created, lost }: Outcome): string {
  return [
    ...section("Stays as it is", unchanged),
    ...section(
      "Will be updated in place by the next `pulumi up`",
      updated.flatMap(({ name, effects }) => [name, ...effects.map((effect) => `  ${effect}`)]),
    ),
    ...section("Is really new, and will be made by it", created),
    ...section("Would be lost, so do NOT deploy", lost),
    `In all: ${lost.length} deleted or replaced, ${updated.length} updated, ${created.length} created, ${unchanged.length} unchanged.`,
    "",
  ].join("\n");
}

const section = (title: string, lines: string[]) =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
