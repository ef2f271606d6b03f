/** Lets pieces of work on the same thing happen one after the other. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Works when all earlier work on that id has ended, well or not. */
  take<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(id) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.last.set(id, turn);
    return turn;
  }
}
