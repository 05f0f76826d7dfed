// The state of the present fold, and how an event makes the next one of it.
(function (rt) {
    "use strict";
    const { parse, stringify, types, eventAt, endsLife, TOMBSTONE, answer } = rt;
    const BEYOND = "\u001f"; // stands in no JSON text
    const SKIP = Symbol("an event that is none of this fold's");
    rt.SKIP = SKIP;

    /// The text of a state that lives, with what JSON has no word for. Throws where JSON cannot carry it.
    rt.textOf = (state) => {
        const beyond = rt.beyond(state);
        const text = stringify(state) ?? "null";
        return beyond === undefined ? text : text + BEYOND + stringify(beyond);
    };
    rt.jsonOf = (text) => {
        const end = text === undefined ? -1 : text.indexOf(BEYOND);
        return end < 0 ? text : text.slice(0, end);
    };

    class Fold {
        model; // undefined: there is none for the entity
        handlers = []; // by type; null: it has none
        alive = false;
        state;
        stage = ""; // what is at work where it is no handler of the event's
        careful = false; // handlers that change the event that they are given are remarked upon

        use(model) {
            if (model === this.model) return;
            this.model = model;
            this.handlers = [];
        }
        start(alive, state) {
            this.alive = alive;
            this.state = alive ? state : undefined;
        }
        /// `text`: as rt.textOf() makes it; undefined: unborn.
        startFromText(text) {
            if (text === undefined) return this.start(false);
            const end = text.indexOf(BEYOND);
            if (end < 0) this.start(true, parse(text));
            else this.start(true, rt.completed(parse(text.slice(0, end)), parse(text.slice(end + 1))));
        }
        /// `born` and `state` as a packet has them; the state becomes the fold's own.
        startFromPacket(born, state) {
            if (born === 2) this.start(true, rt.completed(state[0], state[1]));
            else this.start(born === 1, state);
        }
        /// Takes the event op at a[i]. REQUIRES: there is a model. Throws what its handler throws, which may have changed the state.
        step(a, i) {
            const model = this.model;
            let handler = this.handlers[a[i + 1]];
            if (handler === undefined) handler = this.handlers[a[i + 1]] = model.handlerFor(types[a[i + 1]]);
            let next;
            if (handler === null && model.step === undefined) {
                next = this.alive ? this.state : this.birth();
                if (endsLife(a[i + 4])) next = null;
            } else {
                next = this.#evolve(handler, a, i);
                if (next === SKIP) return;
            }
            this.alive = next !== null;
            this.state = next === null ? undefined : next;
        }
        #evolve(handler, a, i) {
            const model = this.model;
            const kind = a[i + 4];
            if (kind === TOMBSTONE && model.step === undefined) return null; // nothing to read: whatever a handler made of it would end
            const event = eventAt(a, i);
            const current = this.alive ? this.state : model.step === undefined ? this.birth() : undefined;
            const looksAtEvent = this.careful && !answer.silent;
            const text = looksAtEvent ? stringify(event) : "";
            const next = model.step === undefined ? handler(current, event) : model.step(current, this.alive, event);
            if (looksAtEvent && stringify(event) !== text)
                rt.remark(`${model.nameFor(event.type)} changes the event that it was given${rt.atLine(model.lineFor(event.type))}`);
            if (endsLife(kind) && next !== SKIP) return null;
            return next === undefined ? current : next;
        }
        birth() {
            this.stage = this.model.initialHandler;
            const first = this.model.birth();
            this.stage = "";
            return first === undefined || first === null ? {} : first;
        }
        /// Who is at work while an event of the type is taken.
        atWork(type) {
            return this.stage || this.handlerName(type);
        }
        handlerName(type) {
            return this.model === undefined ? "" : this.model.nameFor(type);
        }
    }
    rt.Fold = Fold;
})
