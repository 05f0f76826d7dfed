"""Models that are modules: what is read of them, and what of their states is told (contracts 5)."""

import json
import unittest

from helper import CHANGES, FIELDS, NOTHING, STATES, Helper, Wrong

ACCOUNT = """export const entities = { account: {
  initial: () => ({ events: 0, balance: 0 }),
  evolve: {
    Deposited: (s, e) => ({ ...s, events: s.events + 1, balance: s.balance + e.payload.amount }),
    Withdrawn(s, e) { s.events++; s.balance -= e.payload.amount; },
    Renamed: (s, e) => { s.name = e.payload.name; },
    Tagged: (s, e) => { (s.tags ??= []).push(e.payload.tag); },
    Untagged: (s) => { s.tags.pop(); },
    Closed: () => null,
  },
  decide: {
    Deposit: (s, c) => c.amount > 0 ? [{ type: "Deposited", payload: { amount: c.amount } }] : refuse("the amount is not positive"),
    Withdraw(s, c) {
      if (s.balance < c.amount) throw new Error("only " + s.balance + " are there");
      s.balance = -1;
      return [{ type: "Withdrawn", payload: { amount: c.amount } }];
    },
    Nothing: () => [],
    Break: (s, c) => c.missing.thing,
    Nonsense: () => ["Deposited"],
  },
  invariants: {
    "never below zero": (s) => s.balance >= 0,
    "no jump": (s, previous) => Math.abs(s.balance - previous.balance) < 1000 || `from ${previous.balance} to ${s.balance}`,
    "has no tag x": (s) => { if (s.tags?.includes("x")) throw new Error("there is one"); },
  },
} };
"""
ANY = "export const entities = { account: { evolve: %s } };"


def states(told):
    return [value for kind, _, _, value in told if kind == "S"]


class Models(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.helper = Helper()

    @classmethod
    def tearDownClass(cls):
        cls.helper.close()

    def load(self, source, **options):
        return self.helper.load(source, **options)

    def packet(self):
        return self.helper.packet()

    def one(self, evolve, type="A", payload=None, **event):
        """The state after one event of a model that is one function."""
        self.load(ANY % evolve)
        return states(self.packet().begin().event(type, payload or {}, **event).state().tell())[0]

    # ---- what is read

    def test_a_model_says_what_it_has(self):
        facts = self.load(ACCOUNT)
        self.assertFalse(facts["projection"])
        self.assertEqual(facts["remarks"], [])
        self.assertEqual(list(facts["entities"]), ["account"])
        account = facts["entities"]["account"]
        self.assertEqual(account["handlers"], ["Deposited", "Withdrawn", "Renamed", "Tagged", "Untagged", "Closed"])
        self.assertEqual(account["decide"], ["Deposit", "Withdraw", "Nothing", "Break", "Nonsense"])
        self.assertEqual(account["invariants"], ["never below zero", "no jump", "has no tag x"])
        self.assertTrue(account["initial"])

    def test_every_form_of_export_gives_the_entities(self):
        body = "{ a: { evolve: { X: (s) => ({ seen: true }) } } }"
        for source in (
            f"export const entities = {body};",
            f"export let entities = {body}",
            f"export var other = 1, entities = {body}, last = 2;",
            f"const entities = {body};\nexport {{ entities }};",
            f"const model = {body};\nexport {{ model as entities, model as 'any text' }};",
            f"export default {{ entities: {body} }};",
            f"const whole = {{ entities: {body} }}; export {{ whole as default }}",
            f"export const {{ entities, more: [x, ...y] = [1], ...rest }} = {{ entities: {body}, z: 1 }};",
            f"export async function helper() {{}}\nexport class Thing {{ }}\nexport function* gen() {{}}\nexport const entities = {body}",
            f"#!/usr/bin/env node\nexport const entities = {body}",
            f"\ufeffexport const entities = {body}",
        ):
            with self.subTest(source):
                facts = self.load(source)
                self.assertEqual(facts["entities"]["a"]["handlers"], ["X"])
                self.assertEqual(states(self.packet().begin("a").event("X").state().tell()), [{"seen": True}])

    def test_readmodels_and_replicas_may_stand_beside_entities(self):
        self.assertEqual(self.load(ACCOUNT + "export const readModels = {}; export const replicas = {};")["remarks"], [])

    def test_a_part_of_an_entity_that_is_not_known_is_pointed_out(self):
        facts = self.load("export const entities = { a: { evolve: {}, evolv: {}, } };")
        self.assertEqual(facts["remarks"], ["entities.a.evolv is not known and not used; there are initial, evolve, decide, invariants"])

    def test_what_is_logged_while_the_file_is_read_is_a_remark(self):
        self.assertEqual(self.load("console.log('read', {a: 1});" + ACCOUNT)["remarks"], ['read {"a":1}'])

    def assert_wrong(self, source, message, line, column=None):
        with self.subTest(source), self.assertRaises(Wrong) as caught:
            self.load(source)
        self.assertIn(message, caught.exception.message)
        self.assertEqual(caught.exception.file, "model.mjs")
        self.assertEqual(caught.exception.line, line)
        if column is not None:
            self.assertEqual(caught.exception.column, column)

    def test_a_wrong_file_is_told_with_its_place(self):
        self.assert_wrong("const ok = 1;\nexport const entities = { a b };", "Unexpected", 2)
        self.assert_wrong("\n\nnothere();\nexport const entities = {};", "nothere", 3, 8)
        self.assert_wrong("const a = 1;\nexport { b };", "b", 2)
        self.assert_wrong("export const entities = {\n  a: {\n", "{ that is not closed", 2, 6)
        self.assert_wrong("const s = 'ü';  }", "} without its {", 1, 17)
        self.assert_wrong("const s = 'never\nends';", "text that is not closed", 1, 11)
        self.assert_wrong("let a = 1;", "exports nothing", 1)
        self.assert_wrong("export const x = 1;", "exports no entities", 0)
        self.assert_wrong("\nexport const entities = [];", "exports no entities", 2)
        self.assert_wrong("export const entities = {\n  account: {}\n};", "entities.account.evolve must be", 2)
        self.assert_wrong("export const entities = {\n  account: { evolve: { A: 1 } }\n};", "evolve.A must be a function", 2)
        self.assert_wrong("export const uses = ['disk'];" + ACCOUNT, 'list of "clock" and "random"', 1)

    def test_imports_are_refused_with_their_place(self):
        refused = "imports of other files are refused"
        self.assert_wrong("import x from './x.mjs';\n" + ACCOUNT, refused, 1, 1)
        self.assert_wrong("\n  import './x.mjs';\n" + ACCOUNT, refused, 2, 3)
        self.assert_wrong("const x = await import('./x.mjs');\n" + ACCOUNT, refused, 1, 17)
        self.assert_wrong("const where = import.meta.url;\n" + ACCOUNT, refused, 1, 15)
        self.assert_wrong("export * from './x.mjs';\n" + ACCOUNT, refused, 1, 1)
        self.assert_wrong("export { a } from './x.mjs';\n" + ACCOUNT, refused, 1, 1)

    def test_words_that_look_like_imports_are_none(self):
        self.load("const o = { import: 1, import() {} }; o.import; // import x\nconst s = `import ${'import'}`, r = /import/;\n" + ACCOUNT)

    def test_a_module_is_strict(self):
        self.assert_wrong("\nundeclared = 1;\n" + ACCOUNT, "undeclared", 2)

    # ---- states

    def test_states_follow_the_events_whether_changed_in_place_or_made_anew(self):
        self.load(ACCOUNT)
        told = (
            self.packet().begin(tag=7, detail=STATES).event("Deposited", {"amount": 5}).event("Withdrawn", {"amount": 2})
            .event("Closed").event("Deposited", {"amount": 1}).tell()
        )  # fmt: skip
        self.assertEqual(
            told,
            [
                ("S", 7, 1, {"events": 1, "balance": 5}),
                ("S", 7, 2, {"events": 2, "balance": 3}),
                ("S", 7, 3, None),
                ("S", 7, 4, {"events": 1, "balance": 1}),
            ],
        )

    def test_a_fold_starts_from_a_state_and_goes_on_over_packets(self):
        self.load(ACCOUNT)
        packet = self.packet()
        self.assertEqual(packet.begin(version=10, state={"events": 10, "balance": 100}).event("Deposited", {"amount": 5}).tell(), [])
        self.assertEqual(packet.event("Withdrawn", {"amount": 1}).state().tell(), [("S", 1, 12, {"events": 12, "balance": 104})])
        self.assertEqual(packet.begin("account", "2").state().tell(), [("S", 1, 0, None)])

    def test_an_event_without_a_handler_begins_a_life_and_leaves_a_state_as_it_is(self):
        self.load(ACCOUNT)
        told = self.packet().begin(detail=STATES).event("Strange", {}).event("Deposited", {"amount": 1}).event("Strange", {}).tell()
        self.assertEqual(states(told), [{"events": 0, "balance": 0}, {"events": 1, "balance": 1}, {"events": 1, "balance": 1}])

    def test_any_takes_what_has_no_handler_of_its_own(self):
        self.load(ANY % "{ A: () => ({ by: 'A' }), $any: (s, e) => ({ by: 'any ' + e.type }) }")
        told = self.packet().begin(detail=STATES).event("A").event("B").event("$any").tell()
        self.assertEqual(states(told), [{"by": "A"}, {"by": "any B"}, {"by": "any $any"}])

    def test_types_named_like_members_of_every_object_are_types_like_others(self):
        self.load(ANY % "{ A: () => ({}) }")
        told = self.packet().begin(detail=STATES).event("constructor").event("__proto__").event("toString").event("hasOwnProperty").tell()
        self.assertEqual(told, [("S", 1, n, {}) for n in (1, 2, 3, 4)])
        self.load(ANY % "{ ['__proto__']: () => ({ proto: true }), constructor: () => ({ made: true }) }")
        told = self.packet().begin(detail=STATES).event("__proto__").event("constructor").tell()
        self.assertEqual(states(told), [{"proto": True}, {"made": True}])

    def test_evolve_may_be_one_function_and_initial_a_value_or_nothing(self):
        self.assertEqual(self.one("(s, e) => { s.last = e.type }"), {"last": "A"})
        self.load("export const entities = { account: { initial: { list: [] }, evolve: (s) => { s.list.push(1) } } };")
        told = self.packet().begin().event("A").event("A").state().begin().event("A").state().tell()
        self.assertEqual(states(told), [{"list": [1, 1]}, {"list": [1]}])

    def test_a_state_need_not_be_an_object(self):
        self.load("export const entities = { account: { initial: () => 0, evolve: (s) => s + 1 } };")
        self.assertEqual(states(self.packet().begin().event("A").event("A").state().tell()), [2])

    def test_methods_see_their_object(self):
        self.load("export const entities = { account: { evolve: { A(s, e) { return this.$any(s, e) }, $any: () => ({ any: 1 }) } } };")
        self.assertEqual(states(self.packet().begin().event("A").state().tell()), [{"any": 1}])

    def test_deletes_truncates_and_tombstones_end_a_life(self):
        self.load(ANY % "(s, e) => ({ n: (s.n ?? 0) + 1, payload: e.payload.x })")
        for kind in ("delete", "truncate"):
            told = self.packet().begin(detail=STATES).event("A", {}).event("B", {}, kind=kind).event("A", {}).tell()
            self.assertEqual(states(told), [{"n": 1}, None, {"n": 1}])
        told = self.packet().begin(detail=STATES).event("A", {}).event("tombstone", kind="tombstone").event("A", {}).tell()
        self.assertEqual(told, [("S", 1, 1, {"n": 1}), ("S", 1, 2, None), ("S", 1, 3, {"n": 1})])

    def test_an_event_shows_all_that_is_known_of_it(self):
        self.load(ANY % "(s, e) => ({ text: JSON.parse(JSON.stringify(e)), time: e.time })")
        told = self.packet().begin("account", "7/x", version=4, state={}).event("A", {"a": [1]}, kind="create").state().tell()
        state = told[0][3]
        self.assertEqual(state["time"], "2025-11-04T09:14:22.118Z")
        self.assertEqual(
            state["text"],
            {"type": "A", "version": 5, "time": "2025-11-04T09:14:22.118Z", "kind": "create", "category": "account", "id": "7/x",
             "entity": "account/7/x", "payload": {"a": [1]}},
        )  # fmt: skip

    def test_the_entity_of_an_event_is_escaped_as_everywhere(self):
        self.load("export const entities = { 'a/b%': { evolve: (s, e) => ({ entity: e.entity }) } };")
        self.assertEqual(states(self.packet().begin("a/b%", "x/y%").event("A").state().tell()), [{"entity": "a%2Fb%25/x/y%"}])

    def test_times_have_as_many_digits_as_they_need(self):
        for ms, ns, text in (
            (0, 0, "1970-01-01T00:00:00Z"),
            (1762247662000, 0, "2025-11-04T09:14:22Z"),
            (1762247662118, 0, "2025-11-04T09:14:22.118Z"),
            (1762247662118, 5000, "2025-11-04T09:14:22.118005Z"),
            (1762247662000, 7, "2025-11-04T09:14:22.000000007Z"),
            (-1, 999999, "1969-12-31T23:59:59.999999999Z"),
        ):
            self.assertEqual(self.one("(s, e) => ({ t: e.time })", ms=ms, ns=ns), {"t": text})

    def test_payloads_come_by_their_shape(self):
        self.load(ANY % "(s, e) => e.payload")
        shape = {"a": 0, "__proto__": {"deep": 0}, "constructor": 0, "ü \" \\": 0, "": 0}
        leaves = [1, [2, {"x": 3}], "c", None, True]
        told = self.packet().begin().event("A", leaves, shape=shape).state().tell()
        self.assertEqual(told[0][3], {"a": 1, "__proto__": {"deep": [2, {"x": 3}]}, "constructor": "c", "ü \" \\": None, "": True})

    def test_text_of_all_kinds_goes_there_and_back(self):
        self.load("export const entities = { 'kätze': { evolve: (s, e) => ({ ...s, [e.type]: [e.payload, '→ 𝄞'] }) } };")
        texts = {"plain": "ascii", "latin": "Grüße", "cjk": "漢字", "astral": "𝄞😀", "control": "\u0000\u001f\n\r\u2028\u2029", "quote": "\"\\/"}
        packet = self.packet().begin("kätze", "ß")
        for type, text in texts.items():
            packet.event("Ü" + type, text)
        self.assertEqual(states(packet.state().tell()), [{"Ü" + type: [text, "→ 𝄞"] for type, text in texts.items()}])

    def test_half_a_surrogate_is_kept(self):
        self.load(ANY % "(s, e) => ({ half: '\\ud800' })")
        self.assertEqual(states(self.packet().begin().event("A").state().tell()), [{"half": "\ud800"}])

    def test_numbers_that_are_text_stay_text(self):
        self.assertEqual(
            self.one("(s, e) => ({ ...e.payload, kind: typeof e.payload.big })", payload={"big": "12345678901234567890", "n": 0.1}),
            {"big": "12345678901234567890", "n": 0.1, "kind": "string"},
        )

    def test_a_packet_of_a_thousand_events(self):
        self.load(ACCOUNT)
        packet = self.packet()
        for id in range(10):
            packet.begin("account", str(id), tag=id)
            for n in range(100):
                packet.event("Deposited", {"amount": n})
            packet.state()
        self.assertEqual(packet.tell(), [("S", id, 100, {"events": 100, "balance": 4950}) for id in range(10)])

    def test_types_and_shapes_outlive_a_model(self):
        self.load(ACCOUNT)
        self.packet().begin().event("Deposited", [1], shape={"amount": 0}).tell()
        self.helper.bye()
        self.load(ACCOUNT)
        told = self.packet().begin().event("Deposited", [3], shape={"amount": 0}).state().tell()
        self.assertEqual(told, [("S", 1, 1, {"events": 1, "balance": 3})])

    def test_a_model_finds_nothing_of_the_one_before(self):
        self.load("globalThis.left = 1; Array.prototype.left = 1; Object.prototype.left = 1;" + ACCOUNT)
        self.load(ANY % "(s, e) => ({ left: [typeof left, typeof [].left] })")
        self.assertEqual(states(self.packet().begin().event("A").state().tell()), [{"left": ["undefined", "undefined"]}])

    # ---- changes and fields

    def test_changes_are_told_member_by_member_and_item_by_item(self):
        self.load(ACCOUNT)
        told = (
            self.packet().begin(detail=CHANGES).event("Deposited", {"amount": 5}).event("Renamed", {"name": "a"})
            .event("Tagged", {"tag": "x"}).event("Tagged", {"tag": {"y": 1}}).event("Untagged").event("Strange").event("Closed").tell()
        )  # fmt: skip
        self.assertEqual(
            [value for *_, value in told],
            [
                [["add", "", {"events": 1, "balance": 5}]],
                [["add", "/name", "a"]],
                [["add", "/tags", ["x"]]],
                [["add", "/tags/1", {"y": 1}]],
                [["remove", "/tags/1", {"y": 1}]],
                [],
                [["remove", "", {"events": 1, "balance": 5, "name": "a", "tags": ["x"]}]],
            ],
        )

    def test_changes_apply_one_after_the_other(self):
        self.load(ANY % "(s, e) => e.payload")
        before = {"a/b": 1, "c~d": [1, 2, 3, 4], "same": {"x": None}, "kind": [1], "gone": 0}
        after = {"a/b": 2, "c~d": [1, 9], "same": {"x": None}, "kind": {"0": 1}, "new": []}
        told = self.packet().begin(state=before, detail=CHANGES).event("A", after).tell()
        self.assertEqual(
            told[0][3],
            [["remove", "/gone", 0], ["replace", "/a~1b", 1, 2], ["replace", "/c~0d/1", 2, 9], ["remove", "/c~0d/3", 4],
             ["remove", "/c~0d/2", 3], ["replace", "/kind", [1], {"0": 1}], ["add", "/new", []]],
        )  # fmt: skip

    def test_detail_may_change_amid_a_fold(self):
        self.load(ACCOUNT)
        told = (
            self.packet().begin().event("Deposited", {"amount": 1}).detail(CHANGES).event("Deposited", {"amount": 1}).detail(STATES)
            .event("Deposited", {"amount": 1}).detail(NOTHING).event("Deposited", {"amount": 1}).state().tell()
        )  # fmt: skip
        self.assertEqual(
            told,
            [
                ("C", 1, 2, [["replace", "/events", 1, 2], ["replace", "/balance", 1, 2]]),
                ("S", 1, 3, {"events": 3, "balance": 3}),
                ("S", 1, 4, {"events": 4, "balance": 4}),
            ],
        )

    def test_fields_are_told_where_one_of_them_differs(self):
        self.load(ACCOUNT, fields=["/balance", "/tags/0", "/name/length", "/tags/length", "/constructor", "/tags"])
        told = (
            self.packet().begin(detail=FIELDS).event("Strange").event("Strange").event("Deposited", {"amount": 5})
            .event("Renamed", {"name": "n"}).event("Tagged", {"tag": "x"}).event("Tagged", {"tag": "y"}).event("Closed").event("Closed").tell()
        )  # fmt: skip
        self.assertEqual(
            [(version, value) for _, _, version, value in told],
            [
                (1, [[0], [], [], [], [], []]),
                (3, [[5], [], [], [], [], []]),
                (5, [[5], ["x"], [], [], [], [["x"]]]),
                (6, [[5], ["x"], [], [], [], [["x", "y"]]]),
                (7, [[], [], [], [], [], []]),
            ],
        )

    def test_an_event_that_is_not_folded_is_told_by_the_detail(self):
        self.load(ACCOUNT)
        told = self.packet().begin(detail=STATES).event("Deposited", {"amount": 1}).skip("").skip("it was too slow").tell()
        self.assertEqual([(kind, version) for kind, _, version, _ in told], [("S", 1), ("S", 2), ("E", 3), ("S", 3)])
        self.assertEqual(told[2][3]["message"], "it was too slow")

    # ---- invariants and decide

    def test_an_invariant_is_told_when_it_comes_to_be_broken(self):
        self.load(ACCOUNT, invariants=True)
        packet = self.packet().begin()
        for amount in (-5, -5, 20, -20, 2000, 1):
            packet.event("Deposited", {"amount": amount})
        told = packet.event("Tagged", {"tag": "x"}).tell()
        self.assertEqual(
            told,
            [
                ("B", 1, 1, ["never below zero", "does not hold"]),
                ("B", 1, 4, ["never below zero", "does not hold"]),
                ("B", 1, 5, ["no jump", "from -10 to 1990"]),
                ("B", 1, 7, ["has no tag x", "there is one"]),
            ],
        )

    def test_previous_is_the_state_before_even_where_it_was_changed_in_place(self):
        self.load(ACCOUNT, invariants=True)
        told = self.packet().begin().event("Withdrawn", {"amount": -1}).event("Withdrawn", {"amount": -1500}).tell()
        self.assertEqual(told, [("B", 1, 2, ["no jump", "from 1 to 1501"])])

    def test_an_invariant_of_two_states_is_told_of_each_step_and_one_of_a_state_of_each_life(self):
        self.load(
            """export const entities = { account: { evolve: { A: (s, e) => ({ n: e.payload.n }), End: () => null },
              invariants: { small: (s) => s.n < 9, slow: (s, before) => s.n - (before.n ?? 0) < 3 } } };""",
            invariants=True,
        )
        packet = self.packet().begin()
        for n in (1, 5, 9, 10):
            packet.event("A", {"n": n})
        told = packet.event("End").event("A", {"n": 10}).event("End").event("A", {"n": 2}).tell()
        self.assertEqual(
            [(version, value[0]) for kind, _, version, value in told if kind == "B"],
            [(2, "slow"), (3, "small"), (3, "slow"), (6, "small"), (6, "slow")],
        )

    def test_an_invariant_sees_the_state_before_as_it_was(self):
        self.load(
            """export const entities = { account: { initial: () => ({ least: Infinity, odd: NaN, open: undefined }), evolve: { A: (s) => { s.n = 1; } },
              invariants: { grows: (s, p) => s.least <= p.least, odd: (s, p) => Number.isNaN(p.odd), open: (s, p) => "open" in p } } };""",
            invariants=True,
        )
        self.assertEqual(self.packet().begin().event("A").event("A").event("A").tell(), [])

    def test_an_event_whose_time_is_not_known_has_none(self):
        self.assertEqual(self.one("(s, e) => ({ t: e.time })", ms=None), {"t": None})

    def test_invariants_are_not_looked_at_unless_asked_for(self):
        self.load(ACCOUNT)
        self.assertEqual(self.packet().begin().event("Deposited", {"amount": -5}).tell(), [])

    def test_what_did_not_hold_where_a_fold_starts_is_told_of_no_event(self):
        self.load(ACCOUNT, invariants=True)
        told = self.packet().begin(version=3, state={"events": 3, "balance": -5}).event("Deposited", {"amount": 1}).tell()
        self.assertEqual(told, [])

    def test_commands_are_decided_in_the_present_state(self):
        self.load(ACCOUNT)
        told = (
            self.packet().begin().decide("Deposit", {"amount": 0}).event("Deposited", {"amount": 5}).decide("Withdraw", {"amount": 9})
            .decide("Withdraw", {"amount": 2}).decide("Nothing", {}).decide("Unheard", {}).state().tell()
        )  # fmt: skip
        self.assertEqual(told[0], ("D", 1, 0, {"refused": "the amount is not positive"}))
        self.assertEqual(told[1][3]["refused"], "only 5 are there")
        self.assertEqual(told[1][3]["line"], 14)
        self.assertEqual(told[2], ("D", 1, 1, {"events": [{"type": "Withdrawn", "payload": {"amount": 2}}]}))
        self.assertEqual(told[3], ("D", 1, 1, {"events": []}))
        self.assertIn("has no command Unheard", told[4][3]["refused"])
        self.assertEqual(told[5], ("S", 1, 1, {"events": 1, "balance": 5}))

    def test_a_command_that_breaks_or_gives_nonsense_is_a_refusal_with_its_place(self):
        self.load(ACCOUNT)
        broken, nonsense = (value for *_, value in self.packet().begin().decide("Break", {}).decide("Nonsense", {}).tell())
        self.assertIn("TypeError", broken["refused"])
        self.assertEqual((broken["handler"], broken["line"]), ("account.decide.Break", 19))
        self.assertIn("list of events", nonsense["refused"])
        self.assertEqual(nonsense["line"], 20)

    def test_an_event_is_accepted_where_a_command_would_make_it(self):
        self.load(ACCOUNT)
        told = (
            self.packet().begin().event("Deposited", {"amount": 5}).accept("Deposited", {"amount": 1}).accept("Deposited", {"amount": 0})
            .accept("Withdrawn", {"amount": 6}).accept("Withdrawn", {"amount": 5}).accept("Renamed", {"name": "x"}).state().tell()
        )  # fmt: skip
        self.assertEqual(
            [value for *_, value in told],
            ["", "the amount is not positive", "only 5 are there", "", "", {"events": 1, "balance": 5}],
        )

    # ---- remarks

    def test_what_a_handler_logs_is_a_remark_and_few_of_them_are_told(self):
        self.load(ANY % "(s, e) => { console.log('at', e.version, { a: [1] }) }")
        packet = self.packet().begin()
        for _ in range(300):
            packet.event("A")
        told = packet.tell()
        self.assertEqual(told[0], ("R", 1, 1, 'at 1 {"a":[1]}'))
        self.assertEqual(len(told), 101)
        self.assertIn("left out", told[-1][3])

    def test_a_careful_run_tells_what_json_cannot_say(self):
        source = "export const entities = { account: {\n evolve: {\n  A: (s, e) => ({ a: { 'b/c': e.payload.x * 2 } }),\n  B: (s, e) => ({ ...s, u: [undefined] }) } } };"
        self.load(source, careful=True)
        told = self.packet().begin().event("A", {}).event("B").event("B").event("A", {"x": 1}).event("A", {}).tell()
        self.assertEqual(
            told,
            [
                ("R", 1, 1, "/a/b~1c became NaN: account.evolve.A, line 3"),
                ("R", 1, 2, "/u/0 became undefined: account.evolve.B, line 4"),
                ("R", 1, 5, "/a/b~1c became NaN: account.evolve.A, line 3"),
            ],
        )

    def test_a_careful_run_tells_that_a_handler_changed_its_event(self):
        self.load(ANY % "{\n A: (s, e) => { e.payload.x = 1; return e.payload },\n B: (s, e) => s }", careful=True)
        told = self.packet().begin().event("B", {}).event("A", {"x": 0}).state().tell()
        self.assertEqual(
            told, [("R", 1, 2, "account.evolve.A changes the event that it was given, line 2"), ("S", 1, 2, {"x": 1})]
        )


if __name__ == "__main__":
    unittest.main()
