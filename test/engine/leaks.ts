/** Shorter texts are found anywhere by chance. */
const SHORTEST = 12;
const CONTEXT = 120;

/** A place where a secret was found, and what stands around it there. */
export interface Leak {
  readonly place: string;
  readonly form: string;
  /** The text around it, without the secret. */
  readonly context: string;
}

/** Where any of the secrets is found, in any of the forms in which programs write texts. */
export function leaksIn(places: Record<string, string>, secrets: string[]): Leak[] {
  const needles = secrets.flatMap(needlesFor);
  return Object.entries(places).flatMap(([place, content]) =>
    needles.flatMap(({ form, text }) => {
      const at = text.length < SHORTEST ? -1 : content.indexOf(text);
      return at < 0 ? [] : [{ place, form, context: contextOf(content, at, text) }];
    }),
  );
}

/** Most secrets look the same in several forms: they are searched for once, under the first of these. */
function needlesFor(secret: string): { form: string; text: string }[] {
  const forms = Object.entries(formsOf(secret));
  return forms
    .filter(([, text], index) => forms.findIndex(([, other]) => other === text) === index)
    .map(([form, text]) => ({ form, text }));
}

/** The forms of a text, by their names. */
export function formsOf(secret: string): Record<string, string> {
  const json = inJson(secret);
  const base64 = [0, 1, 2].map((before) => [
    `base64 after ${before} bytes`,
    base64At(secret, before),
  ]);
  return {
    plain: secret,
    JSON: json,
    "JSON as Go writes it": json.replace(/[<>&]/g, asUnicode),
    "JSON in JSON": inJson(json),
    URL: encodeURIComponent(secret),
    "URL as Python writes it": encodeURIComponent(secret).replace(/[!'()*]/g, asPercent),
    hex: Buffer.from(secret).toString("hex"),
    ...Object.fromEntries(base64),
    ...Object.fromEntries(base64.map(([form, text]) => [`URL-safe ${form}`, urlSafe(text!)])),
  };
}

/** What base64 makes of a text that stands after so many bytes of another, without the digits that both share. */
function base64At(text: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  const first = Math.ceil((before * 8) / 6);
  return bytes.toString("base64").slice(first, Math.floor((bytes.length * 8) / 6));
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asUnicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function asPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function contextOf(content: string, at: number, secret: string): string {
  const end = at + secret.length;
  return `${content.slice(Math.max(0, at - CONTEXT), at)}[secret]${content.slice(end, end + CONTEXT)}`;
}
