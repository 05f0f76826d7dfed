// States as plain data: what JSON can carry, how two differ, what stands at a pointer.
(function (rt) {
    "use strict";
    const { stringify, own } = rt;
    const prototypeOf = Object.getPrototypeOf;
    const keysOf = Object.keys;
    const isArray = Array.isArray;
    const hasOwn = Object.hasOwn;
    const ObjectPrototype = Object.prototype;
    const DEEPEST = 256;

    const escaped = (key) => (key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key);
    rt.largest = 8 << 20; // of a state: characters, roughly, and more for objects
    rt.datesAreText = false; // of projections: EventStoreDB writes their states as JSON, too

    let left = 0;
    /// Whether JSON can carry a value, as far as a look at so many of its members and items tells; quicker than obstacle(), of all kinds
    /// but what is too large.
    rt.looksRight = (value, most) => {
        left = most;
        try {
            return typeof value === "object" && value !== null ? isSound(value, 0) : odd(value, "") === "";
        } catch {
            return false;
        }
    };
    const DEEP = 40; // so deep a second look is due: it may contain itself
    function isSound(value, depth) {
        if (depth > DEEP) return false;
        if (isArray(value)) {
            if ((left -= value.length) < 0) return true;
            for (let i = 0; i < value.length; ++i) if (!isSoundItem(value[i], depth)) return false;
            return true;
        }
        const prototype = prototypeOf(value);
        if (prototype !== ObjectPrototype && prototype !== null) return false;
        for (const key in value) {
            if (--left < 0) return true;
            const item = value[key];
            if (typeof item === "number" || typeof item === "string") continue;
            if (!isSoundItem(item, depth)) return false;
        }
        return true;
    }
    const isSoundItem = (item, depth) =>
        typeof item === "object" ? item === null || isSound(item, depth + 1) : typeof item !== "function" && typeof item !== "symbol" && typeof item !== "bigint";

    let room = 0; // of what may be in a state
    /// Why JSON cannot carry a value; "": it can. What it leaves out (undefined) and NaN, which becomes null, are no reason.
    rt.obstacle = (value) => {
        room = rt.largest;
        try {
            if (typeof value === "string" && value.length > rt.largest) return tooLarge();
            return typeof value === "object" && value !== null ? inside(value, "", 0) : odd(value, "");
        } catch (thrown) {
            return "the state cannot be read: " + rt.describe(thrown, "").message; // a getter, a proxy
        }
    };
    const tooLarge = () => `the state is larger than ${Math.floor(rt.largest / 2 ** 20)} MB: keep what later events need, not what came`;
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
        if (room < 0) return tooLarge();
        if (isArray(value)) {
            room -= 16 + value.length * 2;
            for (let i = 0; i < value.length; ++i) {
                const item = value[i];
                if (typeof item === "number") continue;
                if (typeof item === "string") {
                    room -= item.length;
                    continue;
                }
                const why = typeof item === "object" ? item && inside(item, pointer + "/" + i, depth + 1) : odd(item, pointer + "/" + i);
                if (why) return why;
            }
            return room < 0 ? tooLarge() : "";
        }
        const prototype = prototypeOf(value);
        if (prototype !== ObjectPrototype && prototype !== null) {
            if (rt.datesAreText && typeof value.toJSON === "function") return "";
            const kind = rt.cut(String(prototype.constructor?.name || "object of some class"), 60);
            const where = pointer === "" ? "the state" : pointer;
            const hint = kind === "Date" ? ": keep its text, such as event.time or date.toISOString()" : "";
            return `${where} is a ${kind}, which JSON cannot carry${hint}; a state is plain data`;
        }
        room -= 24;
        for (const key in value) {
            const item = value[key];
            room -= key.length + 5;
            if (typeof item === "number") continue;
            if (typeof item === "string") {
                room -= item.length;
                continue;
            }
            if (typeof item === "object") {
                if (item === null) continue;
                const why = inside(item, pointer + "/" + escaped(key), depth + 1);
                if (why) return why;
            } else if (typeof item !== "boolean" && item !== undefined) {
                const why = odd(item, pointer + "/" + escaped(key));
                if (why) return why;
            }
        }
        return room < 0 ? tooLarge() : "";
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
})
