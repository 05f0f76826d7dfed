// What JSON has no word for and a state may have all the same: it is told beside the state's text, and put back into what was read of it.
(function (rt) {
    "use strict";
    const { parse, stringify, own } = rt;
    const keysOf = Object.keys;
    const isArray = Array.isArray;

    /// What of a value JSON has no word for, as a list of [path, what, …]; undefined: nothing. NaN, Infinity and -0 by their words, holes
    /// of lists as ranges, members that are undefined by the order of all of their object's.
    rt.beyond = (value) => {
        if (!isBeyond(value)) return undefined;
        const list = [];
        gather(value, [], list);
        return list;
    };
    const writesItself = (object) => typeof object.toJSON === "function";
    function isBeyond(value) {
        if (typeof value === "number") return value - value !== 0 || (value === 0 && 1 / value < 0);
        if (typeof value !== "object") return value === undefined;
        if (value === null) return false;
        if (isArray(value)) {
            for (let i = 0; i < value.length; ++i) if (isBeyond(value[i])) return true; // a hole is undefined, too
            return false;
        }
        if (writesItself(value)) return false;
        for (const key in value) if (isBeyond(value[key])) return true;
        return false;
    }
    function gather(value, path, list) {
        if (typeof value !== "object" || value === null) {
            if (isBeyond(value)) list.push([path, value === 0 ? "-0" : String(value)]);
        } else if (isArray(value)) {
            const holes = [];
            for (let i = 0; i < value.length; ++i) {
                if (i in value) gather(value[i], [...path, i], list);
                else if (holes.at(-1)?.[1] === i) holes.at(-1)[1] = i + 1;
                else holes.push([i, i + 1]);
            }
            if (holes.length > 0) list.push([path, "holes", holes]);
        } else if (!writesItself(value)) {
            const keys = keysOf(value);
            if (keys.some((key) => value[key] === undefined)) list.push([path, "members", keys]);
            for (const key of keys) if (value[key] !== undefined) gather(value[key], [...path, key], list);
        }
    }
    const words = new Map([["NaN", NaN], ["Infinity", Infinity], ["-Infinity", -Infinity], ["undefined", undefined], ["-0", -0]]);
    const set = (object, key, value) =>
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    /// A state that JSON.parse() made, with what rt.beyond() said of it. Paths that lead nowhere in it are passed over: a name with
    /// half a surrogate does not come back as it was.
    rt.completed = (state, beyond) => {
        const whole = { state };
        for (const [path, what, more] of beyond) {
            const steps = ["state", ...path];
            const last = steps.pop();
            let at = whole;
            for (const key of steps) at = own(at, key);
            if (typeof at !== "object" || at === null) continue;
            const there = own(at, last);
            if (words.has(what)) set(at, last, words.get(what));
            else if (typeof there === "object" && there !== null) restoreIn(there, what, more);
        }
        return whole.state;
    };
    function restoreIn(object, what, more) {
        if (what === "holes") {
            for (const [from, to] of more) for (let i = from; i < to; ++i) delete object[i];
            return;
        }
        const members = more.map((key) => [key, own(object, key)]);
        for (const [key] of members) delete object[key];
        for (const [key, value] of members) set(object, key, value);
    }

    /// A copy that shares nothing, of what JSON can carry and what it has no word for.
    rt.clone = (value) => {
        const text = stringify(value);
        if (text === undefined) return value;
        const beyond = rt.beyond(value);
        return beyond === undefined ? parse(text) : rt.completed(parse(text), beyond);
    };
    // As far as states go. The engine has none: it belongs to browsers and node.
    const structuredClone = (value) => {
        const why = rt.obstacle(value);
        if (why) throw new Error(`structuredClone() copies plain data here: ${why.replace("the state", "the value")}`);
        return rt.clone(value);
    };
    Object.defineProperty(globalThis, "structuredClone", { value: structuredClone, writable: true, configurable: true });
})
