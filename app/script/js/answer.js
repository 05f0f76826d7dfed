// What a packet is answered with: the lines of core/model/script_protocol.h, and the remarks among them.
(function (rt) {
    "use strict";
    const { stringify } = rt;
    const MOST_REMARKS = 100; // of one packet
    const MOST_TEXT = 2000;

    class Answer {
        tag = "0"; // of the present fold
        version = 0;
        silent = false; // folding again what was told
        #lines = [];
        #remarks = 0;

        /// Of another packet.
        begin() {
            this.#lines = [];
            this.#remarks = 0;
        }
        get length() {
            return this.#lines.length;
        }
        /// As if nothing had been told since there were so many lines.
        cut(length) {
            this.#lines.length = length;
        }
        /// Gives it away.
        take() {
            const text = this.#lines.join("\n");
            this.#lines = [];
            return text;
        }
        /// `text`: JSON.
        line(kind, text) {
            this.#lines.push(`${kind} ${this.tag} ${this.version} ${text}`);
        }
        tell(kind, value) {
            this.line(kind, stringify(value));
        }
        /// `text`: of the state; undefined: it does not live.
        state(text) {
            this.#lines.push(text === undefined ? `S ${this.tag} ${this.version}` : `S ${this.tag} ${this.version} ${text}`);
        }
        accepted(version, why) {
            this.#lines.push(`A ${this.tag} ${version} ${stringify(why)}`);
        }
        remark(text) {
            if (this.silent) return;
            if (++this.#remarks > MOST_REMARKS) return;
            this.tell("R", rt.cut(text, MOST_TEXT));
            if (this.#remarks === MOST_REMARKS) this.tell("R", "more remarks of these events are left out");
        }
    }
    rt.answer = new Answer();
    rt.remark = (text) => rt.answer.remark(text);
    /// ", line 7"; "": it is not known.
    rt.atLine = (line) => (line ? `, line ${line}` : "");
})
