// What the other files here share: originals of what a model may replace, places in its source, errors as Hindcast tells them.
(function (rt) {
    "use strict";
    const { parse, stringify } = JSON;
    const hasOwn = Object.hasOwn;
    const isArray = Array.isArray;
    const functionText = Function.prototype.call.bind(Function.prototype.toString);

    rt.parse = parse;
    rt.stringify = stringify;
    rt.Date = Date;
    rt.own = (object, key) => (object != null && hasOwn(object, key) ? object[key] : undefined);
    rt.isObject = (value) => typeof value === "object" && value !== null && !isArray(value);
    rt.name = "";
    rt.source = "";
    rt.firstLine = 1; // the line of the engine's that is the file's first

    /// The line of a function in the model's file; 0: not known. By its text: the engine tells a function's place to nobody.
    rt.lineOf = (fn) => {
        if (typeof fn !== "function") return 0;
        return rt.lineOfText(functionText(fn));
    };
    rt.lineOfText = (text) => {
        const begin = rt.firstLine > 1 ? rt.source.indexOf("\n") + 1 : 0;
        const at = rt.source.indexOf(text, begin);
        if (at < 0) return 0;
        let line = 1;
        for (let next = rt.source.indexOf("\n", begin); next >= 0 && next < at; next = rt.source.indexOf("\n", next + 1)) ++line;
        return line;
    };

    /// What a model threw, as {message, handler, file, line, column}. Never throws.
    rt.describe = (thrown, handler) => {
        const told = { message: "", handler, file: rt.name, line: 0, column: 0 };
        try {
            if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
                const name = String(thrown.name ?? "Error");
                told.message = name === "Error" ? String(thrown.message) : name + ": " + String(thrown.message);
                if (told.message === "") told.message = "an error without a message";
                place(thrown, told);
            } else {
                told.message = "threw " + (typeof thrown === "string" ? thrown : rt.show(thrown));
            }
        } catch {
            told.message = "threw something that cannot be told";
        }
        return told;
    };
    function place(thrown, told) {
        const stack = typeof thrown.stack === "string" ? thrown.stack : "";
        for (const frame of stack.split("\n")) {
            const at = frame.indexOf("@") + 1;
            if (!frame.startsWith(rt.name + ":", at)) continue;
            const [line, column] = frame.slice(at + rt.name.length + 1).split(":");
            told.line = Number(line) - rt.firstLine + 1;
            told.column = Number(column) || 0;
            return;
        }
        if (thrown.sourceURL === rt.name && thrown.line > 0) {
            told.line = thrown.line - rt.firstLine + 1;
            told.column = thrown.column || 0;
        }
    }

    /// A value in a remark: short.
    rt.show = (value) => {
        if (typeof value === "string") return value;
        let text;
        try {
            text = typeof value === "object" && value !== null ? stringify(value) : String(value);
        } catch {
            text = undefined;
        }
        return text ?? Object.prototype.toString.call(value);
    };
    rt.cut = (text, most) => (text.length > most ? text.slice(0, most) + "…" : text);

    /// An error of a model file as a whole.
    rt.wrong = (message, line) => {
        const error = new Error(message);
        error.modelLine = line || 0;
        return error;
    };
})
