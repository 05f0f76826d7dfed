// What is told of a fold after each event: as much as its detail says, and what the options want watched.
(function (rt) {
    "use strict";
    const { stringify, answer } = rt;
    const NOTHING = 0, STATES = 1, CHANGES = 2, FIELDS = 3; // Detail

    class Telling {
        #fold;
        #detail = NOTHING;
        #options = { invariants: false, careful: false };
        #fields = new rt.Fields([]);
        #changes = new rt.Changes();
        #invariants = new rt.Invariants();
        #strange = new rt.Strange();

        constructor(fold) {
            this.#fold = fold;
        }
        use(options) {
            this.#options = options;
            this.#fields = new rt.Fields(options.fields);
            this.#detail = NOTHING;
        }
        /// Of another fold, which is at its start.
        begin(detail) {
            this.#fields.begin();
            if (this.#options.careful) this.#strange.begin();
            this.#invariants.beginFold();
            this.setDetail(detail);
        }
        setDetail(detail) {
            this.#detail = detail;
            this.beginChanges();
        }
        /// From here on changes are told from the present state.
        beginChanges() {
            if (this.#detail === CHANGES) this.#changes.begin(this.#fold.alive ? stringify(this.#fold.state) : undefined);
        }
        /// What the invariants say of the state that a fold starts from.
        seed() {
            const { alive, model, state } = this.#fold;
            if (!alive || model === undefined || !this.#options.invariants) return;
            this.#fold.stage = "invariants";
            this.#invariants.seed(model.invariants, state);
            this.#fold.stage = "";
        }
        /// What has been told so far, for restore().
        copy() {
            return { held: this.#invariants.copy(), told: this.#fields.copy() };
        }
        restore({ held, told }) {
            this.#invariants.restore(held);
            this.#fields.restore(told);
        }

        /// Nothing is told of an event, nor watched.
        get isPlain() {
            return this.#detail === NOTHING && !this.#options.invariants && !this.#options.careful;
        }
        get isNothing() {
            return this.#detail === NOTHING;
        }
        get isOfFields() {
            return this.#detail === FIELDS;
        }
        /// Each state has to be one that JSON can carry.
        get needsEachState() {
            return this.#options.careful || this.#detail === STATES || this.#detail === CHANGES;
        }
        /// What is kept of the state before an event for look().
        lookBefore() {
            const fold = this.#fold;
            if (!this.#options.invariants || !fold.model.comparing) return undefined;
            return fold.alive ? rt.clone(fold.state) : fold.birth();
        }
        /// After an event of that type: strange values and broken invariants.
        look(type, previous) {
            const { alive, state, model } = this.#fold;
            if (this.#options.careful) this.#strange.look(alive, state, (pointer, what) => this.#remarkStrange(type, pointer, what));
            if (!this.#options.invariants) return;
            if (!alive) return this.#invariants.begin(); // another life is another matter
            const working = (handler) => (this.#fold.stage = handler);
            const broken = (name, why) => answer.tell("B", [name, why]);
            this.#invariants.look(model.invariants, state, previous, working, broken);
        }
        /// The engine stopped an invariant: it is told as broken. False: it was something else that was at work.
        lookStopped(stage, message) {
            const invariant = this.#fold.model && this.#invariants.stopped(this.#fold.model.invariants, stage);
            if (!invariant) return false;
            answer.tell("B", [invariant.name, `${message}; it is not asked again in this life`]);
            return true;
        }
        #remarkStrange(type, pointer, what) {
            const model = this.#fold.model;
            rt.remark(`${pointer || "the state"} became ${what}: ${model.nameFor(type)}${rt.atLine(model.lineFor(type))}`);
        }
        /// The state or its changes. `text`: of the state; undefined: it does not live.
        tellState(text) {
            if (this.#detail === STATES) answer.state(text);
            else if (this.#detail === CHANGES) answer.line("C", this.#changes.look(rt.jsonOf(text)));
        }
        /// False: JSON cannot carry one.
        tellFields() {
            try {
                const text = this.#fields.look(this.#fold.alive, this.#fold.state);
                if (text !== "") answer.line("F", text);
                return true;
            } catch {
                return false;
            }
        }
    }
    rt.Telling = Telling;
})
