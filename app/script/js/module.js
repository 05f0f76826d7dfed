// A model that is a module (contracts 5): reads what it exports, once, into what the loop works with.
(function (rt) {
    "use strict";
    const { own, isObject } = rt;
    const PARTS = ["initial", "evolve", "decide", "invariants"];

    class Refusal extends Error {}
    rt.Refusal = Refusal;
    globalThis.refuse = (reason) => {
        throw new Refusal(reason === undefined ? "refused" : String(reason));
    };

    /// `define` is the module as a function: it tells its exports, as getters, before its body runs.
    rt.readModule = (define) => {
        let exported = {};
        let lines;
        define((getters, theirLines) => {
            exported = getters;
            lines = theirLines;
            if (getters.uses) rt.uses = getters.uses;
        });
        const given = (name) => {
            const get = own(exported, name);
            if (get) return get();
            const whole = own(exported, "default");
            return whole && own(whole(), name);
        };
        for (const name of Object.keys(exported)) {
            try {
                exported[name]();
            } catch (thrown) {
                throw rt.wrong(`${name} is exported and not there: ${thrown.message}`, lines[name]);
            }
        }
        const uses = given("uses");
        if (uses !== undefined) {
            if (!Array.isArray(uses) || uses.some((each) => each !== "clock" && each !== "random"))
                throw rt.wrong('uses must be a list of "clock" and "random"', rt.lineOfText("uses"));
            if (uses.length > 0) rt.remark(`the model uses ${uses.join(" and ")}: its states may differ from one replay to the next`);
        }
        const entities = given("entities");
        if (!isObject(entities) || Object.keys(entities).length === 0)
            throw rt.wrong(
                "the model exports no entities: export const entities = { category: { initial, evolve } }",
                rt.lineOfText("entities")
            );
        const read = new Map();
        for (const category of Object.keys(entities)) read.set(category, entity(category, entities[category]));
        return read;
    };

    function entity(category, given) {
        const at = `entities.${category}`;
        const wrong = (what) => rt.wrong(`${at}${what}`, rt.lineOfText(category));
        if (!isObject(given)) throw wrong(" must be an object with initial and evolve");
        for (const part of Object.keys(given))
            if (!PARTS.includes(part)) rt.remark(`${at}.${part} is not known and not used; there are ${PARTS.join(", ")}`);
        const evolve = own(given, "evolve");
        if (typeof evolve !== "function" && !isObject(evolve))
            throw wrong(".evolve must be an object of functions by event type, or one function");
        const tables = { evolve, decide: own(given, "decide"), invariants: own(given, "invariants") };
        for (const part of ["evolve", "decide", "invariants"]) {
            const table = tables[part];
            if (table === undefined || typeof table === "function") continue;
            if (!isObject(table)) throw wrong(`.${part} must be an object of functions by name`);
            for (const name of Object.keys(table))
                if (typeof table[name] !== "function") throw wrong(`.${part}.${name} must be a function`);
        }
        if (typeof tables.decide === "function" || typeof tables.invariants === "function")
            throw wrong(".decide and .invariants must be objects of functions by name");
        const initial = own(given, "initial");
        const why = typeof initial === "function" ? "" : rt.obstacle(initial ?? {});
        if (why) throw wrong(`.initial: ${why}`);
        return new EntityModel(category, initial, tables);
    }

    class EntityModel {
        constructor(category, initial, { evolve, decide, invariants }) {
            this.category = category;
            this.initial = initial;
            this.initialHandler = `${category}.initial`;
            this.evolve = evolve;
            this.decide = decide;
            this.invariants = Object.keys(invariants ?? {}).map((name) => ({
                name,
                handler: `${category}.invariants.${name}`,
                holds: invariants[name].bind(invariants),
                comparing: invariants[name].length >= 2,
            }));
            this.comparing = this.invariants.some((each) => each.comparing);
            this.step = undefined; // of projections
            this.birth = typeof initial === "function" ? () => initial() : () => rt.clone(initial ?? {});
        }
        /// null: none.
        handlerFor(type) {
            if (typeof this.evolve === "function") return this.evolve;
            const found = own(this.evolve, type) ?? own(this.evolve, "$any");
            if (found === undefined) return null;
            return /\bthis\b/.test(String(found)) ? found.bind(this.evolve) : found;
        }
        /// "account.evolve.Deposited", and its line in the file.
        nameFor(type) {
            if (typeof this.evolve === "function") return `${this.category}.evolve`;
            return `${this.category}.evolve.${own(this.evolve, type) ? type : "$any"}`;
        }
        lineFor(type) {
            return rt.lineOf(typeof this.evolve === "function" ? this.evolve : own(this.evolve, type) ?? own(this.evolve, "$any"));
        }
        facts() {
            return {
                handlers: typeof this.evolve === "function" ? [] : Object.keys(this.evolve),
                decide: Object.keys(this.decide ?? {}),
                invariants: this.invariants.map((each) => each.name),
                initial: this.initial !== undefined,
            };
        }
    }

    /// Commands that may make events of a type: those whose text names it.
    rt.commandsThatMake = (model, type) =>
        Object.keys(model.decide ?? {}).filter((name) => String(model.decide[name]).includes(type));

    /// What a command makes in a state: {events: [{type, payload}]} or {refused: reason, …}.
    rt.decided = (model, name, state, command) => {
        const handler = `${model.category}.decide.${name}`;
        const decide = own(model.decide, name);
        if (decide === undefined) {
            const names = Object.keys(model.decide ?? {});
            const there = names.length ? `it has ${names.join(", ")}` : "it decides none";
            return { refused: `${model.category} has no command ${name}: ${there}` };
        }
        let made;
        try {
            made = decide.call(model.decide, rt.clone(state), command);
        } catch (thrown) {
            if (thrown instanceof Refusal) return { refused: thrown.message };
            const told = rt.describe(thrown, handler);
            return { refused: told.message, handler, file: told.file, line: told.line, column: told.column };
        }
        if (made === undefined || made === null) made = [];
        if (!Array.isArray(made)) made = [made];
        const nonsense = made.some((event) => !isObject(event) || typeof event.type !== "string" || rt.obstacle(event.payload ?? null));
        if (nonsense) {
            const why = `${handler} must give a list of events, each {type, payload} of plain data, or refuse("why")`;
            return { refused: why, handler, file: rt.name, line: rt.lineOf(decide), column: 0 };
        }
        return { events: made.map(({ type, payload }) => ({ type, payload })) };
    };
})
