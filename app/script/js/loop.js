// Works through the packets of core/model/script_protocol.h. The state of the present fold lives here; it is written as text only
// where it is asked for and once a packet: that text is what a failing handler's damage is put right from.
(function (rt) {
    "use strict";
    const { parse, stringify, progress, obstacle, difference } = rt;
    const OP = 2; // the place of ScriptProgress::op in `progress`
    const NOTHING = 0, STATES = 1, CHANGES = 2, FIELDS = 3; // Detail
    const KINDS = ["plain", "create", "update", "delete", "snapshot", "truncate", "message", "tombstone"];
    const TOMBSTONE = 7;
    const endsLife = (kind) => kind === 3 || kind === 5 || kind === TOMBSTONE;
    const MOST_REMARKS = 100; // of one packet
    const MOST_TEXT = 2000;
    const SKIP = Symbol("an event that is none of this fold's");
    rt.SKIP = SKIP;

    // Beyond a packet, and beyond a model: registry() and adopt() carry them over.
    const types = [];
    const templates = [];
    const makes = [(a, i) => a[i], () => undefined];
    const leaves = [1, 0];

    let models = new Map();
    let options = { invariants: false, careful: false };
    let accessors = [];

    // The packet.
    let packet = "", list = [], at = 0, op = 0, out = [], remarks = 0, registered = -1, pristine;
    // The fold.
    let model, handlers = [], tag = "0", category = "", id = "", entity = "", version = 0, detail = NOTHING, alive = false, state;
    let held = [], told, strange = new Set();
    // Where the fold is known to be right: before the op at safeAt. safeText undefined: unborn; safeBegin: it starts there.
    let safeAt = 0, safeOp = 0, safeOut = 0, safeText, safeBegin = false, safeHeld = [], safeTold, settledAt = -1;
    let before, beforeText; // of CHANGES: the last state told, parsed, and its text
    let checked = false; // every state is looked at: one that JSON cannot carry was met
    let stage = ""; // what is at work where it is no handler of the event's
    let silent = false; // folding again what was told

    class Event {
        #ms;
        #ns;
        constructor(type, version, kind, ms, ns, payload) {
            this.type = type;
            this.version = version;
            this.kind = kind;
            this.category = category;
            this.id = id;
            this.entity = entity;
            this.payload = payload;
            this.#ms = ms;
            this.#ns = ns;
        }
        get time() {
            return isoText(this.#ms, this.#ns);
        }
        toJSON() {
            const { type, version, kind, category, id, entity, payload } = this;
            return { type, version, time: this.time, kind, category, id, entity, payload };
        }
    }
    const RealDate = rt.Date;
    const isoDate = RealDate.prototype.toISOString;
    function isoText(ms, ns) {
        const text = isoDate.call(new RealDate(ms));
        if (ns === 0) return text.endsWith(".000Z") ? text.slice(0, -5) + "Z" : text;
        const beyond = String(ns).padStart(6, "0");
        return text.slice(0, -1) + (beyond.endsWith("000") ? beyond.slice(0, 3) : beyond) + "Z";
    }
    rt.isoText = isoText;

    rt.remark = (text) => {
        if (silent) return;
        if (++remarks > MOST_REMARKS) return;
        out.push(`R ${tag} ${version} ${stringify(rt.cut(text, MOST_TEXT))}`);
        if (remarks === MOST_REMARKS) out.push(`R ${tag} ${version} "more remarks of these events are left out"`);
    };
    const tell = (kind, value) => out.push(`${kind} ${tag} ${version} ${stringify(value)}`);

    /// After a model was loaded.
    rt.use = (read, given) => {
        models = read;
        options = given;
        accessors = given.fields.map(rt.accessor);
        model = undefined;
        alive = false;
        state = undefined;
    };
    rt.registry = () => stringify({ types, templates });
    rt.adopt = (text) => {
        const known = parse(text);
        known.types.forEach((type) => types.push(type));
        known.templates.forEach(addShape);
    };
    function addShape(template) {
        templates.push(template);
        const { make, leaves: count } = rt.shapeFrom(template);
        makes.push(make);
        leaves.push(count);
    }

    rt.run = (text) => {
        packet = text;
        list = parse(text);
        pristine = undefined;
        at = 0;
        op = 0;
        out = [];
        remarks = 0;
        registered = -1;
        checked = false;
        safeAt = 0;
        safeOp = 0;
        safeOut = 0;
        safeBegin = false;
        safeHeld = held.slice();
        safeTold = told?.slice();
        settledAt = 0;
        return work();
    };
    /// The engine stopped what was at work, for the reason that `error` has (message, line). Goes on behind it.
    rt.resume = (text) => {
        silent = false;
        const error = parse(text);
        if (stage === "settle") {
            stage = "";
            if (!checked) {
                rollBack();
            } else {
                setState(safeText);
                keep(at, op, safeText);
            }
            return work();
        }
        const i = at;
        error.file = rt.name;
        if (list[i] === 9) {
            tell("T", null);
            rt.remark(`${stage}: ${error.message}`);
        } else if (list[i] === 4) {
            version = list[i + 3];
            tell("A", `${stage}: ${error.message}`);
        } else if (list[i] === 5) {
            tell("D", { refused: error.message, handler: stage, file: error.file, line: error.line, column: error.column });
        } else {
            error.handler = list[i] === 1 ? stage || nameOfHandler(i) : stage;
            fail(i, error);
            return work();
        }
        stage = "";
        advance(i);
        return work();
    };

    const sizeOf = (a, i) => {
        switch (a[i]) {
            case 0: return 8;
            case 1: case 4: return 7 + leaves[a[i + 2]];
            case 3: case 9: return 1;
            case 5: case 8: return 3;
            default: return 2;
        }
    };
    function advance(i) {
        at = i + sizeOf(list, i);
        ++op;
    }

    function work() {
        while (at < list.length) {
            progress[OP] = op;
            const i = at;
            if (list[i] === 1) {
                if (!event(i)) continue; // failed or rolled back: `at` says where to go on
                at = i + 7 + leaves[list[i + 2]];
                ++op;
            } else if (other(i)) {
                advance(i);
            }
        }
        progress[OP] = op;
        return settle(true) ? finish() : work();
    }
    function finish() {
        const text = out.join("\n");
        packet = "";
        list = [];
        pristine = undefined;
        out = [];
        return text;
    }

    function event(i) {
        const a = list;
        const type = a[i + 1];
        version = a[i + 3];
        if (model === undefined) return tellDetail(i + sizeOf(a, i), op + 1); // none of the model's
        let handler = handlers[type];
        if (handler === undefined) handler = handlers[type] = model.handlerFor(types[type]);
        const plain = detail === NOTHING && !options.invariants && !options.careful && !checked;
        let previous;
        try {
            if (!plain) previous = lookBefore();
            let next;
            if (handler === null && model.step === undefined) {
                next = alive ? state : birth();
                if (endsLife(a[i + 4])) next = null;
            } else {
                next = evolve(handler, a, i);
                if (next === SKIP) next = alive ? state : null;
            }
            if (next === null) {
                alive = false;
                state = undefined;
            } else {
                alive = true;
                state = next;
            }
        } catch (thrown) {
            fail(i, rt.describe(thrown, stage || nameOfHandler(i)));
            return false;
        }
        return plain || look(i, previous);
    }
    function evolve(handler, a, i) {
        const kind = a[i + 4];
        if (kind === TOMBSTONE && model.step === undefined) return null; // nothing to read: whatever a handler made of it would end
        const event = new Event(types[a[i + 1]], a[i + 3], KINDS[kind], a[i + 5], a[i + 6], makes[a[i + 2]](a, i + 7));
        const current = alive ? state : model.step === undefined ? birth() : undefined;
        const text = options.careful && !silent ? stringify(event) : "";
        const next = model.step === undefined ? handler(current, event) : model.step(current, alive, event);
        if (options.careful && !silent && stringify(event) !== text) changedEvent(event);
        if (endsLife(kind) && next !== SKIP) return null;
        return next === undefined ? current : next;
    }
    function birth() {
        stage = model.initialHandler;
        const first = model.birth();
        stage = "";
        return first === undefined || first === null ? {} : first;
    }
    const nameOfHandler = (i) => (model === undefined ? "" : model.nameFor(types[list[i + 1]]));
    function changedEvent(event) {
        const line = model.lineFor(event.type);
        rt.remark(`${model.nameFor(event.type)} changes the event that it was given${line ? `, line ${line}` : ""}`);
    }

    /// What is kept of the state before an event for what is told after it.
    function lookBefore() {
        if (!options.invariants || silent || !model.comparing) return undefined;
        return alive ? rt.clone(state) : birth();
    }
    /// Tells what is to be told after an event. False: it failed, or has to be folded again.
    function look(i, previous) {
        if (silent) return true;
        if (alive && (checked || options.careful || detail === STATES || detail === CHANGES)) {
            const why = obstacle(state);
            if (why) {
                const handler = nameOfHandler(i);
                fail(i, { message: why, handler, file: rt.name, line: model.lineFor(types[list[i + 1]]), column: 0 });
                return false;
            }
        }
        try {
            if (options.careful) lookForStrange(i);
            if (options.invariants && alive) {
                checkInvariants(previous);
            }
        } catch (thrown) {
            fail(i, rt.describe(thrown, stage || nameOfHandler(i)));
            return false;
        }
        const next = i + sizeOf(list, i);
        return tellDetail(next, op + 1);
    }
    function tellDetail(next, nextOp) {
        if (detail === NOTHING) return true;
        if (detail === FIELDS) {
            try {
                tellFields();
            } catch {
                rollBack(); // a field that JSON cannot carry: the event that made it so is found with every state looked at
                return false;
            }
            return true;
        }
        const text = alive ? stringify(state) : undefined;
        if (detail === STATES) {
            out.push(alive ? `S ${tag} ${version} ${text}` : `S ${tag} ${version}`);
        } else if (text === beforeText) {
            out.push(`C ${tag} ${version} []`);
        } else {
            const after = text === undefined ? undefined : parse(text);
            tell("C", difference(before, after));
            before = after;
            beforeText = text;
        }
        keep(next, nextOp, text);
        return true;
    }
    /// What tells a field's value from another: like its JSON text, and quicker.
    function signOf(value) {
        switch (typeof value) {
            case "string": return '"' + value;
            case "number": return value - value === 0 ? value : "null";
            case "boolean": return value;
            case "undefined": return undefined;
        }
        return stringify(value);
    }
    function tellFields() {
        let differs = told === undefined;
        if (differs) told = [];
        for (let n = 0; n < accessors.length; ++n) {
            const sign = alive ? signOf(accessors[n](state)) : undefined;
            if (told[n] === sign) continue;
            told[n] = sign;
            differs = true;
        }
        if (!differs) return;
        const shown = accessors.map((access) => {
            const text = alive ? stringify(access(state)) : undefined;
            return text === undefined ? "[]" : `[${text}]`;
        });
        out.push(`F ${tag} ${version} [${shown.join(",")}]`);
    }

    function lookForStrange() {
        const now = new Set();
        if (alive)
            rt.strange(state, (pointer, what) => {
                now.add(pointer);
                if (strange.has(pointer)) return;
                const type = types[list[at + 1]];
                const line = model.lineFor(type);
                rt.remark(`${pointer || "the state"} became ${what}: ${model.nameFor(type)}${line ? `, line ${line}` : ""}`);
            });
        strange = now;
    }

    /// "": it holds.
    function complaint(invariant, previous) {
        stage = invariant.handler;
        let result;
        try {
            result = invariant.holds(state, previous);
        } catch (thrown) {
            result = rt.describe(thrown, stage).message;
        }
        stage = "";
        if (result === true || result === undefined || result === "") return "";
        if (typeof result === "string") return result;
        return result === false ? "does not hold" : result ? "" : `gave ${rt.show(result)} instead of true or false`;
    }
    function checkInvariants(previous) {
        model.invariants.forEach((invariant, n) => {
            const why = complaint(invariant, previous);
            if (why !== "" && held[n] !== false) tell("B", [invariant.name, why]);
            held[n] = why === "";
        });
    }

    /// The present state is right, and has this text; it is the one before the op at `next`.
    function keep(next, nextOp, text) {
        safeAt = next;
        safeOp = nextOp;
        safeOut = out.length;
        safeText = text;
        safeBegin = false;
        safeHeld = held.slice();
        safeTold = told?.slice();
        settledAt = next;
    }
    /// Before the state is left, told or kept beyond a packet. False: JSON cannot carry it, and the events since the last safe state
    /// are folded again, one by one.
    function settle(withText) {
        if (settledAt === at && (!withText || !safeBegin)) return true;
        stage = "settle";
        let text;
        let right = true;
        try {
            right = !alive || obstacle(state) === "";
            if (right && withText && alive) text = stringify(state);
        } catch {
            right = false;
        }
        stage = "";
        if (!right && !checked) {
            rollBack();
            return false;
        }
        if (!right) { // every event was looked at, and yet: a getter or proxy that gives now this, now that
            setState(safeText);
            text = safeText;
        }
        if (withText) keep(at, op, text);
        else settledAt = at;
        return true;
    }
    function rollBack() {
        list = parse(packet);
        at = safeAt;
        op = safeOp;
        out.length = safeOut;
        held = safeHeld.slice();
        told = safeTold?.slice();
        settledAt = at;
        checked = true;
        if (safeBegin) return; // which sets all that follows
        setState(safeText);
        if (detail === CHANGES) beginDetail();
    }
    function setState(text) {
        alive = text !== undefined;
        state = alive ? parse(text) : undefined;
    }

    /// The state before the op at i, by folding again from the last safe one: the handler that failed may have changed it.
    function restore(i) {
        pristine ??= parse(packet);
        const failing = { list, at, op, version };
        let from = safeAt;
        if (safeBegin) {
            alive = pristine[from + 6] === 1;
            state = alive ? pristine[from + 7] : undefined;
            from += 8;
        } else {
            setState(safeText);
        }
        list = pristine;
        silent = true;
        try {
            for (let k = from; k < i; k += sizeOf(list, k)) {
                if (list[k] !== 1) continue;
                const handler = handlers[list[k + 1]];
                let next;
                if (handler === null && model.step === undefined) next = endsLife(list[k + 4]) ? null : alive ? state : birth();
                else next = evolve(handler, list, k);
                if (next === SKIP) continue;
                alive = next !== null;
                state = alive ? next : undefined;
            }
        } catch {
            silent = false;
            rt.remark("the model gave something else when it was asked again about the same events: it keeps a state of its own");
        }
        silent = false;
        ({ list, at, op, version } = failing);
    }
    function fail(i, error) {
        stage = "";
        if (model !== undefined) restore(i);
        let text;
        try {
            text = alive ? stringify(state) : undefined;
        } catch {
            setState(safeText);
            text = safeText;
        }
        tell("E", error);
        const next = i + sizeOf(list, i);
        if (detail === STATES) out.push(alive ? `S ${tag} ${version} ${text}` : `S ${tag} ${version}`);
        else if (detail === CHANGES) out.push(`C ${tag} ${version} []`);
        else if (detail === FIELDS) tellFields();
        keep(next, op + 1, text);
        at = next;
        ++op;
    }

    /// Every op but event. False: `at` is set already.
    function other(i) {
        const a = list;
        switch (a[i]) {
            case 0:
                return begin(i);
            case 2:
                if (!settle(true)) return false;
                detail = a[i + 1];
                beginDetail();
                return true;
            case 3:
                if (!settle(true)) return false;
                out.push(alive ? `S ${tag} ${version} ${safeText}` : `S ${tag} ${version}`);
                return true;
            case 4:
                version = a[i + 3];
                tell("A", accepted(a, i));
                return true;
            case 5:
                tell("D", decide(a[i + 1], a[i + 2]));
                return true;
            case 6:
                if (op > registered) types.push(a[i + 1]);
                registered = Math.max(registered, op);
                return true;
            case 7:
                if (op > registered) addShape(a[i + 1]);
                registered = Math.max(registered, op);
                return true;
            case 8:
                version = a[i + 1];
                if (a[i + 2]) tell("E", { message: String(a[i + 2]), handler: "", file: rt.name, line: 0, column: 0 });
                return tellDetail(i + 3, op + 1);
            case 9:
                if (!settle(true)) return false;
                tell("T", result());
                return true;
        }
        throw new Error(`op ${a[i]} is not known`);
    }
    function begin(i) {
        if (!settle(false)) return false;
        const a = list;
        tag = String(a[i + 1]);
        category = a[i + 2];
        id = a[i + 3];
        entity = category.replaceAll("%", "%25").replaceAll("/", "%2F") + "/" + id;
        version = a[i + 4];
        detail = a[i + 5];
        alive = a[i + 6] === 1;
        state = alive ? a[i + 7] : undefined;
        const found = models.get(category) ?? models.get("*");
        if (found !== model) {
            model = found;
            handlers = [];
        }
        told = undefined;
        strange = new Set();
        held = [];
        safeAt = i;
        safeOp = op;
        safeOut = out.length;
        safeText = undefined;
        safeBegin = true;
        safeHeld = [];
        safeTold = undefined;
        settledAt = i + 8;
        if (alive && model !== undefined && options.invariants) seedInvariants();
        beginDetail();
        return true;
    }
    function beginDetail() {
        if (detail !== CHANGES) return;
        beforeText = alive ? stringify(state) : undefined;
        before = beforeText === undefined ? undefined : parse(beforeText);
    }
    /// What did not hold already in the state that a fold starts from is told of no event. One that compares two states says nothing
    /// of one.
    function seedInvariants() {
        model.invariants.forEach((invariant, n) => {
            if (!invariant.comparing) held[n] = complaint(invariant, undefined) === "";
        });
    }

    function decide(name, command) {
        if (model?.decide === undefined) return { refused: "the model decides no commands" };
        stage = `${category}.decide.${name}`;
        let made;
        try {
            made = rt.decided(model, name, alive ? state : model.birth(), command);
        } catch (thrown) {
            const { message: refused, ...at } = rt.describe(thrown, model.initialHandler);
            made = { refused, ...at };
        }
        stage = "";
        return made;
    }
    function accepted(a, i) {
        if (model?.decide === undefined) return "";
        const type = types[a[i + 1]];
        let refusal = "";
        for (const name of rt.commandsThatMake(model, type)) {
            const payload = rt.clone(makes[a[i + 2]](a, i + 7));
            const made = decide(name, { ...payload });
            if (made.events?.some((event) => event.type === type)) return "";
            refusal ||= made.refused ?? "";
        }
        return refusal;
    }
    function result() {
        if (!alive) return null;
        if (model?.result === undefined) return state;
        stage = "the projection's result";
        let given = null;
        try {
            given = model.result(state);
        } catch (thrown) {
            const { message, line } = rt.describe(thrown, stage);
            rt.remark(`${stage}: ${message}${line ? `, line ${line}` : ""}`);
        }
        stage = "";
        return given;
    }
})
