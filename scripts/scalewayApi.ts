import { waitFor } from "../components/gate/waitFor";
import { requestJson } from "../components/scaleway/request";

/** Scaleway's API, called with the key that the environment variables name. */
export class ScalewayApi {
  private readonly url: string;
  private readonly secretKey: string;

  /** @throws when there is no secret key in `env`. */
  constructor(env: NodeJS.ProcessEnv) {
    const { SCW_API_URL = "https://api.scaleway.com", SCW_SECRET_KEY } = env;
    if (!SCW_SECRET_KEY) {
      throw new Error("SCW_SECRET_KEY is not set: give it the secret key of a Scaleway API key.");
    }
    this.url = SCW_API_URL;
    this.secretKey = SCW_SECRET_KEY;
  }

  /** Calls the API; an answer that is not a success is an error with the API's own words. */
  call<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { "X-Auth-Token": this.secretKey };
    return requestJson<T>(this.url + path, { method, headers, body });
  }

  /** Everything that a list holds, page by page. */
  async list<T>(path: string, key: string, query: Record<string, string> = {}): Promise<T[]> {
    const found: T[] = [];
    for (let page = 1; ; page += 1) {
      const parameters = new URLSearchParams({ ...query, page: String(page), page_size: "100" });
      const answer = await this.call<Record<string, unknown>>("GET", `${path}?${parameters}`);
      const items = answer[key] as T[];
      found.push(...items);
      if (items.length === 0 || found.length >= Number(answer.total_count)) return found;
    }
  }

  /** Waits until what is at a path is `ready`; gives it. Any other status than those of work under way is an error. */
  async untilReady<T extends { status: string }>(what: string, path: string): Promise<T> {
    const { last } = await waitFor(
      what,
      async () => {
        const last = await this.call<T>("GET", path);
        return UNDER_WAY.test(last.status) ? `it is ${last.status}` : { last };
      },
      { timeout: LIMIT, interval: 5_000 },
    );
    if (last.status === "ready") return last;
    throw new Error(`${what} is not ready but in status "${last.status}"`);
  }
}

/** A large database takes hours to restore (Scaleway, "How to manage backups"). */
const LIMIT = 6 * 3_600_000;
const UNDER_WAY =
  /^(creat|updat|provision|configur|initializ|restart|restor|backup|snapshot|export)ing$/;
