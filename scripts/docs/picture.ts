import type { Language } from "../../docs/.vitepress/pages";
import { AirflowEnvironment } from "../../components";
import { checkStackConfig } from "../../components/checks/stackConfig";
import { record, type Registered } from "../../test/mocks";
import { stackConfig } from "../check";
import { type Box, boxes, needs } from "./boxes";
import { kinds, titles } from "./labels";

/** Resources by component, and which component needs which, drawn as SVG. */
export async function picture(
  resources: readonly Registered[],
  language: Language,
): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  return (await instance()).renderString(graph(boxes(resources), language), { format: "svg" });
}

/** As wide wherever it is read, so that no text leaves its box. */
const FONT = "Courier";

/** What the program registers for preprod. */
export async function resourcesOfPreprod(): Promise<Registered[]> {
  const { settings, mistakes } = checkStackConfig(stackConfig("preprod"), "preprod");
  if (settings === undefined) throw new Error(mistakes);
  const program = () => new AirflowEnvironment("airflow", { ...settings, environment: "preprod" });
  return (await record(program, {}, undefined, true)).resources;
}

function graph(drawn: Box[], language: Language) {
  return {
    graphAttributes: { rankdir: "LR", bgcolor: "white", pad: 0.2, nodesep: 0.2, ranksep: 0.4 },
    nodeAttributes: {
      shape: "box",
      style: "rounded,filled",
      color: "#9ca3af",
      fillcolor: "#f3f4f6",
      fontname: FONT,
      fontsize: 12,
      margin: "0.1,0.1",
    },
    edgeAttributes: { color: "#6b7280", arrowsize: 0.7 },
    nodes: drawn.map((box) => ({
      name: box.name,
      attributes: { label: { html: label(box, language) } },
    })),
    edges: needs(drawn).map(([from, to]) => ({ tail: from.name, head: to.name })),
  };
}

/** What the component is for, then each resource in it, with its name below. */
function label({ name, resources }: Box, language: Language): string {
  const title = titles[name]?.[language].split("\n").map((line) => `<b>${line}</b>`) ?? [];
  const kindsOfAll = resources.map(({ type, inputs }) =>
    [kinds[type]![language], ...(inputs.name ? [`\u00a0\u00a0${String(inputs.name)}`] : [])].join(
      BREAK,
    ),
  );
  return [...title, ...counted(kindsOfAll), ""].join(BREAK);
}

const BREAK = '<br align="left"/>';

/** Each line once, with how often it is there. */
function counted(lines: string[]): string[] {
  return [...new Set(lines)].map((line) => {
    const count = lines.filter((other) => other === line).length;
    return count > 1 ? `${line} × ${count}` : line;
  });
}
