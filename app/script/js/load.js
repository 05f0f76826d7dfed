// Loading a model, and what it may say meanwhile.
(function (rt) {
    "use strict";
    let loading; // remarks of a model that is being loaded
    const runRemark = rt.remark;
    rt.remark = (text) => (loading ? loading.length < 100 && loading.push(rt.cut(text, 2000)) : runRemark(text));
    const say = (...given) => rt.remark(given.map(rt.show).join(" "));
    globalThis.console = { log: say, info: say, warn: say, error: say, debug: say };

    let language;
    /// `text`: {"name", "source" as the engine sees it, "firstLine", "projection"}.
    rt.beginLoad = (text) => {
        const given = rt.parse(text);
        rt.name = given.name;
        rt.source = given.source;
        rt.firstLine = given.firstLine;
        rt.largest = given.largest;
        loading = [];
        if (given.projection) language = rt.projectionLanguage();
    };
    /// `value`: what the source came to: of a module a function that takes its exports. `text`: {"invariants", "careful", "fields"}.
    /// Gives the body of a Loaded frame.
    rt.endLoad = (value, text) => {
        let models;
        if (language) {
            models = language().models();
        } else {
            models = rt.readModule(value);
        }
        rt.use(models, rt.parse(text));
        const entities = Object.fromEntries([...models].map(([category, model]) => [category, model.facts()]));
        const transforms = [...models.values()].some((model) => model.transforms?.length > 0);
        const loaded = rt.stringify({ entities, projection: language !== undefined, transforms, remarks: loading });
        loading = undefined;
        return loaded;
    };
    /// The body of a Wrong frame.
    rt.whyWrong = (thrown) => {
        const { message, file, line, column } = rt.describe(thrown, "");
        return rt.stringify({ message, file, line: thrown?.modelLine || line, column });
    };
})
