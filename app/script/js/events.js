// Events as a model sees them, made from the numbers and leaves of a packet. Types and shapes are beyond a model: registry() and
// adopt() carry them from one context to the next.
(function (rt) {
    "use strict";
    const { parse, stringify } = rt;
    const KINDS = ["plain", "create", "update", "delete", "snapshot", "truncate", "message", "tombstone"]; // EventKind
    const types = [];
    const templates = [];
    const makes = [(a, i) => a[i], () => undefined]; // by shape: the payload from leaves that begin at a[i]
    const leaves = [1, 0]; // by shape
    rt.types = types;
    rt.makes = makes;
    rt.leaves = leaves;
    rt.TOMBSTONE = KINDS.indexOf("tombstone");
    rt.endsLife = (kind) => kind === 3 || kind === 5 || kind === 7;

    rt.addShape = (template) => {
        templates.push(template);
        const { make, leaves: count } = rt.shapeFrom(template);
        makes.push(make);
        leaves.push(count);
    };
    rt.registry = () => stringify({ types, templates });
    rt.adopt = (text) => {
        const known = parse(text);
        known.types.forEach((type) => types.push(type));
        known.templates.forEach(rt.addShape);
    };
    /// How many elements of a packet an op takes.
    rt.sizeOf = (a, i) => {
        switch (a[i]) {
            case 0:
                return 8;
            case 1:
            case 4:
                return 7 + leaves[a[i + 2]];
            case 3:
            case 9:
                return 1;
            case 5:
            case 8:
                return 3;
            default:
                return 2;
        }
    };

    let category = "", id = "", entity = "";
    rt.setEntity = (itsCategory, itsId) => {
        category = itsCategory;
        id = itsId;
        entity = category.replaceAll("%", "%25").replaceAll("/", "%2F") + "/" + id;
    };

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
            return this.#ms === null ? null : isoText(this.#ms, this.#ns);
        }
        toJSON() {
            const { type, version, kind, category, id, entity, payload } = this;
            return { type, version, time: this.time, kind, category, id, entity, payload };
        }
    }
    /// The event op at a[i].
    rt.eventAt = (a, i) =>
        new Event(types[a[i + 1]], a[i + 3], KINDS[a[i + 4]], a[i + 5], a[i + 6], makes[a[i + 2]](a, i + 7));

    const RealDate = rt.Date;
    const isoDate = RealDate.prototype.toISOString;
    function isoText(ms, ns) {
        const text = isoDate.call(new RealDate(ms));
        if (ns === 0) return text.endsWith(".000Z") ? text.slice(0, -5) + "Z" : text;
        const beyond = String(ns).padStart(6, "0");
        return text.slice(0, -1) + (beyond.endsWith("000") ? beyond.slice(0, 3) : beyond) + "Z";
    }
})
