import { distance } from "fastest-levenshtein";

/** Something wrong in what was written, found before anything is touched. */
export interface Problem {
  /** Where it was written: the keys from the outermost to the innermost. */
  readonly path: (string | number)[];
  /** The id of the rule that it breaks. */
  readonly rule: string;
  /** An error stops everything; a warning is only shown. */
  readonly severity: "error" | "warning";
  /** What is wrong and what is allowed, to be read after the name of the key. It never holds a secret. */
  readonly message: string;
  /** What to type instead. */
  readonly fix?: string;
}

/** What is wrong with a value, wherever it stands. */
export interface Finding {
  /** What is wrong and what is allowed. It never holds a secret. */
  readonly message: string;
  /** The nearest good value. */
  readonly fix?: string;
}

const LETTERS_PER_EDIT = 3;

/**
 * The known word that needs the fewest edits (letters inserted, left out or replaced), the first of equals;
 * none where that is more than one edit for each three letters of the longer word: then it is another word.
 */
export function closest(word: string, known: Iterable<string>): string | undefined {
  let best: { word: string; edits: number } | undefined;
  for (const candidate of known) {
    const edits = distance(word, candidate);
    const limit = Math.max(word.length, candidate.length) / LETTERS_PER_EDIT;
    if (edits <= limit && (best === undefined || edits < best.edits))
      best = { word: candidate, edits };
  }
  return best?.word;
}
