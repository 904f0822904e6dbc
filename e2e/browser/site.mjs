// SPDX-License-Identifier: Apache-2.0
// The program under test: a demo of its own, on a free port of this machine, in a folder of its own.

import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import readline from "node:readline";

/** How long the demo may take to play its story and serve, in milliseconds. */
const START_MS_MAX = 180_000;
/** How long it may take to end after it was asked to, in milliseconds. */
const STOP_MS_MAX = 10_000;

/** A served demo: its address, the passwords of its accounts, and what its story did. */
export class Site {
  /** @type {Map<string, {role: string, password: string}>} */
  accounts = new Map();
  /** Steps of the story: name, ok, result, proof. */
  steps = [];
  url = "";
  /** Where the results of the run go. */
  folder = "";
  #child;

  /**
   * Starts the program and waits until it serves. Its log goes to our standard error when it fails.
   * @param {string} program path of the program
   * @param {string} folder an empty folder for its data
   */
  static async start(program, folder) {
    const site = new Site();
    site.folder = folder;
    const data = path.join(folder, "data");
    const child = spawn(program, ["demo", "--data", data, "--json", "--listen", "127.0.0.1:0"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    site.#child = child;
    const log = [];
    readline.createInterface({ input: child.stderr }).on("line", (line) => {
      log.push(line);
    });
    await new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${why}\n${log.join("\n")}`));
      const timer = setTimeout(() => fail("the demo does not serve in time"), START_MS_MAX);
      child.on("error", (error) => fail(`the demo cannot be started: ${error.message}`));
      child.on("exit", (code) => fail(`the demo ended with ${code}`));
      readline.createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.startsWith("{")) site.steps = JSON.parse(line).steps;
        const serving = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
        if (serving) {
          clearTimeout(timer);
          // Cookies that are for this host alone need a name that counts as safe.
          site.url = `http://localhost:${serving[1]}`;
          resolve();
        }
      });
    });
    child.removeAllListeners("exit");
    for (const line of fs.readFileSync(path.join(data, "accounts.txt"), "utf8").split("\n")) {
      const account = /^ {2}(\S+)\s+([a-z_]+)\s+(\S.*)$/.exec(line);
      if (account) site.accounts.set(account[1], { role: account[2], password: account[3] });
    }
    return site;
  }

  /** The first account with a role, or the second with `nth` 1. */
  account(role, nth = 0) {
    const found = [...this.accounts].filter(([, account]) => account.role === role)[nth];
    if (!found) throw new Error(`the demo has no account ${nth + 1} for ${role}`);
    return { name: found[0], password: found[1].password };
  }

  /** Whether the program still runs: a page must never end it. */
  get isRunning() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends the program as an administrator would. */
  async stop() {
    if (!this.isRunning) return;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_MS_MAX);
    await ended;
    clearTimeout(timer);
  }
}

process.on("unhandledRejection", (error) => {
  console.error(error);
  process.exit(2);
});
