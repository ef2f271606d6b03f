/** A pull request as GitHub's REST API gives it. */
export interface PullRequest {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly head: { readonly sha: string };
}

/** A comment on a pull request. */
export interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string; readonly type: string } | null;
}

const PAGE = 100;

/** A client of GitHub's REST API for one repository, as a workflow's environment describes it. */
export class GitHub {
  private readonly repository: string;

  constructor(private readonly env: NodeJS.ProcessEnv) {
    this.repository = `${needed(env, "GITHUB_API_URL")}/repos/${needed(env, "GITHUB_REPOSITORY")}`;
    needed(env, "GITHUB_TOKEN");
  }

  /** The pull request of that number, if there is one. */
  pullRequest(number: number): Promise<PullRequest | undefined> {
    return this.call("GET", `/pulls/${number}`);
  }

  /** The open pull requests of a branch, which may be a fork's. */
  async openPullRequests(owner: string, branch: string): Promise<PullRequest[]> {
    const query = new URLSearchParams({ state: "open", head: `${owner}:${branch}` });
    return (await this.call<PullRequest[]>("GET", `/pulls?${query}`)) ?? [];
  }

  /** All comments on a pull request. */
  async comments(pullRequest: number): Promise<Comment[]> {
    const comments: Comment[] = [];
    for (let page = 1; comments.length === (page - 1) * PAGE; page += 1) {
      const path = `/issues/${pullRequest}/comments?per_page=${PAGE}&page=${page}`;
      comments.push(...((await this.call<Comment[]>("GET", path)) ?? []));
    }
    return comments;
  }

  /** Adds a comment to a pull request. */
  async addComment(pullRequest: number, body: string): Promise<void> {
    await this.call("POST", `/issues/${pullRequest}/comments`, { body });
  }

  /** Replaces the text of a comment. */
  async replaceComment(id: number, body: string): Promise<void> {
    await this.call("PATCH", `/issues/comments/${id}`, { body });
  }

  /** What the API answers; undefined where it says that there is no such thing to read. */
  private async call<T>(method: string, path: string, body?: object): Promise<T | undefined> {
    const response = await fetch(this.repository + path, {
      method,
      headers: {
        Accept: "application/vnd.github+json",
        Authorization: `Bearer ${this.env.GITHUB_TOKEN}`,
      },
      body: body && JSON.stringify(body),
    });
    if (method === "GET" && response.status === 404) return undefined;
    if (!response.ok) {
      throw new Error(
        `GitHub answered ${response.status} to ${method} ${path}: ${await response.text()}`,
      );
    }
    return (await response.json()) as T;
  }
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The variable ${name} is missing; GitHub's workflows set it`);
  return value;
}
