// States as plain data: what JSON can carry, how two differ, what stands at a pointer.
(function (rt) {
    "use strict";
    const { parse, stringify, own } = rt;
    const prototypeOf = Object.getPrototypeOf;
    const keysOf = Object.keys;
    const isArray = Array.isArray;
    const hasOwn = Object.hasOwn;
    const ObjectPrototype = Object.prototype;
    const DEEPEST = 256;

    const escaped = (key) => (key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key);
    rt.datesAreText = false; // of projections: EventStoreDB writes their states as JSON, too

    /// Why JSON cannot carry a value; "": it can. What it leaves out (undefined) and NaN, which becomes null, are no reason.
    rt.obstacle = (value) => {
        try {
            return typeof value === "object" && value !== null ? inside(value, "", 0) : odd(value, "");
        } catch (thrown) {
            return "the state cannot be read: " + rt.describe(thrown, "").message; // a getter, a proxy
        }
    };
    function odd(value, pointer) {
        const where = pointer === "" ? "the state" : pointer;
        switch (typeof value) {
            case "function":
                return `${where} is a function, which JSON cannot carry`;
            case "symbol":
                return `${where} is a symbol, which JSON cannot carry`;
            case "bigint":
                return `${where} is a BigInt, which JSON cannot carry: use text, or Number(…)`;
        }
        return "";
    }
    function inside(value, pointer, depth) {
        if (depth >= DEEPEST) return `the state is nested more than ${DEEPEST} levels deep (or contains itself)`;
        if (isArray(value)) {
            for (let i = 0; i < value.length; ++i) {
                const item = value[i];
                if (typeof item === "string" || typeof item === "number") continue;
                const why = typeof item === "object" ? item && inside(item, pointer + "/" + i, depth + 1) : odd(item, pointer + "/" + i);
                if (why) return why;
            }
            return "";
        }
        const prototype = prototypeOf(value);
        if (prototype !== ObjectPrototype && prototype !== null) {
            if (rt.datesAreText && typeof value.toJSON === "function") return "";
            const kind = rt.cut(String(prototype.constructor?.name || "object of some class"), 60);
            const where = pointer === "" ? "the state" : pointer;
            const hint = kind === "Date" ? ": keep its text, such as event.time or date.toISOString()" : "";
            return `${where} is a ${kind}, which JSON cannot carry${hint}; a state is plain data`;
        }
        for (const key in value) {
            const item = value[key];
            if (typeof item === "string" || typeof item === "number") continue;
            if (typeof item === "object") {
                if (item === null) continue;
                const why = inside(item, pointer + "/" + escaped(key), depth + 1);
                if (why) return why;
            } else if (typeof item !== "boolean" && item !== undefined) {
                const why = odd(item, pointer + "/" + escaped(key));
                if (why) return why;
            }
        }
        return "";
    }

    /// Calls found(pointer, what) for each value that JSON has no word for: NaN, Infinity, undefined.
    rt.strange = (value, found) => walk(value, "", found);
    function walk(value, pointer, found) {
        if (typeof value === "number") {
            if (value - value !== 0) found(pointer, String(value));
        } else if (value === undefined) {
            found(pointer, "undefined");
        } else if (isArray(value)) {
            for (let i = 0; i < value.length; ++i) walk(value[i], pointer + "/" + i, found);
        } else if (typeof value === "object" && value !== null) {
            for (const key of keysOf(value)) walk(value[key], pointer + "/" + escaped(key), found);
        }
    }

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

    /// Changes between two states that JSON.parse() made; undefined: it does not live. In the order in which they apply one after
    /// the other.
    rt.difference = (before, after) => {
        const changes = [];
        if (before === undefined) {
            if (after !== undefined) changes.push(["add", "", after]);
        } else if (after === undefined) {
            changes.push(["remove", "", before]);
        } else {
            differ(before, after, "", changes);
        }
        return changes;
    };
    function differ(before, after, pointer, changes) {
        if (before === after) return;
        const arrays = isArray(before);
        if (typeof before !== "object" || typeof after !== "object" || before === null || after === null || arrays !== isArray(after)) {
            changes.push(["replace", pointer, before, after]);
        } else if (arrays) {
            const both = Math.min(before.length, after.length);
            for (let i = 0; i < both; ++i) differ(before[i], after[i], pointer + "/" + i, changes);
            for (let i = both; i < after.length; ++i) changes.push(["add", pointer + "/" + i, after[i]]);
            for (let i = before.length; i-- > both; ) changes.push(["remove", pointer + "/" + i, before[i]]);
        } else {
            for (const key of keysOf(before))
                if (!hasOwn(after, key)) changes.push(["remove", pointer + "/" + escaped(key), before[key]]);
            for (const key of keysOf(after)) {
                const at = pointer + "/" + escaped(key);
                if (hasOwn(before, key)) differ(before[key], after[key], at, changes);
                else changes.push(["add", at, after[key]]);
            }
        }
    }

    /// A function that gives what stands at a JSON pointer; undefined: nothing.
    rt.accessor = (pointer) => {
        let code = "let v = state;\n";
        for (const token of pointer.split("/").slice(1)) {
            const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
            const inArray = /^(0|[1-9][0-9]{0,9})$/.test(key) ? `v[${key}]` : "undefined";
            const member = stringify(key);
            const inObject = key in ObjectPrototype ? `(own(v, ${member}))` : `v[${member}]`;
            code += `if (typeof v !== "object" || v === null) return undefined;\nv = isArray(v) ? ${inArray} : ${inObject};\n`;
        }
        return new Function("own", "isArray", `"use strict"; return (state) => {\n${code}return v; };`)(own, isArray);
    };

    /// A function (list, at) that builds the object of a shape from its leaves, and how many they are.
    rt.shapeFrom = (template) => {
        let leaves = 0;
        const literal = (part) => {
            if (part === 0) return `a[i + ${leaves++}]`;
            return `{${keysOf(part)
                .map((key) => `${key === "__proto__" ? '["__proto__"]' : stringify(key)}: ${literal(part[key])}`)
                .join(", ")}}`;
        };
        const code = literal(template);
        return { make: new Function("a", "i", `"use strict"; return (${code});`), leaves };
    };
    /// A copy that shares nothing, of what JSON can carry and what it has no word for.
    rt.clone = (value) => {
        const text = stringify(value);
        if (text === undefined) return value;
        const beyond = rt.beyond(value);
        return beyond === undefined ? parse(text) : rt.completed(parse(text), beyond);
    };
})
