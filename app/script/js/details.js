// What is told of a fold beside its states: fields, changes, invariants, values that JSON has no word for. Each remembers what it told
// last; copy() and restore() go back to an earlier moment.
(function (rt) {
    "use strict";
    const { parse, stringify } = rt;

    /// What tells a field's value from another: like its JSON text, and quicker.
    function signOf(value) {
        switch (typeof value) {
            case "string":
                return '"' + value;
            case "number":
                return value - value === 0 ? value : "null";
            case "boolean":
                return value;
            case "undefined":
                return undefined;
        }
        return stringify(value);
    }

    class Fields {
        #told;
        constructor(pointers) {
            this.accessors = pointers.map(rt.accessor);
        }
        begin() {
            this.#told = undefined;
        }
        copy() {
            return this.#told?.slice();
        }
        restore(told) {
            this.#told = told?.slice();
        }
        /// The values as a JSON text; "": none differs from what was told. Throws where JSON cannot carry one.
        look(alive, state) {
            let differs = this.#told === undefined;
            const told = (this.#told ??= []);
            for (let n = 0; n < this.accessors.length; ++n) {
                const sign = alive ? signOf(this.accessors[n](state)) : undefined;
                if (told[n] === sign) continue;
                told[n] = sign;
                differs = true;
            }
            if (!differs) return "";
            const shown = this.accessors.map((access) => {
                const text = alive ? stringify(access(state)) : undefined;
                return text === undefined ? "[]" : `[${text}]`;
            });
            return `[${shown.join(",")}]`;
        }
    }
    rt.Fields = Fields;

    class Changes {
        #text;
        #state; // as it was parsed from that text: nobody else has it
        /// `text` undefined: the entity does not live.
        begin(text) {
            this.#text = text;
            this.#state = text === undefined ? undefined : parse(text);
        }
        /// The changes from the state before as a JSON text.
        look(text) {
            if (text === this.#text) return "[]";
            const before = this.#state;
            this.begin(text);
            return stringify(rt.difference(before, this.#state));
        }
    }
    rt.Changes = Changes;

    /// Each is given a copy: what it does to that is nobody's state.
    class Invariants {
        #held = [];
        #endless = new Set(); // stopped once in this fold: not asked again
        begin() {
            this.#held = [];
        }
        beginFold() {
            this.begin();
            this.#endless = new Set();
        }
        copy() {
            return this.#held.slice();
        }
        restore(held) {
            this.#held = held.slice();
        }
        /// The invariant whose handler that is was stopped by the engine; undefined: it is no invariant's.
        stopped(invariants, handler) {
            const n = invariants.findIndex((each) => each.handler === handler);
            if (n < 0) return undefined;
            this.#endless.add(n);
            this.#held[n] = false;
            return invariants[n];
        }
        /// What does not hold in the state that a fold starts from is told of no event. One that compares two states says nothing of one.
        seed(invariants, state) {
            invariants.forEach((invariant, n) => {
                if (!invariant.comparing) this.#held[n] = complaint(invariant, rt.clone(state), undefined) === "";
            });
        }
        /// Calls broken(name, why) for those that do not hold and did before; for one that compares two states, each time that it does
        /// not: every step is another one. `working`: told which is at work, "" behind.
        look(invariants, state, previous, working, broken) {
            invariants.forEach((invariant, n) => {
                if (this.#endless.has(n)) return;
                working(invariant.handler);
                const why = complaint(invariant, rt.clone(state), invariant.comparing ? rt.clone(previous) : undefined);
                working("");
                if (why !== "" && (invariant.comparing || this.#held[n] !== false)) broken(invariant.name, why);
                this.#held[n] = why === "";
            });
        }
    }
    rt.Invariants = Invariants;
    /// "": it holds.
    function complaint(invariant, state, previous) {
        let result;
        try {
            result = invariant.holds(state, previous);
        } catch (thrown) {
            return rt.describe(thrown, "").message;
        }
        if (result === true || result === undefined || result === "") return "";
        if (typeof result === "string") return result;
        return result === false ? "does not hold" : result ? "" : `gave ${rt.show(result)} instead of true or false`;
    }

    /// Pointers at which a state has NaN, Infinity or undefined.
    class Strange {
        #known = new Set();
        begin() {
            this.#known = new Set();
        }
        /// Calls found(pointer, what) for those that are new.
        look(alive, state, found) {
            const now = new Set();
            if (alive)
                rt.strange(state, (pointer, what) => {
                    now.add(pointer);
                    if (!this.#known.has(pointer)) found(pointer, what);
                });
            this.#known = now;
        }
    }
    rt.Strange = Strange;
})
