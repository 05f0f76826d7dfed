// Works through the packets of core/model/script_protocol.h. The state of the present fold is written as text only where it is asked for
// and once a packet: that text is what a failing handler's damage is put right from.
(function (rt) {
    "use strict";
    const { parse, progress, obstacle, looksRight, types, leaves, sizeOf, answer } = rt;
    const OP = 2; // the place of ScriptProgress::op in `progress`
    // So much of each state is looked at as soon as it is there, so that the event fails that made it what JSON cannot carry, whether
    // that state is told or not. Of larger ones the rest is looked at where they are told or kept: each time would take too long.
    const MOST_EACH_TIME = 200;

    let models = new Map();
    const fold = new rt.Fold();
    const telling = new rt.Telling(fold);

    // The packet.
    let packet = "", list = [], at = 0, op = 0, registered = -1, pristine;
    // Where the fold is known to be right: before the op at safe.at. safe.text undefined: unborn; safe.begin: it starts there.
    let safe = { at: 0, op: 0, answered: 0, text: undefined, begin: false, told: telling.copy() };
    let settledAt = -1;
    let checked = false; // every state is looked at: one that JSON cannot carry was met
    let restoring; // the error for which events are folded again

    /// After a model was loaded.
    rt.use = (read, given) => {
        models = read;
        telling.use(given);
        fold.use(undefined);
        fold.careful = given.careful;
        fold.startFromText((safe.text = undefined));
    };
    rt.run = (text) => {
        packet = text;
        list = parse(text);
        pristine = undefined;
        at = 0;
        op = 0;
        answer.begin();
        registered = -1;
        checked = false;
        keep(at, op, safe.text);
        return work();
    };
    /// The engine stopped what was at work, for the reason that `error` has (message, line). Goes on behind it.
    rt.resume = (text) => {
        const error = parse(text);
        if (answer.silent) {
            answer.silent = false;
            ownState();
            tellFailure(at, restoring);
            return work();
        }
        const { stage } = fold;
        if (stage === "settle") {
            fold.stage = "";
            if (!checked) {
                rollBack();
            } else {
                fold.startFromText(safe.text);
                keep(at, op, safe.text);
            }
            return work();
        }
        const i = at;
        if (list[i] === 1 && telling.lookStopped(stage, error.message)) {
            fold.stage = "";
            if (tellDetail(i + sizeOf(list, i), op + 1)) advance(i);
            return work();
        }
        error.file = rt.name;
        if (!rt.tellStopped(fold, list, i, error)) {
            error.handler = list[i] === 1 ? fold.atWork(types[list[i + 1]]) : stage;
            fail(i, error);
            return work();
        }
        fold.stage = "";
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
        packet = "";
        list = [];
        pristine = undefined;
        return answer.take();
    }

    function event(i) {
        answer.version = list[i + 3];
        if (fold.model === undefined) return tellDetail(i + sizeOf(list, i), op + 1); // none of the model's
        const plain = !checked && telling.isPlain;
        let previous;
        try {
            if (!plain) previous = telling.lookBefore();
            fold.step(list, i);
        } catch (thrown) {
            failWith(i, thrown);
            return false;
        }
        return plain ? isRight(i, false) : look(i, previous);
    }
    /// False: the event at i made a state that JSON cannot carry, and failed. Not `wholly`: as far as a quick look tells.
    function isRight(i, wholly) {
        if (!fold.alive || (!wholly && looksRight(fold.state, MOST_EACH_TIME))) return true;
        const why = obstacle(fold.state);
        if (why === "") return true;
        const type = types[list[i + 1]];
        fail(i, { message: why, handler: fold.handlerName(type), file: rt.name, line: fold.model.lineFor(type), column: 0 });
        return false;
    }
    /// Tells what is to be told after an event. False: it failed, or has to be folded again.
    function look(i, previous) {
        if (!isRight(i, checked || telling.needsEachState)) return false;
        try {
            telling.look(types[list[i + 1]], previous);
        } catch (thrown) {
            failWith(i, thrown);
            return false;
        }
        return tellDetail(i + sizeOf(list, i), op + 1);
    }
    function tellDetail(next, nextOp) {
        if (telling.isNothing) return true;
        if (telling.isOfFields) {
            if (telling.tellFields() || checked) return true;
            rollBack(); // a field that JSON cannot carry: the event that made it so is found with every state looked at
            return false;
        }
        const text = textOfState();
        telling.tellState(text);
        keep(next, nextOp, text);
        return true;
    }
    /// Of a state that was looked at. One that gives now this, now that (a getter, a proxy) becomes the last safe one again.
    function textOfState() {
        if (!fold.alive) return undefined;
        try {
            return rt.textOf(fold.state);
        } catch {
            fold.startFromText(safe.text);
            return safe.text;
        }
    }

    /// The present state is right, and has this text; it is the one before the op at `next`.
    function keep(next, nextOp, text) {
        safe = { at: next, op: nextOp, answered: answer.length, text, begin: false, told: telling.copy() };
        settledAt = next;
    }
    /// Before the state is left, told or kept beyond a packet. False: JSON cannot carry it, and the events since the last safe state
    /// are folded again, one by one.
    function settle(withText) {
        if (settledAt === at && (!withText || !safe.begin)) return true;
        fold.stage = "settle";
        const right = !fold.alive || obstacle(fold.state) === "";
        if (!right && !checked) {
            fold.stage = "";
            rollBack();
            return false;
        }
        if (!right) fold.startFromText(safe.text); // every event was looked at, and yet: it gives now this, now that
        const text = withText ? textOfState() : undefined;
        fold.stage = "";
        if (withText) keep(at, op, text);
        else settledAt = at;
        return true;
    }
    function rollBack() {
        list = parse(packet);
        pristine = undefined; // a handler may have changed what was folded of it
        at = safe.at;
        op = safe.op;
        answer.cut(safe.answered);
        telling.restore(safe.told);
        settledAt = at;
        checked = true;
        if (safe.begin) return; // which sets all that follows
        fold.startFromText(safe.text);
        telling.beginChanges();
    }

    /// The state before the op at i, by folding again from the last safe one: the handler that failed may have changed it.
    function restore(i) {
        pristine ??= parse(packet);
        let k = safe.at;
        let number = safe.op;
        if (safe.begin) {
            k += 8;
            ++number;
        }
        startFromSafe();
        answer.silent = true;
        try {
            for (; k < i; k += sizeOf(pristine, k), ++number) {
                if (pristine[k] !== 1) continue;
                progress[OP] = number; // each has its own time
                fold.step(pristine, k);
            }
        } catch {
            ownState();
        }
        answer.silent = false;
        progress[OP] = op;
    }
    function startFromSafe() {
        if (safe.begin) fold.startFromPacket(pristine[safe.at + 6], rt.clone(pristine[safe.at + 7]));
        else fold.startFromText(safe.text);
    }
    /// Asked again about the same events, the model gave something else.
    function ownState() {
        answer.silent = false;
        pristine = parse(packet);
        startFromSafe();
        rt.remark("the model gave something else when it was asked again about the same events: it keeps a state of its own");
    }
    function failWith(i, thrown) {
        fail(i, rt.describe(thrown, fold.atWork(types[list[i + 1]])));
    }
    function fail(i, error) {
        fold.stage = "";
        restoring = error;
        if (fold.model !== undefined) restore(i);
        fold.stage = "";
        if (fold.alive && !checked && obstacle(fold.state) !== "") {
            rollBack(); // an event before this one is to blame
            return;
        }
        tellFailure(i, error);
    }
    function tellFailure(i, error) {
        fold.stage = "";
        const text = textOfState();
        answer.tell("E", error);
        if (telling.isOfFields) telling.tellFields();
        else telling.tellState(text);
        advance(i);
        keep(at, op, text);
    }

    /// Every op but event. False: `at` is set already.
    function other(i) {
        const a = list;
        switch (a[i]) {
            case 0:
                return begin(i);
            case 2:
                if (!settle(true)) return false;
                telling.setDetail(a[i + 1]);
                return true;
            case 3:
                if (!settle(true)) return false;
                answer.state(fold.alive ? safe.text : undefined);
                return true;
            case 4:
            case 5:
                rt.tellAnswer(fold, a, i);
                return true;
            case 6:
            case 7:
                if (op > registered) a[i] === 6 ? types.push(a[i + 1]) : rt.addShape(a[i + 1]);
                registered = Math.max(registered, op);
                return true;
            case 8:
                answer.version = a[i + 1];
                if (a[i + 2]) answer.tell("E", { message: String(a[i + 2]), handler: "", file: rt.name, line: 0, column: 0 });
                return tellDetail(i + 3, op + 1);
            case 9:
                if (!settle(true)) return false;
                rt.tellAnswer(fold, a, i);
                return true;
        }
        throw new Error(`op ${a[i]} is not known`);
    }
    function begin(i) {
        if (!settle(false)) return false;
        const a = list;
        answer.tag = String(a[i + 1]);
        rt.setEntity(a[i + 2], a[i + 3]);
        answer.version = a[i + 4];
        fold.startFromPacket(a[i + 6], a[i + 7]);
        fold.use(models.get(a[i + 2]) ?? models.get("*"));
        telling.begin(a[i + 5]);
        safe = { at: i, op, answered: answer.length, text: undefined, begin: true, told: telling.copy() };
        settledAt = i + 8;
        telling.seed();
        return true;
    }
})
