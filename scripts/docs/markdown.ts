/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** An item of a list in Markdown: what it is about, and below what is to be said of it. */
export const item = (about: string, text: string) => `- ${about}  \n  ${escaped(text)}`;

/** A text as code, which may hold backquotes itself. */
export const inCode = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

/** Outside of code, `<` would begin an element. */
const escaped = (text: string) =>
  text.replace(/`[^`]*`|</g, (found) => (found === "<" ? "\\<" : found));
