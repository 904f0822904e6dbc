// SPDX-License-Identifier: Apache-2.0
// Counts what held and what did not, and tells it as `cargo xtask test` reads it.

/** How many lines of a failure are shown. */
const LINES_MAX = 12;

/** Checks that were made. */
export class Report {
  passed = 0;
  failed = 0;

  /**
   * Makes one check: it holds unless the work throws. A failure is shown and the next check is made.
   * @param {string} name a sentence
   * @param {() => Promise<void>} work
   */
  async check(name, work) {
    try {
      await work();
      this.passed += 1;
      return true;
    } catch (error) {
      this.failed += 1;
      const [at] = /at .*\/(parts|e2e)\/.*/.exec(error.stack ?? "") ?? [""];
      console.log(`FAILED: ${name}\n  ${String(error.message ?? error).split("\n").slice(0, LINES_MAX).join("\n  ")}\n  ${at}`);
      return false;
    }
  }

  /** The last line of the run. */
  end() {
    console.log(`browser: ${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}

/** Throws with the findings, if there are any. */
export function none(what, findings) {
  if (findings.length > 0) throw new Error(`${what}:\n${findings.map((finding) => `  - ${finding}`).join("\n")}`);
}

/** Throws unless both are the same. */
export function same(what, got, wanted) {
  if (got !== wanted) throw new Error(`${what}: got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
}
