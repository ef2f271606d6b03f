import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { type Routes, createApi } from "../../emulator/api/server";
import { type Model, openModel } from "../../emulator/model";
import { Store } from "../../emulator/store";
import { temporaryFolder } from "../temporaryFolder";

/** The records of an emulator that has just been made. */
export function newModel(): Model {
  return openModel(new Store(join(temporaryFolder(), "state.json")));
}

/** An answer of the API. */
export interface Answer {
  status: number;
  body: any;
}

const running: FastifyInstance[] = [];
afterAll(() => Promise.all(running.splice(0).map((app) => app.close())));

/** Calls the API over HTTP as its deployer, or with another secret key. */
export class TestApi {
  /** Where it answers. */
  readonly address: Promise<string>;

  constructor(
    readonly model: Model,
    ...routes: Routes[]
  ) {
    const app = createApi(model, routes);
    running.push(app);
    this.address = app.listen({ host: "127.0.0.1", port: 0 });
  }

  async call(method: string, url: string, body?: object, secretKey?: string): Promise<Answer> {
    const key = secretKey ?? this.model.apiKeys.get(this.model.tenant.access_key).secret_key;
    const response = await fetch(`${await this.address}${url}`, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        ...(key && { "x-auth-token": key }),
        ...(body && { "content-type": "application/json" }),
      },
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }

  get = (url: string) => this.call("GET", url);
  post = (url: string, body: object) => this.call("POST", url, body);
  patch = (url: string, body: object) => this.call("PATCH", url, body);
  put = (url: string, body: object) => this.call("PUT", url, body);
  delete = (url: string) => this.call("DELETE", url);
}
