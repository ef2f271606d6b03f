import { connect } from "node:net";
import { milliseconds } from "../api/body";
import type { Probe } from "../records";

/** Where a container listens. */
export interface Target {
  address: string;
  port: number;
}

/** Runs a probe once. */
export async function passes(target: Target, probe: Probe): Promise<boolean> {
  const timeout = milliseconds(probe.timeout);
  return probe.http ? answers(target, probe.http.path, timeout) : listens(target, timeout);
}

/** The longest a probe lets a container take until it passes, in milliseconds. */
export const budget = (probe: Probe): number =>
  probe.failure_threshold * milliseconds(probe.interval);

/** What the API says of a container that does not pass a probe. */
export function failureMessage(port: number, probe: Probe): string {
  const failure = probe.http
    ? `does not respond to HTTP requests on port ${port} and path ${probe.http.path}`
    : `is not listening on port ${port}`;
  return `Container is unable to start OR ${failure}`;
}

async function answers({ address, port }: Target, path: string, timeout: number): Promise<boolean> {
  const url = new URL(path, `http://${address}:${port}`);
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeout) });
    await response.body?.cancel();
    return response.status >= 200 && response.status < 400;
  } catch {
    return false;
  }
}

function listens({ address, port }: Target, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout });
    const end = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}
