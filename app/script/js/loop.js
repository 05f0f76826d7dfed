// Works through the packets of core/model/script_protocol.h. The state of the present fold lives here; it is written as text only
// where it is asked for and once a packet: that text is what a failing handler's damage is put right from.
(function (rt) {
    "use strict";
    const { parse, stringify, progress, obstacle, types, makes, leaves, sizeOf, eventAt, endsLife, TOMBSTONE } = rt;
    const OP = 2; // the place of ScriptProgress::op in `progress`
    const NOTHING = 0, STATES = 1, CHANGES = 2, FIELDS = 3; // Detail
    const MOST_REMARKS = 100; // of one packet
    const MOST_TEXT = 2000;
    const SKIP = Symbol("an event that is none of this fold's");
    rt.SKIP = SKIP;

    let models = new Map();
    let options = { invariants: false, careful: false };
    let fields = new rt.Fields([]);
    const changes = new rt.Changes();
    const invariants = new rt.Invariants();
    const strange = new rt.Strange();

    // The packet.
    let packet = "", list = [], at = 0, op = 0, out = [], remarks = 0, registered = -1, pristine;
    // The fold.
    let model, handlers = [], tag = "0", version = 0, detail = NOTHING, alive = false, state;
    // Where the fold is known to be right: before the op at safeAt. safeText undefined: unborn; safeBegin: it starts there.
    let safeAt = 0, safeOp = 0, safeOut = 0, safeText, safeBegin = false, safeHeld = [], safeTold, settledAt = -1;
    let checked = false; // every state is looked at: one that JSON cannot carry was met
    let stage = ""; // what is at work where it is no handler of the event's
    let silent = false; // folding again what was told
    let restoring; // the error for which that is done

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
        fields = new rt.Fields(given.fields);
        model = undefined;
        detail = NOTHING;
        setState((safeText = undefined));
    };
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
        safeHeld = invariants.copy();
        safeTold = fields.copy();
        settledAt = 0;
        return work();
    };
    /// The engine stopped what was at work, for the reason that `error` has (message, line). Goes on behind it.
    rt.resume = (text) => {
        const error = parse(text);
        if (silent) {
            silent = false;
            ownState();
            tellFailure(at, restoring);
            return work();
        }
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
            out.push(`A ${tag} ${list[i + 3]} ${stringify(`${stage}: ${error.message}`)}`);
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
        const event = eventAt(a, i);
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
            if (options.careful) strange.look(alive, state, tellStrange);
            if (options.invariants && alive) invariants.look(model.invariants, state, previous, working, broken);
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
            if (tellFields() || checked) return true;
            rollBack(); // a field that JSON cannot carry: the event that made it so is found with every state looked at
            return false;
        }
        const text = textOfState();
        if (detail === STATES) {
            out.push(alive ? `S ${tag} ${version} ${text}` : `S ${tag} ${version}`);
        } else {
            out.push(`C ${tag} ${version} ${changes.look(text)}`);
        }
        keep(next, nextOp, text);
        return true;
    }
    /// False: JSON cannot carry one.
    function tellFields() {
        try {
            const text = fields.look(alive, state);
            if (text !== "") out.push(`F ${tag} ${version} ${text}`);
            return true;
        } catch {
            return false;
        }
    }
    /// Of a state that was looked at. One that gives now this, now that (a getter, a proxy) becomes the last safe one again.
    function textOfState() {
        if (!alive) return undefined;
        try {
            return stringify(state);
        } catch {
            setState(safeText);
            return safeText;
        }
    }
    function tellStrange(pointer, what) {
        const type = types[list[at + 1]];
        const line = model.lineFor(type);
        rt.remark(`${pointer || "the state"} became ${what}: ${model.nameFor(type)}${line ? `, line ${line}` : ""}`);
    }
    const working = (handler) => {
        stage = handler;
    };
    const broken = (name, why) => tell("B", [name, why]);

    /// The present state is right, and has this text; it is the one before the op at `next`.
    function keep(next, nextOp, text) {
        safeAt = next;
        safeOp = nextOp;
        safeOut = out.length;
        safeText = text;
        safeBegin = false;
        safeHeld = invariants.copy();
        safeTold = fields.copy();
        settledAt = next;
    }
    /// Before the state is left, told or kept beyond a packet. False: JSON cannot carry it, and the events since the last safe state
    /// are folded again, one by one.
    function settle(withText) {
        if (settledAt === at && (!withText || !safeBegin)) return true;
        stage = "settle";
        const right = !alive || obstacle(state) === "";
        if (!right && !checked) {
            stage = "";
            rollBack();
            return false;
        }
        if (!right) setState(safeText); // every event was looked at, and yet: it gives now this, now that
        const text = withText ? textOfState() : undefined;
        stage = "";
        if (withText) keep(at, op, text);
        else settledAt = at;
        return true;
    }
    function rollBack() {
        list = parse(packet);
        at = safeAt;
        op = safeOp;
        out.length = safeOut;
        invariants.restore(safeHeld);
        fields.restore(safeTold);
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
        let k = safeAt;
        let number = safeOp;
        if (safeBegin) {
            k += 8;
            ++number;
        }
        startFromSafe();
        silent = true;
        try {
            for (; k < i; k += sizeOf(pristine, k), ++number) {
                if (pristine[k] !== 1) continue;
                progress[OP] = number; // each has its own time
                const handler = handlers[pristine[k + 1]];
                let next;
                if (handler !== null || model.step !== undefined) next = evolve(handler, pristine, k);
                else next = endsLife(pristine[k + 4]) ? null : alive ? state : birth();
                if (next === SKIP) continue;
                alive = next !== null;
                state = alive ? next : undefined;
            }
        } catch {
            ownState();
        }
        silent = false;
        progress[OP] = op;
    }
    function startFromSafe() {
        if (!safeBegin) return setState(safeText);
        const from = pristine[safeAt + 7];
        alive = pristine[safeAt + 6] === 1;
        state = alive ? from : undefined;
    }
    /// Asked again about the same events, the model gave something else.
    function ownState() {
        silent = false;
        pristine = parse(packet);
        startFromSafe();
        rt.remark("the model gave something else when it was asked again about the same events: it keeps a state of its own");
    }
    function fail(i, error) {
        stage = "";
        restoring = error;
        if (model !== undefined) restore(i);
        stage = "";
        if (alive && !checked && obstacle(state) !== "") {
            rollBack(); // an event before this one is to blame
            return;
        }
        tellFailure(i, error);
    }
    function tellFailure(i, error) {
        stage = "";
        const text = textOfState();
        tell("E", error);
        const next = i + sizeOf(list, i);
        if (detail === STATES) out.push(alive ? `S ${tag} ${version} ${text}` : `S ${tag} ${version}`);
        else if (detail === CHANGES) out.push(`C ${tag} ${version} ${changes.look(text)}`);
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
                out.push(`A ${tag} ${a[i + 3]} ${stringify(accepted(a, i))}`);
                return true;
            case 5:
                tell("D", decide(a[i + 1], a[i + 2]));
                return true;
            case 6:
                if (op > registered) types.push(a[i + 1]);
                registered = Math.max(registered, op);
                return true;
            case 7:
                if (op > registered) rt.addShape(a[i + 1]);
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
        rt.setEntity(a[i + 2], a[i + 3]);
        version = a[i + 4];
        detail = a[i + 5];
        alive = a[i + 6] === 1;
        state = alive ? a[i + 7] : undefined;
        const found = models.get(a[i + 2]) ?? models.get("*");
        if (found !== model) {
            model = found;
            handlers = [];
        }
        fields.begin();
        if (options.careful) strange.begin();
        invariants.begin();
        safeAt = i;
        safeOp = op;
        safeOut = out.length;
        safeText = undefined;
        safeBegin = true;
        safeHeld = [];
        safeTold = undefined;
        settledAt = i + 8;
        beginDetail();
        if (alive && model !== undefined && options.invariants) {
            stage = "invariants";
            invariants.seed(model.invariants, state);
            stage = "";
        }
        return true;
    }
    function beginDetail() {
        if (detail !== CHANGES) return;
        changes.begin(alive ? stringify(state) : undefined);
    }

    function decide(name, command) {
        if (model?.decide === undefined) return { refused: "the model decides no commands" };
        stage = `${model.category}.decide.${name}`;
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
