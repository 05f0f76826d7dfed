// What a model is asked about the state of a fold, which stays as it is: commands, and a projection's result.
(function (rt) {
    "use strict";
    const { types, makes, answer } = rt;
    const ACCEPT = 4, DECIDE = 5, RESULT = 9; // ops

    /// The answer to the op at a[i].
    rt.tellAnswer = (fold, a, i) => {
        if (a[i] === ACCEPT) answer.accepted(a[i + 3], refusalOf(fold, a, i));
        else if (a[i] === DECIDE) answer.tell("D", decide(fold, a[i + 1], a[i + 2]));
        else answer.tell("T", resultOf(fold));
    };
    /// The answer where the engine stopped what was at work on it. False: the op asks nothing.
    rt.tellStopped = (fold, a, i, { message, file, line, column }) => {
        const why = `${fold.stage}: ${message}`;
        if (a[i] === ACCEPT) {
            answer.accepted(a[i + 3], why);
        } else if (a[i] === DECIDE) {
            answer.tell("D", { refused: message, handler: fold.stage, file, line, column });
        } else if (a[i] === RESULT) {
            answer.tell("T", null);
            rt.remark(why);
        } else {
            return false;
        }
        return true;
    };

    /// What a command makes: {events} or {refused, …}.
    function decide(fold, name, command) {
        const { model } = fold;
        if (model?.decide === undefined) return { refused: "the model decides no commands" };
        fold.stage = `${model.category}.decide.${name}`;
        let made;
        try {
            made = rt.decided(model, name, fold.alive ? fold.state : model.birth(), command);
        } catch (thrown) {
            const { message: refused, ...at } = rt.describe(thrown, model.initialHandler);
            made = { refused, ...at };
        }
        fold.stage = "";
        return made;
    }
    /// Why no command could have made the event at a[i]; "": one could.
    function refusalOf(fold, a, i) {
        const { model } = fold;
        if (model?.decide === undefined) return "";
        const type = types[a[i + 1]];
        let refusal = "";
        for (const name of rt.commandsThatMake(model, type)) {
            const payload = rt.clone(makes[a[i + 2]](a, i + 7));
            const made = decide(fold, name, { ...payload });
            if (made.events?.some((event) => event.type === type)) return "";
            refusal ||= made.refused ?? "";
        }
        return refusal;
    }
    /// What a projection's transforms make of the state; null: nothing.
    function resultOf(fold) {
        const { model, alive, state } = fold;
        if (!alive) return null;
        if (model?.result === undefined) return state;
        fold.stage = "the projection's result";
        let given = null;
        try {
            given = model.result(state);
        } catch (thrown) {
            const { message, line } = rt.describe(thrown, fold.stage);
            rt.remark(`${fold.stage}: ${message}${rt.atLine(line)}`);
        }
        fold.stage = "";
        return given;
    }
})
