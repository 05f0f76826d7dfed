// Projections as EventStoreDB's and KurrentDB's users write them (formats 2). The state of an entity is that of the partition that
// bears its id.
(function (rt) {
    "use strict";
    const { own, isObject, stringify, SKIP } = rt;
    const OPTIONS = ["resultStreamName", "$includeLinks", "reorderEvents", "processingLag", "biState"];
    const SYSTEM = ["$init", "$initShared", "$any", "$created", "$deleted"];
    const ENDS = ["delete", "truncate", "tombstone"];

    let inHandler = false;
    const insideOnly = (name) => {
        if (!inHandler) throw new Error(`${name}() exists inside handlers only`);
    };

    /// Puts the words of the language where the file finds them, and gives a function that says what the file made of them.
    rt.projectionLanguage = () => {
        const made = { selector: undefined, optioned: {}, partition: undefined, handlers: undefined, transforms: [], outputs: [] };
        const put = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });

        const names = (given) => {
            const all = given.flat();
            if (all.length === 0 || all.some((each) => typeof each !== "string" || each === ""))
                throw new Error("a stream or a category is named by a text");
            return all;
        };
        const select = (kind, given) => {
            if (made.selector) throw new Error("a projection begins once, with fromAll, fromStream, fromStreams or fromCategory");
            made.selector = { kind, names: given };
            return selected;
        };
        const aFunction = (fn, word) => {
            if (typeof fn !== "function") throw new Error(`${word} takes a function`);
            return fn;
        };
        const partitionedBy = (how) => {
            if (made.partition) throw new Error("a projection is partitioned once: foreachStream() or partitionBy(fn)");
            made.partition = how;
            return { when };
        };
        const when = (handlers) => {
            if (!isObject(handlers)) throw new Error("when takes an object of handlers by event type");
            for (const type of Object.keys(handlers)) aFunction(handlers[type], `when: ${type}`);
            made.handlers = handlers;
            return shaped;
        };
        const shaped = {
            transformBy: (fn) => (made.transforms.push({ by: aFunction(fn, "transformBy"), filters: false }), shaped),
            filterBy: (fn) => (made.transforms.push({ by: aFunction(fn, "filterBy"), filters: true }), shaped),
            outputState: () => shaped,
            outputTo: (...streams) => (made.outputs.push(...names(streams)), shaped),
            $defines_state_transform: () => shaped,
        };
        const selected = {
            foreachStream: () => partitionedBy("stream"),
            partitionBy: (fn) => partitionedBy(aFunction(fn, "partitionBy")),
            when,
            ...shaped,
        };

        put("options", (given) => {
            if (made.selector) throw new Error("options come before fromAll, fromStream, fromStreams or fromCategory");
            if (!isObject(given)) throw new Error("options takes an object");
            for (const key of Object.keys(given)) {
                const known = OPTIONS.find((each) => each.toLowerCase() === key.toLowerCase());
                if (!known) throw new Error(`the option ${key} is not known; there are ${OPTIONS.join(", ")}`);
                made.optioned[known] = given[key];
            }
        });
        put("fromAll", () => select("all", []));
        put("fromStream", (name) => select("streams", names([name])));
        put("fromStreams", (...given) => select("streams", names(given)));
        put("fromCategory", (...given) => select("category", names(given)));
        put("emit", (stream, type, body, metadata) => {
            insideOnly("emit");
            const meta = metadata === undefined ? "" : `, metadata ${rt.show(metadata)}`;
            rt.remark(`emits ${type} to ${stream}: ${rt.show(body)}${meta}`);
        });
        put("linkTo", (stream, event) => {
            insideOnly("linkTo");
            rt.remark(`links ${event?.sequenceNumber}@${event?.streamId} to ${stream}`);
        });
        put("log", (...given) => {
            insideOnly("log");
            rt.remark(given.map(rt.show).join(" "));
        });
        return () => {
            if (!made.selector) throw rt.wrong("the projection has no fromAll, fromStream, fromStreams or fromCategory");
            rt.datesAreText = true;
            return new Projection(made);
        };
    };

    class ProjectionEvent {
        #event;
        constructor(event, streamId) {
            this.#event = event;
            this.isJson = event.payload !== undefined;
            this.data = this.body = event.payload;
            this.metadata = {};
            this.linkMetadata = null;
            this.streamId = streamId;
            this.sequenceNumber = event.version - 1;
            this.eventType = event.type;
            this.category = categoryOf(streamId);
            this.partition = "";
        }
        get eventId() {
            return `${this.sequenceNumber}@${this.streamId}`;
        }
        get bodyRaw() {
            return this.isJson ? stringify(this.#event.payload) : "";
        }
        get metadataRaw() {
            return "{}";
        }
        toJSON() {
            const { bodyRaw, metadataRaw, eventId } = this;
            return { ...this, bodyRaw, metadataRaw, eventId };
        }
    }
    const categoryOf = (stream) => (stream.includes("-") ? stream.slice(0, stream.indexOf("-")) : stream);

    class Projection {
        constructor({ selector, optioned, partition, handlers, transforms }) {
            this.selector = selector;
            this.partition = partition;
            this.handlers = handlers ?? {};
            this.transforms = transforms;
            this.shared = optioned.biState === true || own(this.handlers, "$initShared") !== undefined;
            this.initialHandler = "when.$init";
            this.invariants = [];
            this.comparing = false;
        }
        /// By category: "*" where it takes events of any.
        models() {
            return new Map((this.selector.kind === "category" ? this.selector.names : ["*"]).map((name) => [name, this]));
        }
        facts() {
            const types = Object.keys(this.handlers).filter((type) => type === "$any" || !SYSTEM.includes(type));
            return { handlers: types, decide: [], invariants: [], initial: own(this.handlers, "$init") !== undefined };
        }
        handlerFor() {
            return null;
        }
        #handler(type) {
            return (SYSTEM.includes(type) ? undefined : own(this.handlers, type)) ?? own(this.handlers, "$any");
        }
        nameFor(type) {
            return this.working ?? `when.${!SYSTEM.includes(type) && own(this.handlers, type) ? type : "$any"}`;
        }
        lineFor(type) {
            return rt.lineOf(this.#handler(type));
        }
        birth() {
            const first = own(this.handlers, "$init")?.call(this.handlers) ?? {};
            return this.shared ? [first, own(this.handlers, "$initShared")?.call(this.handlers) ?? {}] : first;
        }

        /// The state after an event; SKIP: it is none of this partition's. `state` is undefined where there is none yet.
        step(state, alive, given) {
            inHandler = true;
            this.working = undefined;
            try {
                return this.#step(state, alive, given);
            } finally {
                inHandler = false;
            }
        }
        #call(name, fn, ...given) {
            this.working = name;
            const result = fn.apply(this.handlers, given);
            this.working = undefined;
            return result;
        }
        #step(state, alive, given) {
            const streamId = given.id.startsWith(given.category + "-") ? given.id : `${given.category}-${given.id}`;
            if (!this.#takes(given, streamId)) return SKIP;
            const event = new ProjectionEvent(given, streamId);
            if (this.partition === "stream") {
                event.partition = streamId;
            } else if (this.partition !== undefined) {
                const partition = this.#call("partitionBy", this.partition, event);
                if (typeof partition !== "string" && typeof partition !== "number") return SKIP;
                event.partition = String(partition);
                if (event.partition !== given.id && event.partition !== streamId) return SKIP;
            }
            if (ENDS.includes(given.kind)) {
                const deleted = own(this.handlers, "$deleted");
                if (deleted && alive) this.#call("when.$deleted", deleted, state, null, event.partition, false);
                return null;
            }
            if (!alive) {
                this.working = "when.$init";
                state = this.birth();
                this.working = undefined;
                const created = own(this.handlers, "$created");
                if (created) state = this.#call("when.$created", created, state, event) ?? state;
            }
            const handler = this.#handler(given.type);
            if (!handler) return state;
            const next = handler.call(this.handlers, state, event);
            return next === undefined ? state : next;
        }
        #takes({ category, id }, streamId) {
            const { kind, names } = this.selector;
            if (kind === "all") return true;
            if (kind === "category") return names.includes(category) || names.includes(categoryOf(streamId));
            return names.includes(streamId) || names.includes(id);
        }

        /// What the projection's transforms make of a state; null where one of them stops it.
        result(state) {
            let value = rt.clone(state);
            for (const { by, filters } of this.transforms) {
                if (filters) {
                    if (by(value) !== true) return null;
                } else {
                    value = by(value);
                    if (value === null || value === undefined) return null;
                }
            }
            return value;
        }
    }
})
