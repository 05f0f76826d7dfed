// A model has no clock and no random: the same events must give the same state whenever they are replayed. Here both are taken away,
// with words that say so, unless the model says `export const uses = ["clock", "random"]`.
(function (rt) {
    "use strict";
    const RealDate = Date;
    const realNow = Date.now;
    const realRandom = Math.random;
    const construct = Reflect.construct;

    rt.uses = () => undefined; // the model's own word, once it is there
    function allowed(what) {
        let uses;
        try {
            uses = rt.uses();
        } catch {
            return false; // asked before the model came to that line
        }
        return Array.isArray(uses) && uses.includes(what);
    }
    function need(what, call) {
        if (allowed(what)) return;
        const hint = what === "clock" ? "use event.time" : "take such values from the event";
        const has = what === "clock" ? "a clock" : "random numbers";
        throw new Error(
            `${call} gives another answer at each replay, and a model has no ${what}: ${hint}; a model that must have ${has} says ` +
                `export const uses = ["${what}"]`
        );
    }

    function ClocklessDate(...parts) {
        if (new.target === undefined) {
            need("clock", "Date()");
            return new RealDate().toString();
        }
        if (parts.length === 0) need("clock", "new Date()");
        return construct(RealDate, parts, new.target === ClocklessDate ? RealDate : new.target);
    }
    Object.defineProperties(ClocklessDate, {
        name: { value: "Date" },
        length: { value: 7 },
        prototype: { value: RealDate.prototype, writable: false },
        UTC: { value: RealDate.UTC },
        parse: { value: RealDate.parse },
        now: {
            value: () => {
                need("clock", "Date.now()");
                return realNow();
            },
        },
    });
    const put = (object, name, value) => Object.defineProperty(object, name, { value, writable: true, configurable: true });
    put(RealDate.prototype, "constructor", ClocklessDate);
    put(globalThis, "Date", ClocklessDate);
    put(Math, "random", () => {
        need("random", "Math.random()");
        return realRandom();
    });

    const begun = realNow();
    put(globalThis, "performance", {
        now: () => {
            need("clock", "performance.now()");
            return realNow() - begun;
        },
    });

    // What the garbage collector did when is as good as random.
    for (const name of ["WeakRef", "FinalizationRegistry"]) {
        const Real = globalThis[name];
        if (Real === undefined) continue;
        const Guarded = function (...given) {
            need("random", "new " + name + "()");
            return construct(Real, given, new.target === Guarded ? Real : (new.target ?? Real));
        };
        Guarded.prototype = Real.prototype;
        put(globalThis, name, Guarded);
    }

    // Without a date these format the present moment.
    const format = globalThis.Intl?.DateTimeFormat?.prototype;
    if (format !== undefined) {
        const getter = Object.getOwnPropertyDescriptor(format, "format").get;
        Object.defineProperty(format, "format", {
            configurable: true,
            get() {
                const real = getter.call(this);
                return (date) => {
                    if (date === undefined) need("clock", "Intl.DateTimeFormat's format() without a date");
                    return real(date);
                };
            },
        });
        const parts = format.formatToParts;
        put(format, "formatToParts", function (date) {
            if (date === undefined) need("clock", "Intl.DateTimeFormat's formatToParts() without a date");
            return parts.call(this, date);
        });
    }

    // Waiting for another thread that cannot be there.
    delete globalThis.Atomics;
    delete globalThis.SharedArrayBuffer;
})
