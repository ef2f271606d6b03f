import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { notFound } from "./api/errors";

/** Anything the emulator remembers. */
export interface Stored {
  id: string;
}

type Data = Record<string, Record<string, Stored>>;

/** Everything that survives a restart: one JSON file, replaced as a whole at each change. */
export class Store {
  private readonly data: Data;

  constructor(private readonly file: string) {
    this.data = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Data) : {};
  }

  /** The records of one kind; `kind` is the resource name that "not found" errors carry. */
  collection<T extends Stored>(name: string, kind: string): Collection<T> {
    const records = (this.data[name] ??= {}) as Record<string, T>;
    return new Collection(records, kind, () => this.save());
  }

  private save(): void {
    const next = `${this.file}.next`;
    writeFileSync(next, JSON.stringify(this.data, undefined, 1), { mode: 0o600 });
    renameSync(next, this.file);
  }
}

/** The records of one kind, by id. What it gives out is a copy: changes go through `put` and `change`. */
export class Collection<T extends Stored> {
  constructor(
    private readonly records: Record<string, T>,
    readonly kind: string,
    private readonly save: () => void,
  ) {}

  find(id: string): T | undefined {
    const record = this.records[id];
    return record && structuredClone(record);
  }

  /** The record, or the API's "not found". */
  get(id: string): T {
    const record = this.find(id);
    if (!record) throw notFound(this.kind, id);
    return record;
  }

  list(keep: (record: T) => boolean = () => true): T[] {
    return Object.values(this.records)
      .filter(keep)
      .map((record) => structuredClone(record));
  }

  put(record: T): T {
    this.records[record.id] = structuredClone(record);
    this.save();
    return record;
  }

  change(id: string, change: Partial<T>): T {
    return this.put({ ...this.get(id), ...change });
  }

  remove(id: string): void {
    delete this.records[id];
    this.save();
  }
}
